import Findings
import Obligations
import Ownership
import Rendering
@testable import Reports
import Statements
import Testing

/// Two folds of one log, and what became other between them.
struct AgendaReportTests {
  /// The second quarter of 2026.
  private static func quarter(
    _ world: AgendaWorld, done: [String: String] = [:], marks: [AssessmentBook.Mark] = [],
    overdue: [(list: String, states: [RequestRules.State])] = [], isFirst: Bool = false, isOver: Bool = true,
    _ committee: AgendaReport.Committee = .steering, from: String = "2026-04-01"
  ) throws -> AgendaReport {
    let first = try World.day(from)
    var start = isFirst ? nil : try world.fold(on: "\(first.adding(days: -1))", isPast: true, done: done)
    if let known = start?.snapshot.state.size { start?.settled = try world.snapshot(on: from, size: known) }
    var end = try world.fold(on: "2026-06-30", done: done, marks: marks, overdue: overdue)
    if isOver { end.settled = try world.snapshot(on: "2026-07-01") }
    return try AgendaReport(committee, from: first, through: World.day("2026-06-30"), start: start, end: end)
  }

  private static func spring() throws -> AgendaWorld {
    let world = try AgendaWorld()
    try world.spring()
    return world
  }

  @Test func `findings are new, closed or old by what was found before`() throws {
    let rows = try Self.quarter(Self.spring(), marks: [AgendaWorld.mark("demo/1.2", .notMet, through: "2026-06-15")])
      .rows("findings")
    // 2.1 has an owner now. 1.1[a] and 1.1[b] have evidence now, 2.1 is owned and has none, 2.2 never had any.
    #expect(rows.contains("unowned | error | 0 | 1 | 0 | demo/2.1"))
    #expect(rows.contains("no-evidence | warning | 1 | 2 | 1 | demo/2.1"))
    // What Acme showed of 1.2 is an outsider's, since onsite answers for it.
    #expect(rows.contains("outsider-evidence | warning | 1 | 0 | 0 | demo/1.2"))
    #expect(rows.contains("sla-missed | warning | 1 | 0 | 0 | acme-onsite/level uptime 2026-05"))
    #expect(rows.contains("overdue | warning | 1 | 0 | 0 | acme-onsite/duty minutes"))
    #expect(rows.contains("action-late | warning | 1 | 0 | 0 | demo/1.2"))
  }

  @Test func `of a world in which nothing happens all findings are old`() throws {
    let world = try AgendaWorld()
    let rows = try Self.quarter(world).rows("findings").filter { !$0.hasPrefix("overdue") && !$0.hasPrefix("sla-") }
    #expect(rows.contains("unowned | error | 0 | 0 | 1 | demo/2.1"))
    #expect(rows.allSatisfy { $0.contains(" | 0 | 0 | ") }, "\(rows)")
    #expect(try Self.quarter(world).rows("changes") == [])
  }

  @Test func `a log that begins in the period has only new findings, and all owners are new`() throws {
    let report = try Self.quarter(Self.spring(), isFirst: true)
    #expect(report.rows("findings").allSatisfy { $0.contains(" | 0 | 0 | ") })
    #expect(report.rows("findings").contains("no-evidence | warning | 2 | 0 | 0 | demo/2.1"))
    #expect(report.rows("changes") == ["nobody | onsite | 3 | demo/1.1[a]", "nobody | acme | 2 | demo/2.1"])
    #expect(try report.text().contains("nothing: the log begins later"))
  }

  @Test func `owners that changed are counted by from and to`() throws {
    #expect(
      try Self.quarter(Self.spring()).rows("changes") == [
        "acme | onsite | 1 | demo/1.2", "nobody | acme | 1 | demo/2.1",
      ])
    // A month later everything is as it was.
    #expect(try Self.quarter(Self.spring(), .operations, from: "2026-06-01").rows("changes") == [])
  }

  @Test func `a unit that a new catalog took away is told as a change`() throws {
    let world = try AgendaWorld()
    try world.withdraw(on: "2026-05-20")
    // An acceptance is of a catalog's bytes: of these, nobody has accepted anything yet.
    #expect(
      try Self.quarter(world).rows("changes") == [
        "onsite | nobody | 2 | demo/1.1[a]", "acme | nobody | 2 | demo/1.2",
        "nobody | not there any more | 1 | demo/2.1",
      ])
    #expect(try Self.quarter(world, .operations, from: "2026-06-01").rows("changes") == [])
  }

  @Test func `what only the committee can settle is asked for, and nothing where all is accepted`() throws {
    let waiting = try Self.quarter(try AgendaWorld(acceptedBy: ["acme/bo"])).rows("decisions")
    #expect(waiting.contains("unaccepted: have it accepted | 2 units, the first demo/1.1[a]"))
    #expect(waiting.contains("unowned: name a party in an agreement | 1 unit, the first demo/2.1"))
    #expect(
      waiting.contains("'acme-onsite': change it, or have it accepted | onsite has not accepted 2 units"), "\(waiting)")
    let late = "by when the late duties are done | 1 duty late, the first acme-onsite/minutes of onsite"
    #expect(try Self.quarter(Self.spring()).rows("decisions") == [late])
    let done = ["acme-onsite/minutes": "2026-06-20"]
    #expect(try Self.quarter(Self.spring(), done: done).rows("decisions") == [])
  }

  @Test func `minutes are filed under the committee's own duty, and never under the other's`() throws {
    func duty(_ id: String, _ title: String) -> String {
      "{ id: \(id), title: \(title), party: onsite, every: month }"
    }
    func minutes(_ duties: [String], _ committee: AgendaReport.Committee) throws -> String {
      let world = try AgendaWorld(more: "duties: [\(duties.joined(separator: ", "))]")
      return try Self.quarter(world, committee).minutes
    }
    let operations = duty("monthly-operations", "Monthly review of operations with minutes")
    let steering = duty("governance", "Steering committee")
    let access = duty("access-review", "Review of access")
    for duties in [[operations, steering], [steering, operations]] {
      #expect(try minutes(duties, .steering).contains("--duty acme-onsite/governance "))
      #expect(try minutes([access] + duties, .operations).contains("--duty acme-onsite/monthly-operations "))
    }
    #expect(try minutes([operations], .steering).contains("--duty ENGAGEMENT/DUTY "))
    #expect(try minutes([access, steering], .operations).contains("--duty ENGAGEMENT/DUTY "))
  }

  @Test func `hours beyond a block are a decision, and hours within it are none`() throws {
    func decisions(_ hours: String) throws -> [String] {
      let more = "hours: [{ id: block, party: onsite, domains: [patch-management], hours: \"\(hours)\" }]"
      let world = try AgendaWorld(more: more)
      try world.spring()
      return try Self.quarter(world).rows("decisions").filter { $0.contains("block") }
    }
    #expect(try decisions("3") == ["'acme-onsite/block': buy more, or do without | 1 hour beyond what it had"])
    #expect(try decisions("4") == [])
  }

  @Test func `a duty is late, due before the next meeting, or not there`() throws {
    let name = "acme-onsite/minutes"
    let never = try Self.quarter(Self.spring()).rows("duties")
    #expect(never == ["\(name) | onsite | every quarter |  | 2026-04-01 | yes"])
    let soon = try Self.quarter(Self.spring(), done: [name: "2026-06-20"]).rows("duties")
    #expect(soon == ["\(name) | onsite | every quarter | 2026-06-20 | 2026-09-20 | no"])
    // Due on 20 September, and the operations meet on 1 August.
    let later = try Self.quarter(Self.spring(), done: [name: "2026-06-20"], .operations, from: "2026-06-01")
    #expect(later.rows("duties") == [])
  }

  @Test func `what was done after the period is not known at its end`() throws {
    let late = try Self.quarter(Self.spring(), done: ["acme-onsite/minutes": "2026-07-02"]).rows("duties")
    #expect(late.map { $0.hasSuffix("2026-04-01 | yes") } == [true])
  }

  @Test func `hours that expire before the next meeting stand there with their last day`() throws {
    // Ten hours a month, good for three months more; the four of April were January's.
    func row(_ month: String, _ last: String) -> String { "acme-onsite/block | onsite | 2026-\(month) | 10 | \(last)" }
    let monthly = try Self.quarter(Self.spring(), .operations, from: "2026-06-01")
    // March's went with the last day of June, which is over.
    #expect(monthly.rows("hoursExpiring") == [row("04", "2026-07-31")])
    #expect(monthly.rows("hours") == ["acme-onsite/block | 2026-06 | 10 | 0 | 10 | 30 | 0"])
    let quarterly = try Self.quarter(Self.spring())
    #expect(
      quarterly.rows("hoursExpiring") == [
        row("04", "2026-07-31"), row("05", "2026-08-31"), row("06", "2026-09-30"),
      ])
    #expect(quarterly.rows("hours").first == "acme-onsite/block | 2026-04 | 10 | 4 | 6 | 30 | 0")
  }

  @Test func `hours that keep past the next meeting, or are used up, do not expire before it`() throws {
    let once = """
      hours: [{ id: block, party: onsite, domains: [patch-management], hours: "4", every: month }]
      """
    let world = try AgendaWorld(more: once)
    let june = try Self.quarter(world, .operations, from: "2026-06-01")
    #expect(
      june.rows("hoursExpiring") == [] && june.rows("hours") == ["acme-onsite/block | 2026-06 | 4 | 0 | 4 | 0 | 0"])
    let term = once.replacing(", every: month", with: "")
    #expect(try Self.quarter(AgendaWorld(more: term)).rows("hoursExpiring") == [])
  }

  @Test func `a level has the value, how many rows it is made of, and what became of it`() throws {
    #expect(
      try Self.quarter(Self.spring()).rows("levels") == [
        "acme-onsite/uptime | onsite | >= 99 % | 2026-04 |  |  |  | unmeasured",
        "acme-onsite/uptime | onsite | >= 99 % | 2026-05 | 98.5 | 3 | 20 | missed",
        "acme-onsite/uptime | onsite | >= 99 % | 2026-06 |  |  |  | unmeasured",
      ])
  }

  @Test func `of one day the agenda and the reports on levels and hours say the same, before and after it is over`()
    throws
  {
    for isOver in [true, false] {
      let world = try Self.spring()
      let report = try Self.quarter(world, isOver: isOver)
      let day = try world.snapshot(on: isOver ? "2026-07-01" : "2026-06-30")
      let states = LevelResults.list(day).filter { $0.period.from <= report.through }.suffix(3)
      #expect(
        report.rows("levels").map { String($0.split(separator: "|").last ?? "").trimmingPrefix(" ") }
          == states.map { Substring($0.state.rawValue) })
      let june = try #require(HourLedger(day).blocks.first?.months.first { $0.month == "2026-06" })
      #expect(june.left == (isOver ? Decimal(30) : Decimal(40)))
      #expect(report.rows("hours").last == "acme-onsite/block | 2026-06 | 10 | 0 | \(june.expired) | \(june.left) | 0")
      let found = LevelFindings.findings(day, byPeriod: true).filter { $0.code == .levelUnmeasured }.last?.subject
      var end = try world.fold(on: "2026-06-30")
      if isOver { end.settled = day }
      #expect(AgendaSections.findings(end).last { $0.code == .levelUnmeasured }?.subject == found)
      #expect(
        report.again == "--period 2026-04-01..2026-06-30 --as-of \(day.asOf) --known-at \(report.stamp.knownAt)")
      #expect(try report.text().contains("levels, hours") == isOver)
    }
  }

  @Test func `items of the plan of action are there if late or due by the next meeting`() throws {
    let marks = try [
      AgendaWorld.mark("demo/1.2", .notMet, through: "2026-06-29", note: "owner: acme/bo", entry: 30),
      AgendaWorld.mark(
        "demo/1.1", .planned, through: "2026-10-01", note: "milestone 2026-06-01: ordered\nmilestone 2026-07-15: built",
        entry: 31), AgendaWorld.mark("demo/2.1", .planned, through: "2026-10-02", entry: 32),
      AgendaWorld.mark("demo/2.2", .notMet, entry: 33),
    ]
    #expect(
      try Self.quarter(Self.spring(), marks: marks).rows("actions") == [
        "demo/1.2 | not-met | acme/bo |  | 2026-06-29 | yes",
        "demo/1.1 | planned |  | 2026-07-15 built | 2026-10-01 | no",
      ])
    let closed = try marks + [AgendaWorld.mark("demo/1.2", .met, entry: 34)]
    #expect(try Self.quarter(Self.spring(), marks: closed).rows("actions").count == 1)
    // On its day it is not late yet.
    let today = try [AgendaWorld.mark("demo/1.2", .notMet, through: "2026-06-30")]
    #expect(
      try Self.quarter(Self.spring(), marks: today).rows("actions") == ["demo/1.2 | not-met |  |  | 2026-06-30 | no"])
  }

  @Test func `requests are there if they were due before the period's last day`() throws {
    let states = [
      AgendaWorld.request("PBC-2", due: "2026-06-29", owner: "Kim"), AgendaWorld.request("PBC-1", due: "2026-05-31"),
      AgendaWorld.request("PBC-3", due: "2026-06-30"),
    ]
    let report = try Self.quarter(Self.spring(), overdue: [("pbc.xlsx", states)])
    #expect(
      report.rows("requests") == [
        "PBC-1 | pbc.xlsx |  | 2026-05-31 | open", "PBC-2 | pbc.xlsx | Kim | 2026-06-29 | open",
      ])
    #expect(report.rows("findings").contains("request-overdue | warning | 2 | 0 | 0 | pbc.xlsx/request PBC-2"))
    #expect(try Self.quarter(Self.spring()).rows("requests") == [])
  }

  @Test(arguments: [80, 100, 120]) func `it prints on two pages, whatever there is`(_ width: Int) throws {
    func list(_ count: Int, _ line: (Int) -> String) -> String {
      (0..<count).map { "{ \(line($0)) }" }.joined(separator: ", ")
    }
    let more = """
      duties: [\(list(30) { "id: duty-\($0), title: Something owed, party: onsite, every: month" })]
      hours: [\(list(12) { "id: block-\($0), party: onsite, domains: [patch-management], hours: \"10\", every: month, rollover: 3 months" })]
      service-levels: [\(list(12) { "id: level-\($0), party: onsite, domains: [patch-management], target: \">= 99\", unit: \"%\", every: month" })]
      """
    let world = try AgendaWorld(more: more, acceptedBy: ["acme/bo", "onsite/jane"])
    let states = (0..<40).map { AgendaWorld.request("PBC-\($0)", due: "2026-05-31", owner: "Somebody in accounting") }
    let marks = try [AgendaWorld.mark("demo/1.2", .notMet, through: "2026-06-15", note: "owner: acme/bo")]
    for committee in AgendaReport.Committee.allCases {
      let report = try Self.quarter(
        world, marks: marks, overdue: [("a-long-name-of-a-list-2026.xlsx", states)], committee)
      let blocks = report.blocks(width: width)
      #expect(TextRenderer(width: width).height(blocks) <= AgendaReport.height)
      #expect(report.rows("requests").count == 40)
      #expect(try report.text().contains("more\n"))
      // For machines nothing is left out.
      #expect(report.json().pretty.contains("PBC-39"))
    }
  }

  @Test func `an agenda that fits leaves nothing out`() throws {
    #expect(try !Self.quarter(Self.spring()).text().contains(" more\n"))
  }
}
