import Findings
import Obligations
import Ownership
import Rendering
import Statements
import Testing

@testable import Reports

struct NewsTests {
  let world: World

  init() throws { world = try World() }

  private func fold(
    matters: [DueMatter] = [], findings: [Finding] = [], endings: [EngagementEnding] = []
  ) throws -> News.Fold {
    let snapshot = try world.snapshot()
    var fold = News.Fold(
      AgendaReport.Fold(snapshot, DutyBook([], of: snapshot)), StatusPage(StatusInput(snapshot, chain: .unchecked)))
    (fold.matters, fold.findings, fold.endings) = (matters, findings, endings)
    return fold
  }

  private func news(_ from: News.Fold, _ to: News.Fold, fault: String? = nil) -> News {
    News(from: from, to: to, activity: LogActivity(), fault: fault, folder: "/srv/acme")
  }

  private func duty(_ name: String, isOverdue: Bool) -> DueMatter {
    DueMatter(kind: .duty, name: name, due: "2026-12-01", party: "onsite", isOverdue: isOverdue)
  }

  @Test func `two folds that say the same are no news`() throws {
    let fold = try fold(
      matters: [duty("acme/minutes", isOverdue: true)], findings: [Finding(.unowned, "a", "nobody")],
      endings: [EngagementEnding(engagement: "acme", lastDay: world.asOf.adding(days: 10), units: 3)])
    #expect(news(fold, fold).isEmpty)
    #expect(!news(fold, fold, fault: "the log forked").isEmpty)
  }

  @Test func `what is due becomes overdue, and is told at both`() throws {
    let (none, due, late) = (
      try fold(), try fold(matters: [duty("a/b", isOverdue: false)]), try fold(matters: [duty("a/b", isOverdue: true)])
    )
    #expect(news(none, due).due.map(\.isOverdue) == [false])
    #expect(news(due, late).overdue.map(\.name) == ["a/b"])
    #expect(news(late, late).due.isEmpty && news(late, none).due.isEmpty)
  }

  @Test func `findings appear and close by what they are about`() throws {
    let before = try fold(findings: [Finding(.unowned, "a", ""), Finding(.unowned, "b", "")])
    let after = try fold(findings: [Finding(.unowned, "b", ""), Finding(.staleEvidence, "b", "")])
    let told = news(before, after)
    #expect(told.appeared == [News.Group(code: .staleEvidence, subjects: ["b"])])
    #expect(told.closed == [News.Group(code: .unowned, subjects: ["a"])])
    #expect(told.newErrors == 0 && news(after, before).newErrors == 1)
  }

  @Test func `a unit that goes from one error to another is no new error and no closed one`() throws {
    let before = try fold(findings: ["a", "b", "c"].map { Finding(.unowned, $0, "") })
    let after = try fold(findings: [
      Finding(.unaccepted, "a", ""), Finding(.unaccepted, "b", ""), Finding(.contested, "d", ""),
    ])
    let told = news(before, after)
    #expect(told.changed == [News.Turn(before: .unowned, after: .unaccepted, subjects: ["a", "b"])])
    #expect(told.appeared == [News.Group(code: .contested, subjects: ["d"])] && told.newErrors == 1)
    #expect(told.closed == [News.Group(code: .unowned, subjects: ["c"])])
    #expect(told.subject.contains("1 new error, 2 errors changed, 1 finding closed"), "\(told.subject)")
    // Several reasons of one unit: it was in error, and still is.
    let twice = news(
      try fold(findings: [Finding(.unowned, "a", "")]),
      try fold(findings: [Finding(.contested, "a", ""), Finding(.declined, "a", "")]))
    #expect(twice.newErrors == 0 && twice.closed.isEmpty && twice.changed.count == 2)
    let back = news(
      try fold(findings: [Finding(.contested, "a", ""), Finding(.declined, "a", "")]),
      try fold(findings: [Finding(.declined, "a", "")]))
    #expect(back.closed.isEmpty && back.changed == [News.Turn(before: .contested, after: .declined, subjects: ["a"])])
  }

  @Test func `what ended too long ago to be told is not closed by that`() throws {
    let period = Finding(.levelUnmeasured, "mo/level uptime 2025-10", "")
    let before = try fold(findings: [period])
    var after = try fold()
    #expect(news(before, after).closed.map(\.code) == [.levelUnmeasured])
    after.past = [period]
    #expect(news(before, after).closed.isEmpty)
  }

  @Test func `an end is told once within ninety days and once within thirty`() throws {
    func fold(_ days: Int) throws -> News.Fold {
      try self.fold(endings: [EngagementEnding(engagement: "acme", lastDay: world.asOf.adding(days: days), units: 3)])
    }
    #expect(try news(fold(91), fold(90)).endings.map(\.within) == [90])
    #expect(try news(fold(91), fold(91)).endings.isEmpty)
    let (near, far) = (try fold(30), try fold(31))
    #expect(news(far, near).endings.map(\.within) == [30])
    #expect(news(near, near).endings.isEmpty)
    // The day for notice comes first, and is news of its own.
    func noticed(_ days: Int) throws -> News.Fold {
      var ending = EngagementEnding(engagement: "acme", lastDay: world.asOf.adding(days: 60), units: 3)
      ending.noticeBy = world.asOf.adding(days: days)
      return try self.fold(endings: [ending])
    }
    let notice = try news(noticed(91), noticed(30))
    #expect(notice.endings.map(\.within) == [30] && notice.endings.allSatisfy { $0.noticeBy != nil })
    #expect(try notice.text().contains("notice of 'acme' has to be given by"))
    // One agreement is one, also where its end comes as near as its day for notice, or both are one day.
    let both = try news(fold(91), noticed(30))
    #expect(both.endings.count == 2 && both.subject.contains("1 agreement ending"))
    #expect(try news(fold(91), noticed(60)).endings.map(\.noticeBy) == [nil])
    #expect(try news(noticed(0), noticed(-1)).endings.map(\.within) == [])
  }

  @Test func `text and JSON are as they were reviewed, and nothing in them is obeyed`() throws {
    let after = try fold(
      matters: [duty("a/b", isOverdue: true), duty("c/d", isOverdue: false)],
      findings: [Finding(.unowned, "x\u{1b}[2J", ""), Finding(.staleEvidence, "y", "")],
      endings: [EngagementEnding(engagement: "acme", lastDay: world.asOf.adding(days: 10), units: 3)])
    let told = news(try fold(findings: [Finding(.contested, "z", "")]), after, fault: "the log forked")
    let text = TextRenderer(width: 80).render(told.blocks(width: 80))
    #expect(!text.unicodeScalars.contains("\u{1b}") && !told.value.pretty.unicodeScalars.contains("\u{1b}"))
    try Golden.check("\(told.subject)\n\n\(text)", "news.txt")
    try Golden.check(told.json().pretty + "\n", "news.json")
  }
}
