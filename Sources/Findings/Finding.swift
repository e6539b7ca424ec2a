/// Something a reader must act on.
public struct Finding: Sendable, Equatable {
  /// Its kind.
  public var code: FindingCode
  /// What it is about: a unit, a path, a member, an entry.
  public var subject: String
  /// The entry that shows it, counted from 0.
  public var entry: Int?
  /// What should be there, where that can be said.
  public var expected: String?
  /// What is there instead.
  public var found: String?
  /// One sentence: what is wrong, where, what to do.
  public var message: String

  /// A finding of a kind about something.
  public init(
    _ code: FindingCode, _ subject: String, entry: Int? = nil, expected: String? = nil, found: String? = nil,
    _ message: String
  ) {
    self.code = code
    self.subject = subject
    self.entry = entry
    self.expected = expected
    self.found = found
    self.message = message
  }

  /// How much it matters: the same for every finding of its kind.
  public var severity: Severity { code.severity }
}

/// How much a finding matters; the worse is the greater.
public enum Severity: String, Sendable, CaseIterable, Comparable {
  /// Worth knowing; an error is what keeps a store from being sound or a control from being owned.
  case note, warning, error

  /// Whether the left one matters less.
  public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .note: 0
    case .warning: 1
    case .error: 2
    }
  }
}
