import Foundation
import Obligations
import Ownership
import Statements
import TestSupport
import Testing

/// Hours and service levels over random histories, against second implementations that know no shortcut.
struct RandomPromiseTests {
  /// So many histories, from `CUSTODY_HISTORIES` or enough for every day.
  static let histories = max(
    1, (ProcessInfo.processInfo.environment["CUSTODY_HISTORIES"].flatMap { Int($0) } ?? 1000) / 8)

  static let seeds: [UInt64] = {
    var random = SeededRandom("random promises")
    return (0..<8).map { _ in random.next() }
  }()

  @Test(arguments: seeds)
  func `a block's months are what a heap of quarter hours gives`(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var seen = (drawn: 0, expired: 0, forward: 0)
    for _ in 0..<Self.histories {
      let history = random.next()
      var own = SeededRandom(seed: history)
      let block = NaiveHours.random(&own)
      let asOf = NaiveHours.adding(Int.random(in: 0...700, using: &own), .day, to: block.termFrom)
      var worked: [(day: String, quarters: Int)] = (0..<Int.random(in: 0...8, using: &own)).map { _ in
        let last = min(asOf, block.termThrough)
        let span = NaiveHours.date(last).timeIntervalSince(NaiveHours.date(block.termFrom)) / 86400
        let day = NaiveHours.adding(Int.random(in: 1...max(1, Int(span)), using: &own), .day, to: block.termFrom)
        return (day, Int.random(in: 1...60, using: &own))
      }
      // What is worked after the day that is asked about is not known on it.
      worked.removeAll { $0.day > asOf }
      worked.sort { $0.day < $1.day }
      let log = try AgreedLog("hours: [\(block.yaml)]", through: block.termThrough)
      for work in worked { try log.use(NaiveHours.hours(work.quarters), work.day) }
      let ledger = HourLedger(try log.snapshot(on: asOf))
      let found = (ledger.blocks.first?.months ?? []).map {
        "\($0.month) \($0.broughtForward) \($0.bought) \($0.drawn) \($0.expired) \($0.left)"
      }
      let expected = block.months(worked, asOf: asOf)
      if found != expected {
        Issue.record(
          "history \(history): \(block.yaml), \(worked), on \(asOf): \(found), quarter by quarter \(expected)")
      }
      for row in expected.map({ $0.split(separator: " ") }) {
        seen.forward += row[1] == "0" ? 0 : 1
        seen.drawn += row[3] == "0" ? 0 : 1
        seen.expired += row[4] == "0" ? 0 : 1
      }
    }
    // The histories are worth their time only if all of it happens in them.
    #expect(Self.histories < 50 || (seen.forward > 20 && seen.drawn > 20 && seen.expired > 20))
  }

  @Test(arguments: seeds.prefix(2))
  func `a level's periods are what going through them by hand gives`(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var states: Set<String> = []
    for _ in 0..<Self.histories {
      let history = random.next()
      var own = SeededRandom(seed: history)
      let (every, length) = [("month", 1), ("quarter", 3), ("half-year", 6)].randomElement(using: &own) ?? ("month", 1)
      let asOf = NaiveHours.adding(Int.random(in: 0...500, using: &own), .day, to: "2026-01-01")
      let level =
        "service-levels: [{ id: uptime, party: onsite, domains: [patch-management], target: \">= 99\", unit: \"%\", "
        + "every: \(every) }]"
      let log = try AgreedLog(level)
      var expected: [String] = []
      var first = "2026-01-01"
      while first <= asOf {
        let last = NaiveHours.adding(-1, .day, to: NaiveHours.adding(length, .month, to: first))
        var state = last < asOf ? "unmeasured" : "open"
        // Said on the last day or later; by the client, or of other days, it says nothing; the newest counts.
        for _ in 0..<Int.random(in: 0...2, using: &own) where last <= asOf {
          let isGood = Bool.random(using: &own)
          let isRight = Int.random(in: 0..<4, using: &own) > 0
          let value = isGood ? ["99", "99.000", "100", "99.1"] : ["98.99", "0", "98.9999999999999999"]
          try log.measure(
            value.randomElement(using: &own) ?? "99", first, isRight ? last : NaiveHours.adding(-1, .day, to: last),
            on: last)
          if isRight { state = isGood ? "met" : "missed" }
        }
        states.insert(state)
        let year = first.prefix(4)
        let month = Int(first.dropFirst(5).prefix(2)) ?? 1
        let name =
          length == 1
          ? "\(first.prefix(7))" : length == 3 ? "\(year)-q\((month + 2) / 3)" : "\(year)-h\((month + 5) / 6)"
        expected.append("\(name) \(state)")
        first = NaiveHours.adding(length, .month, to: first)
      }
      let found = try log.results(on: asOf)
      if found != expected {
        Issue.record("history \(history): every \(every), on \(asOf): \(found), by hand \(expected)")
      }
    }
    #expect(Self.histories < 50 || states.count == 4)
  }
}

extension NaiveHours {
  static func random(_ random: inout SeededRandom) -> NaiveHours {
    let units: [Calendar.Component] = [.day, .weekOfYear, .month, .year]
    let every = ["month", "month", "quarter", "half-year", "year", nil].randomElement(using: &random) ?? nil
    var rollover: (count: Int, unit: Calendar.Component)?
    if every != nil, Int.random(in: 0..<3, using: &random) > 0 {
      let unit = units.randomElement(using: &random) ?? .month
      rollover = (unit == .day ? Int.random(in: 1...45, using: &random) : Int.random(in: 1...4, using: &random), unit)
    }
    let through = adding(Int.random(in: 40...720, using: &random), .day, to: "2026-01-01")
    return NaiveHours(
      every: every, hours: Int.random(in: 1...80, using: &random), rollover: rollover, termFrom: "2026-01-01",
      termThrough: through)
  }

  /// As an agreement has it.
  var yaml: String {
    var text = "{ id: block, party: onsite, domains: [patch-management], hours: \"\(Self.hours(hours))\""
    if let every { text += ", every: \(every)" }
    if let rollover {
      let names: [Calendar.Component: String] = [.day: "day", .weekOfYear: "week", .month: "month", .year: "year"]
      text += ", rollover: \(rollover.count) \(names[rollover.unit] ?? "")\(rollover.count == 1 ? "" : "s")"
    }
    return text + " }"
  }
}
