package import Statements

/// One line of an auditor's request list.
package struct AuditRequest: Sendable, Equatable {
  /// A control that a request names, and every id under which evidence for it may stand.
  package struct Target: Sendable, Equatable {
    /// `framework/id`.
    package let control: String
    /// Itself with its units; of a unit, itself with its control.
    package let reach: Set<String>

    package init(_ control: String, reach: Set<String>) {
      self.control = control
      self.reach = reach
    }
  }

  /// What the auditor calls it: `PBC-014`.
  package var number: String
  /// Where it stands in the table, counted from 1.
  package var row: Int
  /// What is asked for. May be empty.
  package var text: String
  package var targets: [Target] = []
  /// The days that it is about; nil where the table does not say.
  package var from: Day?
  package var through: Day?
  package var due: Day?
  package var owner: String?
  /// What the auditor says of it.
  package var word: String?
  /// What stands there and was not understood, a sentence each.
  package var doubts: [String] = []
  /// Whether it names more than the controls that were understood: what matches is then never all of it.
  package var hasUnreadControls = false
  /// Whether it names a period that was not understood: nothing matches it then, since nobody knows its days.
  package var hasUnreadPeriod = false
  /// The entry with which it came in; nil where that has not happened yet.
  package var came: Int?
  /// The entry with which the auditor gave it back, and has since; nil where that is not what they say.
  package var returned: Int?

  package init(number: String, row: Int, text: String) {
    self.number = number
    self.row = row
    self.text = text
  }

  /// What the auditor's word comes to; nil for one that settles nothing, or that nobody knows.
  package var verdict: AuditorVerdict? { word.flatMap { AuditorVerdict(word: $0) } }

  /// The controls that it names.
  package var controls: [String] { targets.map(\.control) }
}

/// How evidence says by its label which requests it is for.
package enum RequestLabel {
  /// What stands before a request's number.
  package static let prefix = "request/"

  /// The requests that a label names: `request/14`, `request/14, request/15`; `request/pbc-2026.csv/14` of one list; the
  /// number alone, as people write it, too.
  ///
  /// - Returns: Folded, as `folded(_:)` gives them.
  package static func numbers(_ label: String) -> Set<String> {
    guard label.hasPrefix(prefix) else { return [folded(label)] }
    return Set(
      label.split(separator: ",").map { part in
        let plain = folded(String(part))
        return plain.hasPrefix(prefix) ? folded(String(plain.dropFirst(prefix.count))) : plain
      })
  }

  /// What a label may call a request: by its number, or by its list and its number, `pbc-2026.csv/14` and `pbc-2026/14`.
  ///
  /// - Returns: Folded.
  package static func names(_ number: String, of list: String?) -> Set<String> {
    guard let list, !list.isEmpty else { return [folded(number)] }
    let stem = list.lastIndex(of: ".").map { String(list[..<$0]) } ?? list
    return [folded(number), folded("\(list)/\(number)"), folded("\(stem)/\(number)")]
  }

  /// A number without regard to case and blanks.
  package static func folded(_ number: String) -> String {
    number.lowercased().filter { !$0.isWhitespace }
  }
}

/// A file that answers a request, as an auditor finds it in the store.
package struct RequestFile: Sendable, Equatable {
  package let name: String
  /// SHA-256 in hexadecimal digits.
  package let digest: String

  package init(name: String, digest: String) {
    self.name = name
    self.digest = digest
  }
}
