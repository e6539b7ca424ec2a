import TestSupport
import Testing

/// What is told of names that nobody has: the one that was perhaps meant.
struct ProposalTests {
  private func rig() throws -> SubmissionRig {
    let rig = try SubmissionRig()
    try #require(rig.run("party", "add", "onsite", "--name", "Onsite").status == 0)
    return rig
  }

  @Test(arguments: [
    (["framework", "adopt", "nist-800-171r2"], "'nist-800-171-r2'"),
    (["framework", "adopt", "hippa"], "'hipaa-security'"),
    (["framework", "adopt", "cmmc-l2"], "'cmmc-level-2'"), (["framework", "adopt", "CMMC_Level_2"], "'cmmc-level-2'"),
    (["framework", "adopt", "cmmc"], "'cmmc-level-1', 'cmmc-level-2' or 'cmmc-level-3'"),
    (["framework", "show", "hipaa"], "hipaa-security"),
    (["report", "gaps", "--framework", "nist-800-171"], "'nist-800-171-r2'"),
    (["report", "gaps", "--framework", "soc2"], "framework adopt soc2"),
    (["engagement", "new", "a.yaml", "--provider", "onsight"], "'onsite'"),
    (["engagement", "new", "a.yaml", "--provider", "cloudy"], "party add cloudy"),
    (["engagement", "new", "a.yaml", "--framework", "nist-800-171"], "'nist-800-171-r2'"),
    (["party", "confirm", "onsit", "0123456789abcdef"], "'onsite'"),
    (["party", "remove", "onsyte", "--yes"], "'onsite'"),
    (["party", "notice", "onsyte"], "'onsite'"),
    (["member", "change", "acme/bob", "--role", "contributor"], "'acme/bo'"),
    (["member", "remove", "onsite/bo", "--yes"], "'acme/bo'"), (["submti", "x"], "'custody submit'"),
  ])
  func `a name that nobody has gets a proposal`(_ words: [String], _ proposal: String) throws {
    let rig = try rig()
    let ended = try rig.run(words)
    #expect([64, 66].contains(ended.status) && ended.talk.contains(proposal), "\(ended.talk)")
    #expect(rig.folder.read("a.yaml") == nil)
  }

  @Test func `an agreement's slips get proposals too`() throws {
    let rig = try rig()
    try #require(rig.run("engagement", "new", "a.yaml").status == 0)
    let text = String(decoding: try #require(rig.folder.read("a.yaml")), as: UTF8.self)
    try rig.write(text.replacing("onsite", with: "onsight"), to: "b.yaml")
    let checked = try rig.run("engagement", "check", "b.yaml")
    #expect(checked.status == 1 && checked.output.contains("did you mean onsite?"), "\(checked.output)")
  }

  @Test func `a party that joined is not let in twice, and its first member comes after`() throws {
    let rig = try rig()
    let again = try rig.run("party", "add", "onsite", "--name", "Onsite")
    #expect(again.status == 77 && again.talk.contains("--card"), "\(again.talk)")
    try #require(rig.run("key", "new", "--output", "jane.card", as: "onsite/jane").status == 0)
    let member = try rig.run("party", "add", "onsite", "--name", "Onsite", "--card", "jane.card")
    #expect(member.status == 0 && member.output.contains("onsite/jane joined it"), "\(member.output)\(member.talk)")
    #expect(try rig.run("member", "list").output.contains("onsite/jane"))
    let third = try rig.run("party", "add", "onsite", "--name", "Onsite", "--card", "jane.card")
    #expect(third.status == 77 && third.talk.contains("member add CARD"))
    #expect(try rig.isSound())
  }
}
