internal import Glibc

/// The three streams that a process is started with.
package enum StandardStreams {
  /// Puts something in the place of those that are closed, so that no file that is opened later gets their numbers: a
  /// store's file would be read as the input, or written to as the output.
  ///
  /// Reading or writing to what stands there fails, as it would on a closed stream; programs that are started do not inherit it.
  package static func secure() {
    for number in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(number, F_GETFD) < 0 && errno == EBADF {
      // The lowest free number is the one that is missing.
      _ = unsafe open("/", pathOnly | O_CLOEXEC)
    }
  }

  /// `O_PATH` of open(2), which Swift does not import: what is neither read nor written, and is there without `/dev`.
  private static let pathOnly: Int32 = 0o10000000
}
