internal import Catalogs
internal import Crypto
internal import Ownership
internal import Statements
internal import Reports

/// A version that waits for a party's word, and what that party would sign.
struct PendingAcceptance {
  let version: LogState.EngagementVersion
  let schedule: Schedule
  let catalogs: [Acceptance.NamedCatalog]
  /// Controls by unit, for those who decline by control.
  let controls: [String: String]
  /// Units that wait for this party.
  let waiting: Int

  /// The newest version of each engagement that gives the party something, takes something from it, or needs its word.
  static func all(for party: String, _ session: Session) throws -> [PendingAcceptance] {
    let resolver = Resolver(try ResolutionInput(session.state, library: session.library))
    return resolver.engagements.compactMap { engagement in
      guard let index = resolver.input.versions.lastIndex(where: { $0.engagement == engagement }) else { return nil }
      return make(index, party, resolver, session)
    }
  }

  static func make(_ index: Int, _ party: String, _ resolver: Resolver, _ session: Session) -> PendingAcceptance? {
    let version = resolver.input.versions[index]
    guard let statement = session.state.versions.first(where: { $0.statement == version.statement }) else {
      return nil
    }
    let builder = ScheduleBuilder(resolver, version: index)
    let lines = builder.lines(for: party)
    return PendingAcceptance(
      version: statement, schedule: builder.schedule(for: party), catalogs: builder.catalogs(),
      controls: Dictionary(
        lines.map { ($0.line.unit, $0.control.description) }, uniquingKeysWith: { first, _ in first }),
      waiting: waiting(lines, index, party, resolver))
  }

  /// How many units of the schedule lack this party's word for them to hold.
  private static func waiting(
    _ lines: [ScheduleBuilder.Line], _ index: Int, _ party: String, _ resolver: Resolver
  ) -> Int {
    let version = resolver.input.versions[index]
    let accepted = resolver.input.acceptances.filter {
      $0.version == version.statement && $0.party == party && $0.accepts
    }
    return lines.filter { line in
      guard line.line.terms != line.held else { return false }
      let scope = resolver.scope(on: line.line.from)
      return !accepted.contains { acceptance in
        guard let catalog = scope.adoptions.first(where: { line.line.unit.hasPrefix("\($0.key)/") })?.value.catalog,
          let framework = line.line.unit.split(separator: "/").first.map({ String($0) })
        else { return false }
        return acceptance.catalogs[framework]?.contains(catalog) ?? false
          && acceptance.lines.values.joined().contains {
            $0.unit == line.line.unit && $0.terms == line.line.terms && $0.from <= line.line.from
              && $0.through >= line.line.through
          }
      }
    }.count
  }
}
