import Crypto
import Foundation
import Findings
import Obligations
import Ownership
import Statements
import Synchronization
import TestSupport
import Testing

/// Duties over random histories, against going through what was done by hand.
struct RandomDutyTests {
  private typealias Span = (count: Int, unit: Calendar.Component)

  private static let spans: [String: Span] = [
    "day": (1, .day), "week": (7, .day), "month": (1, .month), "quarter": (3, .month), "half-year": (6, .month),
    "year": (12, .month), "two-years": (24, .month), "three-years": (36, .month),
  ]

  private static func record(_ entry: Int, _ duty: String, _ day: String) throws -> EvidenceRecord {
    var evidence = Evidence(controls: ["demo/1.1"])
    evidence.duty = duty
    evidence.through = Day(day)
    return EvidenceRecord(
      entry: entry, statement: .zero, party: "onsite", member: "onsite/jane", keyID: .zero,
      recorded: try #require(Instant("\(day)T10:00:00.000Z")), evidence: evidence)
  }

  @Test(arguments: RandomPromiseTests.seeds)
  func `a duty is due, late or settled as by hand`(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var seen = Seen()
    for _ in 0..<RandomPromiseTests.histories {
      let history = random.next()
      var own = SeededRandom(seed: history)
      let through = NaiveHours.adding(Int.random(in: 30...1500, using: &own), .day, to: "2026-01-01")
      let asOf = NaiveHours.adding(Int.random(in: 0...1500, using: &own), .day, to: "2026-01-01")
      let every = Bool.random(using: &own) ? (Self.spans.keys.sorted() + ["event"]).randomElement(using: &own) : nil
      let days = Int.random(in: 1...400, using: &own)
      let when = every.map { "every: \($0)" } ?? "within: \(days) days"
      let done = try (0..<Int.random(in: 0...4, using: &own)).map { _ in
        NaiveHours.adding(Int.random(in: -60...1500, using: &own), .day, to: "2026-01-01")
      }.enumerated().map { (record: try Self.record(20 + $0, "acme-onsite/minutes", $1), day: $1) }
      // What another duty shows counts for this one no more than nothing.
      let other = try Self.record(40, "acme-onsite/other", "2026-01-02")
      let log = try AgreedLog(
        "duties: [{ id: minutes, title: Minutes, party: onsite, \(when) }]", through: through)
      let snapshot = try log.snapshot(on: asOf)
      let found = DutyCalendar.list(snapshot, done: DutyBook(done.map(\.record) + [other]))
      let told = found.map { "\($0.due.map { "\($0)" } ?? "never") \($0.isOverdue)" }

      var expected: [String] = []
      if asOf <= through {
        let newest = done.map(\.day).filter { $0 <= asOf }.sorted().last
        var due: String?
        if let every {
          due = Self.spans[every].map {
            NaiveHours.adding($0.count, $0.unit, to: max(newest ?? "2026-01-01", "2026-01-01"))
          }
        } else if newest == nil {
          due = NaiveHours.adding(days, .day, to: "2026-01-01")
        }
        let isLate = due.map { $0 < asOf } ?? false
        expected = ["\(due ?? "never") \(isLate)"]
        if isLate { seen.late += 1 } else if due == nil { seen.settled += 1 } else { seen.due += 1 }
      } else {
        seen.over += 1
      }
      // What is owed when the term is over: the first time that was due by its last day, and that nobody did.
      var owed: [String] = []
      if asOf > through {
        var (start, due): (String, String?) = ("2026-01-01", nil)
        func next(_ day: String) -> String? {
          guard let every else { return NaiveHours.adding(days, .day, to: day) }
          return Self.spans[every].map { NaiveHours.adding($0.count, $0.unit, to: day) }
        }
        due = next(start)
        for day in done.map(\.day).filter({ $0 <= asOf }).sorted() {
          guard every != nil else {
            due = nil
            break
          }
          guard day > start else { continue }
          start = day
          due = next(day)
        }
        if let due, due <= through, NaiveHours.adding(12, .month, to: through) >= asOf { owed = [due] }
        seen.owed += owed.count
      }
      let book = DutyBook(done.map(\.record) + [other])
      let still = DutyCalendar.ended(snapshot, done: book).filter(\.isOverdue).map { $0.due.map { "\($0)" } ?? "never" }
      #expect(still == owed, "history \(history): \(when), \(done.map(\.day)), on \(asOf) of a term to \(through)")
      #expect(told == expected, "history \(history): \(when), \(done.map(\.day)), on \(asOf) of a term to \(through)")
      let findings = DutyCalendar.findings(found).map(\.subject)
      #expect(findings == (expected.first?.hasSuffix("true") == true ? ["acme-onsite/duty minutes"] : []))
    }
    Self.check(seen, of: seed)
  }

  /// How often what happened in the histories of one seed.
  private struct Seen {
    var late = 0, due = 0, settled = 0, over = 0, owed = 0
    var counts: [Int] { [late, due, settled, over, owed] }
  }

  private static let all = Mutex<[UInt64: Seen]>([:])

  /// The histories are worth their time only if all of it happens in them: in those of all seeds together, for in the few of
  /// one of them the rarest may stay away by chance. Whichever seed comes last looks.
  private static func check(_ seen: Seen, of seed: UInt64) {
    let all = all.withLock { all in
      all[seed] = seen
      return all
    }
    guard RandomPromiseTests.histories >= 50, all.count == RandomPromiseTests.seeds.count else { return }
    let sums = all.values.map(\.counts).reduce([0, 0, 0, 0, 0]) { zip($0, $1).map(+) }
    #expect(sums.allSatisfy { $0 > 5 * all.count }, "\(sums)")
  }
}
