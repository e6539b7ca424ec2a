internal import CProcess
internal import FoundationEssentials
internal import Glibc
internal import RemoteWire
internal import Synchronization

/// The program that opens connections, running for as long as this value is there: `custody-remote store ADDRESS`.
///
/// Several threads may ask at once; their answers come in any order.
package final class RemoteProcess: StoreHost {
  package let address: String
  private let process: pid_t
  private let input: Int32
  private let output: Int32
  private let sending = Mutex(0)
  private let gate = Gate()
  private let answers = Mutex(Answers())
  private let said = Mutex<String?>(nil)

  private struct Answers {
    var come: [Int: HostAnswer] = [:]
    /// Why no more come.
    var end: StorageError?
  }

  /// So many requests are under way for one thread at most.
  private static let window = 32

  /// Starts it.
  ///
  /// - Parameters:
  ///   - program: Its path.
  ///   - address: `s3://…` or `https://…`.
  ///   - options: Words that follow the address.
  ///   - withheld: The variables of this process that it does not get.
  /// - Throws: What it says cannot be done, as a missing credential.
  package init(program: String, address: String, options: [String] = [], withheld: [String] = []) throws {
    self.address = address
    (process, input, output) = try RemoteProcess.spawn([program, "store", address] + options, withheld)
    let (output, gate) = (output, gate)
    let reader = BackgroundThread { [weak self] in
      RemoteProcess.readAll(output) { answer in
        guard let self else { return }
        gate.change { self.answers.withLock { $0.come[answer.wire.id] = answer } }
      }
      guard let self else { return }
      gate.change { self.answers.withLock { $0.end = $0.end ?? .silent(address) } }
    }
    guard reader != nil else { throw StorageError(.inputOutput, "there is no thread to hear '\(address)' with") }
    let greeting = try answer(to: 0)
    guard greeting.wire.isDone else {
      throw StorageError(
        .notConfigured, greeting.wire.fault ?? "'\(address)' cannot be reached", hint: greeting.wire.hint)
    }
    said.withLock { $0 = greeting.wire.place }
  }

  deinit {
    close(input)
    // Nothing that is still under way is waited for.
    kill(process, SIGTERM)
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
  }

  package var place: String { said.withLock(\.self) ?? address }

  package func perform(_ requests: [HostRequest]) throws -> [HostAnswer] {
    var done: [HostAnswer] = []
    var sent: [Int] = []
    for request in requests {
      if sent.count - done.count >= RemoteProcess.window { done.append(try answer(to: sent[done.count])) }
      sent.append(try send(request))
    }
    while done.count < sent.count { done.append(try answer(to: sent[done.count])) }
    return done
  }

  private func send(_ request: HostRequest) throws -> Int {
    try sending.withLock { last in
      last += 1
      var wire = request.wire
      wire.id = last
      let bytes: [UInt8]
      do {
        bytes = try WireFrame.bytes(wire, body: request.body)
      } catch {
        throw StorageError(.inputOutput, "what is asked of '\(address)' cannot be written down")
      }
      guard RemoteProcess.write(bytes, to: input) else {
        throw answers.withLock(\.end) ?? StorageError.silent(address)
      }
      return last
    }
  }

  private func answer(to id: Int) throws -> HostAnswer {
    try gate.wait {
      try answers.withLock { answers in
        if let answer = answers.come.removeValue(forKey: id) { return answer }
        if let end = answers.end { throw end }
        return nil
      }
    }
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// Reads answers to their end, and closes.
  private static func readAll(_ descriptor: Int32, _ take: (HostAnswer) -> Void) {
    defer { close(descriptor) }
    var kept: ArraySlice<UInt8> = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      kept += buffer.prefix(count)
      do {
        while let (head, body) = try WireFrame.take(WireAnswer.self, from: &kept) {
          take(HostAnswer(head, body: body))
        }
      } catch {
        // What cannot be understood is as good as no answer.
        return
      }
      kept = ArraySlice(kept)
    }
  }

  private static func spawn(_ words: [String], _ withheld: [String]) throws -> (pid_t, Int32, Int32) {
    var down: [Int32] = [0, 0]
    var up: [Int32] = [0, 0]
    guard unsafe pipe(&down) == 0, unsafe pipe(&up) == 0 else {
      throw StorageError(.inputOutput, "no pipe can be made to '\(words[0])'")
    }
    // No other program gets them: one that held the pipe's end would keep the helper from ending.
    for descriptor in down + up { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    var actions = unsafe posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
      close(down[0])
      close(up[1])
    }
    unsafe posix_spawn_file_actions_adddup2(&actions, down[0], STDIN_FILENO)
    unsafe posix_spawn_file_actions_adddup2(&actions, up[1], STDOUT_FILENO)
    // What it has to say comes through the pipe; a terminal is custody's alone.
    unsafe posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    // What custody is told to end by ends it first; the helper ends when its input does.
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    var process: pid_t = 0
    var arguments = unsafe words.map { unsafe strdup($0) } + [nil]
    var environment = unsafe ProcessEnvironment.pointers(without: withheld)
    defer { unsafe arguments.forEach { unsafe free($0) } }
    let result = unsafe posix_spawn(&process, words[0], &actions, &attributes, &arguments, &environment)
    guard result == 0 else {
      close(down[1])
      close(up[0])
      let reason = unsafe String(cString: strerror(result)).lowercased()
      throw StorageError(
        .notConfigured, "the program '\(words[0])' cannot be started: \(reason)", hint: "install it anew beside custody"
      )
    }
    return (process, down[1], up[0])
  }
}
