internal import Agreements
internal import Catalogs
internal import Findings
package import Ownership
internal import Statements

/// Where the agreements that hold name a person: who leaves is still named there, and nobody takes their place by itself.
package struct PersonMentions: Sendable, Equatable {
  package let engagement: String
  /// Units for which they do the work, by the agreement or by who staffed it since.
  package var units: Int { named.count }
  /// Their ids.
  package let named: [String]
  /// The lines of the document that name them as responsible.
  package let lines: [Int]
  /// The escalations that turn to them: `outage, step 2`.
  package let steps: [String]

  /// By the engagements' order; those that do not name the person are left out.
  package static func list(_ member: String, _ snapshot: Snapshot) -> [PersonMentions] {
    snapshot.resolver.engagements.compactMap { engagement in
      let rows = snapshot.matrix.units.filter { row in
        row.applies && row.ownership.claims.contains { $0.engagement == engagement }
      }
      let states = snapshot.matrix.lines.filter { $0.engagement == engagement }
      let held = Set(
        rows.flatMap { $0.ownership.claims.filter { $0.engagement == engagement }.compactMap(\.holding.version) }
          + states.compactMap { $0.state.held?.version })
      let newest = held.max().flatMap { snapshot.resolver.input.versions[$0].document }
      let steps = (newest?.escalation ?? []).flatMap { escalation in
        escalation.steps.enumerated().filter { $0.element.who == member }.map {
          "\(escalation.id), step \($0.offset + 1)"
        }
      }
      let mentions = PersonMentions(
        engagement: engagement, named: rows.filter { $0.responsible.contains(member) }.map(\.id.description),
        lines: (newest?.scope ?? []).filter { $0.responsible.contains(member) }.map(\.line), steps: steps)
      return mentions.units == 0 && mentions.lines.isEmpty && steps.isEmpty ? nil : mentions
    }
  }

  /// `'acme-onsite' still names onsite/jane for 12 units, in lines 4 and 7, in the escalation outage, step 2: …`
  package func sentence(_ member: String) -> String {
    let numbers = lines.map { "\($0)" }
    let places = [
      units > 0 ? "for \(Wording.count(units, "unit"))" : nil,
      lines.isEmpty ? nil : "in \(lines.count == 1 ? "line" : "lines") \(Wording.list(numbers))",
      steps.isEmpty ? nil : "in the escalation \(Wording.list(steps))",
    ].compactMap { $0 }
    let remedies = [
      units > 0 ? "with 'custody staff' for units" : nil,
      lines.isEmpty && steps.isEmpty
        ? nil
        : "in a new version for \(steps.isEmpty ? "lines" : lines.isEmpty ? "steps of an escalation" : "lines and steps")",
    ].compactMap { $0 }
    return "'\(engagement)' still names \(member) \(places.joined(separator: ", ")): name somebody else "
      + Wording.list(remedies)
  }
}
