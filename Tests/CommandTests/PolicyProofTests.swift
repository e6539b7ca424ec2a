import Foundation
import TestSupport
import Testing

/// A proof is judged by a reader's own policy: whose word they ask for on the tree that it leads to.
struct PolicyProofTests {
  /// A witness has cosigned, and a proof leads to that tree; a second one has seen nothing.
  private func place() throws -> Workplace {
    let place = try SampleHouse.copy()
    try place.prepare(
      ("acme/bo", "(unset CUSTODY_AS; custody key new --use witness --key-name witness.example/two --output two.vkey)"),
      (
        "acme/bo",
        "custody cosign --witness witness.example/one --output cosigned.note; "
          + "custody append cosigned.note --witness \"$(cat one.vkey)\""
      ), ("acme/bo", "custody prove 3 --anchored --output anchored.proof"),
      ("acme/bo", "custody prove 3 --anchored --output anchored.zip"),
      (
        "acme/bo",
        "{ echo \"log $(cat verifier)\"; echo \"witness one $(cat one.vkey)\"; echo \"witness two $(cat two.vkey)\"; } > keys; "
          + "{ cat keys; printf 'group any-of any one two\\nquorum any-of\\n'; } > any.policy; "
          + "{ cat keys; printf 'group both all one two\\nquorum both\\n'; } > both.policy"
      ))
    return place
  }

  private let stranger = ["CUSTODY_HOME": "/nonexistent/home"]

  @Test func `the quorum that is met is named, and by whom`() throws {
    let place = try place()
    for file in ["anchored.proof", "anchored.zip"] {
      let met = try place.shell("custody check-proof \(file) --policy any.policy", environment: stranger)
      #expect(met.status == 0, "\(file): \(met.output)\(met.talk)")
      #expect(met.flowing.contains("policy met: 'any-of', 1 of one, two; cosigned by one"), "\(met.output)")
      let json = try place.shell("custody check-proof \(file) --policy any.policy --format json", environment: stranger)
      let policy = json.object["policy"] as? [String: Any]
      #expect(policy?["met"] as? Bool == true && policy?["witnesses"] as? [String] == ["one"], "\(json.output)")
      #expect(policy?["quorum"] as? String == "any-of" && (json.object["findings"] as? [Any])?.isEmpty == true)
    }
  }

  @Test func `a quorum that is not met is a finding, as verify has it`() throws {
    let place = try place()
    for (file, policy) in [("anchored.proof", "both"), ("anchored.zip", "both"), ("entry.proof", "any")] {
      let line = "custody check-proof \(file) --policy \(policy).policy"
      let unmet = try place.shell("\(line) --format json", environment: stranger)
      #expect(unmet.status == 3 && unmet.object["holds"] as? Bool == true, "\(line): \(unmet.output)\(unmet.talk)")
      let findings = unmet.object["findings"] as? [[String: Any]] ?? []
      #expect(findings.map { $0["code"] as? String } == ["quorum-unmet"], "\(line)")
      #expect(
        try place.shell(line, environment: stranger).flowing.contains("policy not met: its quorum is "), "\(line)")
    }
  }

  @Test func `what a policy's witness has seen, somebody has seen`() throws {
    let place = try place()
    try place.prepare(("acme/bo", "custody verify --fail-on never"))
    func history(_ options: String) throws -> (figures: [String: Any], summary: String) {
      let report = try place.shell("custody verify \(options) --fail-on never --format json")
      let checks = report.object["checks"] as? [[String: Any]] ?? []
      let own = try #require(checks.first { $0["name"] as? String == "history" }, "\(report.talk)")
      return (own, try #require(own["summary"] as? String))
    }
    let before = try history("")
    #expect(before.figures["seenByOthers"] as? Int == 9 || before.figures["unseenByOthers"] as? Int ?? 0 > 1)
    for policy in ["any", "both"] {
      let with = try history("--policy \(policy).policy")
      #expect(with.summary.contains("are cosigned by one on "), "\(with.summary)")
      // The entry that anchors the cosignature came after it.
      #expect(with.summary.contains("nobody but acme has seen the newest 1"), "\(with.summary)")
      #expect(with.figures["unseenByOthers"] as? Int == 1, "\(with.figures)")
    }
  }

  @Test func `what does not hold does not come to hold by a policy`() throws {
    let place = try place()
    try place.prepare(
      ("acme/bo", "sed 's/^log .*/log other+/' any.policy > broken.policy"),
      ("acme/bo", "grep -v ^log any.policy > nobody.policy"))
    #expect(
      try place.shell("custody check-proof anchored.proof --policy broken.policy", environment: stranger).status == 65)
    // Its witnesses have seen the tree, and nobody says whose log it is.
    let nobody = try place.shell("custody check-proof anchored.proof --policy nobody.policy", environment: stranger)
    #expect(nobody.status == 1, "\(nobody.output)")
  }
}
