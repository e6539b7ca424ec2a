internal import Reports

/// A failure as the user is told it: one sentence that says what was wrong, where, and perhaps what to do.
///
/// In lower case, without a full stop, its subject in single quotes: `tile 'tile/0/x001/067' is 8160 bytes, expected
/// 8192`. Neither sentence ever holds evidence, keys or passphrases.
struct UserError: Error, Equatable, Sendable {
  let code: ErrorCode
  let message: String
  let hint: String?

  init(_ code: ErrorCode, _ message: String, hint: String? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
  }

  /// Any error as the user is told it: one that nobody foresaw is a bug.
  init(describing error: any Error) {
    switch error {
    case let error as UserError: self = error
    case let error as any UserErrorConvertible: self = error.userError
    default:
      self.init(
        .bug, "something went wrong that custody did not foresee: \(error)",
        hint: "nothing more was changed; 'custody verify' says whether the store is sound")
    }
  }

  /// `{"error":{"code","message","hint"?}}`
  var json: JSONOutput {
    var members: [(String, JSONOutput)] = [("code", .string(code.rawValue)), ("message", .string(message))]
    if let hint { members.append(("hint", .string(hint))) }
    return ["error": .object(members)]
  }
}

/// An error of another module that knows how it is told.
protocol UserErrorConvertible: Error {
  var userError: UserError { get }
}
