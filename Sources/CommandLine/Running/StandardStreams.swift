internal import Glibc

/// The three streams that a process is to be started with.
package enum StandardStreams {
  /// Puts something in the place of those that were closed, so that the next file that is opened does not become one of
  /// them: `submit -` would read the store, and results would be written into it.
  ///
  /// What is put there can be neither read nor written: whoever tries hears that it is closed. Programs that are started
  /// do not inherit it.
  package static func keepPlaces() {
    for number in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(number, F_GETFD) < 0 && errno == EBADF {
      // The lowest number that is free is this one: those below are taken.
      _ = unsafe open("/", pathOnly | O_CLOEXEC)
    }
  }

  /// `O_PATH` of open(2), which Swift does not import.
  private static let pathOnly: Int32 = 0o10000000
}
