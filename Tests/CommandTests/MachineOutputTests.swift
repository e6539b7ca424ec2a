import Foundation
import TestSupport
import Testing

/// What a machine reads: every command's JSON parses, and holds what is promised.
struct MachineOutputTests {
  private let place: Workplace

  init() throws { place = try SampleHouse.shared() }

  private func object(_ line: String) throws -> [String: Any] {
    try #require(place.shell("custody --format json \(line)").json as? [String: Any], "\(line)")
  }

  private func expect(_ keys: [String], in object: [String: Any]?, _ what: String) {
    for key in keys { #expect(object?[key] != nil, "\(what) has no \(key)") }
  }

  @Test func `every result parses`() throws {
    for command in EveryCommand.all where command.effect == .reads && !command.isRaw {
      let ended = try place.shell(command.forMachine, as: command.person)
      #expect(ended.status == command.status, "\(command.line): \(ended.talk)")
      #expect(ended.json is [Any] || ended.json is [String: Any], "\(command.line): \(ended.output)")
      #expect(ended.output.hasSuffix("\n"))
      #expect(!ended.output.contains("\u{1b}"))
    }
    let copy = try SampleHouse.copy()
    for command in EveryCommand.all
    where command.status == 0 && command.effect != .reads
      && !["remove", " accept "].contains(where: { command.line.contains($0) })
    {
      let ended = try copy.shell(command.forMachine, as: command.person)
      #expect(ended.status == 0, "\(command.line): \(ended.talk)")
      #expect(ended.json is [String: Any], "\(command.line): \(ended.output)")
      if command.effect == .signs || command.effect == .appends {
        expect(["checkpoint", "entries"], in: ended.object, command.line)
      }
    }
  }

  @Test func `verify`() throws {
    let report = try object("verify")
    expect(["origin", "size", "root"], in: report["checkpoint"] as? [String: Any], "checkpoint")
    #expect(report["sound"] as? Bool == true)
    let checks = try #require(report["checks"] as? [[String: Any]])
    #expect(
      checks.map { $0["name"] as? String } == ["chain", "tree", "statements", "objects", "history", "ownership"])
    for check in checks { expect(["ok", "count"], in: check, "\(check["name"] ?? "")") }
    #expect(checks.map { $0["ok"] as? Bool } == [true, true, true, true, true, false])
    let findings = try #require(report["findings"] as? [[String: Any]])
    #expect(!findings.isEmpty)
    for finding in findings { expect(["code", "severity", "subject", "message"], in: finding, "finding") }
  }

  @Test func `report ownership`() throws {
    let report = try object("report ownership --as-of 2026-11-24")
    expect(["origin", "size", "root"], in: report["checkpoint"] as? [String: Any], "checkpoint")
    #expect(report["rules"] as? Int == 1)
    #expect(report["asOf"] as? String == "2026-11-24")
    #expect(report["knownAt"] as? Int == (report["checkpoint"] as? [String: Any])?["size"] as? Int)
    let totals = report["totals"] as? [String: [String: Any]]
    for of in ["controls", "units"] {
      let sums = try #require(totals?[of])
      let kinds = ["undecided", "undelegable", "contested", "declined", "unaccepted", "lapsed"]
      expect(["total", "owned", "unowned", "notApplicable"] + kinds, in: sums, of)
      let number = { (key: String) in sums[key] as? Int ?? -1 }
      #expect(number("owned") + number("unowned") + number("notApplicable") == number("total"), "\(of): \(sums)")
      #expect((sums["byKind"] as? [String: Int])?.values.reduce(0, +) == number("unowned"), "\(of): \(sums)")
    }
    let controls = try #require(report["controls"] as? [[String: Any]])
    #expect(controls.contains { $0["control"] as? String == "house/1.1" })
    let keys = [
      "control", "title", "domain", "accountable", "shared", "responsible", "consulted", "informed", "accepted",
      "engagement", "assignedBy", "findings",
    ]
    for control in controls { expect(keys, in: control, "control") }
  }

  @Test func `key list`() throws {
    let keys = try #require(place.shell("custody key list --format json").json as? [[String: Any]])
    #expect(keys.map { $0["member"] as? String } == ["acme/bo", "acme/kim", "onsite/jane"])
    for key in keys {
      expect(["keyid", "verifierKey", "algorithm", "revoked"], in: key, "key")
      #expect((key["keyid"] as? String)?.count == 64)
      #expect((key["verifierKey"] as? String)?.split(separator: "+").count ?? 0 >= 3)
      #expect(key["algorithm"] as? String == "ed25519")
      #expect(key["revoked"] as? Bool == false)
    }
  }

  @Test func `submit`() throws {
    let ended = try SampleHouse.copy().shell("custody --format json submit february.txt --control 1.1")
    expect(["origin", "size", "root"], in: ended.object["checkpoint"] as? [String: Any], "checkpoint")
    #expect((ended.object["entries"] as? [Int])?.count == 1)
    let artifact = (ended.object["artifacts"] as? [[String: Any]])?.first
    expect(["name", "sha256", "size", "new"], in: artifact, "artifact")
  }

  @Test func `every fault of an agreement at once`() throws {
    let copy = try SampleHouse.copy()
    let text = """
      id: Acme Onsite
      model: outsourced
      client: acme
      providers: [onsite, nobody-here]
      term: { from: 2026-02-30, through: 2027-12-31 }
      scope:
        - { domains: [moon-landing], accountable: onsite }
      colour: green

      """
    try copy.folder.write(Array(text.utf8), to: "desk/faulty.yaml")
    let ended = try copy.shell("custody --format json engagement check faulty.yaml")
    #expect(ended.status == 1)
    #expect(ended.object["ok"] as? Bool == false)
    let faults = ended.object["faults"] as? [[String: Any]] ?? []
    for fault in faults { expect(["line", "column", "message"], in: fault, "fault") }
    #expect(Set(faults.compactMap { $0["line"] as? Int }).isSuperset(of: [1, 2, 5, 8]), "\(faults)")
    let applied = try copy.shell("custody engagement apply faulty.yaml --yes")
    #expect(applied.status == 65)
    for line in [1, 2, 5, 8] { #expect(applied.talk.contains("line \(line),"), "\(applied.talk)") }
  }

  @Test func `hostile names and titles come out escaped`() throws {
    let copy = try SampleHouse.copy()
    let hostile = "\u{1b}]0;owned\u{7}\u{202e}gpj\u{200b}\nx"
    let environment = ["BAD": hostile]
    let catalog = String(decoding: try Fixtures.bytes("catalogs/three-controls.json"), as: UTF8.self)
      .replacing("\"Updates\"", with: "\"\\u001b[2J\\u202eUpdates\"")
    try copy.folder.write(Array(catalog.utf8), to: "desk/hostile.json")
    let lines = [
      "custody key new --as hostco/lee --name \"$BAD\" --output lee.card",
      "custody party add hostco --name \"$BAD\" --card lee.card",
      "custody member change acme/kim --name \"$BAD\"", "custody framework import hostile.json --id hostile",
      "custody submit february.txt --control house/1.1 --description \"$BAD\" --source \"$BAD\"",
      "custody exec --control house/1.2 --description \"$BAD\" -- printf %s \"$BAD\"",
      "custody assess house/1.1 --status met --note \"$BAD\"",
      "custody key revoke acme/kim --reason lost --note \"$BAD\"",
    ]
    for line in lines {
      let ended = try copy.shell(line, environment: environment)
      #expect(ended.status == 0, "\(line): \(ended.talk)")
      expectPlain(ended, line)
    }
    let size = (try copy.shell("custody --format json verify").object["checkpoint"] as? [String: Any])?["size"] as? Int
    let shown = (0..<(size ?? 0)).map { "custody show \($0)" }
    let reading = EveryCommand.all.filter { $0.effect == .reads && !$0.isRaw }.map(\.line)
    for line in reading + shown + [
      "custody search owned", "custody framework show hostile/1.1", "custody log --limit 99",
    ] {
      expectPlain(try copy.shell(line), line)
      expectPlain(try copy.shell("custody --format json \(line.dropFirst("custody ".count))"), line)
    }
    // What is refused is quoted as harmlessly.
    for line in [
      "custody \"$BAD\"", "custody log --\"$BAD\"", "custody show \"$BAD\"", "custody append \"$BAD\"",
      "custody framework show \"$BAD\"", "custody init other --organization x --as \"$BAD\"",
    ] {
      let ended = try copy.shell(line, environment: environment)
      #expect(ended.status >= 64, "\(line)")
      expectPlain(ended, line)
    }
  }

  private func expectPlain(_ ended: Workplace.Ended, _ line: String) {
    for text in [ended.output, ended.talk] {
      let bad = text.unicodeScalars.first { scalar in
        scalar != "\n"
          && (scalar.value < 0x20 || (0x7f..<0xa0).contains(scalar.value) || [0x202e, 0x200b].contains(scalar.value))
      }
      #expect(bad == nil, "\(line)")
    }
  }
}
