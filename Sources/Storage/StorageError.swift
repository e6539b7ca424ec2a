internal import Glibc

/// Why a store could not be read or written: a sentence, and what to do.
package struct StorageError: Error, Sendable, Equatable {
  /// The kinds that callers tell apart.
  package enum Code: Sendable, Equatable {
    /// Another writer holds the lock.
    case locked
    /// The store lies on a network file system, and nobody said that its locks and renames can be relied on.
    case networkStore
    /// There is no store.
    case noStore
    /// What should become a store is a folder with something in it, or no folder.
    case notEmpty
    /// A file to take in is not there.
    case inputMissing
    /// A file to take in is a folder, pipe, device or socket.
    case notRegular
    /// A file changed while it was read.
    case changedWhileRead
    /// The store's checkpoint is not the one that the append was prepared for.
    case stale
    /// An entry is longer than a bundle can hold.
    case entryTooLong
    /// The operating system does not permit that something is read.
    case notReadable
    /// The operating system does not permit that something is written.
    case notPermitted
    /// A service elsewhere does not answer, or cannot.
    case unavailable
    /// What is needed to reach a service elsewhere is not there: a program, credentials, a right address.
    case notConfigured
    /// Reading or writing failed.
    case inputOutput
  }

  package let code: Code
  package let message: String
  package let hint: String?
  /// The operating system's number for it; 0 where it was not the one to refuse.
  package let errorNumber: Int32

  package init(_ code: Code, _ message: String, hint: String? = nil, errorNumber: Int32 = 0) {
    self.code = code
    self.message = message
    self.hint = hint
    self.errorNumber = errorNumber
  }

  /// What a system call's failure means.
  init(_ operation: Operation, _ path: String, errorNumber: Int32) {
    let reason = unsafe String(cString: strerror(errorNumber))
    let (code, hint): (Code, String?) =
      switch errorNumber {
      case ENOENT, ENOTDIR: (.inputMissing, nil)
      case EACCES, EPERM, EROFS:
        (operation.onlyReads ? .notReadable : .notPermitted, "check who owns the path and its permissions")
      case ENOSPC, EDQUOT: (.inputOutput, "make room on that disk; the store is as it was before")
      default: (.inputOutput, nil)
      }
    self.init(
      code, "cannot \(operation.verb) '\(path)': \(reason.lowercased())", hint: hint, errorNumber: errorNumber)
  }
}

extension StorageError: CustomStringConvertible {
  package var description: String { message }
}
