import Foundation
import TestSupport
import Testing

/// What files are probably evidence for: by their names, and by what people submitted before.
struct SuggestTests {
  private struct Suggested: Equatable {
    let control: String
    let kinds: [String]
  }

  private func suggested(_ ended: SubmissionRig.Ended) -> [String: [Suggested]] {
    var found: [String: [Suggested]] = [:]
    for file in ended.json["files"] as? [[String: Any]] ?? [] {
      found[file["file"] as? String ?? ""] = (file["controls"] as? [[String: Any]] ?? []).map { control in
        Suggested(
          control: control["control"] as? String ?? "",
          kinds: (control["reasons"] as? [[String: Any]] ?? []).compactMap { $0["kind"] as? String })
      }
    }
    return found
  }

  private func rig() throws -> SubmissionRig {
    let rig = try SubmissionRig()
    try rig.write("1", to: "q1/access-review-2026-q1.pdf")
    try rig.write("2", to: "q1/firewall rules/export.csv")
    try rig.write("3", to: "3.1.1 screenshot.png")
    for (file, control) in [("q1/access-review-2026-q1.pdf", "3.1.5"), ("3.1.1 screenshot.png", "3.1.1")] {
      try #require(rig.run("submit", file, "--control", control).status == 0)
    }
    try #require(
      rig.run("submit", "q1/firewall rules", "--control", "3.13.1", "--description", "Perimeter ruleset of the gateway")
        .status == 0)
    return rig
  }

  @Test func `each kind of likeness suggests what was confirmed before, and what is like nothing gets nothing`() throws
  {
    let rig = try rig()
    for name in [
      "q2/Access_Review 2026Q2 (final).pdf", "q2/firewall rules/export.csv", "q2/ruleset-gateway-july.txt",
      "q2/3.1.2 screenshot.png", "q2/access-list.pdf", "q2/export.csv",
    ] {
      try rig.write(name, to: name)
    }
    let before = rig.checkpoint
    let ended = try rig.run("suggest", "q2", "--format", "json")
    #expect(ended.status == 0 && rig.checkpoint == before)
    let found = suggested(ended)
    func expect(_ file: String, _ control: String, _ kind: String) {
      #expect(found[file] == [Suggested(control: "nist-800-171-r2/\(control)", kinds: [kind])], "\(found)")
    }
    expect("q2/Access_Review 2026Q2 (final).pdf", "3.1.5", "same-name")
    expect("q2/firewall rules/export.csv", "3.13.1", "same-name")
    expect("q2/ruleset-gateway-july.txt", "3.13.1", "same-words")
    // The name says another control than the earlier file's: that one is not suggested.
    expect("q2/3.1.2 screenshot.png", "3.1.2", "name")
    #expect(found["q2/access-list.pdf"] == [] && found["q2/export.csv"] == [])
    #expect(try rig.run("suggest", "q2", "--format", "json").output == ended.output)
  }

  @Test func `what was replaced by evidence for another control is suggested no more`() throws {
    let rig = try rig()
    try rig.write("1b", to: "again.txt")
    let replaced = try rig.run("submit", "again.txt", "--control", "3.1.5", "--control", "3.1.7", "--replaces", "3")
    try #require(replaced.status == 0, "\(replaced.talk)")
    try rig.write("x", to: "access-review-2026-q3.pdf")
    let found = try suggested(rig.run("suggest", "access-review-2026-q3.pdf", "--format", "json"))
    #expect(found["access-review-2026-q3.pdf"] == [])
  }

  @Test func `the list goes into submit once its empty lines are filled in or gone`() throws {
    let rig = try rig()
    try rig.write("a", to: "q2/access-review-2026-q2.pdf")
    try rig.write("b", to: "q2/nobody knows.txt")
    let ended = try rig.run("suggest", "q2", "--list", "q2/list.csv")
    #expect(ended.status == 0 && ended.talk.contains("some lines have no control yet"))
    let refused = try rig.run("submit", "--list", "q2/list.csv")
    #expect(refused.status == 65 && refused.talk.contains("it names no control"))
    let list = String(decoding: try #require(rig.folder.read("q2/list.csv")), as: UTF8.self)
    let kept = list.split(separator: "\n").filter { !$0.hasPrefix("nobody") }.joined(separator: "\n")
    try rig.write(kept + "\n", to: "q2/list.csv")
    let submitted = try rig.submit("--list", "q2/list.csv")
    #expect(submitted.names == ["access-review-2026-q2.pdf"])
    let controls = submitted.artifacts.first?["controls"] as? [String]
    #expect(controls == ["nist-800-171-r2/3.1.5"])
    #expect(try rig.run("suggest", "q2", "--list", "q2/list.csv").status == 73)
  }

  @Test func `no key is needed, and controls of other frameworks come as perhaps`() throws {
    let rig = try rig()
    try #require(rig.run("framework", "adopt", "nist-800-171-r3").status == 0)
    try rig.write("x", to: "access-review-2026-q3.pdf")
    let page = try rig.run("suggest", "access-review-2026-q3.pdf", as: "nobody/here")
    #expect(page.status == 0, "\(page.talk)")
    #expect(page.output.contains("nist-800-171-r3/03.01.05  perhaps: overlaps nist-800-171-r2/3.1.5"), "\(page.output)")
    #expect(page.output.contains("custody submit access-review-2026-q3.pdf --control nist-800-171-r2/3.1.5\n"))
    #expect(try rig.run("suggest", "gone").status == 66)
  }
}
