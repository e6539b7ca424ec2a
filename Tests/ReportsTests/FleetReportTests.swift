import Ownership
import Rendering
import Statements
import Testing

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
    change(&facts)
    return FleetLine(name: name, path: "/srv/\(name)", .read(facts), page: page)
  }

  private func quiet(_ facts: inout FleetLine.Facts) {
    facts.units.byError = [:]
    facts.units.owned = facts.units.total
    facts.generalErrors = []
    (facts.stale, facts.staleSoon, facts.overdueDuties, facts.dutiesSoon) = (0, 0, 0, 0)
    (facts.lateActions, facts.overdueRequests, facts.ending) = (0, 0, nil)
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
