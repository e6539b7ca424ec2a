package import Catalogs
package import Statements

/// Units that an agreement would have in common with others, once all have accepted it.
package struct ContestedUnits: Sendable, Equatable {
  /// The other agreement, and whom it names.
  package var engagement: String
  package var party: String
  /// In the order of the catalogs.
  package var units: [ControlID]
}

extension Resolver {
  /// What a version would contest with other agreements on a day, if it held: rule 5.
  ///
  /// - Parameter index: Into `input.versions`; of one that is in the log or only thought of.
  package func wouldContest(_ index: Int, on day: Day) -> [ContestedUnits] {
    let engagement = input.versions[index].engagement
    let scope = scope(on: day)
    var found: [ContestedUnits] = []
    for unit in scope.units where scope.applies(unit) == true && !unit.isRetained {
      guard let answer = answer(index, unit, on: day, in: scope), !answer.parties.isEmpty else { continue }
      var claims = [UnitOwnership.Claim(engagement: engagement, answer: answer, holding: AgreementState())]
      for other in engagements where other != engagement {
        let holding = holding(other, unit, on: day, in: scope)
        guard !holding.answer.parties.isEmpty, !holding.answer.parties.contains(where: { hasLeft($0, on: day) }) else {
          continue
        }
        claims.append(UnitOwnership.Claim(engagement: other, answer: holding.answer, holding: holding))
      }
      guard claims.count > 1 else { continue }
      let remaining = Contest.withoutYielding(Contest.counting(claims))
      guard remaining.contains(where: { $0.engagement == engagement }) else { continue }
      for claim in remaining where claim.engagement != engagement && claim.answer.parties != answer.parties {
        let party = claim.answer.parties.joined(separator: ", ")
        if let place = found.firstIndex(where: { $0.engagement == claim.engagement && $0.party == party }) {
          found[place].units.append(unit.id)
        } else {
          found.append(ContestedUnits(engagement: claim.engagement, party: party, units: [unit.id]))
        }
      }
    }
    return found
  }

  /// What a version says about all that is no unit, as schedules write it.
  package func lineTexts(of index: Int) -> [Schedule.LineKey: [String]] {
    linesByVersion[index].mapValues { $0.texts.sorted(by: ByteOrder.precedes) }
  }
}
