package import Findings
internal import Ownership
internal import Storage
internal import TreeLog

extension StorageError: FailureConvertible {
  package var failure: Failure {
    let code: FailureCode =
      switch self.code {
      case .locked, .stale: .locked
      case .networkStore, .notConfigured: .configuration
      case .unavailable: .unavailable
      case .noStore, .inputMissing, .notReadable: .inputMissing
      case .notEmpty: .cannotCreate
      case .notRegular, .changedWhileRead, .entryTooLong: .malformedInput
      case .notPermitted: .cannotCreate
      case .inputOutput: .ioError
      }
    return Failure(code, message, hint: hint)
  }
}

extension LogReadError: FailureConvertible {
  package var failure: Failure {
    Failure(.answerNo, "the log is damaged: \(description)", hint: "'custody verify' says what is wrong and where")
  }
}

extension Refusal: FailureConvertible {
  package var failure: Failure {
    let code: FailureCode =
      switch self.code {
      case .notEntitled: .notEntitled
      default: .malformedInput
      }
    return Failure(code, "this does not count: \(reason)")
  }
}
