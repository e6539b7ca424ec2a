internal import Catalogs
internal import Findings
package import Ownership
package import Statements

/// A version that waits for a party's word, and what that party would sign.
package struct PendingAcceptance {
  package let version: LogState.EngagementVersion
  package let schedule: Schedule
  package let catalogs: [Acceptance.NamedCatalog]
  /// Controls by unit, for those who decline by control.
  package let controls: [String: String]
  /// Units and other lines that wait for this party.
  package private(set) var waiting: Int
  /// Of those, the lines that are about no unit.
  package let waitingLines: [Schedule.LineKey]

  /// The version of each engagement that waits for the party's word, or else its newest.
  package static func all(for party: String, _ store: OpenedStore) throws -> [PendingAcceptance] {
    let resolver = Resolver(try ResolutionInput(store.state, library: store.library))
    return resolver.engagements.compactMap { engagement in
      asked(engagement, party, resolver, store)
    }
  }

  /// The version of an engagement that a party is asked about: the newest that waits for its word, or else the newest.
  ///
  /// One that speaks from a later day on leaves the days until then to earlier ones, which may lack a word of their own.
  package static func asked(_ engagement: String, _ party: String, _ resolver: Resolver, _ store: OpenedStore)
    -> PendingAcceptance?
  {
    let versions = resolver.input.versions.indices.filter { resolver.input.versions[$0].engagement == engagement }
    guard let last = versions.last, let newest = make(last, party, resolver, store) else { return nil }
    guard newest.waiting == 0 else { return newest }
    for index in versions.dropLast().reversed() {
      let builder = ScheduleBuilder(resolver, version: index)
      let waiting = builder.pendingUnits(for: party).count + builder.pendingLines(for: party).count
      guard waiting > 0, var earlier = make(index, party, resolver, store) else { continue }
      earlier.waiting = waiting
      return earlier
    }
    return newest
  }

  /// The entry in which the party accepted all of this that needs its word; nil where it did not, where it declined
  /// something since, or where the key that accepted it is under suspicion.
  package func repeats(_ party: String, in state: LogState) -> Int? {
    let latest = state.acceptances.last { $0.version == version.statement && $0.party == party }
    guard waiting == 0, let latest, latest.accepts,
      catalogs.allSatisfy({ latest.catalogs[$0.id]?.contains($0.sha256) ?? false }),
      state.membership.key(latest.keyID)?.suspectSince == nil
    else { return nil }
    return latest.entry
  }

  package static func make(_ index: Int, _ party: String, _ resolver: Resolver, _ store: OpenedStore)
    -> PendingAcceptance?
  {
    let version = resolver.input.versions[index]
    guard let statement = store.state.versions.first(where: { $0.statement == version.statement }) else {
      return nil
    }
    let builder = ScheduleBuilder(resolver, version: index)
    let lines = builder.lines(for: party)
    let waitingLines = builder.pendingLines(for: party)
    return PendingAcceptance(
      version: statement, schedule: builder.schedule(for: party), catalogs: builder.catalogs(),
      controls: Dictionary(
        lines.map { ($0.line.unit, $0.control.description) }, uniquingKeysWith: { first, _ in first }),
      waiting: waiting(lines, index, party, resolver) + waitingLines.count, waitingLines: waitingLines)
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
      let unit = ControlID(parsing: line.line.unit)
      return !accepted.contains { acceptance in
        guard let catalog = scope.adoptions.first(where: { line.line.unit.hasPrefix("\($0.key)/") })?.value.catalog,
          let framework = line.line.unit.split(separator: "/").first.map({ String($0) })
        else { return false }
        return acceptance.catalogs[framework]?.contains(catalog) ?? false
          && unit.flatMap { acceptance.lines[$0] }?.contains {
            $0.unit == line.line.unit && $0.terms == line.line.terms && $0.from <= line.line.from
              && $0.through >= line.line.through
          } ?? false
      }
    }.count
  }
}

extension PendingAcceptance {
  /// A version that speaks from a later day on, and lacks a party's word.
  package struct Upcoming {
    package let pending: PendingAcceptance
    package let party: String
    package let hasDeclined: Bool
    /// The day from which the version speaks.
    package let from: Day
  }

  /// The newest versions that speak from later days on, and whose word they lack.
  package static func upcoming(_ store: OpenedStore, after today: Day) throws -> [Upcoming] {
    let resolver = Resolver(try ResolutionInput(store.state, library: store.library))
    var found: [Upcoming] = []
    for engagement in resolver.engagements {
      guard let index = resolver.input.versions.lastIndex(where: { $0.engagement == engagement }) else { continue }
      let version = resolver.input.versions[index]
      guard version.effective > today, !resolver.isEnded(engagement, since: version.entry, on: version.effective) else {
        continue
      }
      for party in store.state.membership.parties where party.leftDay == nil {
        guard let pending = make(index, party.id, resolver, store), pending.waiting > 0 else { continue }
        let answer = store.state.acceptances.last { $0.version == version.statement && $0.party == party.id }
        found.append(
          Upcoming(
            pending: pending, party: party.id, hasDeclined: answer.map { !$0.accepts } ?? false,
            from: version.effective))
      }
    }
    return found
  }

  /// The version that a party means: the one of an engagement, or the only one that waits for its word.
  package static func choose(_ engagement: String?, for party: String, _ store: OpenedStore) throws -> PendingAcceptance
  {
    let waiting = try PendingAcceptance.all(for: party, store).filter { !$0.schedule.isEmpty || $0.waiting > 0 }
    let named = waiting.filter { pending in
      engagement.map { $0 == pending.version.engagement } ?? (pending.waiting > 0)
    }
    guard let pending = named.first else {
      throw Failure(
        .inputMissing,
        engagement.map { "'\($0)' gives '\(party)' nothing and takes nothing from it" }
          ?? "no agreement waits for the word of '\(party)'",
        hint: "'custody engagement history' lists what was signed")
    }
    guard named.count == 1 else {
      throw Failure(
        .usage, "\(named.map(\.version.engagement).joined(separator: " and ")) wait for '\(party)'",
        hint: "say which: --engagement \(pending.version.engagement)")
    }
    return pending
  }
}
