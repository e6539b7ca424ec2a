internal import Agreements
package import Catalogs
internal import Crypto
package import Statements

/// Makes the schedule that a party signs under a version: what the version gives it or takes from it.
package struct ScheduleBuilder {
  let resolver: Resolver
  /// The world of its engagement without the version: what holds where it has not taken over.
  let prior: Resolver
  let index: Int
  let version: ResolutionInput.Version

  /// - Parameter version: Index into the resolver's versions.
  package init(_ resolver: Resolver, version: Int) {
    self.resolver = resolver
    prior = resolver.without(version: version)
    index = version
    self.version = resolver.input.versions[version]
  }

  /// A unit line, and the party that answers for the unit as long as the version has not taken over.
  package struct Line: Sendable, Equatable {
    package var line: Schedule.UnitLine
    package var held: Schedule.Terms
    package var control: ControlID
    package var title: String?
  }

  /// A party's schedule.
  ///
  /// For the client: every unit whose answer differs from the one that holds; in a first version, all that apply. For
  /// another party: the units where it is accountable or responsible in the new answer, or accountable in the one that
  /// holds. Of the lines that are about no unit the client's has all, another party's those that name it.
  package func schedule(for party: String) -> Schedule {
    var schedule = Schedule(units: lines(for: party).map(\.line))
    guard let document = version.document else { return schedule }
    let all = document.otherLines(version.papers)
    let own = party == resolver.input.client ? all : all.lines(naming: party, in: document)
    (schedule.duties, schedule.levels) = (own.duties, own.levels)
    (schedule.blocks, schedule.steps) = (own.blocks, own.steps)
    // The statement of work is accepted with the version that names it, and has no line of its own.
    schedule.papers = own.papers.filter { $0.kind != Paper.statementOfWork }
    return schedule
  }

  /// The unit lines of a party's schedule, in no special order.
  package func lines(for party: String) -> [Line] {
    let isClient = party == resolver.input.client
    let isFirst = resolver.versionsByEngagement[version.engagement]?.first == index
    return spans { answer, held in
      if isClient { return isFirst || answer.terms != held.terms }
      return answer.parties.contains(party) || answer.terms.responsible.contains(party)
        || held.parties.contains(party)
    }
  }

  /// Every unit and span whose answer is not the one that holds.
  package func changes() -> [Line] {
    spans { answer, held in answer.terms != held.terms }
  }

  /// The catalogs that hold on some day the version speaks for, by framework, in byte order.
  package func catalogs() -> [Acceptance.NamedCatalog] {
    var named: [Acceptance.NamedCatalog] = []
    for segment in segments() {
      let scope = resolver.scope(on: segment.from)
      for (framework, adoption) in scope.adoptions {
        let isSpokenFor =
          adoption.units?.contains { resolver.answer(index, $0, on: segment.from, in: scope) != nil } ?? false
        guard isSpokenFor else { continue }
        let catalog = Acceptance.NamedCatalog(id: framework, sha256: adoption.catalog)
        if !named.contains(catalog) { named.append(catalog) }
      }
    }
    return named.sorted { left, right in
      left.id == right.id ? left.sha256 < right.sha256 : ByteOrder.precedes(left.id, right.id)
    }
  }

  /// Walks every unit over every span that the version speaks for, and merges adjacent spans with equal terms.
  private func spans(_ isListed: (Answer, Answer) -> Bool) -> [Line] {
    var result: [Line] = []
    /// The last line of each unit: its place in the result.
    var last: [ControlID: Int] = [:]
    for segment in segments() {
      let scope = resolver.scope(on: segment.from)
      for unit in scope.units where scope.applies(unit) == true {
        let starts = resolver.starts(version.engagement, unit, from: segment.from, through: segment.through)
        for (offset, from) in starts.enumerated() {
          let through = offset + 1 < starts.count ? starts[offset + 1].adding(days: -1) : segment.through
          guard let answer = resolver.answer(index, unit, on: from, in: scope) else { continue }
          let held = prior.holding(version.engagement, unit, on: from, in: scope).answer
          guard isListed(answer, held) else { continue }
          if let place = last[unit.id], result[place].line.terms == answer.terms, result[place].held == held.terms,
            result[place].line.through.adding(days: 1) == from
          {
            result[place].line.through = through
            continue
          }
          last[unit.id] = result.count
          result.append(
            Line(
              line: Schedule.UnitLine(
                unit: unit.id.description, from: from, through: through, terms: answer.terms),
              held: held.terms, control: unit.control))
        }
      }
    }
    return ScheduleBuilder.merged(result)
  }

  /// Spans that differ only in what held before are one line of the schedule.
  private static func merged(_ lines: [Line]) -> [Line] {
    let sorted = lines.sorted { left, right in
      left.line.unit == right.line.unit
        ? left.line.from < right.line.from : ByteOrder.precedes(left.line.unit, right.line.unit)
    }
    var result: [Line] = []
    for line in sorted {
      if var last = result.last, last.line.unit == line.line.unit, last.line.terms == line.line.terms,
        last.line.through.adding(days: 1) == line.line.from
      {
        last.line.through = line.line.through
        result[result.count - 1] = last
      } else {
        result.append(line)
      }
    }
    return result
  }

  /// Spans of days over which nothing changes but by the lines of single units, from the version's first day to the last
  /// that it speaks for.
  ///
  /// An end recorded after the version closes it for good: there is nothing to sign for the days from then on.
  func segments() -> [(from: Day, through: Day)] {
    guard version.document != nil else { return [] }
    let siblings = (resolver.versionsByEngagement[version.engagement] ?? []).filter { $0 <= index }
    let documents = siblings.compactMap { resolver.input.versions[$0].document }
    let ends = resolver.input.ends.filter { $0.engagement == version.engagement && $0.entry > version.entry }
    guard let through = documents.map(\.termThrough).max() else { return [] }
    let last = ends.map { $0.on.adding(days: -1) }.reduce(through, min)
    guard last >= version.effective else { return [] }
    let starts = resolver.changeDays[version.engagement].filter { $0 > version.effective && $0 <= last }
    let boundaries = [version.effective] + starts
    return boundaries.enumerated().map { offset, from in
      (from, offset + 1 < boundaries.count ? boundaries[offset + 1].adding(days: -1) : last)
    }
  }
}

extension Resolver {
  /// The world of a version's engagement before the version was recorded; other engagements are not in it.
  fileprivate func without(version index: Int) -> Resolver {
    var input = ResolutionInput(client: input.client, adoptions: input.adoptions, leaves: input.leaves)
    let engagement = self.input.versions[index].engagement
    input.versions = (versionsByEngagement[engagement] ?? []).filter { $0 != index }.map { self.input.versions[$0] }
    input.ends = self.input.ends.filter { $0.engagement == engagement }
    input.acceptances = input.versions.flatMap { acceptancesByVersion[$0.statement] ?? [] }
      .sorted { $0.entry < $1.entry }
    return Resolver(input)
  }
}
