internal import Glibc

/// A lock on a file of the user's own, given back when the value goes, or the process does (`flock(2)`).
///
/// Held for the moment in which a file is read, changed and put back: whoever comes meanwhile waits.
package struct FileLock: ~Copyable {
  private let descriptor: FileDescriptor

  /// Takes the lock, and waits for it.
  ///
  /// - Parameter seconds: How long to wait for somebody else to end.
  /// - Throws: `locked` after that.
  package init(_ path: String, waiting seconds: Int = 10, syscalls: Syscalls = Syscalls()) throws {
    let descriptor = try syscalls.openLock(path)
    let end = ContinuousClock.now + .seconds(seconds)
    while try !syscalls.lock(descriptor, path: path) {
      guard ContinuousClock.now < end else {
        throw StorageError(
          .locked, "another process holds the lock '\(path)'", hint: "wait for it to end and try again")
      }
      usleep(5_000)
    }
    self.descriptor = descriptor
  }

  deinit { descriptor.unlock() }

  /// Does something while the lock is held.
  package borrowing func whileHeld<Result>(_ body: () throws -> Result) rethrows -> Result { try body() }
}
