import Foundation
import TestSupport
import Testing

/// Assessments come back as a report, a plan and a finding.
struct AssessmentCommandTests {
  private func report(_ place: Workplace, _ line: String = "custody report assessment --format json") throws -> [String:
    Any]
  {
    let ended = try place.shell(line)
    #expect(ended.status == 0, "\(ended.talk)")
    return ended.object
  }

  private func state(_ place: Workplace, _ control: String, by side: String? = nil) throws -> String? {
    let line = "custody report assessment --format json" + (side.map { " --by \($0)" } ?? "")
    let frameworks = try report(place, line)["frameworks"] as? [[String: Any]] ?? []
    let controls = frameworks.flatMap { $0["controls"] as? [[String: Any]] ?? [] }
    return controls.first { $0["control"] as? String == control }?["state"] as? String
  }

  @Test func `a control's state follows its newest assessment`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(("acme/bo", "custody assess house/1.1 --status met"))
    #expect(try state(place, "house/1.1") == "met" && state(place, "house/1.2") == "none")
    try place.prepare(("acme/bo", "sleep 0.01; custody assess house/1.1 --status not-met --note 'two are left'"))
    #expect(try state(place, "house/1.1") == "not-met" && state(place, "house/1.1", by: "auditor") == "none")
    let csv = try place.shell("custody report ownership --format csv").output
    #expect(csv.contains(",not-met,") && csv.contains(",none,"))
  }

  @Test func `what is open is on the plan of the framework that calls it otherwise, and of no other`() throws {
    let rig = try SubmissionRig()
    try #require(rig.run("framework", "adopt", "cmmc-level-2").status == 0)
    try #require(rig.run("assess", "AC.L2-3.1.1", "--status", "not-met").status == 0)
    func rows(_ framework: String) throws -> Int {
      let ended = try rig.run("poam", "--framework", framework, "--format", "csv", "--quiet")
      return ended.output.split(separator: "\n").count - 1
    }
    #expect(try rows("cmmc-level-2") == 1 && rows("nist-800-171-r2") == 1 && rows("it-functions") == 0)
  }

  @Test func `a plan says who, by when and by which steps, and what is late`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      (
        "acme/bo",
        "custody assess house/1.1 --status planned --owner acme/bo --due 2026-01-31 --milestone '2026-01-10: ordered' "
          + "--note 'no lock yet'"
      ), ("acme/bo", "custody assess house/1.2 --status planned"))
    let items = try report(place, "custody poam --format json")["items"] as? [[String: Any]] ?? []
    #expect(items.count == 2)
    let late = items.first { $0["control"] as? String == "1.1" }
    #expect(late?["late"] as? Bool == true && late?["owner"] as? String == "acme/bo")
    #expect(late?["due"] as? String == "2026-01-31" && late?["weakness"] as? String == "no lock yet")
    #expect((late?["milestones"] as? [[String: Any]])?.first?["text"] as? String == "ordered")
    #expect(items.first { $0["control"] as? String == "1.2" }?["late"] as? Bool == false)
    // Met, it is no item any more.
    try place.prepare(("acme/bo", "sleep 0.01; custody assess house/1.1 house/1.2 --status met"))
    #expect((try report(place, "custody poam --format json")["items"] as? [Any])?.isEmpty == true)
  }

  @Test(arguments: ["--owner acme/bo", "--due 2027-01-01", "--milestone '2027-01-01: x'", "--partial x"])
  func `a plan for what is met is refused`(_ option: String) throws {
    #expect(try SampleHouse.copy().shell("custody assess house/1.1 --status met \(option)").status == 64)
  }

  @Test func `nobody has seen what is met on a day to come`() throws {
    let place = try SampleHouse.copy()
    #expect(try place.shell("custody assess house/1.1 --status met --through $(days +2)").status == 64)
    #expect(try place.shell("custody assess house/1.1 --status met --through $(days 0)").status == 0)
    #expect(try place.shell("custody assess house/1.1 --status planned --due $(days +2)").status == 0)
  }

  @Test(arguments: [
    ("planned --owner 'Tom Smith' --due 2099-01-01", "nobody here knows 'Tom Smith'"),
    ("planned --due 2020-01-01", "has passed"),
    ("planned --due 2099-01-01 --milestone '2099-02-01: late'", "is after 2099-01-01"), ("planned", "no day is named"),
    ("not-applicable", "why it is not applicable"),
    ("planned --owner acme/kim --due 2099-01-01 --milestone '2098-01-01: x'", ""),
    ("not-applicable --note 'no doors'", ""), ("met", ""),
  ])
  func `what was probably not meant so is told`(_ words: String, _ told: String) throws {
    let ended = try SampleHouse.copy().shell("custody assess house/1.1 --status \(words)")
    #expect(ended.status == 0 && ended.talk.contains("warning") == !told.isEmpty, "\(ended.talk)")
    if !told.isEmpty { #expect(ended.talk.replacing("\n  ", with: " ").contains(told), "\(ended.talk)") }
  }

  @Test func `a day that the calendar lacks is said to be so`() throws {
    let place = try SampleHouse.copy()
    let ended = try place.shell("custody assess house/1.1 --status planned --milestone '2027-02-30: x'")
    #expect(ended.status == 64 && ended.talk.contains("'2027-02-30' is not a day of the calendar"), "\(ended.talk)")
    let other = try place.shell("custody assess house/1.1 --status planned --milestone 'soon: x'")
    #expect(other.status == 64 && other.talk.contains("YYYY-MM-DD"))
  }

  @Test func `what shows it is named by an entry or the first digits, and is one object`() throws {
    let place = try SampleHouse.copy()
    let one = try place.shell("echo one > one.txt; custody submit one.txt --control house/1.2 --format json").object
    let digest = (one["artifacts"] as? [[String: Any]])?.first?["sha256"] as? String ?? ""
    let entry = (one["entries"] as? [Int])?.first ?? 0
    for reference in ["\(entry)", String(digest.prefix(12)), digest] {
      try place.prepare(("acme/bo", "sleep 0.01; custody assess house/1.2 --status met --evidence \(reference)"))
      let csv = try place.shell("custody report assessment --format csv").output
      #expect(csv.contains(digest), "\(reference)")
    }
    let two = try place.shell(
      "echo two > two.txt; echo three > three.txt; custody submit two.txt three.txt --control house/1.2 --format json")
    let both = (two.object["entries"] as? [Int])?.first ?? 0
    let refused = try place.shell("custody assess house/1.2 --status met --evidence \(both)")
    #expect(refused.status == 64 && refused.talk.contains("2 objects"), "\(refused.talk)")
  }

  @Test func `the status page and the report say the same, under both names of a requirement`() throws {
    let place = try Workplace()
    try place.prepare(
      ("acme/bo", "custody init acme --organization 'Acme Manufacturing'"),
      ("acme/bo", "custody framework adopt nist-800-171-r2"), ("acme/bo", "custody framework adopt cmmc-level-2"),
      ("acme/bo", "custody assess 3.1.1 3.1.2 --status met"),
      ("acme/bo", "custody assess '3.1.3[a]' --status not-met --note x"),
      ("acme/bo", "custody assess 3.12.4 --status met"))
    let frameworks = try report(place)["frameworks"] as? [[String: Any]] ?? []
    let status = try report(place, "custody status --format json")["assessments"] as? [[String: Any]] ?? []
    #expect(status.count == 2)
    for line in status {
      let own = frameworks.first { $0["framework"] as? String == line["framework"] as? String }
      let counts = own?["counts"] as? [String: Int] ?? [:]
      #expect(line["controls"] as? [String: Int] == counts.filter { $0.value > 0 }, "\(line)")
      #expect((line["controls"] as? [String: Int])?["met"] == 3)
    }
  }

  @Test func `a plan that the adoption leaves out gives no score, another requirement does`() throws {
    for (excused, score) in [("3.12.4", nil), ("3.1.18", 110)] as [(String, Int?)] {
      let place = try Workplace()
      try place.prepare(
        ("acme/bo", "custody init acme --organization 'Acme Manufacturing'"),
        ("acme/bo", "custody framework adopt nist-800-171-r2 --not-applicable \(excused) --reason 'none here'"),
        (
          "acme/bo",
          "custody framework show nist-800-171-r2 --format json | sed -n 's/.*\"control\": \"\\(.*\\)\".*/\\1/p' "
            + "| grep -vx nist-800-171-r2/\(excused) | xargs custody assess --status met --quiet"
        ))
      let own = try report(place)["frameworks"] as? [[String: Any]] ?? []
      let told = own.compactMap { $0["score"] as? [String: Any] }.first
      #expect(told?["score"] as? Int == score && told?["unassessed"] as? Int == 0, "\(excused) \(told ?? [:])")
    }
  }

  @Test func `the score stands first, and a long list is cut unless all is asked for`() throws {
    let place = try Workplace()
    try place.prepare(
      ("acme/bo", "custody init acme --organization 'Acme Manufacturing'"),
      ("acme/bo", "custody framework adopt nist-800-171-r2"), ("acme/bo", "custody framework adopt cmmc-level-2"),
      ("acme/bo", "custody assess 3.12.4 --status met"))
    let cut = try place.shell("custody report assessment").output
    let score = try #require(cut.range(of: "-203 of 110"))
    #expect(score.lowerBound < (try #require(cut.range(of: "nobody said"))).lowerBound)
    #expect(cut.contains("more: --full lists all"))
    #expect(try !place.shell("custody report assessment --full").output.contains("--full lists all"))
  }

  @Test func `an assessment is outdated once what it rests on was replaced, and not before`() throws {
    let place = try SampleHouse.copy()
    func isTold() throws -> Bool {
      try place.shell("custody report gaps --format json").output.contains("assessment-outdated")
    }
    let submitted = try place.shell("echo one > one.txt; custody submit one.txt --control house/1.2 --format json")
    let digest = (submitted.object["artifacts"] as? [[String: Any]])?.first?["sha256"] as? String ?? ""
    let entry = (submitted.object["entries"] as? [Int])?.first ?? 0
    try place.prepare(("acme/bo", "custody assess house/1.2 --status met --evidence \(digest)"))
    #expect(try !isTold())
    // Evidence beside it takes nothing away.
    try place.prepare(("acme/bo", "echo two > two.txt; custody submit two.txt --control house/1.2"))
    #expect(try !isTold())
    try place.prepare(
      ("acme/bo", "echo new > new.txt; custody submit new.txt --control house/1.2 --replaces \(entry) --yes"))
    #expect(try isTold())
    // Assessed anew by what is there, it is no more.
    try place.prepare(("acme/bo", "sleep 0.01; custody assess house/1.2 --status met"))
    #expect(try !isTold())
  }
}
