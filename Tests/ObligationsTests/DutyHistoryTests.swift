import Agreements
import Obligations
import Statements
import TestSupport
import Testing

/// Each time that a duty was owed, and whether it was done.
struct DutyHistoryTests {
  private static func history(_ when: Duty.When, done: [String], on day: String) throws -> DutyHistory {
    let done = try done.enumerated().map { index, day in
      DutyCalendar.Done(day: try #require(Day(day)), entry: 10 + index)
    }
    return DutyHistory(
      when, termFrom: try #require(Day("2026-01-01")), done: done, asOf: try #require(Day(day)))
  }

  private static func told(_ history: DutyHistory) -> [String] {
    history.terms.map { "\($0.due) \($0.state.rawValue) \($0.daysLate)" }
  }

  @Test func `what was done by its day is met, and the next time begins then`() throws {
    let history = try Self.history(.every("quarter"), done: ["2026-03-15"], on: "2026-04-02")
    #expect(Self.told(history) == ["2026-04-01 met 0", "2026-06-15 open 0"])
  }

  @Test func `a day after, it is late`() throws {
    #expect(
      Self.told(try Self.history(.every("quarter"), done: ["2026-04-01"], on: "2026-04-02")).first == "2026-04-01 met 0"
    )
    #expect(
      Self.told(try Self.history(.every("quarter"), done: ["2026-04-02"], on: "2026-04-02")).first
        == "2026-04-01 late 1")
  }

  @Test func `what nobody did is missed from the day after on, and one time however late`() throws {
    #expect(Self.told(try Self.history(.every("month"), done: [], on: "2026-02-01")) == ["2026-02-01 open 0"])
    #expect(Self.told(try Self.history(.every("month"), done: [], on: "2026-05-01")) == ["2026-02-01 missed 89"])
  }

  @Test func `what was done after the day that is asked about is not known yet`() throws {
    #expect(
      Self.told(try Self.history(.every("month"), done: ["2026-02-05"], on: "2026-02-04")) == ["2026-02-01 missed 3"])
  }

  @Test func `what is owed once has one time`() throws {
    #expect(Self.told(try Self.history(.within(days: 90), done: [], on: "2026-04-01")) == ["2026-04-01 open 0"])
    #expect(
      Self.told(try Self.history(.within(days: 90), done: ["2026-04-03", "2026-05-03"], on: "2026-06-01"))
        == ["2026-04-01 late 2"])
  }

  @Test func `what is owed when something happens has none`() throws {
    #expect(try Self.history(.every("event"), done: ["2026-02-01"], on: "2026-06-01").terms.isEmpty)
  }

  /// A second implementation that goes through the days one by one.
  @Test(arguments: 0..<40)
  func `over random days it is what walking through the calendar finds`(round: Int) throws {
    var random = SeededRandom("duty terms")
    let months = [1, 3, 6, 12].randomElement(using: &random) ?? 1
    let name = [1: "month", 3: "quarter", 6: "half-year", 12: "year"][months] ?? "month"
    // Beginnings at the ends of months, and in leap years.
    let year = Int.random(in: 2023...2028, using: &random)
    let beginning = try #require(Day(year: year, month: Int.random(in: 1...12, using: &random), day: 1))
      .adding(days: -1)
    let asOf = beginning.adding(days: Int.random(in: 0...1500, using: &random))
    let done = Set((0..<Int.random(in: 0...8, using: &random)).map { _ in Int.random(in: 1...1500, using: &random) })
      .sorted().enumerated().map { DutyCalendar.Done(day: beginning.adding(days: $1), entry: $0) }
    let history = DutyHistory(.every(name), termFrom: beginning, done: done, asOf: asOf)

    var expected: [String] = []
    var (start, day) = (beginning, beginning)
    while true {
      let due = NaiveCalendar.months(months, after: start)
      let isDone = done.contains { $0.day == day } && day > start
      if isDone || day == asOf {
        let late = max(0, day.daysSinceEpoch - due.daysSinceEpoch)
        let state = isDone ? (late > 0 ? "late" : "met") : (late > 0 ? "missed" : "open")
        expected.append("\(due) \(state) \(late)")
        if isDone { start = day }
      }
      if day == asOf {
        if isDone { expected.append("\(NaiveCalendar.months(months, after: start)) open 0") }
        break
      }
      day = day.adding(days: 1)
    }
    #expect(Self.told(history) == expected, "round \(round)")
  }
}

/// The same day of the month some months later, found by walking.
private enum NaiveCalendar {
  static func months(_ count: Int, after day: Day) -> Day {
    var (first, passed) = (day, 0)
    // The first day of the month that lies so many months later.
    while passed < count {
      let month = first.components.month
      while first.components.month == month { first = first.adding(days: 1) }
      passed += 1
    }
    let month = first.components.month
    var best = first
    while best.components.day < day.components.day, best.adding(days: 1).components.month == month {
      best = best.adding(days: 1)
    }
    // The walk may have begun in the middle of a month, and ended on its first day.
    return best
  }
}
