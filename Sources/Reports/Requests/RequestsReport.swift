package import Obligations
internal import Findings
internal import Ownership
package import Statements
package import TreeLog

/// What an auditor has asked for, and what stands in the log for it.
public struct RequestsReport: Sendable {
  /// The requests of one list.
  package struct Section: Sendable {
    /// Its file's name.
    package let name: String
    /// The entry that brought it.
    package let entry: Int
    package let states: [RequestRules.State]

    package init(name: String, entry: Int, states: [RequestRules.State]) {
      self.name = name
      self.entry = entry
      self.states = states
    }
  }

  let checkpoint: Checkpoint
  let day: Day
  let sections: [Section]
  let files: [Int: [RequestFile]]
  /// Whether those that are answered are left out.
  let onlyOpen: Bool
  /// Whether each is told whole, with what nearly fits.
  let showsMisses: Bool

  package init(
    _ sections: [Section], files: [Int: [RequestFile]], checkpoint: Checkpoint, on day: Day, onlyOpen: Bool = false,
    showsMisses: Bool = false
  ) {
    self.sections = sections
    self.files = files
    self.checkpoint = checkpoint
    self.day = day
    self.onlyOpen = onlyOpen
    self.showsMisses = showsMisses
  }

  /// The requests of a section that are shown.
  func shown(_ section: Section) -> [RequestRules.State] {
    onlyOpen ? section.states.filter { !$0.isSettled } : section.states
  }

  /// `open, overdue`.
  func word(_ state: RequestRules.State) -> String {
    state.status.rawValue + (state.isOverdue(on: day) ? ", overdue" : "")
  }

  /// `2026-03-01 to 2026-03-31 and 2026-05-02`; of many the first few.
  static func told(_ days: [ClosedRange<Day>]) -> String {
    let shown = days.prefix(3).map {
      $0.lowerBound == $0.upperBound ? "\($0.lowerBound)" : "\($0.lowerBound) to \($0.upperBound)"
    }
    return days.count > 3
      ? shown.joined(separator: ", ") + " and \(days.count - 3) more stretches" : Wording.list(shown)
  }

  /// The names of the files that an entry brought: a few of many.
  func names(ofEntry entry: Int, limit: Int = 2) -> String {
    let all = (files[entry] ?? []).map(\.name)
    return all.count <= limit
      ? Wording.list(all) : all.prefix(limit).joined(separator: ", ") + " and \(all.count - limit) more"
  }
}

extension RequestRules.Answer {
  /// How sure it is that it was meant.
  var basis: String { isTied ? "tied" : "matches" }
}
