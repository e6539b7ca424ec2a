internal import Ownership
internal import Storage
internal import TreeLog

extension StorageError: UserErrorConvertible {
  var userError: UserError {
    let code: ErrorCode =
      switch self.code {
      case .locked, .stale: .locked
      case .networkStore: .configuration
      case .noStore, .inputMissing, .notReadable: .inputMissing
      case .notEmpty: .cannotCreate
      case .notRegular, .changedWhileRead, .entryTooLong: .malformedInput
      case .notPermitted: .cannotCreate
      case .inputOutput: .ioError
      }
    return UserError(code, message, hint: hint)
  }
}

extension LogReadError: UserErrorConvertible {
  var userError: UserError {
    UserError(.answerNo, "the log is damaged: \(description)", hint: "'custody verify' says what is wrong and where")
  }
}

extension Refusal: UserErrorConvertible {
  var userError: UserError {
    let code: ErrorCode =
      switch self.code {
      case .notEntitled: .notEntitled
      default: .malformedInput
      }
    return UserError(code, "this does not count: \(reason)")
  }
}
