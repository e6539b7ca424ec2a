import Foundation
import TestSupport
import Testing

/// Controls of other frameworks are proposed, and never taken unasked.
struct CrosswalkOfferTests {
  private func rig(_ frameworks: [String] = ["nist-800-171-r2", "nist-800-171-r3"]) throws -> SubmissionRig {
    let rig = try SubmissionRig(frameworks: frameworks)
    try rig.write("a", to: "a.txt")
    return rig
  }

  private func proposals(_ ended: SubmissionRig.Ended) -> [[String: Any]] {
    ended.json["proposals"] as? [[String: Any]] ?? []
  }

  @Test func `what another adopted framework asks for is proposed, also with --yes, and not added`() throws {
    let rig = try rig()
    let ended = try rig.submit("a.txt", "--control", "3.1.14", "--yes")
    #expect(ended.talk.contains("this may also show nist-800-171-r3/03.01.12 (subset)"), "\(ended.talk)")
    #expect(try rig.predicate(ofEntry: 4)["controls"] as? [String] == ["nist-800-171-r2/3.1.14"])
    #expect(proposals(ended).map { $0["control"] as? String } == ["nist-800-171-r3/03.01.12"])
    #expect(proposals(ended).allSatisfy { $0["taken"] as? Bool == false })
  }

  @Test func `nothing is proposed where one framework is adopted, or for what leads nowhere`() throws {
    let alone = try rig(["nist-800-171-r2"]).submit("a.txt", "--control", "3.1.14")
    #expect(!alone.talk.contains("may also show") && alone.json["proposals"] as? [String] == [])
    let same = try rig(["nist-800-171-r2", "cmmc-level-2"]).submit("a.txt", "--control", "3.1.14")
    #expect(!same.talk.contains("may also show") && proposals(same).isEmpty)
  }

  @Test func `--also takes what has this relation, and no other`() throws {
    let rig = try rig()
    let ended = try rig.submit("a.txt", "--control", "3.1.14", "--also", "subset")
    #expect(ended.status == 0 && proposals(ended).allSatisfy { $0["taken"] as? Bool == true })
    let controls = ["nist-800-171-r2/3.1.14", "nist-800-171-r3/03.01.12"]
    #expect(try rig.predicate(ofEntry: 4)["controls"] as? [String] == controls)
    try rig.write("b", to: "b.txt")
    try #require(rig.submit("b.txt", "--control", "3.1.14", "--also", "related").status == 0)
    #expect(try rig.predicate(ofEntry: 5)["controls"] as? [String] == ["nist-800-171-r2/3.1.14"])
    // From the other side it is the whole.
    try rig.write("c", to: "c.txt")
    try #require(rig.submit("c.txt", "--control", "03.01.12", "--also", "superset").status == 0)
    let turned = try rig.predicate(ofEntry: 6)["controls"] as? [String] ?? []
    #expect(turned.contains("nist-800-171-r2/3.1.14"))
    #expect(try rig.run("submit", "c.txt", "--control", "3.1.14", "--also", "alike").status == 64)
  }

  @Test func `what does not apply is not proposed`() throws {
    let rig = try rig()
    try #require(
      rig.run(
        "framework", "adopt", "nist-800-171-r3", "--not-applicable", "03.01.12", "--reason", "no remote access", "--yes"
      ).status == 0)
    #expect(try proposals(rig.submit("a.txt", "--control", "3.1.14")).isEmpty)
  }

  @Test func `a control's page says what it has to do with others`() throws {
    let rig = try rig()
    let page = try rig.run("framework", "show", "3.1.14")
    #expect(page.output.contains("subset: nist-800-171-r3/03.01.12"))
    let json = try rig.run("framework", "show", "nist-800-171-r3/03.01.12", "--format", "json").json
    let crosswalks = json["crosswalks"] as? [[String: String]] ?? []
    #expect(crosswalks.contains(["control": "nist-800-171-r2/3.1.14", "relation": "superset"]))
    #expect(!(try rig.run("framework", "show", "governance").output.contains("related")))
  }
}
