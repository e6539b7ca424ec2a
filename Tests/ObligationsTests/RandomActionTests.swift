import Foundation
import Catalogs
import Obligations
import Ownership
import Statements
import TestSupport
import Testing

/// Plans of action and scores over random assessments, against reading the log anew for every question.
struct RandomActionTests {
  private typealias Row = ResponsibilityMatrix.ControlRow
  private typealias Mark = AssessmentBook.Mark

  /// Some that are worth five, three and a point, the two that may be worth less, and the one without which there is none.
  private static let some = ["3.1.1", "3.1.3", "3.1.5", "3.1.20", "3.5.3", "3.13.11", "3.12.4", "3.14.7"]

  private static let rows = Result {
    try AssessmentTests.rows("nist-800-171-r2").filter { some.contains($0.control.id.local) }
  }

  private static func marks(_ rows: [Row], _ random: inout SeededRandom) -> [Mark] {
    var day = "2026-01-01"
    let all = rows.map(\.control.id.description) + rows.flatMap { $0.applicable.map(\.id.description) }
    let first = Bool.random(using: &random)
    var marks: [Mark] = []
    for entry in 0..<Int.random(in: 1...30, using: &random) {
      day = NaiveHours.adding(Int.random(in: 0...20, using: &random), .day, to: day)
      let names =
        first && entry == 0
        ? rows.map(\.control.id.description)
        : (0..<Int.random(in: 1...4, using: &random)).map { _ in all.randomElement(using: &random) ?? "" }
      let statuses: [Assessment.Status] =
        first && entry == 0 ? [.met] : [.met, .met, .notMet, .planned, .notApplicable]
      var assessment = Assessment(
        units: names, status: statuses.randomElement(using: &random) ?? .met,
        note: [nil, "two are left", "partial: some", "milestone 2026-05-01: ordered"].randomElement(using: &random)
          ?? nil)
      if Bool.random(using: &random) {
        assessment.through = Day(NaiveHours.adding(Int.random(in: 0...200, using: &random), .day, to: day))
      }
      marks.append(
        Mark(
          entry: 10 + entry, day: Day(day) ?? Day(daysSinceEpoch: 0), party: "acme", member: "acme/bo",
          assessment: assessment))
    }
    return marks
  }

  /// What was said last of a unit: the log from its end.
  private static func last(_ unit: ResponsibilityMatrix.UnitRow, _ marks: [Mark]) -> Mark? {
    for mark in marks.reversed() {
      for name in mark.assessment.units where name == "\(unit.id)" || name == "\(unit.control)" { return mark }
    }
    return nil
  }

  private static func isOpen(_ row: Row, _ marks: [Mark]) -> Bool {
    row.units.contains { [.notMet, .planned].contains(last($0, marks)?.assessment.status) }
  }

  @Test(arguments: RandomPromiseTests.seeds)
  func `an item is open since the day from which on no day was without it`(_ seed: UInt64) throws {
    let rows = try Self.rows.get()
    var random = SeededRandom(seed: seed)
    var seen = (items: 0, late: 0, closed: 0)
    for _ in 0..<RandomPromiseTests.histories {
      let history = random.next()
      var own = SeededRandom(seed: history)
      let marks = Self.marks(rows, &own)
      let asOf = NaiveHours.adding(Int.random(in: 0...300, using: &own), .day, to: "\(marks.last?.day ?? marks[0].day)")
      let items = ActionItem.list(
        "nist-800-171-r2", rows, AssessmentBook(marks, client: "acme"), marks: marks, asOf: try #require(Day(asOf)))
      let found = items.map { item in
        "\(item.control) since \(item.since) due \(item.due.map { "\($0)" } ?? "never") late \(item.isLate)"
      }

      var expected: [String] = []
      for row in rows {
        guard Self.isOpen(row, marks) else {
          seen.closed += 1
          continue
        }
        // The log is read again and again, an entry less each time, until it was not open.
        var count = marks.count
        while count > 1, Self.isOpen(row, Array(marks.prefix(count - 1))) { count -= 1 }
        let open = row.units.compactMap { unit in Self.last(unit, marks) }.filter {
          [.notMet, .planned].contains($0.assessment.status)
        }
        let newest = open.sorted { $0.entry < $1.entry }.last?.assessment
        let due = newest?.through.map { "\($0)" } ?? (newest?.note?.hasPrefix("milestone") == true ? "2026-05-01" : nil)
        let isLate = due.map { $0 < asOf } ?? false
        expected.append(
          "\(row.control.id.local) since \(marks[count - 1].day) due \(due ?? "never") late \(isLate)")
        seen.items += 1
        seen.late += isLate ? 1 : 0
      }
      #expect(found == expected, "history \(history), on \(asOf)")
      for item in items {
        #expect("\(CMMCStatus.closeOut(since: item.since))" == NaiveHours.adding(180, .day, to: "\(item.since)"))
      }
    }
    #expect(RandomPromiseTests.histories < 50 || (seen.items > 20 && seen.late > 5 && seen.closed > 20), "\(seen)")
  }

  @Test(arguments: RandomPromiseTests.seeds)
  func `a score is what taking off each requirement by hand leaves`(_ seed: UInt64) throws {
    let rows = try Self.rows.get()
    // 32 CFR 170.24(c)(2)(i)(B), by hand.
    let values = [
      "3.1.1": 5, "3.1.3": 1, "3.1.5": 3, "3.1.20": 1, "3.5.3": 5, "3.13.11": 5, "3.12.4": 0, "3.14.7": 3,
    ]
    var random = SeededRandom(seed: seed)
    var seen = (none: 0, scored: 0, partial: 0)
    for _ in 0..<RandomPromiseTests.histories {
      let history = random.next()
      var own = SeededRandom(seed: history)
      let marks = Self.marks(rows, &own)
      var points = 110
      var hasPlan = true
      for row in rows {
        let name = row.control.id.local
        let said = row.units.map { ($0.id.local, Self.last($0, marks)?.assessment) }
        let short = said.filter { ![.met, .notApplicable].contains($0.1?.status) }
        // Nobody is excused from having a plan: neither wholly, nor from the objective that there is one.
        let excused = said.filter { $0.1?.status == .notApplicable }
        if name == "3.12.4", excused.count == said.count || excused.contains(where: { $0.0 == "3.12.4[a]" }) {
          hasPlan = false
        }
        guard !short.isEmpty else { continue }
        if name == "3.12.4" { hasPlan = false }
        var value = values[name] ?? 0
        let isSaid = !short.contains { !($0.1?.note?.hasPrefix("partial:") ?? false) }
        if name == "3.13.11", isSaid { value = 3 }
        if name == "3.5.3", isSaid || short.map(\.0) == ["3.5.3[d]"] { value = 3 }
        if value != values[name] { seen.partial += 1 }
        points -= value
      }
      let score = DoDScore(rows, AssessmentBook(marks, client: "acme"))
      #expect(score.score == (hasPlan ? points : nil), "history \(history)")
      if hasPlan { seen.scored += 1 } else { seen.none += 1 }
    }
    #expect(RandomPromiseTests.histories < 50 || (seen.none > 5 && seen.scored > 5 && seen.partial > 3), "\(seen)")
  }
}
