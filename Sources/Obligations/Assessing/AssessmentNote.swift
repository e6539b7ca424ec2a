package import Statements

/// What an assessment's note says in lines of its own, beside free text: for a requirement that is partly in place, and for
/// what a plan of action has of an item.
///
/// - `partial: TEXT`, first: it is in place for some; what is missing.
/// - `owner: acme/jane`: who sees to it.
/// - `milestone 2026-03-01: TEXT`: a step and the day by which it is done; as many as there are.
/// - `alternative: TEXT`: what is done in its place, for an addressable specification (45 CFR 164.306(d)(3)(ii)(B)).
///
/// The day on which the whole is to be done is the assessment's `through`.
package struct AssessmentNote: Sendable, Equatable {
  /// What begins a note on what is partly in place.
  package static let partial = "partial:"

  /// A step.
  package struct Milestone: Sendable, Equatable {
    package var day: Day
    package var text: String

    package init(day: Day, text: String) {
      self.day = day
      self.text = text
    }
  }

  package var text = ""
  package var partial: String?
  package var owner: String?
  package var alternative: String?
  package var milestones: [Milestone] = []

  package init() {}

  package init(_ note: String?) {
    var free: [String] = []
    for line in (note ?? "").split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if let rest = AssessmentNote.rest(of: line, after: AssessmentNote.partial), partial == nil {
        partial = rest
      } else if let rest = AssessmentNote.rest(of: line, after: "owner:"), owner == nil {
        owner = rest
      } else if let rest = AssessmentNote.rest(of: line, after: "alternative:"), alternative == nil {
        alternative = rest
      } else if let milestone = AssessmentNote.milestone(line) {
        milestones.append(milestone)
      } else {
        free.append(line)
      }
    }
    text = free.joined(separator: "\n")
    milestones.sort { $0.day < $1.day }
  }

  /// As the statement holds it; nil where it says nothing.
  package var written: String? {
    var lines: [String] = []
    if let partial { lines.append("\(AssessmentNote.partial) \(partial)") }
    if !text.isEmpty { lines.append(text) }
    if let alternative { lines.append("alternative: \(alternative)") }
    if let owner { lines.append("owner: \(owner)") }
    lines += milestones.map { "milestone \($0.day): \($0.text)" }
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }

  private static func rest(of line: String, after word: String) -> String? {
    guard line.utf8.starts(with: word.utf8) else { return nil }
    return String(line.dropFirst(word.count).drop { $0 == " " })
  }

  /// `milestone 2026-03-01: switches ordered`
  private static func milestone(_ line: String) -> Milestone? {
    guard let rest = rest(of: line, after: "milestone "), let colon = rest.firstIndex(of: ":"),
      let day = Day(String(rest[..<colon]))
    else { return nil }
    return Milestone(day: day, text: String(rest[rest.index(after: colon)...].drop { $0 == " " }))
  }
}
