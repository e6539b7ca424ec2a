internal import Glibc

/// The three streams that a process is started with.
package enum StandardStreams {
  /// Puts something in the place of those that are closed, so that no file that is opened later gets their numbers: a
  /// store's file would be read as the input, or written to as the output.
  ///
  /// Reading or writing to what stands there fails, as it would on a closed stream.
  package static func secure() {
    for number in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(number, F_GETFD) < 0 {
      // The lowest free number is the one that is missing.
      _ = unsafe open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }
}
