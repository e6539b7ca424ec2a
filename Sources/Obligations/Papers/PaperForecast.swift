internal import Agreements
internal import Catalogs
internal import Findings
package import Ownership
package import Statements

/// What is to be said of a version's papers before it is signed, or before all have accepted it: which paper a rule will
/// miss once it holds, and which ends before the term does.
package enum PaperForecast {
  /// A remark, and which paper of the document it is about.
  package struct Remark: Sendable, Equatable {
    /// Index into the document's `papers`; nil where it is about one that is not there.
    package var paper: Int?
    package var message: String
  }

  /// - Parameters:
  ///   - index: The version among the resolver's; its papers are looked at as if all had accepted it.
  ///   - today: What is over is not said.
  /// - Throws: What reading an object throws.
  package static func remarks(
    _ resolver: Resolver, version index: Int, _ state: LogState, library: ObjectLibrary, today: Day
  ) throws -> [Remark] {
    guard let document = resolver.input.versions[index].document, document.termThrough >= today else { return [] }
    return try lacking(resolver, index, document, state, library, today) + early(document, today)
  }

  /// `no-baa` and `no-matrix`, as they would be raised on the first day that the version speaks for, or today.
  private static func lacking(
    _ resolver: Resolver, _ index: Int, _ document: EngagementDocument, _ state: LogState, _ library: ObjectLibrary,
    _ today: Day
  ) throws -> [Remark] {
    let version = resolver.input.versions[index]
    let day = max(version.effective, document.termFrom, today)
    guard day <= document.termThrough else { return [] }
    let agreed = accepted(resolver, index, state)
    let matrix = try ResponsibilityMatrix(agreed, state: state, evidence: EvidenceBook(), asOf: day, library: library)
    let papers = HeldPapers.list(agreed, on: day)
    return PaperRules.Rule.all.flatMap { rule in
      PaperRules.lacks(rule, matrix, agreed, state, papers).filter { $0.engagement == document.id }.map { lack in
        let place = document.papers.firstIndex { $0.kind == rule.kind }
        let next = document.papers.compactMap { $0.kind == rule.kind ? $0.from : nil }.filter { $0 > day }.min()
        let parties = Wording.list(lack.parties.map { "'\($0)'" })
        return Remark(
          paper: place,
          message: "\(parties) would hold \(Wording.count(lack.units, "\(rule.scope) unit")) on \(day), and no "
            + "'\(rule.kind)' would be in force\(next.map { " before \($0)" } ?? ""): \(rule.code.rawValue) "
            + "(\(rule.citation))")
      }
    }
  }

  /// Papers that end by themselves before the term does, and that none of their kind follows the day after.
  private static func early(_ document: EngagementDocument, _ today: Day) -> [Remark] {
    document.papers.enumerated().compactMap { place, paper in
      guard let through = paper.through, through < document.termThrough else { return nil }
      let next = through.adding(days: 1)
      let isFollowed = document.papers.contains {
        $0.kind == paper.kind && ($0.from ?? document.termFrom) <= next && ($0.through ?? document.termThrough) >= next
      }
      guard !isFollowed else { return nil }
      let rule = PaperRules.Rule.all.first { $0.kind == paper.kind }
      let missed = rule.map { ": what asks for it then finds \($0.code.rawValue)" } ?? ""
      return Remark(
        paper: place,
        message: "'\(paper.file)' (\(paper.kind)) \(through < today ? "ended" : "ends") on \(through), and the term on "
          + "\(document.termThrough)\(missed)")
    }
  }

  /// The resolver as it would be once all whom the version concerns had accepted it.
  private static func accepted(_ resolver: Resolver, _ index: Int, _ state: LogState) -> Resolver {
    let builder = ScheduleBuilder(resolver, version: index)
    let version = resolver.input.versions[index]
    var input = resolver.input
    var entry = max(state.size, version.entry + 1)
    for party in state.membership.parties where party.kind != .auditor && builder.concerns(party.id) {
      let word = input.acceptances.last { $0.version == version.statement && $0.party == party.id }
      if word?.accepts == true { continue }
      let schedule = builder.schedule(for: party.id)
      var lines: [ControlID: [Schedule.UnitLine]] = [:]
      for line in schedule.units {
        guard let unit = ControlID(parsing: line.unit) else { continue }
        lines[unit, default: []].append(line)
      }
      let catalogs = Dictionary(
        grouping: builder.catalogs(), by: \.id
      ).mapValues { Set($0.map(\.sha256)) }
      input.acceptances.append(
        ResolutionInput.Acceptance(
          entry: entry, day: version.day, party: party.id, version: version.statement, accepts: true, lines: lines,
          catalogs: catalogs, otherLines: schedule.textsByKey))
      entry += 1
    }
    return Resolver(input)
  }
}
