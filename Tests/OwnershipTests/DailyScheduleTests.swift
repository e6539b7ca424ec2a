import Agreements
import Catalogs
import Crypto
@testable import Ownership
import Statements
import TestSupport
import Testing

/// What is made from the days on which something may change, against the same made day by day.
struct DailyScheduleTests {
  static let worlds = 48

  /// A version of a random world, and the world of before it.
  struct Case {
    let seed: UInt64
    let resolver: Resolver
    let prior: Resolver
    let index: Int
    let version: ResolutionInput.Version
    /// The days that it speaks for and that no end has closed.
    let days: [Day]

    init?(_ seed: UInt64, _ resolver: Resolver, _ index: Int) {
      let input = resolver.input
      version = input.versions[index]
      let (engagement, entry) = (version.engagement, version.entry)
      let terms = input.versions.prefix(index + 1).filter { $0.engagement == engagement }
        .compactMap { $0.document?.termThrough }
      let ends = input.ends.filter { $0.engagement == engagement && $0.entry > entry }.map { $0.on.adding(days: -1) }
      guard version.document != nil, let through = terms.max() else { return nil }
      let last = ends.reduce(through, min)
      guard last >= version.effective else { return nil }
      days = (version.effective.daysSinceEpoch...last.daysSinceEpoch).map { Day(daysSinceEpoch: $0) }
      self.seed = seed
      self.resolver = resolver
      self.index = index
      var before = input
      before.versions.remove(at: index)
      let statement = version.statement
      before.acceptances.removeAll { $0.version == statement }
      prior = Resolver(before)
    }
  }

  static func cases() throws -> [Case] {
    var random = SeededRandom("day by day")
    return try (0..<worlds).flatMap { _ in
      let seed = random.next()
      let world = RandomWorld(seed: seed).world
      let resolver = Resolver(try world.input(size: world.entries.count))
      return resolver.input.versions.indices.compactMap { Case(seed, resolver, $0) }
    }
  }

  @Test func `a schedule has the lines that each day by itself would give`() throws {
    var dated = 0
    for one in try Self.cases() {
      let builder = ScheduleBuilder(one.resolver, version: one.index)
      for party in [one.resolver.input.client] + RandomWorld.providers {
        let expected = dailyLines(one, party)
        let found = builder.lines(for: party).map(\.line)
        dated += Set(expected.map(\.unit)).count < expected.count ? 1 : 0
        if Set(found) != Set(expected) || found.count != expected.count {
          Issue.record("world \(one.seed), version \(one.index), \(party): \(found), day by day \(expected)")
        }
      }
      let changed = builder.changes().map(\.line)
      #expect(Set(changed) == Set(dailyLines(one, nil)), "world \(one.seed), version \(one.index)")
    }
    // The worlds are worth their time only if units have several lines.
    #expect(dated > 50)
  }

  /// - Parameter party: Whose schedule; nil for all that changes.
  private func dailyLines(_ one: Case, _ party: String?) -> [Schedule.UnitLine] {
    let isFirst = !one.resolver.input.versions.prefix(one.index).contains { $0.engagement == one.version.engagement }
    var lines: [ControlID: [Schedule.UnitLine]] = [:]
    for day in one.days {
      let scope = one.resolver.scope(on: day)
      for unit in scope.units where scope.applies(unit) == true {
        guard let answer = one.resolver.answer(one.index, unit, on: day, in: scope) else { continue }
        let held = one.prior.holding(one.version.engagement, unit, on: day, in: scope).answer
        let isListed: Bool
        if let party, party != one.resolver.input.client {
          isListed =
            answer.parties.contains(party) || answer.terms.responsible.contains(party) || held.parties.contains(party)
        } else {
          isListed = (party != nil && isFirst) || answer.terms != held.terms
        }
        guard isListed else { continue }
        var own = lines[unit.id] ?? []
        if let last = own.last, last.through.adding(days: 1) == day, last.terms == answer.terms {
          own[own.count - 1].through = day
        } else {
          own.append(Schedule.UnitLine(unit: unit.id.description, from: day, through: day, terms: answer.terms))
        }
        lines[unit.id] = own
      }
    }
    return lines.values.flatMap { $0 }
  }

  @Test func `changes of lines that are no units, and what is pending, are those of each day`() throws {
    var (changed, pending) = (0, 0)
    for one in try Self.cases() {
      let builder = ScheduleBuilder(one.resolver, version: one.index)
      let changes = builder.lineChanges()
      var keys: [String: Set<Schedule.LineKey>] = [:]
      for day in one.days {
        let new = one.resolver.documentLines(one.index, on: day)
        let held = Dictionary(
          uniqueKeysWithValues: one.prior.lines(one.version.engagement, on: day).map { ($0.key, $0.held?.texts ?? []) })
        for key in Set((new ?? [:]).keys).union(held.keys) {
          let texts = (new?[key]?.texts ?? []).sorted(by: ByteOrder.precedes)
          let expected = new != nil && texts != held[key] ?? []
          let found = changes.filter { $0.key == key && $0.from <= day && day <= $0.through }
          changed += found.count
          let isRight = found.isEmpty ? !expected : found.map(\.new) == [texts] && found.map(\.old) == [held[key] ?? []]
          #expect(found.isEmpty != expected && isRight, "world \(one.seed), version \(one.index), \(key) on \(day)")
        }
        for state in one.resolver.lines(one.version.engagement, on: day) where state.waiting?.version == one.index {
          for party in state.missing { keys[party, default: []].insert(state.key) }
        }
      }
      for party in [one.resolver.input.client] + RandomWorld.providers {
        let found = Set(builder.pendingLines(for: party))
        pending += found.count
        #expect(found == keys[party] ?? [], "world \(one.seed), version \(one.index), \(party)")
      }
    }
    #expect(changed > 100 && pending > 100)
  }

  @Test func `a version names the catalogs of each of its days`() throws {
    for one in try Self.cases() {
      var expected: Set<String> = []
      for day in one.days {
        let scope = one.resolver.scope(on: day)
        for (framework, adoption) in scope.adoptions {
          let speaks = adoption.units?.contains { one.resolver.answer(one.index, $0, on: day, in: scope) != nil }
          if speaks == true { expected.insert("\(framework) \(adoption.catalog.hex)") }
        }
      }
      let found = ScheduleBuilder(one.resolver, version: one.index).catalogs().map { "\($0.id) \($0.sha256.hex)" }
      #expect(Set(found) == expected, "world \(one.seed), version \(one.index)")
    }
  }

  @Test func `a span of equal terms begins where going back a day changes something`() throws {
    var early = 0
    for one in try Self.cases() {
      for day in one.days.filter({ $0.daysSinceEpoch % 5 == 0 }) {
        let scope = one.resolver.scope(on: day)
        for unit in scope.units where scope.applies(unit) == true {
          guard let answer = one.resolver.answer(one.index, unit, on: day, in: scope) else { continue }
          var start = day
          while true {
            let before = start.adding(days: -1)
            let earlier = one.resolver.scope(on: before)
            guard one.resolver.answer(one.index, unit, on: before, in: earlier)?.terms == answer.terms,
              earlier.adoptions[unit.id.framework]?.catalog == scope.adoptions[unit.id.framework]?.catalog,
              earlier.applies(unit) == true
            else { break }
            start = before
          }
          early += start < day ? 1 : 0
          let found = one.resolver.spanStart(one.index, unit, containing: day)
          #expect(found == start, "world \(one.seed), version \(one.index), \(unit.id) on \(day)")
        }
      }
    }
    #expect(early > 100)
  }

  @Test func `an end would change something where it does on one of the days from then on`() throws {
    var (changing, idle) = (0, 0)
    for one in try Self.cases() {
      let engagement = one.version.engagement
      let versions = one.resolver.input.versions.filter { $0.engagement == engagement }
      guard let entry = versions.last?.entry, entry == one.version.entry,
        let last = versions.compactMap({ $0.document?.termThrough }).max()
      else { continue }
      for day in RandomWorld.days.filter({ $0.daysSinceEpoch % 7 == 0 }) {
        let through = max(day, last)
        let expected = (day.daysSinceEpoch...through.daysSinceEpoch).map { Day(daysSinceEpoch: $0) }.contains { day in
          guard !one.resolver.isEnded(engagement, since: entry, on: day) else { return false }
          if !one.resolver.lines(engagement, on: day).isEmpty { return true }
          let scope = one.resolver.scope(on: day)
          return scope.units.contains { unit in
            guard scope.applies(unit) == true else { return false }
            let state = one.resolver.holding(engagement, unit, on: day, in: scope)
            return !state.answer.parties.isEmpty || state.waitingAnswer?.parties.isEmpty == false || state.isUndecided
          }
        }
        if expected { changing += 1 } else { idle += 1 }
        #expect(
          one.resolver.wouldChange(ending: engagement, on: day) == expected, "world \(one.seed), \(engagement), \(day)")
      }
    }
    #expect(changing > 50 && idle > 10)
  }

  @Test func `lines are found by a day as by asking each of them`() {
    var random = SeededRandom("dated lines")
    func day() -> Day? { Bool.random(using: &random) ? RandomWorld.days.randomElement(using: &random) : nil }
    for _ in 0..<200 {
      let lines = (0..<Int.random(in: 0...12, using: &random)).map { (number: $0, from: day(), through: day()) }
      let dated = DatedLines(lines) { ($0.from, $0.through) }
      for day in RandomWorld.days {
        let expected = lines.filter { $0.from ?? day <= day && day <= $0.through ?? day }.map(\.number)
        #expect(dated.inForce(on: day).map(\.number) == expected)
      }
    }
  }

  @Test func `a party's word on a unit with many lines counts on the days of each, and on no other`() throws {
    let unit = try #require(ControlID(parsing: "fw/1"))
    let first = RandomWorld.days[0]
    let terms = ["acme", "pro"].map { Schedule.Terms(accountable: $0, responsible: [], cadence: nil, yieldsTo: []) }
    let lines = (0..<20).map { number in
      let from = first.adding(days: number * 3)
      return Schedule.UnitLine(unit: "fw/1", from: from, through: from.adding(days: 1), terms: terms[number % 2])
    }
    let word = ResolutionInput.Acceptance(
      entry: 2, day: first, party: "acme", version: .zero, accepts: true, lines: [unit: lines], catalogs: [:])
    let input = ResolutionInput(
      client: "acme",
      versions: [
        ResolutionInput.Version(
          entry: 1, day: first, engagement: "one", statement: .zero, effective: first, document: nil)
      ], acceptances: [word])
    let event = try #require(input.events()["one"]?.last)
    for offset in -1..<62 {
      let expected = (0..<60).contains(offset) && offset % 3 < 2 ? terms[offset / 3 % 2] : nil
      let day = first.adding(days: offset)
      #expect(terms.filter { event.says($0, of: unit, on: day, in: word) } == [expected].compactMap { $0 })
    }
  }
}
