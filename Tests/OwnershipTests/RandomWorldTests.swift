import Catalogs
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
  static let worldsPerSeed = 40
  static let questionsPerWorld = 12

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
}
