import Foundation
import TestSupport
import Testing

/// What is seen of a change before anybody signs it: smells, what would be contested, who gains and loses.
struct EngagementDiffTests {
  private static func agreement(_ id: String, _ more: String, model: String = "co-managed") -> String {
    """
    id: \(id)
    model: \(model)
    client: acme
    providers: [onsite]
    term: { from: 2026-01-01, through: 2099-12-31 }

    """ + more
  }

  private static func check(_ text: String, _ place: Workplace) throws -> [String: Any] {
    try place.folder.write(Array(text.utf8), to: "desk/other.yaml")
    let ended = try place.shell("custody engagement check other.yaml --format json")
    #expect(ended.status == 0, "\(ended.output)\(ended.talk)")
    return ended.object
  }

  private static func smells(_ text: String, _ place: Workplace) throws -> [String] {
    (try check(text, place)["smells"] as? [[String: Any]] ?? []).compactMap { $0["message"] as? String }
  }

  @Test func `no notice, and none where there is one`() throws {
    let place = try SampleHouse.copy()
    let managed = Self.agreement("other", "", model: "managed")
    #expect(try Self.smells(managed, place).contains { $0.contains("no notice is agreed") })
    #expect(try Self.smells(managed + "notice: 90 days\n", place) == [])
  }

  @Test func `domains that nobody mentions`() throws {
    let place = try SampleHouse.copy()
    let one = Self.agreement(
      "other", "notice: 90 days\nscope:\n  - { domains: [help-desk], accountable: acme, responsible: [acme/bo] }\n")
    let found = try Self.smells(one, place)
    #expect(found.count == 1 && found[0].contains("no line mentions"), "\(found)")
    #expect(!found[0].contains("help-desk"))
  }

  @Test func `everyone consulted, and one person everywhere`() throws {
    let place = try SampleHouse.copy()
    let domains = ["help-desk", "patch-management", "endpoint-security", "network-monitoring"]
    func lines(_ person: (Int) -> String, _ more: String = "") -> String {
      let lines = domains.enumerated().map { place, domain in
        "  - { domains: [\(domain)], accountable: acme, responsible: [\(person(place))]\(more) }\n"
      }
      return Self.agreement("other", "notice: 90 days\nscope:\n" + lines.joined(), model: "managed")
    }
    let alone = try Self.smells(lines { _ in "acme/bo" }, place)
    #expect(alone.count == 1 && alone[0].contains("'acme/bo' does the work in 4 of 4 lines"), "\(alone)")
    #expect(try Self.smells(lines { $0 < 2 ? "acme/bo" : "acme/kim" }, place) == [])
    let many = ", consulted: [acme/bo, acme/kim, onsite/jane, onsite, acme]"
    #expect(try Self.smells(lines({ $0 < 2 ? "acme/bo" : "acme/kim" }, many), place).count == 4)
    let few = ", consulted: [acme/bo, acme/kim, onsite/jane, onsite]"
    #expect(try Self.smells(lines({ $0 < 2 ? "acme/bo" : "acme/kim" }, few), place) == [])
  }

  @Test func `what would be contested with another agreement, unless it yields`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(("onsite/jane", "custody accept --yes"))
    let line =
      "notice: 90 days\nframeworks: [house]\nscope:\n  - { controls: house/1.1, accountable: acme, responsible: [acme/bo] }\n"
    let contested = try Self.check(Self.agreement("other", line), place)["contested"] as? [[String: Any]]
    #expect(contested?.count == 1 && contested?.first?["engagement"] as? String == "acme-onsite")
    #expect(contested?.first?["units"] as? [String] == ["house/1.1[a]", "house/1.1[b]"])
    let yielding = Self.agreement("other", "yields-to: [acme-onsite]\n" + line)
    #expect((try Self.check(yielding, place)["contested"] as? [Any])?.isEmpty == true)
  }

  @Test func `a diff says who gains, what falls to nobody, and whose word is needed`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      ("onsite/jane", "custody accept --yes"),
      ("acme/bo", "sed 's/^model: managed/model: co-managed/; /duties/,$d' agreement.yaml > new.yaml"))
    let text = try place.shell("custody engagement diff 2090-01-01 new.yaml --as-of 2090-01-01")
    #expect(text.status == 0, "\(text.talk)")
    #expect(text.output.contains("would be nobody's") && text.output.contains("needs the word of acme and onsite"))
    #expect(text.output.contains("duty minutes"), "\(text.output)")
    let json = try place.shell("custody engagement diff 2090-01-01 new.yaml --as-of 2090-01-01 --format json").object
    #expect((json["toNobody"] as? [Any])?.isEmpty == false)
    let same = try place.shell("custody engagement diff 2090-01-01 2091-01-01")
    #expect(same.output.contains("nothing changes") && !same.output.contains("needs the word"), "\(same.output)")
    // What holds already needs nobody's word any more.
    try place.prepare(("acme/bo", "custody engagement end acme-onsite --on 2098-01-01 --yes"))
    let ended = try place.shell("custody engagement diff 2097-12-31 2098-01-01")
    #expect(ended.output.contains("nobody's") && !ended.output.contains("needs the word"), "\(ended.output)")
    let wrong = try place.shell("custody engagement diff 0 nothing.yaml")
    #expect(wrong.status == 64 && wrong.talk.contains("neither a day, nor the entry of a version, nor a file"))
  }
}

extension EngagementDiffTests {
  @Test func `a change of papers alone needs the word of all providers, and one of a client's duty does not`() throws {
    let place = try SampleHouse.copy()
    try place.write("between both sides", to: "msa.txt")
    try place.prepare(
      ("onsite/jane", "custody accept --yes"),
      (
        "acme/bo",
        "cp agreement.yaml paper.yaml; echo 'papers: [{ file: msa.txt, kind: master-agreement }]' >> paper.yaml"
      ),
      ("acme/bo", "sed 's/Minutes of the meeting/Minutes/' agreement.yaml > duty.yaml"))
    func words(_ file: String) throws -> [String]? {
      try place.shell("custody engagement diff 2090-01-01 \(file) --as-of 2090-01-01 --format json").object["words"]
        as? [String]
    }
    #expect(try words("paper.yaml") == ["acme", "onsite"])
    #expect(try words("duty.yaml") == ["acme"])
  }
}

/// What an end leaves behind, seen before it is signed; and by when notice must be given.
struct EndPreviewTests {
  @Test func `an end shows what would be nobody's, and what is to be handed over`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(("onsite/jane", "custody accept --yes"))
    let line = "custody engagement end acme-onsite --on 2098-01-01 --dry-run --handover handover.csv"
    let ended = try place.shell(line)
    #expect(ended.status == 0, "\(ended.talk)")
    for expected in ["from 2098-01-01 on", "would be nobody's", "withdraw the access of", "do 'minutes'", "2097-12-31"]
    {
      #expect(ended.output.contains(expected), "\(expected): \(ended.output)")
    }
    let json = try place.shell("\(line) --format json").object
    #expect((json["losses"] as? [[String: Any]])?.first?["party"] is String, "\(json)")
    #expect((json["handover"] as? [Any])?.isEmpty == false)
    let list = try place.shell("cat handover.csv").output
    #expect(list.hasPrefix("kind,by,party,what,done") && list.contains("access,2097-12-31,acme"), "\(list)")
  }

  @Test func `an end after which all is owned says so`() throws {
    let place = try SampleHouse.copy()
    try place.folder.write(
      Array(
        "id: other\nmodel: co-managed\nclient: acme\nproviders: [onsite]\nterm: { from: 2026-01-01, through: 2099-12-31 }\n"
          .utf8),
      to: "desk/other.yaml")
    try place.prepare(("acme/bo", "custody engagement apply other.yaml --yes"))
    let ended = try place.shell("custody engagement end other --on 2098-01-01 --dry-run")
    #expect(ended.output.contains("this end leaves no unit without a party"), "\(ended.output)")
    let json = try place.shell("custody engagement end other --on 2098-01-01 --dry-run --format json").object
    #expect((json["losses"] as? [Any])?.isEmpty == true, "\(json)")
  }

  @Test func `status says by when notice must be given`() throws {
    let place = try SampleHouse.copy()
    let through = try place.shell("days 200").output.trimmingCharacters(in: .whitespacesAndNewlines)
    func agreement(_ notice: String) throws {
      let text = """
        id: acme-onsite
        model: managed
        client: acme
        providers: [onsite]
        term: { from: 2026-01-01, through: \(through) }
        \(notice)

        """
      try place.folder.write(Array(text.utf8), to: "desk/new.yaml")
      try place.prepare(
        ("acme/bo", "custody engagement apply new.yaml --yes"), ("onsite/jane", "custody accept --yes || true"))
    }
    try agreement("notice: 10 days")
    #expect(!(try place.shell("custody status").output.contains("notice must be given")))
    try agreement("notice: 30 days")
    let day = try place.shell("days 170").output.trimmingCharacters(in: .whitespacesAndNewlines)
    let status = try place.shell("custody status --format json").output
    #expect(status.contains("\"noticeBy\": \"\(day)\""), "\(status)")
  }
}
