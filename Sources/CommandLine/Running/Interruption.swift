internal import Findings
internal import Glibc
internal import Synchronization

/// What the process does about signals.
package enum Interruption {
  /// Those by which users, terminals and service managers end a program.
  private static let ending = [SIGINT, SIGTERM, SIGHUP]

  /// Whether an end has to wait: the log is being changed.
  private static let isHeld = Atomic<Bool>(false)
  /// Whether one came meanwhile.
  private static let isPending = Atomic<Bool>(false)

  /// Ends the process with status 130 and one line when the user interrupts it, or somebody else ends it.
  ///
  /// Nothing has to be cleaned up: an append that has not reached its commit has changed nothing that a reader sees.
  /// Whoever starts another program has to give it the default handlers back, SIGPIPE's among them.
  package static func handle(as format: OutputFormat) {
    // What is read in the handler is there before the first signal can come.
    isHeld.store(false, ordering: .sequentiallyConsistent)
    isPending.store(false, ordering: .sequentiallyConsistent)
    // A handler can't see anything around it, so there is one for each format.
    let handler: @convention(c) (Int32) -> Void =
      if format == .json {
        { _ in Interruption.interrupt(#"{"error":{"code":"interrupted","message":"interrupted"}}"#) }
      } else {
        { _ in Interruption.interrupt("custody: error: interrupted") }
      }
    for number in ending {
      // Who was told to outlive its terminal (`nohup`) does.
      if unsafe unsafeBitCast(signal(number, handler), to: Int.self) == ignored { _ = signal(number, SIG_IGN) }
    }
  }

  /// Holds an end off from here to the process's own: the log changes, and whoever waits has to hear that it did.
  package static func hold() { isHeld.store(true, ordering: .sequentiallyConsistent) }

  /// Nothing was changed after all: an end that came meanwhile is made up for.
  package static func release() {
    isHeld.store(false, ordering: .sequentiallyConsistent)
    if isPending.load(ordering: .sequentiallyConsistent) { end("custody: error: interrupted") }
  }

  /// Makes writes to a closed pipe, or beyond a limit of file sizes, errors like any other, instead of the process's end.
  package static func ignoreBrokenPipes() {
    for number in [SIGPIPE, SIGXFSZ] { signal(number, SIG_IGN) }
  }

  private static let ignored = unsafe unsafeBitCast(SIG_IGN, to: Int.self)

  /// Calls nothing that is not safe in a signal handler: see signal-safety(7).
  private static func interrupt(_ line: StaticString) {
    isPending.store(true, ordering: .sequentiallyConsistent)
    if !isHeld.load(ordering: .sequentiallyConsistent) { end(line) }
  }

  private static func end(_ line: StaticString) {
    let newline: StaticString = "\n"
    HiddenLine.restore()
    // Leaves what the terminal shows of the key that was pressed, and any progress, in a line of its own.
    if isatty(STDERR_FILENO) == 1 { write(newline) }
    write(line)
    write(newline)
    _exit(ExitStatus(.interrupted).rawValue)
  }

  private static func write(_ text: StaticString) {
    _ = unsafe Glibc.write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
  }
}
