internal import Agreements
internal import Catalogs
package import Ownership
internal import Statements

/// What became of service levels: each period of each level that holds, with its target and what was measured.
package enum LevelResults {
  package enum State: String, Sendable, CaseIterable {
    case met, missed, unmeasured
    /// The period has not ended, and nothing was measured.
    case open
  }

  /// A period of a level.
  package struct Result: Sendable, Equatable {
    package var engagement: String
    package var level: String
    package var party: String
    package var domains: [String]
    /// `>= 99.9`
    package var target: String
    package var unit: String
    /// A cadence's name.
    package var every: String
    /// Whether the client promises it to itself: an internal standard.
    package var isInternal: Bool
    /// Domains for which the party is not accountable on the period's last day.
    package var outside: [String]
    package var period: CadencePeriod
    package var state: State
    /// The newest measurement that counts.
    package var measured: MeasurementRecord?
    /// Earlier ones of the same period that it takes the place of.
    package var earlier: Int
    /// The entry that holds the rows behind it; nil where it is only asserted.
    package var rows: Int?
    /// The entry of the version that promises it.
    package var version: Int

    /// `acme-onsite/uptime`
    package var name: String { "\(engagement)/\(level)" }
  }

  /// All periods up to the snapshot's day, in the order of the agreements, of levels, and of days.
  ///
  /// A period's promise is that of the level that holds on its last day; of one that has not ended, on the snapshot's.
  package static func list(_ snapshot: Snapshot) -> [Result] {
    guard let book = snapshot.promises else { return [] }
    let held = HeldLines(snapshot)
    let owners = DomainOwnership(snapshot)
    let measured = Dictionary(grouping: book.measurements) { "\($0.measurement.engagement)/\($0.measurement.level)" }
    return held.engagements.flatMap { engagement -> [Result] in
      guard let span = held.span(engagement), span.from <= snapshot.asOf else { return [] }
      return held.levels(engagement).flatMap { id -> [Result] in
        let records = measured["\(engagement)/\(id)"] ?? []
        return periods(of: id, in: engagement, held, from: span.from, through: snapshot.asOf).map {
          result(engagement, $0.level, $0.period, records, book, owners, asOf: snapshot.asOf)
        }
      }
    }
  }

  private typealias HeldLevel = HeldLines.Held<ServiceLevel>

  /// The periods of a level, each with what holds at its end.
  private static func periods(
    of id: String, in engagement: String, _ held: HeldLines, from first: Day, through last: Day
  ) -> [(level: HeldLevel, period: CadencePeriod)] {
    var found: [(level: HeldLevel, period: CadencePeriod)] = []
    var day = first
    while day <= last {
      guard let level = held.level(engagement, id, on: day), let cadence = Cadence(rawValue: level.line.every),
        let period = CadencePeriod(cadence, around: day, anchor: level.termFrom)
      else {
        // Nothing becomes other before the next change.
        guard let next = held.changes(engagement, after: day, through: last).first else { break }
        day = next
        continue
      }
      let end = min(period.through, last)
      if let final = held.level(engagement, id, on: end), final.line.every == level.line.every {
        found.append((final, period))
        day = period.through.adding(days: 1)
      } else {
        // The level ends within the period, or is held against other periods from some day on.
        day = held.changes(engagement, after: day, through: end).first ?? period.through.adding(days: 1)
      }
    }
    return found
  }

  private static func result(
    _ engagement: String, _ level: HeldLevel, _ period: CadencePeriod, _ records: [MeasurementRecord],
    _ book: PromiseBook, _ owners: DomainOwnership, asOf: Day
  ) -> Result {
    let own = records.filter { counts($0, for: level.line, period) }
    let newest = own.last
    let day = min(period.through, asOf)
    var state: State = period.through < asOf ? .unmeasured : .open
    if let value = newest.flatMap({ Decimal($0.measurement.value) }), let target = LevelTarget(level.line.target) {
      state = target.isMet(by: value) ? .met : .missed
    }
    return Result(
      engagement: engagement, level: level.line.id, party: level.line.party, domains: level.line.domains,
      target: level.line.target, unit: level.line.unit, every: level.line.every,
      isInternal: level.line.party == level.client,
      outside: level.line.domains.filter {
        !owners.owners(of: $0, on: day).accountable.contains(level.line.party)
      }, period: period, state: state, measured: newest, earlier: max(0, own.count - 1),
      rows: newest.flatMap { book.rows(behind: $0) }, version: level.version)
  }

  /// Whether a measurement says something of a period: by the party that answers for the level, of exactly these days,
  /// and not recorded before the last of them.
  private static func counts(_ record: MeasurementRecord, for level: ServiceLevel, _ period: CadencePeriod) -> Bool {
    record.party == level.party && record.measurement.from == period.from
      && record.measurement.through == period.through && record.recorded.day >= period.through
  }
}
