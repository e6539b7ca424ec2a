/// Something a reader must act on.
package struct Finding: Sendable, Equatable {
  package var code: FindingCode
  /// What it is about: a unit, a path, a member, an entry.
  package var subject: String
  /// The entry that shows it, counted from 0.
  package var entry: Int?
  package var expected: String?
  package var found: String?
  /// One sentence: what is wrong, where, what to do.
  package var message: String

  package init(
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

  package var severity: Severity { code.severity }
}

/// How much a finding matters; the worse is the greater.
package enum Severity: String, Sendable, CaseIterable, Comparable {
  case note, warning, error

  package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .note: 0
    case .warning: 1
    case .error: 2
    }
  }
}
