/// What an auditor's own status says of a request, where it says that it is settled or is not.
///
/// Lists have no standard words for it. Only what can mean nothing else counts; any other word is shown as it is.
package enum AuditorVerdict: String, Sendable {
  /// Nothing more is asked for.
  case accepted
  /// What was handed in is not enough.
  case returned

  private static let accepting: Set<String> = [
    "accepted", "approved", "cleared", "closed", "complete", "completed", "satisfied",
  ]
  private static let returning: Set<String> = [
    "returned", "rejected", "reopened", "insufficient", "incomplete", "unsatisfactory",
  ]

  /// - Returns: nil for a word that settles nothing: `Open`, `Received`, `In review`.
  package init?(word: String) {
    let words = word.lowercased().replacing("re-open", with: "reopen").split { !$0.isLetter }.map(String.init)
    guard let first = words.first else { return nil }
    if AuditorVerdict.returning.contains(first) || words.starts(with: ["not", "accepted"]) {
      self = .returned
      return
    }
    // `Accepted 11/5`, `Accepted by JM`; not `Accepted pending signature`, nor `Complete except March`.
    guard AuditorVerdict.accepting.contains(first), words.count == 1 || ["by", "on"].contains(words[1]) else {
      return nil
    }
    self = .accepted
  }
}
