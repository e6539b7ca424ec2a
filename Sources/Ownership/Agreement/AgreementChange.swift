internal import Agreements
internal import Catalogs
package import Statements

/// What a version changes, of everything that somebody may have to accept: for whoever is asked before it is signed.
package struct AgreementChange: Sendable {
  /// Persons of one party who do the work for some units, before and after.
  package struct PersonChange: Sendable, Equatable {
    package var party: String
    package var old: [String]
    package var new: [String]
    /// How many units it is about.
    package var units: Int
  }

  /// Units whose answer is not the one that holds.
  package var units: [ScheduleBuilder.Line]
  /// Duties, levels, blocks of hours and steps that are gained, lost or changed.
  package var lines: [ScheduleBuilder.LineChange]
  /// The same of papers.
  package var papers: [ScheduleBuilder.LineChange]
  /// Who does the work for units whose answer stays, on the version's first day.
  package var persons: [PersonChange]

  /// Whether nobody has anything to accept, and nobody else does any work.
  package var isEmpty: Bool { units.isEmpty && lines.isEmpty && papers.isEmpty && persons.isEmpty }

  /// - Parameter builder: Over the version, be it in the log or only thought of.
  package init(_ builder: ScheduleBuilder) {
    units = builder.changes()
    let changes = builder.lineChanges()
    lines = changes.filter { $0.key.kind != .paper }
    papers = changes.filter { $0.key.kind == .paper }
    persons = builder.personChanges()
  }
}

extension ScheduleBuilder {
  /// Persons whom the version names for units whose terms it leaves as they are.
  fileprivate func personChanges() -> [AgreementChange.PersonChange] {
    guard let day = segments().first?.from else { return [] }
    let scope = resolver.scope(on: day)
    var changes: [AgreementChange.PersonChange] = []
    for unit in scope.units where scope.applies(unit) == true {
      guard let answer = resolver.answer(index, unit, on: day, in: scope) else { continue }
      let held = prior.holding(version.engagement, unit, on: day, in: scope)
      guard held.version != nil, held.answer.terms == answer.terms else { continue }
      let claim = UnitOwnership.Claim(engagement: version.engagement, answer: held.answer, holding: held)
      let before = prior.responsible(claim, unit, on: day, in: scope)
      for party in answer.terms.responsible {
        let old = before.filter { Identifier.isMember($0) && Identifier.party(ofMember: $0) == party }
        let new = answer.responsible.filter { Identifier.isMember($0) && Identifier.party(ofMember: $0) == party }
        guard old != new else { continue }
        if let known = changes.firstIndex(where: { $0.party == party && $0.old == old && $0.new == new }) {
          changes[known].units += 1
        } else {
          changes.append(AgreementChange.PersonChange(party: party, old: old, new: new, units: 1))
        }
      }
    }
    return changes
  }
}

extension Resolver {
  /// Whether an end that is not in the log yet would change something: an answer or a line that holds, or a version that
  /// awaits a word, on a day from then on.
  ///
  /// - Parameter on: The first day that it would leave uncovered.
  package func wouldChange(ending engagement: String, on day: Day) -> Bool {
    let versions = versionsByEngagement[engagement] ?? []
    guard let entry = versions.last.map({ input.versions[$0].entry }) else { return false }
    // Days after the last term hold nothing, and days that an end has closed already stay closed.
    let last = versions.compactMap { input.versions[$0].document?.termThrough }.max() ?? day
    let starts = [day] + changeDays[engagement].filter { $0 > day && $0 <= last }
    return starts.indices.contains { place in
      let day = starts[place]
      guard !isEnded(engagement, since: entry, on: day) else { return false }
      if !lines(engagement, on: day).isEmpty { return true }
      let scope = scope(on: day)
      let through = place + 1 < starts.count ? starts[place + 1].adding(days: -1) : max(day, last)
      return scope.units.contains { unit in
        guard scope.applies(unit) == true else { return false }
        return self.starts(engagement, unit, from: day, through: through).contains { day in
          let state = holding(engagement, unit, on: day, in: scope)
          return !state.answer.parties.isEmpty || !(state.waitingAnswer?.parties.isEmpty ?? true) || state.isUndecided
        }
      }
    }
  }
}
