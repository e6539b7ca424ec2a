import Catalogs
import Foundation
import Obligations
import Ownership
import Statements
import TestSupport
import Testing

/// Scores, statuses and plans against tables that were worked out by hand.
struct AssessmentTests {
  /// The rows of a built-in framework with all its units applying, as if nobody owned any of them.
  static func rows(_ framework: String) throws -> [ResponsibilityMatrix.ControlRow] {
    func catalog(_ name: String) throws -> Catalog {
      try Catalog(parsing: try #require(BundledCatalogs.bytes(of: name)), framework: name)
    }
    let catalogs = try [catalog(framework)] + catalog(framework).leansOn.map(catalog)
    let finder = ControlFinder(catalogs: catalogs)
    return catalogs[0].controls.map { control in
      let targets = control.sameAs.isEmpty ? [control] : control.sameAs.compactMap { finder.control($0) }
      return .sample(control, units: targets.flatMap(\.units))
    }
  }

  private static func mark(
    _ units: [String], _ status: Assessment.Status, note: String? = nil, entry: Int = 10, party: String = "acme",
    from: String? = nil, through: String? = nil
  ) -> AssessmentBook.Mark {
    var assessment = Assessment(units: units, status: status, note: note)
    assessment.from = from.flatMap { Day($0) }
    assessment.through = through.flatMap { Day($0) }
    return AssessmentBook.Mark(
      entry: entry, day: Day("2026-05-01") ?? Day(daysSinceEpoch: 0), party: party, member: "\(party)/bo",
      assessment: assessment)
  }

  /// The book of a level 2 assessment in which all is met but some requirements.
  private static func book(
    _ rows: [ResponsibilityMatrix.ControlRow], not open: [String: String?] = [:], units: [String] = []
  ) -> AssessmentBook {
    let met = mark(rows.map { "nist-800-171-r2/\(DoDScore.requirement($0))" }, .met)
    let marks = open.sorted { $0.key < $1.key }.enumerated().map { index, each in
      mark(["nist-800-171-r2/\(each.key)"], .notMet, note: each.value, entry: 11 + index)
    }
    return AssessmentBook(
      [met] + marks + (units.isEmpty ? [] : [mark(units.map { "nist-800-171-r2/\($0)" }, .notMet, entry: 99)]),
      client: "acme")
  }

  @Test func `an assessment is told in one line, its days by what they are`() {
    func told(_ status: Assessment.Status, _ note: String?, from: String? = nil, through: String? = nil) -> String {
      Self.mark(["x/1"], status, note: note, from: from, through: through).assessment.told
    }
    #expect(told(.met, nil) == "met")
    #expect(told(.met, "seen\n\nby two") == "met, seen; by two")
    #expect(told(.met, nil, from: "2026-01-01", through: "2026-03-31") == "met, of 2026-01-01 through 2026-03-31")
    #expect(told(.met, nil, from: "2026-01-01", through: "2026-01-01") == "met, of 2026-01-01")
    #expect(told(.met, nil, from: "2026-01-01") == "met, from 2026-01-01 on")
    #expect(told(.met, nil, through: "2026-01-01") == "met, through 2026-01-01")
    #expect(told(.planned, "owner: acme/bo", through: "2027-01-31") == "planned, owner acme/bo; due 2027-01-31")
    #expect(
      told(.notMet, "no lock\nalternative: a guard\nmilestone 2027-01-11: lock: ordered\nmilestone 2026-12-01: asked")
        == "not-met, no lock; in its place: a guard; milestone 2026-12-01: asked; milestone 2027-01-11: lock: ordered")
  }

  @Test func `all met is 110, nothing met is 203 below zero`() throws {
    let rows = try Self.rows("nist-800-171-r2")
    #expect(DoDScore(rows, Self.book(rows)).score == 110)
    let none = DoDScore(rows, AssessmentBook([], client: "acme"))
    // Without the plan there is no score; the deductions are those of the table: 42 of 5, 14 of 3, 51 of 1, and 2 of 5.
    #expect(none.score == nil && none.items.reduce(0) { $0 + $1.deduction } == 313 && none.unassessed == 110)
    let plan = AssessmentBook([Self.mark(["nist-800-171-r2/3.12.4"], .met)], client: "acme")
    #expect(DoDScore(rows, plan).score == -203)
    #expect(DoDScore(rows, plan).best == 110)
  }

  // Values: 32 CFR 170.24(c)(2)(i)(B), NIST SP 800-171 DoD Assessment Methodology 1.2.1, annex A.
  @Test(arguments: [
    ("3.1.1", 5), ("3.1.3", 1), ("3.1.5", 3), ("3.1.22", 1), ("3.3.1", 5), ("3.5.3", 5), ("3.13.11", 5),
    ("3.13.16", 1), ("3.14.6", 5), ("3.14.7", 3), ("3.11.2", 5), ("3.2.3", 1),
  ])
  func `a requirement takes off its value`(_ requirement: String, _ points: Int) throws {
    for framework in ["nist-800-171-r2", "cmmc-level-2"] {
      let rows = try Self.rows(framework)
      #expect(DoDScore(rows, Self.book(rows, not: [requirement: nil])).score == 110 - points, "\(framework)")
    }
  }

  @Test func `two are worth less where something is in place, and no other is`() throws {
    let rows = try Self.rows("nist-800-171-r2")
    func score(_ open: [String: String?], units: [String] = []) -> Int? {
      DoDScore(rows, Self.book(rows, not: open, units: units)).score
    }
    #expect(score(["3.13.11": "partial: encrypted, not validated"]) == 107)
    #expect(score(["3.13.11": "encrypted, not validated"]) == 105)
    #expect(score(["3.5.3": "partial: remote and privileged users"]) == 107)
    // Privileged users have it, over the network and at the console; the others do not.
    #expect(score([:], units: ["3.5.3[d]"]) == 107)
    #expect(score([:], units: ["3.5.3[c]", "3.5.3[d]"]) == 105)
    #expect(score([:], units: ["3.5.3[c]"]) == 105)
    #expect(score(["3.1.1": "partial: some"]) == 105)
  }

  @Test func `without a system security plan there is no score`() throws {
    let rows = try Self.rows("nist-800-171-r2")
    #expect(DoDScore(rows, Self.book(rows, not: ["3.12.4": nil])).score == nil)
  }

  @Test func `a system security plan that is said not to be applicable gives no score, another requirement does`()
    throws
  {
    for framework in ["nist-800-171-r2", "cmmc-level-2"] {
      let rows = try Self.rows(framework)
      func score(_ excused: String) -> DoDScore {
        let met = Self.mark(rows.map { "nist-800-171-r2/\(DoDScore.requirement($0))" }, .met)
        let mark = Self.mark(["nist-800-171-r2/\(excused)"], .notApplicable, entry: 11)
        return DoDScore(rows, AssessmentBook([met, mark], client: "acme"))
      }
      let without = score("3.12.4")
      #expect(without.score == nil && without.best == nil && without.unassessed == 0, "\(framework)")
      #expect(CMMCStatus.levelTwo(without).verdict == CMMCStatus.Verdict.none)
      // Of its objectives the first says that there is one.
      #expect(score("3.12.4[a]").score == nil)
      #expect(score("3.12.4[e]").score == 110)
      let other = score("3.1.18")
      #expect(other.score == 110 && CMMCStatus.levelTwo(other).verdict == .final)
    }
  }

  @Test func `level 3 needs a final level 2 before it`() throws {
    let rows = try Self.rows("cmmc-level-3")
    let all = AssessmentBook(
      [Self.mark(rows.flatMap { row in row.units.map(\.id.description) }, .met)], client: "acme")
    func status(_ levelTwo: CMMCStatus.Verdict?) -> CMMCStatus {
      CMMCStatus.levelThree(rows, all, levelTwo: levelTwo)
    }
    #expect(status(.final).verdict == .final && status(.final).reasons.isEmpty)
    for before in [CMMCStatus.Verdict.conditional, CMMCStatus.Verdict.none, nil] {
      #expect(status(before).verdict == CMMCStatus.Verdict.none)
      #expect(status(before).reasons.contains { $0.contains("170.18(a)") })
    }
  }

  // Twenty-two requirements of a point each leave 88.
  @Test func `a conditional status takes 88 points`() throws {
    let rows = try Self.rows("cmmc-level-2")
    let points = try Self.rows("nist-800-171-r2").filter { $0.control.weight == "1" }.map(\.control.id.local)
      .filter { !CMMCStatus.neverOpen.contains($0) }
    #expect(points.count == 46)
    func status(_ open: [String]) -> CMMCStatus {
      CMMCStatus.levelTwo(
        DoDScore(rows, Self.book(rows, not: Dictionary(uniqueKeysWithValues: open.map { ($0, String?.none) }))))
    }
    #expect(status([]).verdict == .final)
    #expect(status(Array(points.prefix(22))).verdict == .conditional)
    let short = status(Array(points.prefix(23)))
    #expect(short.verdict == .none && short.reasons == ["87 points are less than 88, 0.8 of 110 (170.21(a)(2)(i))"])
  }

  @Test(arguments: [
    ("3.1.20", false), ("3.1.22", false), ("3.12.4", false), ("3.10.3", false), ("3.10.4", false), ("3.10.5", false),
    ("3.1.5", false), ("3.1.1", false), ("3.5.3", false), ("3.13.11", false), ("3.1.3", true), ("3.13.16", true),
  ])
  func `what may stay open for 180 days`(_ requirement: String, _ may: Bool) throws {
    let rows = try Self.rows("cmmc-level-2")
    let status = CMMCStatus.levelTwo(DoDScore(rows, Self.book(rows, not: [requirement: nil])))
    #expect(status.items.map(\.mayStayOpen) == [may])
    #expect(status.verdict == (may ? .conditional : .none))
  }

  @Test func `encryption that is not validated may stay open, multifactor authentication for some may not`() throws {
    let rows = try Self.rows("cmmc-level-2")
    func verdict(_ requirement: String) -> CMMCStatus.Verdict {
      CMMCStatus.levelTwo(DoDScore(rows, Self.book(rows, not: [requirement: "partial: x"]))).verdict
    }
    #expect(verdict("3.13.11") == .conditional)
    #expect(verdict("3.5.3") == .none)
    #expect(CMMCStatus.closeOut(since: try #require(Day("2026-01-01"))) == Day("2026-06-30"))
  }

  @Test func `a conditional status runs for 180 days, and a final one for longer`() throws {
    let rows = try Self.rows("cmmc-level-2")
    let since = try #require(Day("2025-05-12"))
    let last = try #require(Day("2025-11-08"))
    let open = CMMCStatus.levelTwo(DoDScore(rows, Self.book(rows, not: ["3.13.11": "partial: x"])))
    #expect(open.running(since: since, asOf: last) == open)
    let expired = open.running(since: since, asOf: last.adding(days: 1))
    #expect(expired.verdict == .none && expired.items.map(\.mayStayOpen) == [false])
    #expect(
      expired.reasons == [
        "the conditional status of 2025-05-12 expired: 1 still open after 2025-11-08 "
          + "(170.16(a)(1)(ii)(B), 170.17(a)(1)(ii)(B))"
      ])
    let closed = CMMCStatus.levelTwo(DoDScore(rows, Self.book(rows, not: [:])))
    #expect(closed.running(since: since, asOf: last.adding(days: 1)).verdict == .final)
  }

  @Test func `level 1 is met in its entirety or not at all`() throws {
    let rows = try Self.rows("cmmc-level-1")
    let all = rows.flatMap { $0.control.sameAs.map(\.description) }
    #expect(CMMCStatus.levelOne(rows, AssessmentBook([Self.mark(all, .met)], client: "acme")).verdict == .final)
    let open = AssessmentBook(
      [Self.mark(all, .met), Self.mark(["nist-800-171-r2/3.1.1[a]"], .notMet, entry: 11)], client: "acme")
    let status = CMMCStatus.levelOne(rows, open)
    #expect(status.verdict == .none && status.items.map(\.requirement) == ["AC.L1-B.1.I"])
  }

  @Test func `level 3 takes 20 of 24, and none of seven open`() throws {
    let rows = try Self.rows("cmmc-level-3")
    let names = rows.map(\.control.id)
    func status(_ open: [ControlID]) -> CMMCStatus {
      var marks = [Self.mark(names.map(\.description), .met)]
      if !open.isEmpty { marks.append(Self.mark(open.map(\.description), .planned, entry: 11)) }
      return CMMCStatus.levelThree(rows, AssessmentBook(marks, client: "acme"), levelTwo: .final)
    }
    let free = names.filter { !CMMCStatus.neverOpenAtThree.contains($0.local) }
    #expect(free.count == 17)
    #expect(status([]).verdict == .final)
    #expect(status(Array(free.prefix(4))).verdict == .conditional)
    #expect(status(Array(free.prefix(5))).verdict == .none)
    for never in names where CMMCStatus.neverOpenAtThree.contains(never.local) {
      #expect(status([never]).verdict == .none)
    }
  }

  @Test func `units roll up, the newest word counts, and what does not apply counts as met`() throws {
    let rows = try Self.rows("nist-800-171-r2")
    let row = try #require(rows.first { $0.control.id.local == "3.5.3" })
    func state(_ marks: [AssessmentBook.Mark], by side: AssessmentBook.Side? = nil) -> AssessmentBook.State {
      AssessmentBook(marks, by: side, client: "acme").state(row)
    }
    let unit = { (letter: String) in "nist-800-171-r2/3.5.3[\(letter)]" }
    #expect(state([]) == .none)
    #expect(state([Self.mark([unit("a")], .met)]) == .partly)
    #expect(state([Self.mark(["a", "b", "c", "d"].map(unit), .met)]) == .met)
    #expect(
      state([Self.mark(["a", "b", "c"].map(unit), .met), Self.mark([unit("d")], .notApplicable, entry: 11)]) == .met)
    #expect(state([Self.mark(["nist-800-171-r2/3.5.3"], .notApplicable)]) == .notApplicable)
    #expect(
      state([Self.mark(["nist-800-171-r2/3.5.3"], .met), Self.mark([unit("d")], .planned, entry: 11)]) == .planned)
    #expect(state([Self.mark([unit("d")], .notMet), Self.mark(["nist-800-171-r2/3.5.3"], .met, entry: 11)]) == .met)
    let both = [Self.mark(["nist-800-171-r2/3.5.3"], .met), Self.mark([unit("a")], .notMet, entry: 11, party: "audit")]
    #expect(state(both) == .notMet && state(both, by: .client) == .met && state(both, by: .auditor) == .notMet)
  }

  @Test func `the score of random assessments is what adding up by hand gives`() throws {
    var random = SeededRandom("assessments")
    let rows = try Self.rows("nist-800-171-r2")
    for _ in 0..<200 {
      var expected = 110
      var hasPlan = true
      var marks: [AssessmentBook.Mark] = []
      for (index, row) in rows.enumerated() {
        let units = row.units.map(\.id.description)
        var isMet = true
        for unit in units {
          let pick = Int.random(in: 0..<40, using: &random)
          let status: Assessment.Status? =
            pick == 0 ? .notMet : pick == 1 ? .planned : pick == 2 ? nil : pick == 3 ? .notApplicable : .met
          if let status { marks.append(Self.mark([unit], status, entry: index)) }
          if status != .met, status != .notApplicable { isMet = false }
          // Nobody is excused from having a plan: neither wholly, nor from the objective that there is one.
          if unit == "nist-800-171-r2/3.12.4[a]", status == .notApplicable { hasPlan = false }
        }
        guard !isMet else { continue }
        switch row.control.id.local {
        case "3.12.4": hasPlan = false
        case "3.5.3":
          let good = Set(
            marks.filter {
              $0.entry == index && ($0.assessment.status == .met || $0.assessment.status == .notApplicable)
            }
            .flatMap(\.assessment.units))
          expected -= ["a", "b", "c"].allSatisfy { good.contains("nist-800-171-r2/3.5.3[\($0)]") } ? 3 : 5
        default: expected -= Int(row.control.weight ?? "") ?? 0
        }
      }
      let score = DoDScore(rows, AssessmentBook(marks, client: "acme"))
      #expect(score.score == (hasPlan ? expected : nil))
    }
  }

  @Test func `a period is covered whole, in part or not, and what is not met in it is an exception`() throws {
    func coverage(_ marks: AssessmentBook.Mark...) throws -> PeriodCoverage {
      PeriodCoverage(marks, of: try #require(Day("2026-01-01"))...(try #require(Day("2026-12-31"))))
    }
    let unit = ["soc2/CC6.1"]
    #expect(try coverage().extent == .none)
    #expect(try coverage(Self.mark(unit, .met)).extent == .none)
    #expect(try coverage(Self.mark(unit, .met, from: "2025-01-01", through: "2026-12-31")).extent == .whole)
    let halves = try coverage(
      Self.mark(unit, .met, from: "2026-07-01", through: "2027-01-31"),
      Self.mark(unit, .met, from: "2026-01-01", through: "2026-06-30"))
    #expect(halves.extent == .whole && halves.missing.isEmpty)
    let gap = try coverage(
      Self.mark(unit, .met, from: "2026-01-01", through: "2026-03-31"),
      Self.mark(unit, .notMet, note: "one of 25", from: "2026-04-01", through: "2026-06-30"),
      Self.mark(unit, .met, from: "2026-07-02", through: "2026-12-30"))
    #expect(gap.extent == .part && gap.exceptions.count == 1)
    #expect(
      gap.missing.map { "\($0.lowerBound)..\($0.upperBound)" } == ["2026-04-01..2026-07-01", "2026-12-31..2026-12-31"])
    #expect(try coverage(Self.mark(unit, .met, from: "2025-01-01", through: "2025-12-31")).extent == .none)
  }

  @Test func `a note's lines come back as they were said`() {
    var note = AssessmentNote("two accounts are left")
    note.owner = "acme/bo"
    note.partial = "privileged users only"
    note.milestones = [.init(day: Day("2027-01-31") ?? Day(daysSinceEpoch: 0), text: "tokens ordered")]
    #expect(
      note.written
        == "partial: privileged users only\ntwo accounts are left\nowner: acme/bo\nmilestone 2027-01-31: tokens ordered"
    )
    #expect(AssessmentNote(note.written) == note)
    #expect(AssessmentNote("milestone soon: x").milestones.isEmpty && AssessmentNote(nil).written == nil)
  }
}
