internal import Catalogs
package import Ownership
package import Statements

/// Takes in evidence one by one, and keeps what a report says of it: by control, by submitter and by age.
///
/// What it keeps grows with the controls, the members and the days, not with the evidence.
package struct EvidenceTally {
  private let day: Day
  private let period: EvidenceCoverage.Span
  private var coverage: [String: EvidenceCoverage] = [:]
  private var submitters: [String: EvidenceReport.Submitter] = [:]
  private var bands: [Int]
  /// How many were asked for.
  package private(set) var total = 0

  /// Last days of bands of age.
  private static let limits = [30, 90, 180, 365]

  /// - Parameters:
  ///   - day: The day that is asked about.
  ///   - period: The days whose holes are asked about.
  package init(asOf day: Day, period: EvidenceCoverage.Span) {
    self.day = day
    self.period = period
    bands = Array(repeating: 0, count: EvidenceTally.limits.count + 1)
  }

  /// - Parameter isAsked: Whether it is one of those that are asked for. What is not still keeps the days of its controls
  ///   covered: a review of the year before is current on the first day of this one.
  package mutating func add(
    _ record: EvidenceRecord, replaced: Day?, isRedacted: Bool, isPartlyRedacted: Bool = false, isAsked: Bool = true
  ) {
    if isAsked { count(record, replaced: replaced, isRedacted: isRedacted, isPartlyRedacted: isPartlyRedacted) }
    guard replaced == nil, !isRedacted else { return }
    for control in Set(record.evidence.controls) {
      coverage[control, default: EvidenceCoverage()].add(record, asOf: day)
    }
  }

  private mutating func count(
    _ record: EvidenceRecord, replaced: Day?, isRedacted: Bool, isPartlyRedacted: Bool
  ) {
    total += 1
    var submitter =
      submitters[record.member]
      ?? EvidenceReport.Submitter(
        party: record.party, member: record.member, first: record.recorded.day, last: record.recorded.day)
    submitter.count += 1
    if replaced != nil { submitter.replaced += 1 }
    if isRedacted { submitter.redacted += 1 }
    if isPartlyRedacted { submitter.partlyRedacted += 1 }
    submitter.first = min(submitter.first, record.recorded.day)
    submitter.last = max(submitter.last, record.recorded.day)
    submitters[record.member] = submitter
    guard replaced == nil, !isRedacted else { return }
    let age = day.daysSinceEpoch - record.ageDay(asOf: day).daysSinceEpoch
    bands[EvidenceTally.limits.firstIndex { age <= $0 } ?? EvidenceTally.limits.count] += 1
  }

  /// The parties' ids, then the members'.
  package func submittersInOrder() -> [EvidenceReport.Submitter] {
    submitters.values.sorted { left, right in
      left.party == right.party
        ? ByteOrder.precedes(left.member, right.member) : ByteOrder.precedes(left.party, right.party)
    }
  }

  package func ages() -> [EvidenceReport.AgeBand] {
    let titles = EvidenceTally.limits.map { "up to \($0) days" } + ["older"]
    return zip(titles, bands).map { EvidenceReport.AgeBand(title: $0, count: $1) }
  }

  /// A line for each control of some frameworks, or for each kind of its units where they differ.
  ///
  /// - Parameter isAsked: Whether a control is asked for, by its id and those of its units.
  package func lines(
    _ matrix: ResponsibilityMatrix, isAsked: (ResponsibilityMatrix.ControlRow) -> Bool
  ) -> [EvidenceReport.Line] {
    var lines: [EvidenceReport.Line] = []
    for framework in matrix.frameworks {
      for row in framework.controls where isAsked(row) {
        var own: [EvidenceReport.Line] = []
        for unit in row.applicable {
          let line = line(unit, of: row, framework.id)
          if let place = own.firstIndex(where: { $0.isLike(line) }) {
            own[place].units.append(unit.id)
          } else {
            own.append(line)
          }
        }
        for place in own.indices { own[place].isWhole = own[place].units.count == row.applicable.count }
        lines += own
      }
    }
    return lines
  }

  private func line(
    _ unit: ResponsibilityMatrix.UnitRow, of row: ResponsibilityMatrix.ControlRow, _ framework: String
  ) -> EvidenceReport.Line {
    let own = coverage[unit.id.description] ?? EvidenceCoverage()
    let whole = unit.id == unit.control ? nil : coverage[unit.control.description]
    let all = whole.map { own.united(with: $0, asOf: day) } ?? own
    let ageDay = all.newest?.ageDay(asOf: day)
    return EvidenceReport.Line(
      framework: framework, family: row.control.families.first, control: row.control.id, title: row.control.title,
      units: [unit.id], isWhole: false, accountable: unit.accountable, cadence: unit.cadence, count: all.count,
      newest: all.newest, ageDay: ageDay, due: ageDay.flatMap { unit.cadence.due(after: $0) },
      holes: all.holes(unit.cadence, in: period))
  }
}
