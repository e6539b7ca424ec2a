internal import Agreements
package import Catalogs
internal import Crypto
internal import Findings
package import Ownership
package import Statements

/// Who has said what to each version of each agreement, and who has not.
public struct AcceptancesReport: Sendable {
  /// What it was folded from.
  public let stamp: ReportStamp

  /// How a party stands to a version.
  package enum State: String, Sendable, CaseIterable {
    case accepted
    /// Some lines accepted, others declined or open.
    case partly
    case declined
    /// Its word is needed, and it has given none.
    case open = "not-answered"
    /// A later version took its place before the party answered.
    case superseded
    /// Nothing of it needs the party's word.
    case unasked = "not-needed"
    /// The agreement cannot be read.
    case unreadable
  }

  /// A party and a version.
  package struct Row: Sendable, Equatable {
    package var engagement: String
    /// Counted from 1 within its agreement.
    package var number: Int
    package var version: Int
    package var versionDay: Day
    package var party: String
    package var state: State
    /// The party's last word.
    package var entry: Int?
    package var day: Day?
    package var member: String?
    package var reason: String?
    /// By the newest word on each: units that the version gives to somebody or takes from somebody. A first version's
    /// schedule for the client lists all others as nobody's too.
    package var accepted: [ControlID]
    package var declined: [ControlID]
    /// Units that wait for its word.
    package var waiting: [ControlID]
    /// Lines that are about no unit and wait for its word.
    package var waitingLines: [String]
    /// From the version's entry to the last word, or to the report's day.
    package var days: Int
  }

  /// In order of the agreements, of the newest versions first, and of joining.
  package let rows: [Row]

  package init(_ snapshot: Snapshot) {
    stamp = ReportStamp(snapshot)
    let maker = AcceptanceRows(snapshot)
    rows = snapshot.resolver.engagements.flatMap { maker.rows($0) }
  }

  /// How many there are of a state.
  package func count(_ state: State) -> Int { rows.count { $0.state == state } }
}

/// Makes the rows of an agreement.
private struct AcceptanceRows {
  typealias Row = AcceptancesReport.Row

  private let resolver: Resolver
  private let state: LogState
  private let asOf: Day

  init(_ snapshot: Snapshot) {
    resolver = snapshot.resolver
    state = snapshot.state
    asOf = snapshot.asOf
  }

  func rows(_ engagement: String) -> [Row] {
    let versions = resolver.input.versions.indices.filter { resolver.input.versions[$0].engagement == engagement }
    return versions.enumerated().reversed().flatMap { place, index in
      let isNewest = place == versions.count - 1
      let builder = ScheduleBuilder(resolver, version: index)
      return parties(of: index).map { row($0, index, number: place + 1, isNewest: isNewest, builder) }
    }
  }

  /// The client, those whom it names, and whoever answered.
  private func parties(of index: Int) -> [String] {
    let version = resolver.input.versions[index]
    let named = Set((version.document?.providers ?? []) + words(on: version).map(\.record.party))
    let joined = state.membership.parties.map(\.id)
    return joined.filter { $0 == resolver.input.client || named.contains($0) }
      + named.filter { !joined.contains($0) }.sorted(by: ByteOrder.precedes)
  }

  /// - units: What the word is about, and whether any of its lines names who answers.
  private typealias Word = (record: LogState.AcceptanceRecord, units: [ControlID: Bool])

  private func words(on version: ResolutionInput.Version) -> [Word] {
    let known = resolver.input.acceptances.filter { $0.version == version.statement }
    return state.acceptances.filter { $0.version == version.statement }.map { record in
      let word = known.first {
        $0.entry == record.entry && $0.party == record.party && $0.accepts == record.accepts
      }
      return (record, word?.lines.mapValues { $0.contains { $0.terms.accountable?.isEmpty == false } } ?? [:])
    }
  }

  private func row(
    _ party: String, _ index: Int, number: Int, isNewest: Bool, _ builder: ScheduleBuilder
  ) -> Row {
    let version = resolver.input.versions[index]
    let own = words(on: version).filter { $0.record.party == party }
    var newest: [ControlID: Bool] = [:]
    for word in own {
      for unit in word.units.keys { newest[unit] = word.record.accepts }
    }
    // A first version takes nothing from anybody: what it gives to nobody it does not touch.
    let untouched = number > 1 ? [] : Set(newest.keys.filter { unit in !own.contains { $0.units[unit] == true } })
    let accepted = newest.filter(\.value).map(\.key).filter { !untouched.contains($0) }.sorted()
    let declined = newest.filter { !$0.value }.map(\.key).sorted()
    let waiting = version.document == nil ? [] : builder.pendingUnits(for: party).subtracting(declined).sorted()
    let lines = version.document == nil ? [] : builder.pendingLines(for: party).map { "\($0)" }
    let last = own.last?.record
    let refusal = own.last { !$0.record.accepts }?.record
    let end = last?.entryDay ?? asOf
    return Row(
      engagement: version.engagement, number: number, version: version.entry, versionDay: version.day, party: party,
      state: state(
        own, declined: declined.count, accepted: accepted.count, waits: !waiting.isEmpty || !lines.isEmpty,
        isNewest: isNewest, isReadable: version.document != nil),
      entry: last?.entry, day: last?.entryDay, member: last?.member,
      reason: declined.isEmpty && last?.accepts != false ? nil : refusal?.reason, accepted: accepted,
      declined: declined, waiting: waiting, waitingLines: lines,
      days: max(0, end.daysSinceEpoch - version.day.daysSinceEpoch))
  }

  private func state(
    _ own: [Word], declined: Int, accepted: Int, waits: Bool, isNewest: Bool, isReadable: Bool
  ) -> AcceptancesReport.State {
    guard isReadable else { return .unreadable }
    guard let last = own.last else {
      if !waits { return .unasked }
      return isNewest ? .open : .superseded
    }
    if declined > 0 { return accepted > 0 ? .partly : .declined }
    if !last.record.accepts, accepted == 0 { return .declined }
    return waits && isNewest ? .partly : .accepted
  }
}
