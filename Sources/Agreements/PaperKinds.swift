internal import Findings

/// The kinds of paper that findings and reports look for; any other identifier is a kind of one's own.
package enum PaperKinds {
  package static let known = [
    "business-associate-agreement", "responsibility-matrix", "service-credits", Paper.statementOfWork,
  ]

  /// What people call them.
  private static let alsoCalled = [
    "baa": "business-associate-agreement", "ba-agreement": "business-associate-agreement",
    "business-associate": "business-associate-agreement", "business-associate-contract": "business-associate-agreement",
    "hipaa-baa": "business-associate-agreement", "crm": "responsibility-matrix", "srm": "responsibility-matrix",
    "matrix": "responsibility-matrix", "raci": "responsibility-matrix",
    "customer-responsibility-matrix": "responsibility-matrix",
    "shared-responsibility-matrix": "responsibility-matrix", "responsibilities": "responsibility-matrix",
    "credits": "service-credits", "credit-table": "service-credits", "sla-credits": "service-credits",
    "sow": Paper.statementOfWork, "work-statement": Paper.statementOfWork,
  ]

  /// The known kind that a word of one's own perhaps means; nil for one that is known, or like none.
  package static func meant(by word: String) -> String? {
    let word = word.lowercased().split(whereSeparator: { $0 == " " || $0 == "_" }).joined(separator: "-")
    guard !known.contains(word) else { return nil }
    return alsoCalled[word] ?? Spelling.nearest(to: word, among: known)
  }
}
