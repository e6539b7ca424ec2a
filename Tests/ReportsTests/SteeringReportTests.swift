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

/// The committee's paper: its numbers worked out by hand, and held against the reports that have them.
struct SteeringReportTests {
  // MARK: Worlds

  private func span(_ from: String, _ through: String) throws -> EvidenceCoverage.Span {
    EvidenceCoverage.Span(from: try World.day(from), through: try World.day(through))
  }

  private func evidence(
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

  private func point(_ snapshot: Snapshot) -> Trend.Point {
    Trend.Point(snapshot, frameworks: nil, gaps: GapsReport(snapshot))
  }

  /// Half a year of Acme and its provider, looked back on from the end of the second quarter.
  private func quarter(
    _ world: AgendaWorld, done: [String: String] = [:], marks: [AssessmentBook.Mark] = [],
    overdue: [(list: String, states: [RequestRules.State])] = [], isFirst: Bool = false
  ) throws -> SteeringReport {
    let period = try span("2026-04-01", "2026-06-30")
    let start = try world.fold(on: "2026-03-31", isPast: true, done: done).snapshot
    let fold = try world.fold(on: "2026-06-30", done: done, marks: marks, overdue: overdue)
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

  private func spring() throws -> AgendaWorld {
    let world = try AgendaWorld()
    try world.spring()
    return world
  }

  /// Acme with every kind of finding, over the third quarter.
  private func troubled(_ world: World) throws -> SteeringReport {
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

  // MARK: As it is printed

  @Test func `text, Markdown, CSV and JSON are as they were reviewed`() throws {
    for (name, report) in [("steering", try troubled(World())), ("steering-spring", try quarter(spring()))] {
      try Golden.check(report.text(width: 80), "\(name).txt")
      try Golden.check(report.rendered(as: .markdown, cover: report.cover) ?? "", "\(name).md")
      try Golden.check(report.csv() ?? "", "\(name).csv")
      try Golden.check(report.json().pretty + "\n", "\(name).json")
    }
  }

  @Test func `eleven questions stand in the order in which a committee asks them, each with an answer`() throws {
    for report in [try troubled(World()), try quarter(spring()), try quarter(AgendaWorld(more: ""))] {
      #expect(report.parts.map(\.key) == SteeringPart.Key.allCases)
      #expect(report.parts.allSatisfy { !$0.answer.isEmpty && $0.answer.hasSuffix(".") })
    }
  }

  @Test(arguments: [80, 100, 132]) func `it fits two pages whatever there is, and says what it leaves out`(width: Int)
    throws
  {
    func list(_ count: Int, _ line: (Int) -> String) -> String {
      (0..<count).map { "{ \(line($0)) }" }.joined(separator: ", ")
    }
    let more = """
      duties: [\(list(30) { "id: duty-\($0), title: Something owed, party: \($0 % 2 == 0 ? "acme" : "onsite"), every: month" })]
      hours: [\(list(12) { "id: block-\($0), party: onsite, domains: [patch-management], hours: \"10\", every: month" })]
      service-levels: [\(list(12) { "id: level-\($0), party: onsite, domains: [patch-management], target: \">= 99\", unit: \"%\", every: month" })]
      """
    let states = (0..<40).map { AgendaWorld.request("PBC-\($0)", due: "2026-05-01", owner: "Somebody in accounting") }
    let report = try quarter(AgendaWorld(more: more), overdue: [("a-long-name-of-a-list-2026.xlsx", states)])
    let cover = report.cover
    let text = try #require(try report.rendered(as: .text, width: width, cover: cover))
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    // Forty requests, fifteen duties of either side, and who answers for 2.1: none of them is left out, wherever.
    #expect(report.parts.last?.grids.first?.rows.count == 40 + 30 + 1)
    #expect(text.components(separatedBy: "\n[ ]").count == 1 + 71)
    #expect(try report.page(cover).text.components(separatedBy: "☐").count == 1 + 71)
    // All else gives way to them, but two rows of each.
    let decisions = try #require(lines.firstIndex { $0.contains("What must we decide?") })
    let foot = try #require(lines.firstIndex { $0.hasPrefix("Made from the checkpoint") })
    let besides = decisions + (lines.count - 1 - foot)
    #expect(besides <= SteeringReport.height, "\(besides) lines besides what is to be decided")
    #expect(lines.filter { !$0.contains("root") }.allSatisfy { $0.count <= width })
    #expect(text.contains("and 10 more: custody report levels\n"))
    for limits in [report.textLimits, report.printLimits] {
      for (part, shown) in zip(report.parts, limits) {
        #expect(zip(part.grids, shown).allSatisfy { $1 >= min($0.rows.count, $0.floor) }, "\(part.key)")
      }
    }
    #expect(report.json().pretty.contains("PBC-39"))
    // The same rows in every window.
    let again = try quarter(AgendaWorld(more: more), overdue: [("a-long-name-of-a-list-2026.xlsx", states)])
    #expect(report.textLimits == again.textLimits && report.printLimits == again.printLimits)
  }

  @Test func `the page has landmarks and no need of its script`() throws {
    let report = try quarter(spring())
    let page = try report.page(report.cover).text
    for tag in ["<main", "<header", "<footer", "<h1", "<nav"] {
      #expect(page.components(separatedBy: tag).count == 2, "\(tag)")
    }
    #expect(page.components(separatedBy: "<h2").count == 12)
    #expect(page.components(separatedBy: "<section").count == 12)
    #expect(page.contains("☐") && !page.contains("<table data-filter"))
    // Two shares at each of two ends, and a mark for each of five months.
    #expect(page.components(separatedBy: "class=\"hollow\"").count == 3)
    #expect(page.components(separatedBy: "<path class=\"none\"").count == 5)
    #expect(page.components(separatedBy: "<rect class=\"missed\"").count == 2)
  }

  // MARK: Worked out by hand

  private func rows(_ report: SteeringReport, _ key: SteeringPart.Key, _ grid: Int = 0) -> [String] {
    let part = report.parts.first { $0.key == key }
    guard let part, grid < part.grids.count else { return [] }
    return part.grids[grid].rows.map { $0.cells.map { $0.text() }.joined(separator: " | ") }
  }

  private func part(_ report: SteeringReport, _ key: SteeringPart.Key) -> SteeringPart? {
    report.parts.first { $0.key == key }
  }

  @Test func `a small world over two quarters has the numbers that were worked out`() throws {
    let report = try quarter(spring())
    // Five units, of which 2.1 is nobody's until Acme takes it on 10 May. Of 1.2 there is evidence from February, of both
    // of 1.1 from May.
    #expect(
      rows(report, .covered) == [
        "units owned | 4 | 5 | 1", "units unowned | 1 | 0 | -1", "units unaccepted | 0 | 0 | 0",
        "units contested | 0 | 0 | 0", "owned units with current evidence | 1 | 3 | 2",
        "controls owned, of 4 | 3 | 4 | 1",
      ])
    #expect(part(report, .covered)?.answer == "Owned 5 of 5 units, 0 unowned, 0 unaccepted, 0 contested.")
    #expect(part(report, .nobody)?.answer == "Somebody answers for every unit that applies.")
    #expect(
      rows(report, .trend) == [
        "2026-03-31 | 5 | 4 | 80 % | [########..] | 1 | 20 % | [##........]",
        "2026-06-30 | 5 | 5 | 100 % | [##########] | 3 | 60 % | [######....]",
      ])
    // January through May are over; of May there is a value, and of June nobody can say yet.
    #expect(
      rows(report, .provider) == [
        "acme-onsite/uptime | onsite | >= 99 % | month | not measured, not measured, 98.5 missed | 1 of 5 | 4 of 5"
      ])
    // Ten a month from April on; January's last six went at the end of April, February's ten at that of May.
    #expect(rows(report, .provider, 1) == ["acme-onsite/block | onsite | 30 | 4 | 16 | 40 | 0"])
    #expect(
      part(report, .provider)?.notes == ["1 duty of providers, 1 late: acme-onsite/minutes of onsite, by 90 days."])
    #expect(part(report, .client)?.answer == "No agreement that holds gives 'acme' a duty.")
    #expect(rows(report, .changes) == ["acme | to | onsite | 1", "nobody | to | acme | 1"])
    #expect(part(report, .changes)?.answer == "Since 2026-03-31: 2 units changed hands, and 3 decisions were recorded.")
    #expect(part(report, .changes)?.notes == ["Also put in: 2 evidence (onsite 2)."])
    // Jane does both controls of Onsite, Kim both of Acme.
    #expect(rows(report, .people).map { $0.split(separator: " | ")[0] } == ["acme/kim", "onsite/jane"])
    #expect(
      part(report, .evidence)?.answer
        == "3 of 5 units have current evidence, 0 evidence that is too old, 2 none; 4 have days without current evidence "
        + "between 2026-04-01 and 2026-06-30.")
    // Nothing was ever shown of 2.1 and 2.2, and of 1.1 nothing before 4 May.
    #expect(rows(report, .evidence) == ["2 Family 2 | 2 | 2 | 0 | 2 | ", "1 Family 1 | 3 | 0 | 0 | 2 | "])
    #expect(rows(report, .decisions) == ["[ ] | when 'acme-onsite/minutes' is done, late by 90 days |  | onsite"])
  }

  @Test func `what nobody answers for has the days since it was so, the oldest first`() throws {
    let report = try quarter(AgendaWorld())
    #expect(rows(report, .nobody) == ["2 Family 2 | unowned | 1 | 2026-01-01 | 180 | acme"])
    let days = rows(try troubled(World()), .nobody).map { $0.components(separatedBy: " | ")[4] }.compactMap { Int($0) }
    #expect(days.count > 2 && days == days.sorted(by: >))
  }

  @Test func `a duty late by thirty days is nobody's decision yet, and by thirty-one it is`() throws {
    // Owed every quarter: done on 28 February it was due on 28 May, on 1 March on 1 June.
    func asked(_ day: String) throws -> [String] {
      rows(try quarter(spring(), done: ["acme-onsite/minutes": day]), .decisions)
    }
    #expect(try asked("2026-02-28").map { $0.contains("late by 33 days") } == [true])
    #expect(try asked("2026-03-01") == [])
  }

  // MARK: What is not known

  @Test func `without an earlier tree nothing is compared, and nothing is shown as none`() throws {
    let report = try quarter(spring(), isFirst: true)
    #expect(rows(report, .covered).first == "units owned |  | 5 | ")
    #expect(
      part(report, .covered)?.notes.last == "The log begins on 2026-01-01, and how it stood on 2026-03-31 is not known."
    )
    #expect(part(report, .trend)?.answer.hasPrefix("The log begins on 2026-01-01, and how") == true)
    #expect(try report.text().contains("nothing: the log begins later"))
    #expect(report.json().pretty.contains("\"before\": null"))
  }

  @Test func `what was not agreed is said, and has no number`() throws {
    let report = try quarter(AgendaWorld(more: ""))
    #expect(part(report, .provider)?.answer == "No provider promises a service level: there is nothing to hold one to.")
    #expect(part(report, .provider)?.notes == ["No block of hours has a month from 2026-04 through 2026-06."])
    #expect(part(report, .provider)?.grids.isEmpty == true)
    #expect(part(report, .endings)?.grids.isEmpty == true)
  }

  @Test func `a paper is the same for whoever verified what, and an unsound store says so above all`() throws {
    func report(_ standing: Snapshot.Standing) throws -> SteeringReport {
      var fold = try spring().fold(on: "2026-06-30")
      fold.snapshot.standing = standing
      let period = try span("2026-04-01", "2026-06-30")
      let end = fold.snapshot
      return try SteeringReport(
        SteeringReport.Input(
          fold: fold, start: nil, changes: Changes(from: end, to: end, activity: LogActivity()),
          trend: Trend(end, points: [point(end)], every: .quarter), evidence: try evidence(end, period, []),
          period: period))
    }
    let (sound, unverified) = (
      try report(.sound), try report(.unverified("nobody has verified this store for you yet"))
    )
    #expect(try sound.text(width: 80) == unverified.text(width: 80))
    #expect(sound.csv() == unverified.csv() && sound.json().pretty == unverified.json().pretty)
    #expect(sound.printLimits == unverified.printLimits)
    // What was found is told outside of the parts.
    let page = try unverified.page(unverified.cover).text
    let plain = try sound.page(sound.cover).text
    #expect(page.contains("nobody has verified this store") && !plain.contains("nobody has verified"))
    let unsound = try report(.unsound("the last verification found this store NOT sound"))
    #expect(part(unsound, .trust)?.answer.hasPrefix("No: ") == true)
    #expect(try unsound.rendered(as: .csv, cover: unsound.cover)?.contains("NOT sound") == true)
    #expect(rows(sound, .trust).contains { $0.hasPrefix("onsite | signed for the first ") })
  }

  // MARK: What is listed, and what gives way

  /// Rows of one column, made to be cut.
  private func grid(_ count: Int, isKept: Bool = false, isNewestLast: Bool = false, floor: Int = 2) -> SteeringPart.Grid
  {
    var grid = SteeringPart.Grid(key: "rows", columns: [.init("row", "row")], command: "custody status")
    grid.rows = (0..<count).map { SteeringPart.Row([.text("row \($0)")], .init(line: "row", value: .integer($0))) }
    (grid.isKept, grid.isNewestLast, grid.floor) = (isKept, isNewestLast, floor)
    return grid
  }

  private func limits(_ grids: [SteeringPart.Grid], room: Int, isStrict: Bool) -> [Int] {
    let part = SteeringPart(key: .people, answer: "So.", grids: grids)
    return SteeringRoom(parts: [part], room: room) { _, limits in
      // A row is a line, and so is what counts the others.
      zip(grids, limits).reduce(0) { $0 + $1.1 + ($1.1 < $1.0.rows.count ? 1 : 0) }
    }.limits(isStrict: isStrict)[0]
  }

  @Test func `rows give way only as far as there is no room, those of the longest list first, and decisions never`() {
    #expect(limits([grid(9), grid(4)], room: 13, isStrict: true) == [9, 4])
    #expect(limits([grid(9), grid(4)], room: 12, isStrict: true) == [7, 4])
    #expect(limits([grid(9), grid(4)], room: 7, isStrict: true) == [3, 2])
    #expect(limits([grid(50, isKept: true), grid(9)], room: 20, isStrict: true) == [50, 2])
    #expect(limits([grid(3), grid(9)], room: 1, isStrict: false) == [3, 2])
    // Where all fits without a list, it gives way to its command.
    #expect(limits([grid(8, isKept: true), grid(9)], room: 9, isStrict: true) == [8, 0])
    #expect(limits([grid(8, isKept: true), grid(9)], room: 9, isStrict: false) == [8, 2])
  }

  @Test func `of a trend the oldest days give way, and never the day that the sentence names`() {
    let grid = grid(5, isNewestLast: true, floor: 3)
    #expect(limits([grid], room: 1, isStrict: false) == [3])
    #expect(grid.listed(3).map { $0.cells[0].text() } == ["row 2", "row 3", "row 4"])
    #expect(grid.rest(3) == "and 2 earlier" && grid.rest(5) == nil && grid.rest(0) == "5 lines")
  }

  @Test func `a footnote stands where a row has its mark, and not where that row is not listed`() {
    var grid = grid(4)
    grid.footnote = "* of some"
    grid.rows[3].hasFootnote = true
    #expect(grid.footnote(4) == "* of some" && grid.footnote(3) == nil)
    #expect(
      SteeringPart(key: .provider, answer: "So.", grids: [grid], notes: ["More."]).remarks == ["* of some", "More."])
    let listed = SteeringReport.blocks(SteeringPart(key: .provider, answer: "So.", grids: [grid]), 4, [3])
    #expect(!listed.contains(.paragraph("* of some")))
  }

  @Test func `decisions stand by the units that hang on them, then by the days that they are late`() throws {
    let rows = rows(try troubled(World()), .decisions).map { $0.components(separatedBy: " | ") }
    let units = rows.map { Int($0[2]) ?? 0 }
    #expect(units.count > 3 && units == units.sorted(by: >))
    let states = [("PBC-1", "2026-05-20"), ("PBC-2", "2026-04-02")].map {
      AgendaWorld.request($0, due: $1, owner: "Kim")
    }
    let late = self.rows(try quarter(spring(), overdue: [("list", states)]), .decisions)
    #expect(late.map { $0.firstMatch(of: #/late by (\d+)/#).map { Int($0.output.1) ?? 0 } } == [90, 89, 41])
  }

  @Test func `a unit that nobody had and nobody has did not change hands`() throws {
    let report = try troubled(World())
    let moves = rows(report, .changes).map { $0.components(separatedBy: " | ") }
    func isNobody(_ text: String) -> Bool { text.hasPrefix("n") }
    let hands = moves.filter { !(isNobody($0[0]) && isNobody($0[2])) }.reduce(0) { $0 + (Int($1[3]) ?? 0) }
    #expect(part(report, .changes)?.answer.contains(": \(hands) unit") == true)
    let nobody = moves.reduce(0) { $0 + (Int($1[3]) ?? 0) } - hands
    #expect(nobody == 0 || part(report, .changes)?.answer.contains("\(nobody) that nobody answers for") == true)
  }

  @Test func `every part that looks back does so to the day before the period, from the day of the paper`() throws {
    let report = try troubled(World())
    #expect(report.facts.contains { $0.name == "and since" })
    #expect(part(report, .trend)?.question == "Better than on 2026-06-30?")
    #expect(part(report, .trend)?.answer.contains("on 2026-06-30") == true)
    #expect(part(report, .changes)?.answer.hasPrefix("Since 2026-06-30") == true)
    #expect(part(report, .evidence)?.answer.hasSuffix("between 2026-07-01 and 2026-11-24.") == true)
    #expect(report.json().pretty.contains("\"heldAgainst\": \"2026-06-30\""))
  }

  // MARK: Hostile text

  @Test func `nothing in a store is obeyed by a terminal, a page, a spreadsheet or a ticket`() throws {
    var world = try World()
    let name = World.hostileTitle + "<script>alert(1)</script>"
    world.state.membership.parties[0] = Membership.Party(id: "acme", kind: .client, name: name, joined: 0)
    let report = try troubled(world)
    let text = try report.text(width: 80)
    #expect(!text.unicodeScalars.contains { $0.value == 0x1b || $0.value == 0x202e })
    let page = try report.page(report.cover).text
    #expect(!page.contains("<script>alert") && page.contains("&lt;script&gt;alert"))
    let csv = report.csv() ?? ""
    #expect(!csv.split(separator: ",").contains { $0.hasPrefix("=") || $0.hasPrefix("\"=") })
    #expect(report.csv()?.contains(World.hostileTitle) == false)
  }

  // MARK: As other reports say

  @Test func `its numbers are those of the reports that it names`() throws {
    let world = try World()
    let (report, snapshot) = (try troubled(world), try world.snapshot())
    let ownership = try OwnershipReport(snapshot)
    let owned = rows(report, .covered).first { $0.hasPrefix("units owned") }?.components(separatedBy: " | ")[2]
    #expect(owned == "\(ownership.totals.units.owned)")
    let errors = GapsReport(snapshot, atLeast: .error).gaps.filter { FindingCode.ownershipErrors.contains($0.code) }
    let units = rows(report, .nobody).compactMap { Int($0.components(separatedBy: " | ")[2]) }.reduce(0, +)
    #expect(units == errors.reduce(0) { $0 + $1.units.count })
    let people = PeopleReport(snapshot).people.filter(\.isSinglePoint).map(\.id)
    #expect(rows(report, .people).map { $0.components(separatedBy: " | ")[0] } == people)
  }
}
