import Catalogs
import Crypto
import Findings
import Foundation
@testable import Obligations
@testable import Ownership
import Rendering
@testable import Reports
import Statements
import TestSupport
import Testing

/// The numbers of the committee's paper, worked out by hand, and what is said where there is none.
struct SteeringNumberTests {
  @Test func `a small world over two quarters has the numbers that were worked out`() throws {
    let report = try SteeringWorld.quarter(SteeringWorld.spring())
    // Five units, of which 2.1 is nobody's until Acme takes it on 10 May. Of 1.2 there is evidence from February, of both
    // of 1.1 from May.
    #expect(
      report.rows(.covered) == [
        "units owned | 4 | 5 | 1", "units unowned | 1 | 0 | -1", "units unaccepted | 0 | 0 | 0",
        "units contested | 0 | 0 | 0", "owned units with current evidence | 1 | 3 | 2",
        "controls owned, of 4 | 3 | 4 | 1",
      ])
    #expect(report.part(.covered)?.answer == "Owned 5 of 5 units, 0 unowned, 0 unaccepted, 0 contested.")
    #expect(report.part(.nobody)?.answer == "Somebody answers for every unit that applies.")
    #expect(
      report.rows(.trend) == [
        "2026-03-31 | 5 | 4 | 80 % | [########..] | 1 | 20 % | [##........]",
        "2026-06-30 | 5 | 5 | 100 % | [##########] | 3 | 60 % | [######....]",
      ])
    // January through May are over; of May there is a value, and of June nobody can say yet.
    #expect(
      report.rows(.provider) == [
        "acme-onsite/uptime | onsite | >= 99 % | month | not measured, not measured, 98.5 missed | 1 of 5 | 4 of 5"
      ])
    // Ten a month from April on; January's last six went at the end of April, February's ten at that of May.
    #expect(report.rows(.provider, 1) == ["acme-onsite/block | onsite | 30 | 4 | 16 | 40 | 0"])
    #expect(
      report.part(.provider)?.notes == ["1 duty of providers, 1 late: acme-onsite/minutes of onsite, by 90 days."])
    #expect(report.part(.client)?.answer == "No agreement that holds gives 'acme' a duty.")
    #expect(report.rows(.changes) == ["acme | to | onsite | 1", "nobody | to | acme | 1"])
    #expect(report.part(.changes)?.answer == "Since 2026-03-31: 2 units changed hands, and 3 decisions were recorded.")
    #expect(report.part(.changes)?.notes == ["Also put in: 2 evidence (onsite 2)."])
    // Jane does both controls of Onsite, Kim both of Acme.
    #expect(report.rows(.people).map { $0.split(separator: " | ")[0] } == ["acme/kim", "onsite/jane"])
    #expect(
      report.part(.evidence)?.answer
        == "3 of 5 units have current evidence, 0 evidence that is too old, 2 none; 4 have days without current evidence "
        + "between 2026-04-01 and 2026-06-30.")
    // Nothing was ever shown of 2.1 and 2.2, and of 1.1 nothing before 4 May.
    #expect(report.rows(.evidence) == ["2 Family 2 | 2 | 2 | 0 | 2 | ", "1 Family 1 | 3 | 0 | 0 | 2 | "])
    #expect(report.rows(.decisions) == ["[ ] | when 'acme-onsite/minutes' is done, late by 90 days |  | onsite"])
  }

  @Test func `of a period that is over the last day is told too, and of one that is not it is not`() throws {
    let world = try SteeringWorld.spring()
    let report = try SteeringWorld.quarter(world, isOver: true)
    // June is over as well, and nobody measured it; and at its end the ten hours of March went too.
    #expect(
      report.rows(.provider) == [
        "acme-onsite/uptime | onsite | >= 99 % | month | not measured, 98.5 missed, not measured | 1 of 6 | 5 of 6"
      ])
    #expect(report.rows(.provider, 1) == ["acme-onsite/block | onsite | 30 | 4 | 26 | 30 | 0"])
    #expect(report.settledOn == Day("2026-07-01") && report.stamp.asOf == Day("2026-06-30"))
    #expect(report.facts.contains { $0 == Block.Fact("levels, hours", "as of 2026-07-01: the period is over") })
    #expect(report.again == "--period 2026-04-01..2026-06-30 --known-at \(report.stamp.knownAt)")
    // All else is as it stood on the last day.
    let open = try SteeringWorld.quarter(world)
    for key in SteeringPart.Key.allCases where key != .provider {
      #expect(report.rows(key) == open.rows(key), "\(key)")
    }
    #expect(!open.facts.contains { $0.name == "levels, hours" })
    #expect(open.again == "--period 2026-04-01..2026-06-30 --as-of 2026-06-30 --known-at \(open.stamp.knownAt)")
  }

  @Test func `a level that begins with the day after is for the next paper`() throws {
    let world = try SteeringWorld.spring()
    try world.apply(
      LogBuilder.agreement(
        scope: "- { domains: [patch-management], accountable: onsite }",
        more: AgendaWorld.promises.replacing(">= 99", with: ">= 95") + "\neffective: 2026-07-01"),
      by: ["acme/bo", "onsite/jane"])
    let rows = try SteeringWorld.quarter(world, isOver: true).rows(.provider)
    #expect(rows.count == 1 && rows.first?.contains(">= 99 %") == true, "\(rows)")
  }

  @Test func `what nobody answers for has the days since it was so, the oldest first`() throws {
    let report = try SteeringWorld.quarter(AgendaWorld())
    #expect(report.rows(.nobody) == ["2 Family 2 | unowned | 1 | 2026-01-01 | 180 | acme"])
    let days = try SteeringWorld.troubled(World()).rows(.nobody).map { $0.components(separatedBy: " | ")[4] }.compactMap
    { Int($0) }
    #expect(days.count > 2 && days == days.sorted(by: >))
  }

  @Test func `a duty late by thirty days is nobody's decision yet, and by thirty-one it is`() throws {
    // Owed every quarter: done on 28 February it was due on 28 May, on 1 March on 1 June.
    func asked(_ day: String) throws -> [String] {
      try SteeringWorld.quarter(SteeringWorld.spring(), done: ["acme-onsite/minutes": day]).rows(.decisions)
    }
    #expect(try asked("2026-02-28").map { $0.contains("late by 33 days") } == [true])
    #expect(try asked("2026-03-01") == [])
  }

  @Test func `without an earlier tree nothing is compared, and nothing is shown as none`() throws {
    let report = try SteeringWorld.quarter(SteeringWorld.spring(), isFirst: true)
    #expect(report.rows(.covered).first == "units owned |  | 5 | ")
    #expect(
      report.part(.covered)?.notes.last == "The log begins on 2026-01-01, and how it stood on 2026-03-31 is not known."
    )
    #expect(report.part(.trend)?.answer.hasPrefix("The log begins on 2026-01-01, and how") == true)
    #expect(try report.text().contains("nothing: the log begins later"))
    #expect(report.json().pretty.contains("\"before\": null"))
  }

  @Test func `what was not agreed is said, and has no number`() throws {
    let report = try SteeringWorld.quarter(AgendaWorld(more: ""))
    #expect(report.part(.provider)?.answer == "No provider promises a service level: there is nothing to hold one to.")
    #expect(report.part(.provider)?.notes == ["No block of hours has a month from 2026-04 through 2026-06."])
    #expect(report.part(.provider)?.grids.isEmpty == true)
    #expect(report.part(.endings)?.grids.isEmpty == true)
  }

  @Test func `a paper is the same for whoever verified what, and an unsound store says so above all`() throws {
    func report(_ standing: Snapshot.Standing) throws -> SteeringReport {
      var fold = try SteeringWorld.spring().fold(on: "2026-06-30")
      fold.snapshot.standing = standing
      let period = try SteeringWorld.span("2026-04-01", "2026-06-30")
      let end = fold.snapshot
      return try SteeringReport(
        SteeringReport.Input(
          fold: fold, start: nil, changes: Changes(from: end, to: end, activity: LogActivity()),
          trend: Trend(end, points: [SteeringWorld.point(end)], every: .quarter),
          evidence: try SteeringWorld.evidence(end, period, []),
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
    #expect(unsound.part(.trust)?.answer.hasPrefix("No: ") == true)
    #expect(try unsound.rendered(as: .csv, cover: unsound.cover)?.contains("NOT sound") == true)
    #expect(sound.rows(.trust).contains { $0.hasPrefix("onsite | signed for the first ") })
  }
}
