import Catalogs
import Crypto
import Findings
@testable import Obligations
@testable import Ownership
@testable import Reports
import Rendering
import Statements
import Testing

/// Timelines, matrices, answers, people and what a party is asked about.
struct QuestionReportTests {
  private func check(_ report: some Report, _ name: String) throws {
    try Golden.check(report.text(), "\(name).txt")
    try Golden.check(report.csv() ?? "", "\(name).csv")
    try Golden.check(report.json().pretty + "\n", "\(name).json")
  }

  private func worlds() throws -> [(suffix: String, world: World)] {
    [("", try World()), ("-orderly", try World.orderly())]
  }

  // MARK: Timeline

  private func timeline(_ world: World, _ control: String) throws -> TimelineReport {
    let snapshot = try world.snapshot()
    let id = try #require(ControlID(parsing: control))
    let units = snapshot.resolver.scope(on: world.asOf).units.filter { $0.control == id || $0.id == id }
    var facts = TimelineReport.Facts()
    facts.signers = [2: "acme/bo", 5: "acme/bo", 9: "acme/bo", 25: "acme/bo"]
    let summary = try world.evidence.view(on: world.asOf, redacted: [:], library: world.library)
      .summary(unit: control, control: control)
    facts.evidence = summary.newest.map { [(record: $0, replaced: nil)] } ?? []
    return TimelineReport(snapshot, control: id, title: "Manage vendors", units: units, facts: facts)
  }

  @Test func `timelines are as they were reviewed`() throws {
    try check(timeline(World(), "plant/B.5"), "timeline")
    try check(timeline(World(), "plant/B.3"), "timeline-lapsed")
    try check(timeline(World.orderly(), "plant/A.1"), "timeline-orderly")
  }

  @Test func `spans follow each other without a gap up to the day, and each says what the resolver says of its days`()
    throws
  {
    let world = try World()
    let snapshot = try world.snapshot()
    let resolver = snapshot.resolver
    for unit in resolver.scope(on: world.asOf).units {
      let spans = AccountableSpans(unit, resolver, through: world.asOf).spans
      #expect(spans.first?.from == (try World.day("2025-01-01")) && spans.last?.through == world.asOf)
      for (left, right) in zip(spans, spans.dropFirst()) {
        #expect(left.through.adding(days: 1) == right.from)
        #expect(left.standing != right.standing || left.by != right.by)
      }
      for span in spans {
        // Three days of each span, asked without the spans' own boundaries in mind.
        let middle = span.from.adding(days: (span.through.daysSinceEpoch - span.from.daysSinceEpoch) / 2)
        for day in [span.from, middle, span.through] {
          let scope = resolver.scope(on: day)
          let standing =
            scope.applies(unit) == true ? Standing(resolver.ownership(unit, on: day, in: scope)) : .notApplicable
          #expect(span.standing == standing, "\(unit.id) on \(day)")
        }
      }
    }
  }

  @Test func `what ran out is an event of its day, without an entry`() throws {
    let events = try timeline(World(), "plant/B.3").events
    let lapse = try #require(events.first { $0.kind == .changed && $0.what.contains("lapsed") })
    #expect("\(lapse.day)" == "2026-07-01" && lapse.entry == nil)
  }

  @Test func `agreements that never give it to anybody are not told, and those that do are`() throws {
    let report = try timeline(World(), "plant/B.3")
    #expect(report.events.allSatisfy { !$0.what.contains("acme-onsite") })
    #expect(report.events.contains { $0.kind == .accepted && $0.what.contains("acme-old") })
  }

  @Test func `a control of which the client keeps one unit is told unit by unit`() throws {
    let report = try timeline(World(), "plant/A.1")
    #expect(report.spans.map { $0.units.map(\.local) } == [["A.1[a]", "A.1[c]"], ["A.1[b]"]])
  }

  // MARK: Matrix

  @Test func `matrices are as they were reviewed`() throws {
    for (suffix, world) in try worlds() { try check(RACIReport(world.snapshot()), "matrix\(suffix)") }
  }

  @Test func `a cell has the letters of the party and its members, and CSV has a column for each party`() throws {
    let report = try RACIReport(World().snapshot())
    let row = try #require(report.rows.first { $0.units.first?.description == "plant/A.1[a]" })
    #expect(row.letters == ["onsite": "AR", "acme": "CI"])
    let contested = try #require(report.rows.first { $0.control.description == "plant/A.5" })
    #expect(contested.remark == "contested" && !contested.letters.values.contains { $0.contains("A") })
    let titles = report.csv()?.split(separator: "\n").first ?? ""
    #expect(titles.contains(",title,acme,onsite,cloudco,nobody_answers,"))
  }

  @Test func `with many parties numbers stand for them, and no line is wider than the page`() throws {
    var world = try World.orderly()
    let many = (1...12).map { "provider-number-\($0)" }
    for id in many {
      world.state.membership.parties.append(Membership.Party(id: id, kind: .provider, name: "No. \(id)", joined: 1))
    }
    try world.apply(
      "acme-many",
      World.agreement(
        "acme-many", providers: many.joined(separator: ", "),
        ["controls: plant/B.1, accountable: acme, consulted: [\(many.joined(separator: ", "))]"]), entry: 14,
      on: "2026-01-02", accepted: ["acme"])
    let report = RACIReport(try world.snapshot())
    let text = try report.text(width: 100)
    #expect(text.split(separator: "\n").filter { !$0.contains("root") }.allSatisfy { $0.count <= 100 })
    if report.parties.count > 2 { #expect(text.contains("provider-number-12 (No. provider-number-12)")) }
  }

  // MARK: Answers

  @Test func `answers are as they were reviewed`() throws {
    for (suffix, world) in try worlds() { try check(AcceptancesReport(world.snapshot()), "acceptances\(suffix)") }
  }

  @Test func `a party that was asked and said nothing has not answered, and its days run`() throws {
    let report = try AcceptancesReport(World().snapshot())
    let row = try #require(report.rows.first { $0.party == "cloudco" && $0.version == 29 })
    #expect(row.state == .open && row.entry == nil && row.days == 14 && !row.waiting.isEmpty)
    let declined = try #require(report.rows.first { $0.party == "onsite" && $0.version == 29 })
    #expect(declined.state == .partly && declined.reason == "no maintenance window")
    #expect(declined.declined.map(\.description) == ["plant/A.3[a]", "plant/A.3[b]"])
  }

  @Test func `a party accepts what a version gives or takes, and not what it leaves to nobody`() throws {
    let report = try AcceptancesReport(World().snapshot())
    func accepted(_ version: Int, _ party: String) -> [String]? {
      report.rows.first { $0.version == version && $0.party == party }?.accepted.map(\.local)
    }
    // One control of the first version of 'acme-cloud', and the two that stay the client's under every version; what its
    // schedule for the client lists besides is nobody's.
    #expect(accepted(13, "acme") == ["A.5", "B.1", "B.2"] && accepted(13, "cloudco") == ["A.5"])
    #expect(accepted(6, "acme") == ["B.1", "B.2", "B.3"] && accepted(6, "oldco") == ["B.3"])
    #expect(try report.text().contains("declined"))
  }

  @Test func `where all have accepted, nobody waits`() throws {
    let report = try AcceptancesReport(World.orderly().snapshot())
    #expect(report.rows.map(\.state) == [.accepted, .accepted])
  }

  // MARK: People

  @Test func `people are as they were reviewed`() throws {
    for (suffix, world) in try worlds() { try check(PeopleReport(world.snapshot()), "people\(suffix)") }
  }

  @Test func `who left and is still named, who is alone, and who has nothing to do`() throws {
    var world = try World.orderly()
    let place = try #require(world.state.membership.members.firstIndex { $0.id == "onsite/jane" })
    world.state.membership.members[place].left = 40
    let report = PeopleReport(try world.snapshot())
    let jane = try #require(report.people.first { $0.id == "onsite/jane" })
    #expect(jane.isStillNamed && jane.isSinglePoint && jane.units == 3)
    let orderly = PeopleReport(try World.orderly().snapshot())
    #expect(orderly.people.filter(\.isStillNamed).isEmpty)
    #expect(try PeopleReport(World().snapshot()).people.filter(\.isIdle).map(\.id).contains("cloudco/ira"))
  }

  @Test func `a key signs nothing once its owner or their party has left, or it is revoked; a witness's goes on`()
    throws
  {
    var world = try World()
    func leave(_ id: String, _ entry: Int) throws {
      let place = try #require(world.state.membership.members.firstIndex { $0.id == id })
      world.state.membership.members[place].left = entry
    }
    try leave("acme/kim", 38)
    let party = try #require(world.state.membership.parties.firstIndex { $0.id == "cloudco" })
    world.state.membership.parties[party].leftDay = try World.day("2026-09-09")
    world.state.membership.parties[party].leftEntry = 35
    let jane = try #require(world.state.membership.keys.firstIndex { $0.owner == "onsite/jane" })
    world.state.membership.keys[jane].revoked = 33
    world.state.membership.keys.append(
      Membership.Key(
        keyID: SHA256.hash("witness"), publicKey: "", owner: "acme/kim", use: .witness, noteID: 0, keyName: "one",
        introduced: 3, isBroughtByClient: false))
    let report = PeopleReport(try world.snapshot())
    func ending(_ owner: String, _ use: String = "sign") -> String? {
      report.keys.first { $0.owner == owner && $0.use == use }?.ending
    }
    #expect(ending("acme/bo") == nil && ending("acme/kim", "witness") == nil)
    #expect(ending("acme/kim") == "has left, by entry 38")
    #expect(ending("cloudco/ira") == "'cloudco' has left, by entry 35")
    #expect(ending("onsite/jane") == "revoked by entry 33")
    let text = try report.text()
    #expect(text.contains("has left, by entry 38"))
    #expect(text.split(separator: "\n").filter { $0.contains(" speaks") }.count == 2)
    // A key under suspicion that goes on speaking is told as that.
    #expect(text.contains("under suspicion"))
  }

  @Test func `a key signed last when it signed anything, evidence as well`() throws {
    var world = try World()
    let place = try #require(world.state.membership.keys.firstIndex { $0.owner == "onsite/jane" })
    world.state.membership.keys[place].lastSignedAt = try World.noon("2025-12-20")
    let key = world.state.membership.keys[place].keyID
    func signed(_ lastSigned: [Digest: Instant]) throws -> Day? {
      PeopleReport(try world.snapshot(), lastSigned: lastSigned).keys.first { $0.id == key }?.lastSigned?.day
    }
    #expect(try signed([:]) == World.day("2025-12-20"))
    #expect(try signed([key: World.noon("2026-02-20")]) == World.day("2026-02-20"))
    #expect(try signed([SHA256.hash("another"): World.noon("2026-02-20")]) == World.day("2025-12-20"))
  }

  @Test func `single points are those that the matrix finds`() throws {
    for (_, world) in try worlds() {
      let snapshot = try world.snapshot()
      let found = PeopleReport(snapshot).people.filter(\.isSinglePoint)
      let known = Set(
        snapshot.matrix.singlePoints.filter { Identifier.party(ofMember: $0.person) == $0.party }.map(\.person))
      #expect(Set(found.map(\.id)) == known)
    }
  }

  // MARK: Responsibility

  private func responsibility(_ world: World, _ party: String) throws -> ResponsibilityReport {
    let snapshot = try world.snapshot()
    return ResponsibilityReport(snapshot, DutyBook([], of: snapshot), party: party)
  }

  @Test func `what a party is asked about is as it was reviewed`() throws {
    for (suffix, world) in try worlds() { try check(responsibility(world, "onsite"), "responsibility\(suffix)") }
  }

  @Test
  func `what was given to a party and declined, not accepted or contested is told, and what it answers for is not`()
    throws
  {
    func given(_ party: String) throws -> [String] {
      try responsibility(World(), party).given.map { "\($0.name) \($0.engagement ?? "")" }
    }
    #expect(try given("onsite") == ["A.3 acme-onsite", "A.5 acme-onsite"])
    #expect(try given("cloudco") == ["A.4 acme-onsite", "A.5 acme-cloud", "B.6 acme-onsite"])
    #expect(try responsibility(World.orderly(), "onsite").given.isEmpty)
    let text = try responsibility(World(), "cloudco").text()
    #expect(text.contains("Given to it, and not its own") && !text.contains("it answers for nothing"))
  }

  @Test func `a spreadsheet has the duties, levels and counts that the page has`() throws {
    let world = try AgendaWorld()
    try world.spring()
    let snapshot = try world.snapshot(on: "2026-07-01")
    let report = ResponsibilityReport(snapshot, DutyBook(), party: "onsite")
    func rows(_ table: Table) -> [[String]] {
      table.rows.compactMap { row in
        guard case .cells(let cells) = row else { return nil }
        return cells.map { $0.text(separator: " ") }
      }
    }
    let records = try #require(report.records)
    let place = try #require(records.columns.firstIndex { $0.title == "kind" })
    let kinds = Dictionary(grouping: rows(records)) { $0[place] }
    #expect(kinds["duty"]?.map { $0[place + 1] } == ["acme-onsite/minutes"])
    #expect(kinds["duty"]?.first.map { Array($0[(place + 3)...(place + 5)]) } == ["2026-04-01", "late", "91"])
    #expect(kinds["level"]?.count == report.levels.count && report.levels.count == 7)
    #expect(kinds["level"]?.filter { $0.last == "98.5" }.map { $0[place + 4] } == ["missed"])
    #expect(rows(records).allSatisfy { $0.count == records.columns.count })
    let sheets = try report.sheets()
    #expect(sheets.map(\.name) == ["Report", "Duties", "Service levels", "Counts"])
    #expect(sheets.map { $0.table.rows.count }.prefix(3) == [rows(records).count, 1, 7])
    #expect(rows(records).count == (kinds["control"]?.count ?? 0) + 8)
    for sheet in sheets { #expect(rows(sheet.table).allSatisfy { $0.count == sheet.table.columns.count }) }
    #expect(rows(sheets[3].table).contains { $0.prefix(2) == ["duties that are late", "1"] })
  }

  @Test func `a workbook of people has the parties and the keys`() throws {
    let report = PeopleReport(try World().snapshot())
    let sheets = try report.sheets()
    #expect(sheets.map(\.name) == ["Report", "Parties", "Keys"])
    #expect(
      sheets.map { $0.table.rows.count } == [report.people.count, report.parties.count, report.keys.count])
    #expect(!report.parties.isEmpty && !report.keys.isEmpty)
  }

  @Test func `the units of all parties together are those that are owned`() throws {
    let world = try World()
    let parties = world.state.membership.parties.map(\.id)
    let units = try parties.map { try responsibility(world, $0).units }.reduce(0, +)
    #expect(units == (try world.matrix().totals.units.owned))
  }

  @Test func `what a party only hears of is not its own`() throws {
    let report = try responsibility(World.orderly(), "acme")
    #expect(report.own.map(\.control.local) == ["B.1"])
    #expect(report.heard.map { "\($0.control.local) \($0.letters)" } == ["A.1 C", "A.2 I"])
  }
}
