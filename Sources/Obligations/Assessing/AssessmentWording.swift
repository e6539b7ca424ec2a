package import Statements

extension Assessment {
  /// What it says, in one line.
  ///
  /// `not-met, partly in place: only for administrators; owner acme/bo; due 2027-02-01; milestone 2027-01-11: tokens ordered`
  package var told: String { ([status.rawValue] + (terms.map { [$0] } ?? [])).joined(separator: ", ") }

  /// The same without its status: the note by its parts, and the days; nil where it says nothing but the status.
  package var terms: String? {
    let note = AssessmentNote(note)
    var parts: [String] = []
    if let partial = note.partial { parts.append("partly in place: \(partial)") }
    let free = note.text.split(whereSeparator: \.isNewline).joined(separator: "; ")
    if !free.isEmpty { parts.append(free) }
    if let alternative = note.alternative { parts.append("in its place: \(alternative)") }
    if let owner = note.owner { parts.append("owner \(owner)") }
    if let days { parts.append(days) }
    parts += note.milestones.map { "milestone \($0.day): \($0.text)" }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  /// Of what is open, the last day is the one by which it is to be met, unless it speaks of a period.
  private var days: String? {
    let isOpen = status == .notMet || status == .planned
    switch (from, through) {
    case (nil, let through?): return isOpen ? "due \(through)" : "through \(through)"
    case (let from?, let through?): return from == through ? "of \(from)" : "of \(from) through \(through)"
    case (let from?, nil): return "from \(from) on"
    case (nil, nil): return nil
    }
  }
}
