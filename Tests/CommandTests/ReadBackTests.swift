import Foundation
import TestSupport
import Testing

/// What was written is told again where people look.
struct ReadBackTests {
  /// The sample house, in which both have accepted an agreement whose only duty is due each quarter from 2026 on.
  private func house() throws -> Workplace {
    let place = try SampleHouse.copy()
    try place.prepare(("acme/bo", "custody append accept.offer"))
    return place
  }

  @Test func `status says which duties are late, until something is submitted for them`() throws {
    let place = try house()
    let late = try place.shell("custody status --fail-on overdue")
    #expect(late.status == 3 && late.output.contains("acme-onsite/minutes, every quarter"), "\(late.output)")
    #expect(late.output.contains("nothing submitted yet"))
    try place.prepare(("acme/bo", "custody submit february.txt --duty minutes"))
    let done = try place.shell("custody status")
    #expect(done.output.contains("duties      none is due within 30 days, the next on "), "\(done.output)")
    let listed = try place.shell("custody status --format json").object["duties"] as? [[String: Any]]
    #expect(listed?.map { $0["duty"] as? String } == ["acme-onsite/minutes"])
    #expect(listed?.map { $0["overdue"] as? Bool } == [false])
    #expect(try place.shell("custody engagement show").output.contains("done on "))
  }

  @Test func `status and the control say what an assessment said last`() throws {
    let place = try house()
    #expect(!(try place.shell("custody status").output.contains("assessed")))
    try place.prepare(
      ("acme/bo", "custody assess house/1.2 --status met"),
      ("acme/bo", "custody assess house/1.2 --status not-met --note 'two accounts are left'"))
    let status = try place.shell("custody status")
    #expect(status.output.contains("assessed    house: 1 not-met, 2 not assessed"), "\(status.output)")
    let shown = try place.shell("custody framework show house/1.2").output
    #expect(shown.contains("assessed not-met on ") && shown.contains("two accounts are left"), "\(shown)")
    #expect(!(try place.shell("custody framework show house/2.1").output.contains("assessed")))
  }

  @Test func `labels and days to keep stand in status, log and show`() throws {
    let place = try house()
    let before = try place.shell("custody status").output
    #expect(!before.contains("labels ") && !before.contains("to keep "))
    try place.prepare(
      ("acme/bo", "custody submit february.txt --control house/1.1 --label REQ-14 --retain-until 2099-01-31"))
    let status = try place.shell("custody status").output
    #expect(status.contains("labels      REQ-14 (1)"), "\(status)")
    #expect(status.contains("to keep     1 submission, the first until 2099-01-31"), "\(status)")
    let entry = try place.shell("custody log -n 1", environment: ["COLUMNS": "100"]).output
    #expect(entry.contains("label REQ-14") && entry.contains("2099-01-31"), "\(entry)")
    let number = entry.split(separator: " ").first ?? ""
    let shown = try place.shell("custody show \(number)").output
    #expect(shown.contains("REQ-14") && shown.contains("2099-01-31"), "\(shown)")
  }

  @Test func `log marks what was replaced, and nothing else`() throws {
    let place = try house()
    try place.prepare(
      (
        "acme/bo",
        "custody submit february.txt --control house/1.1 --replaces $(custody log --type evidence --format json | sed -n 's/.*\"statement\": \"\\(.*\\)\".*/\\1/p')"
      ),
      ("acme/bo", "custody engagement apply again.yaml --yes"))
    let log = try place.shell("custody log").output.split(separator: "\n")
    let marked = log.filter { $0.contains("replaced: ") }
    #expect(marked.count == 2, "\(log)")
    #expect(marked.contains { $0.contains("evidence") } && marked.contains { $0.contains("engagement") })
  }

  @Test func `a party that declined is not said to be waited for`() throws {
    let place = try SampleHouse.copy()
    let open = try place.shell("custody engagement show").output
    #expect(!open.contains("declined"), "\(open)")
    try place.prepare(
      (
        "onsite/jane",
        "custody accept --request onsite.request --unproven --decline house/1.1 --reason no --offer no.offer --yes"
      ),
      ("acme/bo", "custody append no.offer"))
    let shown = try place.shell("custody engagement show").output
    #expect(shown.contains("which it declined"), "\(shown)")
  }

  @Test func `a key that is revoked already is not revoked again`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(("acme/bo", "custody key revoke acme/kim --reason lost"))
    let size = try place.shell("custody log").output.split(separator: "\n").count
    let again = try place.shell("custody key revoke acme/kim --reason lost")
    #expect(again.status == 0 && again.output.contains("nothing changes"), "\(again)")
    #expect(try place.shell("custody log").output.split(separator: "\n").count == size)
    let suspected = try place.shell("custody key revoke acme/kim --reason stolen --suspect-since 3")
    #expect(suspected.status == 0 && !suspected.output.contains("nothing changes"), "\(suspected)")
  }

  @Test(arguments: ["m.ods", "m.docx", "m.pdf", "M.PDF"])
  func `a file is not given a name of another format`(name: String) throws {
    let place = try SampleHouse.shared()
    let refused = try place.shell("custody report ownership --output \(name)")
    #expect(refused.status == 64 && refused.talk.contains("would hold text"), "\(refused)")
    #expect(place.folder.read("desk/\(name)") == nil)
  }

  @Test func `a file that has the name of its format is written`() throws {
    let place = try SampleHouse.copy()
    for line in ["--output m.csv --format csv", "--output m.txt", "--output matrix", "--output M.XLSX"] {
      #expect(try place.shell("custody report ownership \(line)").status == 0)
    }
  }

  @Test func `somebody whom nobody is called is proposed a name, and it is no empty list`() throws {
    let asked = try SampleHouse.shared().shell("custody log --member jane")
    #expect(asked.status == 66 && asked.talk.contains("did you mean 'onsite/jane'"), "\(asked)")
  }
}
