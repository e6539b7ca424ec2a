import Catalogs
import Crypto
import Findings
import Foundation
@testable import Obligations
@testable import Ownership
import Rendering
@testable import Reports
import Statements
import Testing

/// Papers of two worlds, and what is read of them.
enum SteeringWorld {
  static func span(_ from: String, _ through: String) throws -> EvidenceCoverage.Span {
    EvidenceCoverage.Span(from: try World.day(from), through: try World.day(through))
  }

  static func evidence(
    _ snapshot: Snapshot, _ period: EvidenceCoverage.Span, _ all: [(controls: [String], member: String, day: String)]
  ) throws -> EvidenceReport {
    var tally = EvidenceTally(asOf: snapshot.asOf, period: period)
    for (place, said) in all.enumerated() {
      var evidence = Evidence(controls: said.controls)
      evidence.through = try World.day(said.day)
      tally.add(
        EvidenceRecord(
          entry: place, statement: SHA256.hash("evidence \(place)"), party: Identifier.party(ofMember: said.member),
          member: said.member, keyID: SHA256.hash(said.member), recorded: try World.noon(said.day), evidence: evidence),
        replaced: nil, isRedacted: false)
    }
    return EvidenceReport(
      ReportStamp(snapshot), order: .control, period: period, lines: tally.lines(snapshot.matrix) { _ in true },
      submitters: [], ages: [], rows: [], total: all.count)
  }

  static func point(_ snapshot: Snapshot) -> Trend.Point {
    Trend.Point(snapshot, frameworks: nil, gaps: GapsReport(snapshot))
  }

  /// Half a year of Acme and its provider, looked back on from the end of the second quarter.
  ///
  /// - Parameter isOver: Whether service levels and hours are told as of the day after.
  static func quarter(
    _ world: AgendaWorld, done: [String: String] = [:], marks: [AssessmentBook.Mark] = [],
    overdue: [(list: String, states: [RequestRules.State])] = [], isFirst: Bool = false, isOver: Bool = false
  ) throws -> SteeringReport {
    let period = try span("2026-04-01", "2026-06-30")
    let start = try world.fold(on: "2026-03-31", isPast: true, done: done).snapshot
    var fold = try world.fold(on: "2026-06-30", done: done, marks: marks, overdue: overdue)
    if isOver { fold.settled = try world.snapshot(on: "2026-07-01") }
    let end = fold.snapshot
    let counts = [LogActivity.Count(type: "evidence", party: "onsite", member: "onsite/jane", count: 2)]
    var deeds: [LogActivity.Deed] = []
    for version in end.state.versions where version.entry >= start.state.size {
      deeds.append(try World.deed(version.entry, "\(version.day)", "acme/bo", "engagement"))
    }
    for word in end.state.acceptances where word.entry >= start.state.size {
      deeds.append(try World.deed(word.entry, "\(word.entryDay)", word.member, "acceptance"))
    }
    let points = isFirst ? [point(end)] : [point(start), point(end)]
    return try SteeringReport(
      SteeringReport.Input(
        fold: fold, start: isFirst ? nil : start,
        changes: Changes(from: start, to: end, activity: LogActivity(deeds: deeds, counts: counts)),
        trend: Trend(end, points: points, every: .quarter),
        evidence: try evidence(
          end, period,
          [
            (["demo/1.2"], "acme/bo", "2026-02-10"), (["demo/1.1"], "onsite/jane", "2026-05-04"),
            (["demo/1.1"], "onsite/jane", "2026-05-31"),
          ]), period: period, firstDay: try World.day("2026-01-01")))
  }

  static func spring() throws -> AgendaWorld {
    let world = try AgendaWorld()
    try world.spring()
    return world
  }

  /// Acme with every kind of finding, over the third quarter.
  static func troubled(_ world: World) throws -> SteeringReport {
    let period = try span("2026-07-01", "2026-09-30")
    let looked = try span("2026-07-01", "2026-11-24")
    let (start, end) = (try world.known(at: 24, on: "2026-06-30"), try world.snapshot())
    let deeds = try [
      World.deed(25, "2026-10-20", "acme/bo", "engagement"), World.deed(26, "2026-10-20", "acme/bo", "acceptance"),
      World.deed(27, "2026-10-20", "onsite/jane", "acceptance"), World.deed(33, "2026-11-12", "acme/bo", "invention"),
    ]
    return try SteeringReport(
      SteeringReport.Input(
        fold: AgendaReport.Fold(end, DutyBook()), start: start,
        changes: Changes(from: start, to: end, activity: LogActivity(deeds: deeds)),
        trend: Trend(end, points: [point(start), point(end)], every: .quarter),
        evidence: try evidence(
          end, looked,
          [
            (["plant/A.1"], "onsite/jane", "2026-10-31"), (["plant/A.2"], "onsite/jane", "2025-10-31"),
            (["plant/B.5"], "onsite/jane", "2025-12-10"), (["plant/B.8"], "onsite/max", "2026-09-30"),
          ]), period: period, periodNote: "the last whole quarter before 2026-11-24",
        firstDay: try World.day("2025-01-01")))
  }
}

extension SteeringReport {
  /// A grid's rows as lines, their cells between bars; none where there is no such grid.
  func rows(_ key: SteeringPart.Key, _ grid: Int = 0) -> [String] {
    guard let part = part(key), grid < part.grids.count else { return [] }
    return part.grids[grid].rows.map { $0.cells.map { $0.text() }.joined(separator: " | ") }
  }

  func part(_ key: SteeringPart.Key) -> SteeringPart? { parts.first { $0.key == key } }
}
