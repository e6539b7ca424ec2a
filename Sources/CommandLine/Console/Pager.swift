internal import Glibc

/// The program that shows long results a screen at a time, as `less` does: results are written to its input.
///
/// Which it is says `CUSTODY_PAGER`, else `PAGER`; an empty one, or `cat`, says that there is none.
package struct Pager: Sendable {
  /// As a shell reads it.
  package let command: String
  private let variables: [String: String]

  /// - Parameters:
  ///   - variables: Those of the process.
  /// - Returns: nil where there is to be none, or it is not there: results are then printed plainly.
  package init?(variables: [String: String]) {
    let asked = variables["CUSTODY_PAGER"] ?? variables["PAGER"] ?? "less"
    let words = asked.split(separator: " ")
    guard let program = words.first(where: { !$0.contains("=") }), words != ["cat"],
      Pager.isThere(String(program), path: variables["PATH"] ?? "/usr/bin:/bin")
    else { return nil }
    command = asked
    // What fits is not paged, colours are shown, and what was read stays on the screen.
    self.variables = variables.merging(["LESS": "FRX"]) { own, _ in own }
  }

  private static func isThere(_ program: String, path: String) -> Bool {
    if program.contains("/") { return unsafe access(program, X_OK) == 0 }
    return path.split(separator: ":").contains { unsafe access("\($0)/\(program)", X_OK) == 0 }
  }

  /// A pager that runs.
  struct Running {
    fileprivate let process: pid_t
    /// Where results are written to.
    let input: Int32
  }

  /// Starts it on the terminal.
  ///
  /// - Returns: nil where it cannot be started.
  func start() -> Running? {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { return nil }
    // The pager must not hold the end that is written to: it would wait for itself.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = unsafe posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    unsafe posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO)
    // What custody ignores or handles is the pager's own again.
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    for signal in [SIGPIPE, SIGXFSZ, SIGINT, SIGTERM, SIGHUP] { unsafe sigaddset(&signals, signal) }
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    var words = unsafe ["sh", "-c", command].map { (word: String) in unsafe strdup(word) } + [nil]
    var environment = unsafe variables.map { unsafe strdup("\($0.key)=\($0.value)") } + [nil]
    defer {
      unsafe words.forEach { unsafe free($0) }
      unsafe environment.forEach { unsafe free($0) }
    }
    var process: pid_t = 0
    let result = unsafe posix_spawn(&process, "/bin/sh", &actions, &attributes, &words, &environment)
    close(ends[0])
    guard result == 0 else {
      close(ends[1])
      return nil
    }
    // A key that interrupts is the pager's to answer as long as it shows something.
    Interruption.hold()
    return Running(process: process, input: ends[1])
  }
}

extension Pager.Running {
  /// Says that nothing follows, and waits until its reader has seen enough.
  func finish() {
    close(input)
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
  }
}
