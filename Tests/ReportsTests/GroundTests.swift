import Catalogs
import Crypto
import Findings
@testable import Ownership
@testable import Reports
import Rendering
import Statements
import Testing

/// On which day units changed hands, and by which words: of changes and timelines alike.
struct GroundTests {
  /// The orderly world, and a second agreement that gives `plant/A.2` to the client, agreed some days before it begins.
  private func contested(through: String = "2027-12-31") throws -> World {
    var world = try World.orderly()
    try world.apply(
      "acme-second",
      World.agreement(
        "acme-second", from: "2026-05-10", through: through, providers: "onsite",
        ["controls: plant/A.2, accountable: acme, responsible: [acme/kim]"]), entry: 14, on: "2026-05-05",
      accepted: ["acme", "onsite"])
    return world
  }

  private func changes(_ world: World, from: Int, on first: String, to last: String) throws -> Changes {
    Changes(
      from: try world.known(at: from, on: first), to: try world.known(at: 41, on: last), activity: LogActivity())
  }

  private func move(_ changes: Changes, _ control: String) throws -> Changes.Move {
    try #require(changes.moves.first { $0.control.description == control })
  }

  /// The last span of a unit.
  private func span(_ world: World, _ unit: String, on day: String) throws -> AccountableSpans.Span {
    let snapshot = try world.known(at: 41, on: day)
    let facts = try #require(
      snapshot.resolver.scope(on: snapshot.asOf).units.first { $0.id.description == unit })
    return try #require(AccountableSpans(facts, snapshot.resolver, through: snapshot.asOf).spans.last)
  }

  @Test func `a unit changes hands on the first day of the term, and not on the day on which all had accepted`() throws
  {
    let changes = try changes(World.orderly(), from: 3, on: "2025-12-15", to: "2026-03-01")
    #expect(changes.moves.count == 3)
    for move in changes.moves {
      #expect(try move.since == World.day("2026-01-01") && move.by?.day == World.day("2025-12-20"))
      #expect(move.by?.kind == .agreed)
    }
    let text = try changes.text()
    #expect(text.contains("2026-01-01") && !text.contains("2025-12-20"))
    let rows = (changes.csv() ?? "").split(separator: "\n").dropFirst()
    #expect(rows.count == 3 && rows.allSatisfy { $0.hasPrefix("ownership,") && $0.contains(",2026-01-01,") })
    #expect(rows.first?.hasPrefix("ownership,7,2026-01-01,") == true)
  }

  @Test func `the day of a move is the first of the last span, of every unit that moved`() throws {
    let world = try World()
    for (size, day) in [(0, "2025-01-01"), (10, "2026-02-01"), (24, "2026-09-30")] {
      let (from, to) = (try world.known(at: size, on: day), try world.snapshot())
      let moves = Changes(from: from, to: to, activity: LogActivity()).moves
      #expect(!moves.isEmpty)
      for move in moves {
        for id in move.units {
          let unit = try #require(to.resolver.scope(on: to.asOf).units.first { $0.id == id })
          let spans = AccountableSpans(unit, to.resolver, through: to.asOf).spans
          let last = spans.reversed().prefix { $0.standing == move.after }
          #expect(last.last?.from == move.since && move.since != nil, "\(id)")
        }
      }
    }
  }

  @Test func `what contests is the newer agreement, against the older one`() throws {
    let world = try contested()
    let changes = try changes(world, from: 13, on: "2026-03-01", to: "2026-06-24")
    let move = try move(changes, "plant/A.2")
    #expect(move.before == .party("onsite") && move.after == .nobody(.contested))
    #expect(move.since == (try World.day("2026-05-10")))
    #expect(move.by?.engagement == "acme-second" && move.by?.version == 14 && move.by?.recorded == 15)
    #expect(move.by?.others.map(\.engagement) == ["acme-onsite"])
    let text = "acme-second, entry 14, accepted by entry 15; against acme-onsite, entry 5, accepted by entry 7"
    #expect(move.by?.text == text)
    #expect(changes.csv()?.contains(text) == true)
    #expect(changes.json().pretty.contains("\"kind\": \"contested\""))
    #expect(try span(world, "plant/A.2", on: "2026-06-24").by == move.by)
    // The control beside it, which only one agreement gives to anybody, stays with that one.
    #expect(try span(world, "plant/B.1", on: "2026-06-24").by?.engagement == "acme-onsite")
  }

  @Test func `a term that runs out is told as that, on the day after it`() throws {
    let world = try contested()
    let changes = try changes(world, from: 41, on: "2026-06-24", to: "2027-04-15")
    let lapsed = try move(changes, "plant/B.1")
    #expect(try lapsed.after == .nobody(.lapsed) && lapsed.since == World.day("2027-04-01"))
    #expect(lapsed.by?.text == "acme-onsite, entry 5, whose term ran out" && lapsed.by?.recorded == nil)
    #expect(try span(world, "plant/B.1", on: "2027-04-15").by == lapsed.by)
    // What the other agreement still gives to somebody is theirs from the same day on, by its own words.
    let won = try move(changes, "plant/A.2")
    #expect(won.before == .nobody(.contested) && won.after == .party("acme") && won.since == lapsed.since)
    #expect(won.by?.text == "acme-second, entry 14, accepted by entry 15")
  }

  @Test func `of agreements that run out on one day both are named, and of one that ran out before, none`() throws {
    let both = try span(contested(through: "2027-03-31"), "plant/A.2", on: "2027-04-15")
    #expect(
      both.by?.text == "acme-onsite, entry 5, whose term ran out; and acme-second, entry 14, whose term ran out")
    let earlier = try span(contested(through: "2026-12-31"), "plant/A.2", on: "2027-04-15")
    #expect(earlier.by?.text == "acme-onsite, entry 5, whose term ran out")
  }

  @Test func `an end is named by its entry`() throws {
    var world = try World.orderly()
    world.state.ends.append(
      LogState.EngagementEnd(
        entry: 20, entryDay: try World.day("2026-07-01"), engagement: "acme-onsite", on: try World.day("2026-09-01"),
        party: "acme"))
    let ended = try span(world, "plant/B.1", on: "2026-10-01")
    #expect(try ended.standing == .nobody(.lapsed) && ended.from == World.day("2026-09-01"))
    #expect(ended.by?.kind == .ended && ended.by?.text == "acme-onsite, entry 5, ended by entry 20")
  }

  @Test func `a version that leaves a unit to nobody is what let go of it`() throws {
    var world = try World.orderly()
    try world.apply(
      "acme-onsite",
      World.agreement(
        "acme-onsite", effective: "2026-06-01", providers: "onsite",
        [
          "domains: [identity-access], accountable: onsite, responsible: [onsite/jane], consulted: [acme/kim]",
          "domains: [patch-management], accountable: onsite, responsible: [onsite/jane], informed: [acme]",
        ]), entry: 14, on: "2026-05-20", accepted: ["acme", "onsite"])
    let changes = try changes(world, from: 13, on: "2026-03-01", to: "2026-06-24")
    let move = try move(changes, "plant/B.1")
    #expect(changes.moves.count == 1 && move.after == .nobody(.unowned))
    #expect(try move.by?.kind == .released && move.by?.version == 14 && move.since == World.day("2026-06-01"))
    #expect(try span(world, "plant/B.1", on: "2026-06-24").by == move.by)
  }

  @Test func `what does not apply any more is so by no agreement`() throws {
    var world = try World.orderly()
    let catalog = try #require(world.state.adoptions.first?.catalog)
    try world.adopt("plant", catalog, entry: 30, notApplicable: ["plant/B.1": "nobody to train"])
    world.state.adoptions[1].effective = try World.day("2026-08-01")
    let changes = try changes(world, from: 20, on: "2026-06-24", to: "2026-09-01")
    let move = try move(changes, "plant/B.1")
    #expect(try move.after == .notApplicable && move.by == nil && move.since == World.day("2026-08-01"))
  }

  @Test func `what waits for a word, was declined or lost its party says which words those are`() throws {
    let world = try World()
    let waiting = try span(world, "plant/A.4", on: "2026-11-24")
    #expect(waiting.standing == .nobody(.unaccepted))
    #expect(waiting.by?.text == "acme-onsite, entry 29, not accepted yet")
    let declined = try span(world, "plant/A.3[a]", on: "2026-11-24")
    #expect(declined.standing == .nobody(.declined) && declined.by?.text == "acme-onsite, entry 29, declined")
    var orderly = try World.orderly()
    let place = try #require(orderly.state.membership.parties.firstIndex { $0.id == "onsite" })
    orderly.state.membership.parties[place].leftDay = try World.day("2026-09-09")
    orderly.state.membership.parties[place].leftEntry = 35
    let left = try span(orderly, "plant/A.2", on: "2026-11-24")
    #expect(left.from == (try World.day("2026-09-09")))
    #expect(left.by?.text == "acme-onsite, whose party left by entry 35")
  }
}
