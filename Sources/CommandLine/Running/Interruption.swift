internal import Findings
internal import Glibc

/// What the process does about signals.
package enum Interruption {
  /// Ends the process with status 130 and one line when the user interrupts it.
  ///
  /// Nothing has to be cleaned up: an append that has not reached its commit has changed nothing that a reader sees.
  /// Whoever starts another program has to give it the default handlers back, SIGPIPE's among them.
  package static func handle(as format: OutputFormat) {
    // A handler can't see anything around it, so there is one for each format.
    if format == .json {
      _ = signal(SIGINT) { _ in
        Interruption.end(#"{"error":{"code":"interrupted","message":"interrupted"}}"#)
      }
    } else {
      _ = signal(SIGINT) { _ in Interruption.end("custody: error: interrupted") }
    }
  }

  /// Makes a write to a closed pipe an error like any other, instead of the process's end.
  package static func ignoreBrokenPipes() { signal(SIGPIPE, SIG_IGN) }

  /// Calls nothing that is not safe in a signal handler: see signal-safety(7).
  private static func end(_ line: StaticString) {
    let newline: StaticString = "\n"
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
