import TestSupport
import Testing

/// Agreements that name controls without their framework.
struct BareNameTests {
  private static let house = #"""
    {"catalog": {"uuid": "5b7c1c2e-0d4f-4e0e-9d59-2b8f4f6b7a10", "metadata": {"title": "T", "version": "1",
    "oscal-version": "1.1.3"}, "controls": [{"id": "h1", "title": "T", "props": [{"name": "label", "value": "3.1.1"}]}]}}
    """#

  private func agreement(_ id: String, _ controls: String) -> String {
    """
    id: \(id)
    model: co-managed
    client: acme
    providers: [onsite]
    term: { from: 2026-01-01, through: 2099-12-31 }
    scope:
      - { controls: [\(controls)], accountable: acme, responsible: [acme/bo] }

    """
  }

  private func accountable(_ control: String, _ rig: SubmissionRig) throws -> [String?] {
    let report = try rig.run("report", "ownership", "--format", "json").json
    let rows = (report["controls"] as? [[String: Any]] ?? []).filter { $0["control"] as? String == control }
    return rows.map { $0["accountable"] as? String }
  }

  @Test func `they are understood where one adopted framework has them, and stay so`() throws {
    let rig = try SubmissionRig()
    try #require(rig.run("party", "add", "onsite", "--name", "Onsite").status == 0)
    try rig.write(agreement("plain", "3.1.1, AC.L2-3.1.2, nist-800-171-r2/3.1.3"), to: "a.yaml")
    let checked = try rig.run("engagement", "check", "a.yaml")
    #expect(checked.status == 0, "\(checked.output)\(checked.talk)")
    let remark = "'3.1.1' and 1 more without a framework are read as 'nist-800-171-r2' has them"
    let told = (checked.output + checked.talk).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(told.contains(remark), "\(checked.output)\(checked.talk)")
    let applied = try rig.run("engagement", "apply", "a.yaml", "--yes")
    #expect(applied.status == 0, "\(applied.talk)")
    for control in ["3.1.1", "3.1.2", "3.1.3"] {
      #expect(try accountable("nist-800-171-r2/\(control)", rig) == ["acme"], "\(control)")
    }
    #expect(try accountable("nist-800-171-r2/3.1.4", rig) == [nil])

    // Another framework that has the name takes nothing from it, and gets nothing by it.
    try rig.write(Self.house, to: "house.json")
    try #require(rig.run("framework", "import", "house.json", "--id", "house").status == 0)
    #expect(try accountable("nist-800-171-r2/3.1.1", rig) == ["acme"])
    #expect(try accountable("house/3.1.1", rig) == [nil])
    #expect(try rig.isSound())
    let again = try rig.run("engagement", "check", "a.yaml")
    #expect(again.status == 1 && again.output.contains("'3.1.1' may be "), "\(again.output)\(again.talk)")
  }

  @Test func `what is in no framework is refused, wherever it is appended`() throws {
    let rig = try SubmissionRig()
    try #require(rig.run("party", "add", "onsite", "--name", "Onsite").status == 0)
    try rig.write(agreement("plain", "9.9.9"), to: "a.yaml")
    let checked = try rig.run("engagement", "check", "a.yaml")
    #expect(checked.status == 1 && checked.output.contains("no adopted framework has the control '9.9.9'"))
    let size = rig.checkpoint
    // Who signs far from the store cannot know what is adopted there.
    let signed = try rig.run(
      ["engagement", "apply", "a.yaml", "--yes", "--offer", "a.offer", "--checkpoint", "acme/checkpoint"], store: "none"
    )
    #expect(signed.status == 0, "\(signed.talk)")
    let appended = try rig.run("append", "a.offer")
    #expect(
      appended.status != 0 && (appended.output + appended.talk).contains("'9.9.9'"),
      "\(appended.output)\(appended.talk)")
    #expect(rig.checkpoint == size)
  }
}
