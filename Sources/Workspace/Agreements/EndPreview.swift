internal import Findings
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

  /// The first day not covered.
  package let on: Day
  /// In the order of the catalogs.
  package let losses: [Loss]
  /// Something that has to change hands, or end, with the agreement: access, keys, documents, duties and evidence.
  package let handovers: HandoverList

  /// A list that was made elsewhere, far from the store.
  package init(on: Day, _ handovers: HandoverList) {
    self.init(on: on, losses: [], handovers)
  }

  /// The same with another list.
  package func with(_ handovers: HandoverList) -> EndPreview {
    EndPreview(on: on, losses: losses, handovers)
  }

  private init(on: Day, losses: [Loss], _ handovers: HandoverList) {
    self.on = on
    self.losses = losses
    self.handovers = handovers
  }

  /// - Parameter on: The first day that is not covered: that of an early end, or the day after the term.
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
    handovers = HandoverDraft(ending: engagement, on: on, snapshot).list
  }
}
