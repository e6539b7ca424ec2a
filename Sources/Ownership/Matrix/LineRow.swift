package import Findings
package import Statements

extension ResponsibilityMatrix {
  /// A line of an agreement that is about no unit: a duty, a service level, a block of hours, a step of an escalation or
  /// the papers of a kind.
  package struct LineRow: Sendable {
    /// What holds on the matrix's day, and what waits.
    package var state: LineState
    /// The entry of the version that waits.
    package var waitingEntry: Int?

    init(_ state: LineState, _ resolver: Resolver) {
      self.state = state
      waitingEntry = state.waiting.map { resolver.input.versions[$0.version].entry }
    }

    package var engagement: String { state.engagement }
    package var key: Schedule.LineKey { state.key }
    /// Whether a line holds.
    package var holds: Bool { state.held != nil }

    /// `pending` where an earlier line holds and another waits; `declined` or `unaccepted` where none holds.
    package var finding: FindingCode? {
      guard let waiting = state.waiting else { return nil }
      if state.held != nil { return .pending }
      if waiting.texts.isEmpty { return nil }
      return state.decliners.isEmpty ? .unaccepted : .declined
    }

    /// What the finding says in one sentence.
    package var sentence: String {
      let lacks = FindingSentences.unaccepted(state.missing, state.unreadableWords)
      switch finding {
      case .pending?:
        let verb = state.waiting?.texts.isEmpty ?? true ? "drop" : "change"
        return "a newer version of '\(engagement)' would \(verb) '\(key)', and \(reason ?? lacks)"
      case .declined?: return "'\(key)' of '\(engagement)' does not hold: \(reason ?? lacks)"
      default: return "'\(key)' of '\(engagement)' does not hold: \(lacks)"
      }
    }

    /// Who declined, and why.
    private var reason: String? {
      guard !state.decliners.isEmpty else { return nil }
      return "\(Wording.list(state.decliners)) declined" + (state.declineReason.map { ": \($0)" } ?? "")
    }
  }

  /// What is to be said of lines that are about no unit, in the order of the agreements.
  package var lineFindings: [Finding] {
    lines.compactMap { row in
      row.finding.map { Finding($0, row.state.subject, entry: row.waitingEntry, row.sentence) }
    }
  }
}
