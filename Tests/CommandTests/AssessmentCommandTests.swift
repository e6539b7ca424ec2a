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
