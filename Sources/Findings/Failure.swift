/// Why no answer could be had, or why the answer is no: one sentence that says what was wrong, where, and perhaps what
/// to do.
///
/// In lower case, without a full stop, its subject in single quotes: `tile 'tile/0/x001/067' is 8160 bytes, expected
/// 8192`. Neither sentence ever holds evidence, keys or passphrases.
public struct Failure: Error, Equatable, Sendable {
  /// What kind of failure it is; decides the exit status.
  public let code: FailureCode
  /// What was wrong, and where.
  public let message: String
  /// What to do about it.
  public let hint: String?

  /// A failure with its sentence.
  public init(_ code: FailureCode, _ message: String, hint: String? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
  }

  /// Any error as the user is told it: one that nobody foresaw is a bug.
  public init(describing error: any Error) {
    switch error {
    case let error as Failure: self = error
    case let error as any FailureConvertible: self = error.failure
    default:
      self.init(
        .bug, "something went wrong that custody did not foresee: \(error)",
        hint: "nothing more was changed; 'custody verify' says whether the store is sound")
    }
  }
}

/// What kind of failure an error is; the raw value is what a machine reads.
public enum FailureCode: String, Sendable, CaseIterable {
  /// The command or call makes no sense as it stands.
  case usage
  /// What was read is not what it should be.
  case malformedInput = "malformed-input"
  /// A file, store or object is not there.
  case inputMissing = "input-missing"
  /// A remote service does not answer.
  case unavailable
  /// A fault of custody's own.
  case bug
  /// A file cannot be made.
  case cannotCreate = "cannot-create"
  /// The disk failed.
  case ioError = "io-error"
  /// Somebody else writes to the store: try again.
  case locked
  /// The signer may not do this.
  case notEntitled = "not-entitled"
  /// The user's own set-up keeps it from being done.
  case configuration
  /// The user stopped it.
  case interrupted
  /// It was answered, and the answer is no.
  case answerNo = "answer-no"
  /// It was answered, and there are findings.
  case findings
  /// What was recorded stays, and something after it failed: it must not be done again.
  case recorded
}

/// An error of a lower module that knows how a user is told it.
public protocol FailureConvertible: Error {
  /// The same, as it is told.
  var failure: Failure { get }
}
