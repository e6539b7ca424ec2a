internal import Findings
internal import Glibc
internal import Storage
internal import Synchronization

/// Another program, run without a shell, while whoever interrupts custody interrupts it.
package struct ChildProcess {
  package let arguments: [String]
  package let output: CapturedOutput
  package let errors: CapturedOutput
  /// The variables of this process that it does not get; the others go on byte by byte.
  package let withheld: [String]
  /// What it reads instead of this process's standard input.
  var input: Int32?

  /// How long a program that was asked to end may take, in milliseconds.
  private static let patience = 5000

  /// Whom signals go to: a process, or, negative, a group; 0 for nobody.
  private static let target = Atomic<Int32>(0)

  /// Runs it to its end.
  ///
  /// - Parameters:
  ///   - timeout: In seconds.
  ///   - whileRunning: Called now and then.
  /// - Returns: The exit status, 128 + n where signal n ended it; and whether that was for want of time.
  package func run(timeout: Int?, whileRunning: () -> Void) throws -> (status: Int, isLate: Bool) {
    // A group of its own lets a timeout end what the program has started; but reading from a terminal takes the group
    // that the terminal belongs to.
    let hasGroup = isatty(STDIN_FILENO) == 0
    // A signal that comes while the program is being started waits until there is somebody to pass it on to.
    ChildProcess.mask(SIG_BLOCK)
    defer { ChildProcess.mask(SIG_UNBLOCK) }
    let process = try spawn(hasGroup: hasGroup)
    ChildProcess.target.store(hasGroup ? -process : process, ordering: .sequentiallyConsistent)
    let earlier = ChildProcess.forwardSignals(hasGroup: hasGroup)
    // Whoever started custody may have had them blocked.
    ChildProcess.mask(SIG_UNBLOCK)
    let clock = ContinuousClock()
    let deadline = timeout.map { clock.now + .seconds($0) }
    var killing: ContinuousClock.Instant?
    var isLate = false
    var pause: useconds_t = 500
    var status: Int32 = 0
    while true {
      let result = unsafe waitpid(process, &status, WNOHANG)
      if result == process { break }
      if result < 0, errno != EINTR {
        throw Failure(.ioError, "the command '\(arguments[0])' was lost sight of")
      }
      whileRunning()
      if let deadline, !isLate, clock.now >= deadline {
        isLate = true
        killing = clock.now + .milliseconds(ChildProcess.patience)
        kill(hasGroup ? -process : process, SIGTERM)
      }
      if let moment = killing, clock.now >= moment {
        killing = nil
        kill(hasGroup ? -process : process, SIGKILL)
      }
      usleep(pause)
      // Short commands are not kept waiting, and long ones are not asked often.
      pause = min(pause * 2, 20_000)
    }
    ChildProcess.target.store(0, ordering: .sequentiallyConsistent)
    ChildProcess.restore(earlier)
    whileRunning()
    let signal = status & 0x7f
    return (signal == 0 ? Int(status >> 8 & 0xff) : 128 + Int(signal), isLate)
  }

  private func spawn(hasGroup: Bool) throws -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    if let input { unsafe posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO) }
    unsafe posix_spawn_file_actions_adddup2(&actions, output.descriptor, STDOUT_FILENO)
    unsafe posix_spawn_file_actions_adddup2(&actions, errors.descriptor, STDERR_FILENO)
    // What custody ignores or handles is the program's own again.
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe posix_spawnattr_setsigmask(&attributes, &signals)
    for signal in [SIGPIPE, SIGXFSZ, SIGINT, SIGTERM] { unsafe sigaddset(&signals, signal) }
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    var flags = Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK)
    if hasGroup {
      flags |= Int32(POSIX_SPAWN_SETPGROUP)
      unsafe posix_spawnattr_setpgroup(&attributes, 0)
    }
    unsafe posix_spawnattr_setflags(&attributes, Int16(flags))

    var process: pid_t = 0
    var words = unsafe arguments.map { unsafe strdup($0) } + [nil]
    var environment = unsafe ProcessEnvironment.pointers(without: withheld)
    defer {
      unsafe words.forEach { unsafe free($0) }
    }
    let result = unsafe posix_spawnp(&process, arguments[0], &actions, &attributes, &words, &environment)
    guard result == 0 else {
      let reason = unsafe String(cString: strerror(result)).lowercased()
      throw Failure(
        .inputMissing, "the command '\(arguments[0])' cannot be started: \(reason)",
        hint: "nothing was recorded; a shell's own commands need a shell: -- sh -c '…'")
    }
    return process
  }

  private static let passedOn = [SIGINT, SIGTERM, SIGHUP]

  /// Passes on what is meant to end custody.
  ///
  /// - Returns: What was done about these signals before.
  private static func forwardSignals(hasGroup: Bool) -> [sigaction] {
    var action = sigaction()
    action.sa_flags = SA_SIGINFO | SA_RESTART
    // A handler can't see anything around it, so there is one for each case.
    if hasGroup {
      unsafe action.__sigaction_handler.sa_sigaction = { signal, _, _ in ChildProcess.pass(signal) }
    } else {
      unsafe action.__sigaction_handler.sa_sigaction = { signal, information, _ in
        // What was typed at the terminal has reached the program already.
        if let information = unsafe information, unsafe information.pointee.si_code == SI_KERNEL { return }
        ChildProcess.pass(signal)
      }
    }
    return passedOn.map { signal in
      var earlier = sigaction()
      unsafe sigaction(signal, &action, &earlier)
      return earlier
    }
  }

  private static func restore(_ earlier: [sigaction]) {
    for (signal, action) in zip(passedOn, earlier) {
      var action = action
      unsafe sigaction(signal, &action, nil)
    }
  }

  private static func mask(_ how: Int32) {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    for signal in passedOn { unsafe sigaddset(&signals, signal) }
    unsafe pthread_sigmask(how, &signals, nil)
  }

  private static func pass(_ signal: Int32) {
    let process = target.load(ordering: .sequentiallyConsistent)
    if process != 0 { kill(process, signal) }
  }
}
