internal import Findings
internal import Agreements
package import Catalogs
package import Ownership
package import Statements

/// What an early end would leave behind, before anybody signs it: what nobody owns, and what has to be handed over.
package struct EndPreview {
  /// A unit that somebody answers for, and nobody would.
  package struct Loss: Sendable, Equatable {
    package var unit: ControlID
    package var control: ControlID
    package var party: String
  }

  /// Something that has to change hands, or end, with the agreement.
  package struct Handover: Sendable, Equatable {
    /// What kind of thing it is.
    package enum Kind: String, Sendable {
      case access, duty, document, evidence, key
    }

    package var kind: Kind
    /// Who has to do it.
    package var party: String
    package var what: String
    /// The day by which it has to be done.
    package var by: Day
  }

  /// The first day not covered.
  package let on: Day
  /// In the order of the catalogs.
  package let losses: [Loss]
  /// Access, keys, documents, duties and evidence, in this order.
  package let handovers: [Handover]

  /// - Parameter on: The first day that the end would leave uncovered.
  package init(ending engagement: String, on: Day, _ snapshot: Snapshot) {
    self.on = on
    let resolver = snapshot.resolver
    var input = resolver.input
    input.ends.append(ResolutionInput.End(entry: snapshot.state.size, engagement: engagement, on: on))
    let after = Resolver(input)
    let scope = resolver.scope(on: on)
    var losses: [Loss] = []
    for unit in scope.units where scope.applies(unit) == true {
      let now = resolver.ownership(unit, on: on, in: scope)
      guard let party = now.accountable, now.isOwned, now.claims.contains(where: { $0.engagement == engagement }),
        !after.ownership(unit, on: on, in: after.scope(on: on)).isOwned
      else { continue }
      losses.append(Loss(unit: unit.id, control: unit.control, party: party))
    }
    self.losses = losses
    let others = resolver.engagements.filter { $0 != engagement }.flatMap { other in
      input.versions.last { $0.engagement == other }?.document?.providers ?? []
    }
    let document = input.versions.last { $0.engagement == engagement }?.document
    let leaving = (document?.providers ?? []).filter { !others.contains($0) }
    handovers = EndPreview.handovers(engagement, document, leaving, on, snapshot)
  }

  private static func handovers(
    _ engagement: String, _ document: EngagementDocument?, _ leaving: [String], _ on: Day, _ snapshot: Snapshot
  ) -> [Handover] {
    let membership = snapshot.state.membership
    let client = snapshot.state.client
    let last = on.adding(days: -1)
    var items: [Handover] = []
    for party in leaving {
      for member in membership.activeMembers(of: party) {
        items.append(
          Handover(
            kind: .access, party: client, what: "withdraw the access of \(member.name) (\(member.id)) to every system",
            by: last))
      }
      for member in membership.activeMembers(of: party) where member.mayAppend {
        items.append(
          Handover(
            kind: .key, party: client,
            what: "end the right of \(member.id) to append to this store: custody party remove \(party)", by: on))
      }
    }
    for paper in document?.allPapers ?? [] {
      items.append(
        Handover(kind: .document, party: client, what: "keep or terminate '\(paper.file)' (\(paper.kind))", by: last))
    }
    for provider in document?.providers ?? [] {
      items.append(
        Handover(
          kind: .document, party: provider,
          what: "hand over documentation, configurations, licences and passwords of what it ran", by: last))
    }
    for row in snapshot.matrix.lines where row.engagement == engagement && row.key.kind == .duty {
      guard let held = row.state.held, let party = held.parties.first else { continue }
      items.append(
        Handover(kind: .duty, party: party, what: "do '\(row.key.id)' for the last time, and say so", by: last))
    }
    var owed: [String: [String]] = [:]
    for unit in snapshot.matrix.units {
      guard unit.engagement == engagement, let party = unit.accountable, party != client,
        unit.findings.contains(.noEvidence) || unit.findings.contains(.staleEvidence)
      else { continue }
      let control = unit.control.description
      if owed[party]?.last != control { owed[party, default: []].append(control) }
    }
    for (party, controls) in owed.sorted(by: { ByteOrder.precedes($0.key, $1.key) }) {
      let some = controls.prefix(4).joined(separator: ", ")
      let more = controls.count > 4 ? " and \(controls.count - 4) more" : ""
      items.append(
        Handover(kind: .evidence, party: party, what: "submit the evidence owed on \(some)\(more)", by: last))
    }
    return items
  }
}
