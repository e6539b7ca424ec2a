import Crypto
import Findings
import Obligations
import Ownership
import Statements
import TestSupport
import Testing

/// Every kind of finding that obligations raise, by a case that has it and by its neighbour that has not.
struct FindingPairTests {
  /// A kind, what brings it about, and what is much like it and does not.
  struct Pair: Sendable, CustomTestStringConvertible {
    let code: FindingCode
    let findings: @Sendable (_ isFault: Bool) throws -> [Finding]

    var testDescription: String { code.rawValue }
  }

  /// `FindingCodeTests` has a pair for each of the others.
  static let own: [FindingCode] = FindingCode.allCases.filter { $0.row.group == .obligations }

  private static let uptime =
    "service-levels: [{ id: uptime, party: onsite, domains: [patch-management], target: \">= 99\", unit: \"%\", every: month }]"

  static let pairs: [Pair] = [
    Pair(code: .levelOutsideScope) { isFault in
      let domain = isFault ? "identity-access" : "patch-management"
      return Obligations.findings(
        try AgreedLog(uptime.replacing("patch-management", with: domain)).snapshot(on: "2026-01-15"))
    },
    Pair(code: .levelMissed) { isFault in
      let log = try AgreedLog(uptime)
      try log.measure(isFault ? "98.999" : "99", "2026-01-01", "2026-01-31", on: "2026-02-01")
      return Obligations.findings(try log.snapshot(on: "2026-02-01"))
    },
    Pair(code: .levelUnmeasured) { isFault in
      Obligations.findings(try AgreedLog(uptime).snapshot(on: isFault ? "2026-02-01" : "2026-01-31"))
    },
    Pair(code: .doubleWork) { isFault in
      let log = try AgreedLog("")
      try log.use("2", "2026-01-31", block: nil)
      try log.use("3", isFault ? "2026-01-30" : "2026-02-01", block: nil, by: "acme/bo")
      return Obligations.findings(try log.snapshot(on: "2026-02-03"))
    },
    Pair(code: .assessmentOutdated) { isFault in
      var mark = mark(["demo/1.1"])
      mark.assessment.evidence = .zero
      mark.outdated = isFault ? .replaced : nil
      return AssessmentFindings.findings(
        try AgreedLog("").snapshot(on: "2026-02-01").matrix, AssessmentBook([mark], client: "acme"))
    },
    Pair(code: .noBusinessAssociateAgreement) { isFault in
      try paper("hipaa-security", "business-associate-agreement", isFault)
    },
    Pair(code: .noResponsibilityMatrix) { isFault in try paper("cmmc-level-2", "responsibility-matrix", isFault) },
    Pair(code: .handoverUnreadable) { isFault in
      let line = "access-jane\taccess\tacme\t2026-06-30\twithdraw the access of Jane\t-\n"
      let log = try AgreedLog("")
      log.on("2026-05-01")
      try log.end(on: "2026-07-01")
      try log.keep(isFault ? line.replacing("\taccess\t", with: "\tno kind\t") : line, by: "acme/bo")
      let (snapshot, book) = try log.book(on: "2026-05-02")
      return DutyCalendar.findings(snapshot, done: book)
    },
    Pair(code: .overdue) { isFault in
      let log = try AgreedLog("duties: [{ id: minutes, title: Minutes, party: onsite, every: quarter }]")
      let snapshot = try log.snapshot(on: isFault ? "2026-04-02" : "2026-04-01")
      return DutyCalendar.findings(DutyCalendar.list(snapshot, done: DutyBook()))
    },
    Pair(code: .actionLate) { isFault in
      var mark = mark(["demo/1.1"])
      mark.assessment.status = .planned
      mark.assessment.through = Day("2026-02-28")
      let snapshot = try AgreedLog("").snapshot(on: isFault ? "2026-03-01" : "2026-02-28")
      return ActionItem.findings(ActionItem.list(snapshot, marks: [mark]))
    },
    Pair(code: .requestOverdue) { isFault in
      var request = AuditRequest(number: "PBC-1", row: 2, text: "Keys")
      request.due = Day("2026-02-28")
      let day = try #require(Day(isFault ? "2026-03-01" : "2026-02-28"))
      return RequestRules.findings(RequestRules.states([request], []), of: "pbc.csv", on: day)
    },
  ]

  private static func mark(_ units: [String]) -> AssessmentBook.Mark {
    AssessmentBook.Mark(
      entry: 20, day: Day("2026-01-20") ?? Day(daysSinceEpoch: 0), party: "acme", member: "acme/bo",
      assessment: Assessment(units: units, status: .met))
  }

  private static func paper(_ framework: String, _ kind: String, _ isFault: Bool) throws -> [Finding] {
    let lines = ["file: paper-0.pdf, kind: \(kind), through: 2026-03-31"]
    return Obligations.findings(
      try PaperRulesTests.snapshot(on: isFault ? "2026-04-01" : "2026-03-31", framework: framework, papers: lines))
  }

  @Test func `every kind about obligations has a pair`() {
    #expect(Self.pairs.map(\.code) == Self.own)
  }

  @Test(arguments: pairs)
  func `it is found where its cause is, and not beside it`(_ pair: Pair) throws {
    let found = try pair.findings(true).filter { $0.code == pair.code }
    #expect(!found.isEmpty && found.allSatisfy { !$0.subject.isEmpty && !$0.message.isEmpty })
    #expect(try pair.findings(false).filter { $0.code == pair.code }.isEmpty)
  }
}
