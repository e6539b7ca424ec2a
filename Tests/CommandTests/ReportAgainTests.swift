import Foundation
import TestSupport
import Testing

@testable import custody

/// What a report's foot promises: the same command with what it names makes the same report again, whatever was appended.
struct ReportAgainTests {
  @Test(arguments: [
    "ownership", "gaps", "evidence", "acceptances", "people", "matrix", "changes", "changes --from 1", "trend",
    "trend --every quarter --last 2", "timeline 1.2", "responsibility onsite", "levels", "hours", "papers",
    "assessment", "steering", "responsibility-matrix", "user-entity-controls",
  ])
  func `a foot names what makes the report again`(report: String) throws {
    let place = try SampleHouse.copy()
    let first = try place.shell("custody report \(report) --quiet")
    let foot = try #require(
      first.output.split(separator: "\n").joined(separator: " ").firstMatch(of: #/same command with\s+'([^']+)'/#))
    try place.prepare(("acme/bo", "echo later | custody submit - --name later.txt --control 1.1"))
    // What the foot names stands in the place of what was asked.
    let named = Set(foot.output.1.matches(of: #/--[a-z-]+/#).map { String($0.output) })
    let asked = report.replacing(#/ (--[a-z-]+) \S+/#) {
      named.contains(String($0.output.1)) ? "" : String($0.output.0)
    }
    let again = try place.shell("custody report \(asked) \(foot.output.1) --quiet")
    #expect(first.status == again.status, "\(again)")
    #expect(first.output == again.output, "\(foot.output.1)")
  }

  @Test(arguments: [
    "steering", "operations", "steering --period 2026-01-01..2026-06-30", "operations --period 2026-01-01..2099-12-31",
  ])
  func `so does an agenda's, of a period that is over and of one that runs`(agenda: String) throws {
    let place = try SampleHouse.copy()
    let first = try place.shell("custody agenda \(agenda) --quiet")
    #expect(first.status == 0, "\(first)")
    let foot = try #require(
      first.output.split(separator: "\n").joined(separator: " ").firstMatch(of: #/same command with\s+'([^']+)'/#))
    try place.prepare(("acme/bo", "echo later | custody submit - --name later.txt --control 1.1"))
    let committee = String(agenda.prefix { $0 != " " })
    let again = try place.shell("custody agenda \(committee) \(foot.output.1) --quiet")
    #expect(again.status == 0 && first.output == again.output, "\(foot.output.1): \(again)")
    for day in ["2025-12-31", "2026-07-02"] {
      #expect(
        try place.shell("custody agenda steering --period 2026-01-01..2026-06-30 --as-of \(day)").status == 64)
    }
  }

  @Test func `comma-separated values without a row name their tree beside them, and no others do`() throws {
    let place = try SampleHouse.shared()
    for report in ["hours", "evidence --control 2.1", "evidence --control 2.1 --output none.csv"] {
      let ended = try place.shell(
        "custody report \(report) --format csv; test ! -e none.csv || { cat none.csv; rm none.csv; }")
      #expect(ended.status == 0 && ended.output.split(separator: "\n").count == 1, "\(ended.output)")
      let root = try #require(
        try place.shell("custody report hours --format json").object["checkpoint"] as? [String: Any])
      #expect(
        ended.talk.contains("no rows: checkpoint \(root["size"] as? Int ?? 0) root \(root["root"] as? String ?? "")"),
        "\(report): \(ended.talk)")
      #expect(!(try place.shell("custody report \(report) --format csv --quiet; rm -f none.csv").talk.contains("root")))
    }
    for report in ["levels --format csv", "evidence --format csv", "hours --format json", "hours"] {
      #expect(!(try place.shell("custody report \(report)").talk.contains("no rows")), "\(report)")
    }
  }

  @Test(arguments: ["age", "submitter"])
  func `what is stale is listed by control, and not asked for otherwise`(order: String) throws {
    let place = try SampleHouse.copy()
    let refused = try place.shell("custody report evidence --stale --by \(order)")
    #expect(refused.status == 64 && refused.talk.contains("--by \(order)"), "\(refused)")
    #expect(try place.shell("custody report evidence --stale --by control").status == 0)
  }

  @Test func `a copy that was found unsound is so where it lies, and nowhere else`() throws {
    let place = try SampleHouse.copy()
    let spoilt = "f=$(ls copy/object/*/* | head -n 1); chmod u+w $f; printf x >> $f"
    let verified = try place.shell(
      "custody verify --fail-on never --quiet; cp -r acme copy; \(spoilt); custody verify copy --quiet")
    #expect(verified.status == 1, "\(verified)")
    let sound = try place.shell(
      "custody report gaps --quiet --format csv | head -n 1; custody verify --fail-on never --quiet")
    #expect(!sound.output.contains("unsound") && sound.status == 0, "\(sound)")
    for format in ["text", "csv", "json", "html", "markdown"] {
      let told = try place.shell("custody report gaps --store copy --format \(format) --quiet 2>/dev/null").output
      #expect(told.contains("NOT sound"), "\(format)")
    }
    let evidence = try place.shell("custody report evidence --store copy --format csv --quiet 2>/dev/null").output
    let lines = evidence.split(separator: "\n")
    #expect(lines.first?.hasSuffix(",unsound") == true && lines.dropFirst().allSatisfy { $0.contains("NOT sound") })
    for command in [
      "oscal ssp --framework house", "report ownership --format oscal", "report assessment --format oscal",
    ] {
      let refused = try place.shell("custody \(command) --store copy")
      #expect(refused.status == 1 && refused.talk.contains("--unsound"), "\(command): \(refused)")
      #expect(try place.shell("custody \(command) --store copy --unsound").status == 0, "\(command)")
    }
    #expect(try place.shell("custody report ownership --unsound").status == 64)
    // Mended, it is as good as any.
    let mended = try place.shell(
      "rm -r copy; cp -r acme copy; custody verify copy --fail-on never --quiet; custody report gaps --store copy --quiet"
    )
    #expect(!mended.output.contains("NOT"), "\(mended)")
  }
}
