import Findings
import Catalogs
import Foundation
import Crypto
import Ownership
import Statements
import Testing
import TestSupport

/// The resolver against one that follows the six rules word for word.
struct RandomWorldTests {
  static let seeds: [UInt64] = {
    var random = SeededRandom("random worlds")
    return (0..<8).map { _ in random.next() }
  }()
  /// So many worlds for each seed, from `CUSTODY_HISTORIES` or enough for every day.
  static let worldsPerSeed = max(
    1, (ProcessInfo.processInfo.environment["CUSTODY_HISTORIES"].flatMap { Int($0) } ?? 1000) / seeds.count)
  static let questionsPerWorld = 4

  @Test(arguments: seeds)
  func `two resolvers agree on random worlds`(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var verdicts: [String: Int] = [:]
    for _ in 0..<Self.worldsPerSeed {
      let worldSeed = random.next()
      let world = RandomWorld(seed: worldSeed).world
      for _ in 0..<Self.questionsPerWorld {
        let size = Int.random(in: world.entries.count / 2...world.entries.count, using: &random)
        let day = RandomWorld.days[Int.random(in: RandomWorld.days.indices, using: &random)]
        let naive = NaiveResolver(world: world, size: size)
        let resolver = Resolver(try world.input(size: size))
        let scope = resolver.scope(on: day)
        let names = ["fw/1[a]", "fw/2", "fw/3[a]", "fw/3[b]", "fw/4", "it-functions/d1"]
        let name = names[Int.random(in: names.indices, using: &random)]
        let id = try control(name)
        let unit = naive.unit(name, on: day)
        let facts = scope.units.first { $0.id == id && scope.applies($0) == true }
        #expect((unit == nil) == (facts == nil), "world \(worldSeed), \(name) on \(day), known at \(size)")
        guard let unit, let facts else { continue }
        let expected = naive.verdict(unit, on: day)
        let ownership = resolver.ownership(facts, on: day, in: scope)
        let found = NaiveResolver.Verdict(
          accountable: ownership.accountable, error: ownership.error,
          isPending: ownership.error == .undecided ? false : ownership.isPending)
        verdicts["\(expected.error?.rawValue ?? "owned")\(expected.isPending ? ", pending" : "")", default: 0] += 1
        if found != expected {
          Issue.record("world \(worldSeed), \(name) on \(day), known at \(size): \(found), by the text \(expected)")
        }
      }
    }
    // The worlds are worth their time only if everything happens in them.
    print("random worlds of seed \(seed): \(verdicts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })")
  }

  @Test func `two resolvers agree on lines that are no units`() throws {
    var random = SeededRandom("lines that are no units")
    var (held, waiting, declined) = (0, 0, 0)
    for _ in 0..<Self.worldsPerSeed * Self.seeds.count / 4 {
      let worldSeed = random.next()
      let world = RandomWorld(seed: worldSeed).world
      let size = Int.random(in: world.entries.count / 2...world.entries.count, using: &random)
      let naive = NaiveResolver(world: world, size: size)
      let resolver = Resolver(try world.input(size: size))
      for _ in 0..<2 {
        let day = RandomWorld.days[Int.random(in: RandomWorld.days.indices, using: &random)]
        for engagement in RandomWorld.engagements {
          let found = resolver.lines(engagement, on: day)
          for kind in [
            "duty minutes", "duty review", "level uptime", "paper statement-of-work", "paper baa", "paper nda",
          ] {
            let state = found.first { "\($0.key)" == kind }
            let verdict = NaiveResolver.LineVerdict(
              held: Set(state?.held?.texts ?? []), waiting: state?.waiting.map { Set($0.texts) },
              isDeclined: state?.decliners.isEmpty == false)
            let expected = naive.verdict(engagement, kind, on: day)
            held += expected.held.isEmpty ? 0 : 1
            waiting += expected.waiting == nil ? 0 : 1
            declined += expected.isDeclined ? 1 : 0
            if verdict != expected {
              Issue.record(
                "world \(worldSeed), \(engagement) \(kind) on \(day), known at \(size): \(verdict), by the text \(expected)"
              )
            }
          }
        }
      }
    }
    // The worlds are worth their time only if all of it happens in them.
    #expect(held > 100 && waiting > 100 && declined > 10)
  }

  @Test(arguments: seeds.prefix(4))
  func `a version that all have accepted by their schedules holds wherever it answers`(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var checked = 0
    for _ in 0..<Self.worldsPerSeed / 4 {
      let worldSeed = random.next()
      var world = RandomWorld(seed: worldSeed).world
      guard let newest = world.newestVersion else { continue }
      let before = Resolver(try world.input(size: world.entries.count))
      let index = try #require(before.input.versions.lastIndex { $0.entry == newest.entry })
      let builder = ScheduleBuilder(before, version: index)
      let names = ["A", "B", "it"]
      var catalogs: [String: Set<String>] = [:]
      for catalog in builder.catalogs() {
        catalogs[catalog.id, default: []].formUnion(names.filter { SHA256.hash($0) == catalog.sha256 })
      }
      let day = world.entries.last?.day ?? RandomWorld.days[0]
      for party in [world.client] + RandomWorld.providers {
        // What is written is what is read.
        let schedule = try Schedule(parsing: builder.schedule(for: party).bytes)
        world.entries.append(
          (
            day,
            .word(
              NaiveWorld.Word(
                party: party, version: newest.entry, accepts: true, lines: schedule.units, catalogs: catalogs))
          ))
      }
      let naive = NaiveResolver(world: world, size: world.entries.count)
      for _ in 0..<Self.questionsPerWorld {
        let day = RandomWorld.days[Int.random(in: RandomWorld.days.indices, using: &random)]
        for name in ["fw/1[a]", "fw/2", "fw/3[b]", "fw/4", "it-functions/d1"] {
          guard let unit = naive.unit(name, on: day), naive.answer(newest.entry, unit, on: day) != nil else { continue }
          checked += 1
          if naive.state(newest.engagement, unit, on: day).holding?.entry != newest.entry {
            Issue.record("world \(worldSeed), \(name) on \(day): version \(newest.entry) does not hold")
          }
        }
      }
    }
    #expect(checked > 100)
  }
}

extension NaiveWorld {
  /// The newest version that can be read, that nothing has ended, and whose parties are all there.
  fileprivate var newestVersion: (entry: Int, engagement: String)? {
    var found: (entry: Int, engagement: String)?
    for (index, entry) in entries.enumerated() {
      switch entry.event {
      case .version(let version):
        guard version.document != nil || version.engagement == found?.engagement else { continue }
        found = version.document == nil ? nil : (index, version.engagement)
      case .end(let engagement, _) where engagement == found?.engagement: found = nil
      case .leave: return nil
      default: continue
      }
    }
    return found
  }
}
