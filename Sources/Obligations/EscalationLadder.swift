internal import Agreements
internal import Catalogs
package import Ownership
package import Statements

/// Whom to turn to when something is wrong, one after the other, by the agreements that hold.
package struct EscalationLadder: Sendable, Equatable {
  /// A step, and when its time is up.
  package struct Step: Sendable, Equatable {
    /// Counted from 1.
    package var number: Int
    /// A party, a member or a contact.
    package var who: String
    /// `15 minutes`: from the beginning, or from the step before.
    package var within: String
    /// By which means.
    package var by: String?
    /// When that is over, all steps before it counted in.
    package var deadline: Instant
  }

  package var engagement: String
  package var id: String
  /// What it is about; none means everything.
  package var domains: [String]
  package var severity: String?
  package var steps: [Step]
  /// The entry of the version that says so.
  package var version: Int

  /// The ladders that hold on the snapshot's day: those for the domain before those for everything.
  ///
  /// - Parameters:
  ///   - domain: What is wrong; nil where nobody can say.
  ///   - severity: Only those for this severity, and those for any.
  ///   - start: When it began.
  package static func list(
    _ snapshot: Snapshot, domain: String?, severity: String?, from start: Instant
  ) -> [EscalationLadder] {
    var ladders: [EscalationLadder] = []
    for row in snapshot.matrix.lines {
      guard row.key.kind == .step, let held = row.state.held else { continue }
      let version = snapshot.resolver.input.versions[held.version]
      for escalation in version.document?.escalation ?? [] {
        guard let place = escalation.steps.indices.first(where: { key(escalation.id, $0) == row.key }),
          isAbout(escalation, domain, severity)
        else { continue }
        let step = escalation.steps[place]
        let passed = escalation.steps[...place].reduce(start) { $1.within.end(from: $0) }
        let made = Step(
          number: place + 1, who: step.who, within: step.within.description, by: step.by, deadline: passed)
        if let known = ladders.firstIndex(where: { $0.engagement == row.engagement && $0.id == escalation.id }) {
          ladders[known].steps.append(made)
        } else {
          ladders.append(
            EscalationLadder(
              engagement: row.engagement, id: escalation.id, domains: escalation.domains,
              severity: escalation.severity, steps: [made], version: version.entry))
        }
      }
    }
    for place in ladders.indices { ladders[place].steps.sort { $0.number < $1.number } }
    return ladders.filter { !$0.domains.isEmpty } + ladders.filter(\.domains.isEmpty)
  }

  /// The severities that ladders are for, each once, in their order.
  package static func severities(_ ladders: [EscalationLadder]) -> [String] {
    ladders.compactMap(\.severity).reduce(into: []) { known, severity in
      if !known.contains(where: { $0.lowercased() == severity.lowercased() }) { known.append(severity) }
    }
  }

  private static func isAbout(_ escalation: Escalation, _ domain: String?, _ severity: String?) -> Bool {
    if !escalation.domains.isEmpty {
      guard let domain, escalation.domains.contains(domain) else { return false }
    }
    guard let severity, let own = escalation.severity else { return true }
    return own.lowercased() == severity.lowercased()
  }

  private static func key(_ id: String, _ place: Int) -> Schedule.LineKey {
    Schedule.StepLine(
      id: id, domains: [], severity: nil, number: place + 1, who: "", within: "", by: nil
    ).key
  }
}

extension TimeSpan {
  /// The instant that it ends at, in UTC: months and years by the calendar, all else by the clock.
  package func end(from start: Instant) -> Instant {
    let minute = 60_000
    switch unit {
    case .minute: return start.adding(milliseconds: count * minute)
    case .hour: return start.adding(milliseconds: count * 60 * minute)
    case .day: return start.adding(milliseconds: count * 1440 * minute)
    case .week: return start.adding(milliseconds: count * 7 * 1440 * minute)
    case .month, .year:
      let day = start.day
      let later = day.adding(months: unit == .year ? 12 * count : count)
      return start.adding(milliseconds: (later.daysSinceEpoch - day.daysSinceEpoch) * 1440 * minute)
    }
  }
}
