import Ownership
import Rendering
import Statements
import Testing
import TreeLog

@testable import Reports

struct FleetReportTests {
  let world: World

  init() throws { world = try World() }

  private func line(
    _ name: String, fault: String? = nil, page: String? = nil, _ change: (inout FleetLine.Facts) -> Void = { _ in }
  ) throws -> FleetLine {
    let snapshot = try world.snapshot()
    let chain: StatusInput.Chain = fault.map { .unsound($0) } ?? .sound("every entry, and that every object is there")
    let status = StatusPage(StatusInput(snapshot, chain: chain, endings: try EngagementEnding.list(snapshot)))
    var facts = FleetLine.Facts(
      status, newest: world.asOf, notice: nil, news: .init(day: world.asOf, size: 3, entries: 4, moved: 2))
    // Each its own log.
    let tree = facts.checkpoint
    facts.checkpoint = Checkpoint(origin: "\(tree.origin)/\(name)", size: tree.size, root: tree.root)
    change(&facts)
    return FleetLine(name: name, path: "/srv/\(name)", .read(facts), page: page)
  }

  private func quiet(_ facts: inout FleetLine.Facts) {
    facts.units.byError = [:]
    facts.units.owned = facts.units.total
    facts.generalErrors = []
    (facts.stale, facts.staleSoon, facts.overdueDuties, facts.dutiesSoon) = (0, 0, 0, 0)
    (facts.lateActions, facts.overdueRequests, facts.endings) = (0, 0, [])
    (facts.missedLevels, facts.unmeasuredLevels) = (0, 0)
  }

  private func fleet() throws -> FleetReport {
    FleetReport(
      [
        try line("west"), try line("orderly") { quiet(&$0) },
        try line("late") {
          quiet(&$0)
          $0.overdueDuties = 2
        },
        try line("later") {
          quiet(&$0)
          $0.overdueRequests = 3
        }, try line("tampered", fault: "tile 'tile/0/000' differs"),
        FleetLine(name: "gone", path: "/srv/gone", .unreadable("there is nothing at this path")),
        FleetLine(name: "cut", path: "/srv/cut", .unsound("the store shrank")),
        try line("=HYPERLINK(\"http://evil.example\")") { quiet(&$0) },
      ], asOf: world.asOf)
  }

  @Test func `the page, the rows and the value are as they were reviewed`() throws {
    let fleet = try fleet()
    try Golden.check(fleet.rendered(as: .text, width: 80, cover: fleet.cover) ?? "", "fleet.txt")
    try Golden.check(fleet.csv() ?? "", "fleet.csv")
    try Golden.check(fleet.json().pretty + "\n", "fleet.json")
  }

  @Test func `the worst come first, and what has nothing to act on is none of them`() throws {
    #expect(try fleet().worst.map(\.name) == ["cut", "tampered", "gone", "west", "later", "late"])
    let many = try (10..<40).map { try line("client-\($0)") }
    #expect(FleetReport(many, asOf: world.asOf).worst.map(\.name) == (10..<20).map { "client-\($0)" })
  }

  @Test func `every client has a line, the worst first, and what is alike by its name`() throws {
    let names = try fleet().lines.map(\.name)
    #expect(
      names == [
        "cut", "tampered", "gone", "west", "later", "late", "=HYPERLINK(\"http://evil.example\")", "orderly",
      ])
    let csv = try #require(try fleet().csv()).split(separator: "\n").dropFirst()
    #expect(csv.first?.hasPrefix("cut,") == true && csv.last?.hasPrefix("orderly,") == true)
  }

  @Test func `of a day before its log begins nothing is known, and nothing is shown as none`() throws {
    let begins = world.asOf.adding(days: 3)
    let young = try line("young") { $0.begins = begins }
    #expect(young.reasons(on: world.asOf).isEmpty && !young.rings(.due))
    let only = FleetReport([young], asOf: world.asOf)
    let text = try #require(try only.rendered(as: .text, width: 80, cover: only.cover))
    let unbroken = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(unbroken.contains("the log begins on \(begins): nothing is known of \(world.asOf)"))
    #expect(!text.contains("Nothing to act on") && only.tally.quiet == 0 && only.tally.later == 1)
    let json = only.json().pretty
    #expect(json.contains("\"unowned\" : null") || json.contains("\"unowned\": null"), "\(json)")
    let html = try #require(try only.rendered(as: .html, cover: only.cover))
    #expect(html.contains("the log begins on") && !html.contains("Nothing to act on"))
    // One that is not sound is that first.
    let cut = try line("cut", fault: "the log forked") { $0.begins = begins }
    #expect(cut.begins == nil && cut.trouble != nil)
    let both = FleetReport([young, try line("orderly") { quiet(&$0) }], asOf: world.asOf)
    #expect(both.verdict == "Nothing to act on in those whose log begins by \(world.asOf).")
    #expect(both.lines.map(\.name) == ["young", "orderly"])
  }

  @Test func `one log in several folders is one client, and is told of`() throws {
    let (west, east) = (try line("west"), try line("east"))
    var copy = west
    (copy.name, copy.path) = ("west-copy", "/srv/west-copy")
    let cut = FleetLine(name: "west-cut", path: "/srv/west-cut", .unsound("the store shrank"), origin: west.origin)
    let fleet = FleetReport([copy, west, east, cut], asOf: world.asOf)
    #expect(fleet.clientCount == 2 && fleet.title == "2 clients in 4 folders, as of \(world.asOf)")
    #expect(fleet.copies.map { $0.map(\.name) } == [["west", "west-copy", "west-cut"]])
    #expect(
      fleet.copiesSentence?.contains("'west', 'west-copy' and 'west-cut'") == true, "\(fleet.copiesSentence ?? "")")
    #expect(fleet.csv()?.contains(",\"west; west-cut\"") == true)
    #expect(FleetReport([west, east], asOf: world.asOf).copiesSentence == nil)
  }

  @Test func `missed service levels and a day for notice that is past are reasons to look`() throws {
    let missed = try line("missed") {
      quiet(&$0)
      ($0.missedLevels, $0.unmeasuredLevels) = (2, 1)
      $0.endings = [
        EngagementEnding(
          engagement: "mo", lastDay: world.asOf.adding(days: 40), units: 3, noticeBy: world.asOf.adding(days: -17)),
        EngagementEnding(
          engagement: "far", lastDay: world.asOf.adding(days: 120), units: 3, noticeBy: world.asOf.adding(days: 30)),
        EngagementEnding(engagement: "farther", lastDay: world.asOf.adding(days: 121), units: 3),
      ]
    }
    let day = world.asOf
    #expect(
      missed.reasons(on: day) == [
        "'mo' ends on \(day.adding(days: 40)), and notice had to be given by \(day.adding(days: -17))",
        "'far' ends on \(day.adding(days: 120)), and notice must be given by \(day.adding(days: 30))",
        "service levels missed in 2 periods", "service levels not measured in 1 period",
      ])
    let fleet = FleetReport([missed], asOf: day)
    #expect(fleet.tally.quiet == 0 && fleet.tally.missed == 1 && fleet.worst.count == 1)
  }

  @Test func `a line leads to what shows more: verify where it is not sound, nothing where it cannot be read`() throws {
    let rows = try #require(try fleet().csv()).split(separator: "\n")
    func row(_ name: String) -> Substring { rows.first { $0.hasPrefix("\(name),") } ?? "" }
    #expect(
      row("cut").contains(",custody verify /srv/cut,") && row("tampered").contains(",custody verify /srv/tampered,"))
    #expect(!row("gone").contains("custody ") && row("west").contains(",custody report ownership --store /srv/west,"))
  }

  @Test func `dates and numbers of the page do not break`() throws {
    let fleet = try fleet()
    let html = try #require(try fleet.rendered(as: .html, cover: fleet.cover))
    #expect(html.contains("<td class=\"keep\">\(world.asOf)</td>"))
    #expect(html.contains(".keep,td.number{white-space:nowrap}"))
  }

  @Test func `the order in which stores were looked at makes no difference`() throws {
    let fleet = try fleet()
    let other = FleetReport(fleet.lines.reversed(), asOf: world.asOf)
    #expect(other.json().pretty == fleet.json().pretty && other.checkpointDigest == fleet.checkpointDigest)
  }

  @Test func `alarms ring for what they name and for what is worse`() throws {
    let due = try line("due") {
      quiet(&$0)
      $0.dutiesSoon = 1
    }
    let late = try line("late") {
      quiet(&$0)
      $0.lateActions = 1
    }
    let alarms: [FleetAlarm] = [.error, .overdue, .due]
    #expect(alarms.map { due.rings($0) } == [false, false, true])
    #expect(alarms.map { late.rings($0) } == [false, true, true])
    #expect(try alarms.map { try line("west").rings($0) } == [true, true, true])
    #expect(alarms.map { FleetLine(name: "a", path: "/a", .unreadable("b")).rings($0) } == [true, true, true])
  }

  @Test func `names are shown and never obeyed, and lead to no other place than their page`() throws {
    let evil = "<script>alert(1)</script>\u{1b}[2J"
    let fleet = FleetReport(
      [try line(evil, page: "clients/script-alert-0123456789ab.html")], asOf: world.asOf)
    let html = try #require(try fleet.rendered(as: .html, cover: fleet.cover))
    #expect(!html.contains("<script>alert") && html.contains("href=\"clients/script-alert-0123456789ab.html\""))
    for format in [ReportFormat.text, .markdown, .csv, .json, .html] {
      let text = try #require(try fleet.rendered(as: format, width: 80, cover: fleet.cover))
      #expect(!text.unicodeScalars.contains("\u{1b}"), "\(format)")
    }
    // A cell that a spreadsheet would run is text.
    #expect(try self.fleet().csv()?.contains("\n=HYPERLINK") == false)
  }

  @Test(arguments: [60, 80, 100]) func `it fits a window`(width: Int) throws {
    for line in try fleet().text(width: width).split(separator: "\n") where !line.contains("custody ") {
      #expect(DisplayWidth.of(String(line)) <= width, "\(line)")
    }
  }
}
