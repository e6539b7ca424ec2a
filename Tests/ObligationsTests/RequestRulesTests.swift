import Crypto
import Obligations
import Ownership
import Statements
import Testing

/// What answers an auditor's request: what a person tied to it, else what is for its controls and of its days.
struct RequestRulesTests {
  private static func request(
    _ number: String = "14", _ controls: String..., from: String? = nil, through: String? = nil
  )
    -> AuditRequest
  {
    var request = AuditRequest(number: number, row: 2, text: "")
    request.targets = controls.map { AuditRequest.Target($0, reach: [$0, $0 + "[a]"]) }
    request.from = from.flatMap { Day($0) }
    request.through = through.flatMap { Day($0) }
    request.came = 5
    return request
  }

  private static func record(
    _ entry: Int, _ controls: String..., from: String? = nil, through: String? = nil, collected: String? = nil,
    label: String? = nil
  ) throws -> EvidenceRecord {
    var evidence = Evidence(controls: controls)
    evidence.from = from.flatMap { Day($0) }
    evidence.through = through.flatMap { Day($0) }
    evidence.collected = collected.flatMap { Instant($0 + "T10:00:00.000Z") }
    evidence.label = label
    return EvidenceRecord(
      entry: entry, statement: SHA256.hash("\(entry)"), party: "acme", member: "acme/bo", keyID: SHA256.hash("k"),
      recorded: try #require(Instant("2026-07-08T10:00:00.000Z")), evidence: evidence)
  }

  private static func states(
    _ request: AuditRequest, of list: String, _ evidence: EvidenceRecord...
  ) throws -> RequestRules.State {
    try #require(RequestRules.states([request], of: list, evidence).first)
  }

  private static func state(_ request: AuditRequest, _ evidence: EvidenceRecord...) throws -> RequestRules.State {
    try #require(RequestRules.states([request], evidence).first)
  }

  @Test func `without a period what was recorded after the request answers it, and what was before does not`() throws {
    let after = try Self.state(Self.request("14", "x/1"), Self.record(6, "x/1"))
    #expect(after.status == .answered && after.answers.map(\.isTied) == [false])
    let before = try Self.state(Self.request("14", "x/1"), Self.record(4, "x/1"))
    #expect(before.status == .open && before.missing == ["x/1"])
    #expect(before.misses.map(\.reason) == ["was recorded before the request came in"])
  }

  @Test(
    arguments: [
      (nil, "2026-06-30", nil, true), (nil, "2026-07-01", nil, false), ("2026-06-30", "2026-07-05", nil, true),
      (nil, nil, "2026-04-01", true), (nil, nil, "2026-03-31", false), (nil, nil, nil, false),
    ] as [(String?, String?, String?, Bool)])
  func `with a period a day of it has to be covered, or be that of collection or record`(
    _ from: String?, _ through: String?, _ collected: String?, _ answers: Bool
  ) throws {
    let request = Self.request("14", "x/1", from: "2026-04-01", through: "2026-06-30")
    let record = try Self.record(1, "x/1", from: from, through: through, collected: collected)
    let state = try Self.state(request, record)
    #expect((state.status != .open) == answers, "\(state.misses.map(\.reason))")
    #expect(state.misses.isEmpty == answers)
  }

  @Test func `each control has to be there, an objective of it will do, and another control will not`() throws {
    let both = Self.request("14", "x/1", "x/2")
    let partly = try Self.state(both, Self.record(6, "x/1[a]"), Self.record(7, "x/3"))
    #expect(partly.status == .partly && partly.missing == ["x/2"] && partly.answers.map(\.record.entry) == [6])
    #expect(try Self.state(both, Self.record(6, "x/1[a]"), Self.record(7, "x/2")).status == .answered)
  }

  @Test func `what a person tied to a request wins over what only matches`() throws {
    let request = Self.request("PBC-14", "x/1")
    let tied = try Self.record(7, "x/9", label: "request/pbc-14")
    let state = try Self.state(request, Self.record(6, "x/1"), tied)
    #expect(state.status == .answered && state.answers.map(\.record.entry) == [7] && state.answers[0].isTied)
    // Another number ties nothing.
    let other = try Self.state(request, Self.record(6, "x/1"), Self.record(7, "x/9", label: "request/PBC-15"))
    #expect(other.answers.map(\.record.entry) == [6])
  }

  @Test func `a label ties what came after the request, and not what was there before it`() throws {
    let request = Self.request("1", "x/1")
    let early = try Self.state(request, Self.record(4, "x/9", label: "request/1"))
    #expect(early.status == .open && early.misses.map(\.reason) == ["was recorded before the request came in"])
    #expect(try Self.state(request, Self.record(6, "x/9", label: "request/1")).status == .answered)
    // What is for its controls and of its days matches, whatever stands in its label.
    let dated = Self.request("1", "x/1", from: "2026-01-01", through: "2026-12-31")
    let matches = try Self.state(dated, Self.record(4, "x/1", label: "request/1"))
    #expect(matches.status == .partly && matches.answers.map(\.isTied) == [false])
  }

  private static func told(_ days: [ClosedRange<Day>]) -> [String] { days.map { "\($0.lowerBound)..\($0.upperBound)" } }

  @Test func `a period is answered when all its days are covered, and the others are told`() throws {
    let request = Self.request("14", "x/1", from: "2026-01-01", through: "2026-03-31")
    let january = try Self.record(6, "x/1", from: "2025-12-15", through: "2026-01-31")
    let march = try Self.record(7, "x/1", from: "2026-03-01", through: "2026-04-05")
    let some = try Self.state(request, january, march)
    #expect(some.status == .partly && Self.told(some.uncovered) == ["2026-02-01..2026-02-28"])
    let february = try Self.record(8, "x/1", from: "2026-02-01", through: "2026-02-28")
    let whole = try Self.state(request, march, january, february)
    #expect(whole.status == .answered && whole.uncovered.isEmpty)
    // A day of it is a day of it, whoever recorded it when.
    let one = try Self.state(request, Self.record(6, "x/1", collected: "2026-01-01"))
    #expect(one.status == .partly && Self.told(one.uncovered) == ["2026-01-02..2026-03-31"])
    #expect(try Self.state(request).uncovered.isEmpty)
  }

  @Test func `each control has to be covered, and what a person said answers is told with its gaps`() throws {
    let request = Self.request("14", "x/1", "x/2", from: "2026-01-01", through: "2026-01-31")
    let first = try Self.record(6, "x/1", from: "2026-01-01", through: "2026-01-31")
    let second = try Self.record(7, "x/2", from: "2026-01-11", through: "2026-01-31")
    #expect(try Self.told(Self.state(request, first, second).uncovered) == ["2026-01-01..2026-01-10"])
    let tied = try Self.record(8, "x/9", through: "2026-01-31", label: "request/14")
    let said = try Self.state(request, first, tied)
    #expect(said.status == .answered && Self.told(said.uncovered) == ["2026-01-01..2026-01-30"])
  }

  @Test(
    arguments: [
      ("Accepted", AuditorVerdict.accepted), ("accepted 11/5/2026", .accepted), ("ACCEPTED by JM", .accepted),
      ("Closed", .accepted), ("Complete", .accepted), ("Complete except March", nil),
      ("Accepted pending signature", nil),
      ("Returned", .returned), ("Returned - wrong month", .returned), ("Not accepted", .returned),
      ("Re-opened", .returned), ("Open", nil), ("Received", nil), ("Not started", nil), ("", nil), ("5", nil),
    ] as [(String, AuditorVerdict?)])
  func `an auditor's word settles a request where it can mean nothing else`(_ word: String, _ verdict: AuditorVerdict?)
  {
    #expect(AuditorVerdict(word: word) == verdict)
  }

  @Test func `what the auditor has accepted is settled, and what was given back is answered by what came since`() throws
  {
    var request = Self.request("14", "x/1")
    let after = try #require(Day("2026-08-01"))
    request.due = Day("2026-07-31")
    request.word = "Accepted"
    #expect(try Self.state(request).status == .accepted && Self.state(request).isSettled)
    #expect(try !Self.state(request).isOverdue(on: after))
    (request.word, request.returned) = ("Returned", 8)
    let old = try Self.state(request, Self.record(7, "x/1"), Self.record(8, "x/1", label: "request/14"))
    #expect(old.status == .open && old.isOverdue(on: after))
    #expect(old.misses.count == 2 && old.misses.allSatisfy { $0.reason.contains("gave the request back") })
    let new = try Self.state(request, Self.record(7, "x/1"), Self.record(9, "x/1"))
    #expect(new.status == .answered && new.answers.map(\.record.entry) == [9])
  }

  @Test(arguments: [
    ("request/pbc-2027.csv/1", true), ("request/PBC-2027/1", true), ("request/1", true),
    ("request/pbc-2026.csv/1", false), ("request/pbc-2027/2", false),
  ])
  func `a label may name the list, and then is of no other`(_ label: String, _ ties: Bool) throws {
    let state = try Self.states(Self.request("1", "x/1"), of: "pbc-2027.csv", Self.record(6, "x/9", label: label))
    #expect((state.status == .answered) == ties)
  }

  @Test func `what is tied and is for some of the controls answers in part`() throws {
    let both = Self.request("14", "x/1", "x/2")
    let partly = try Self.state(both, Self.record(6, "x/1[a]", label: "request/14"))
    #expect(partly.status == .partly && partly.missing == ["x/2"])
    let whole = try Self.state(
      both, Self.record(6, "x/1", label: "request/14"), Self.record(7, "x/2", label: "request/14"))
    #expect(whole.status == .answered && whole.missing.isEmpty)
  }

  @Test func `a label names one request, several, or none`() {
    #expect(RequestLabel.numbers("request/14, request/15,16") == ["14", "15", "16"])
    #expect(RequestLabel.numbers("REQ 14") == ["req14"])
    // Without the prefix a comma is part of the number.
    #expect(RequestLabel.numbers("14, 15") == ["14,15"])
  }

  @Test func `what was not understood is never taken for answered`() throws {
    var request = Self.request("14", "x/1")
    request.hasUnreadControls = true
    #expect(try Self.state(request, Self.record(6, "x/1")).status == .partly)
    #expect(try Self.state(request, Self.record(6, "x/1", label: "request/14")).status == .answered)
    request.hasUnreadControls = false
    request.hasUnreadPeriod = true
    #expect(try Self.state(request, Self.record(6, "x/1")).status == .open)
    #expect(try Self.state(Self.request("14"), Self.record(6, "x/1")).status == .open)
  }

  @Test func `a request is overdue from the day after it was due, unless it is answered`() throws {
    var request = Self.request("14", "x/1")
    request.due = Day("2026-07-31")
    let (due, after) = (try #require(Day("2026-07-31")), try #require(Day("2026-08-01")))
    let open = try Self.state(request)
    #expect(!open.isOverdue(on: due) && open.isOverdue(on: after))
    #expect(try !Self.state(request, Self.record(6, "x/1")).isOverdue(on: after))
  }
}
