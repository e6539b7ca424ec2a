import CommandLine
import Findings
import Foundation
import TestSupport
import Testing

/// Bad input of every kind: each is refused with its status, in a sentence and in JSON, and writes nothing.
struct RefusalTests {
  struct Case: Sendable {
    let status: Int32
    let line: String
    let says: String
    var person = "acme/bo"

    init(_ status: Int32, _ line: String, _ says: String, as person: String = "acme/bo") {
      (self.status, self.line, self.says, self.person) = (status, line, says, person)
    }
  }

  /// Files that are not what they should be, on the desk of a copy of the sample house.
  private static func desk() throws -> Workplace {
    let place = try SampleHouse.copy()
    let folder = place.folder
    try folder.makePipe("desk/pipe")
    try folder.makeFolder("desk/folder")
    try folder.write([], to: "desk/empty")
    try folder.write((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ ($0 >> 5)) }, to: "desk/noise")
    try folder.write(Array("{}\n".utf8), to: "desk/braces")
    try folder.write(Array(repeating: UInt8(ascii: "["), count: 200_000), to: "desk/deep")
    try folder.write([0xef, 0xbb, 0xbf] + Array("{\"a\":\"\\ud800\"}".utf8), to: "desk/surrogate")
    try folder.write(Array("custody\n3\nnot a root\n".utf8), to: "desk/no-checkpoint")
    try folder.link("desk/circle", to: "circle")
    try folder.link("desk/link", to: "updates.txt")
    try folder.write(Array(faultyAgreement.utf8), to: "desk/faulty.yaml")
    try folder.write(Array("id: a\nid: b\n".utf8), to: "desk/twice.yaml")
    try folder.write(Array("a: &x [*x]\n".utf8), to: "desk/alias.yaml")
    try place.prepare(
      ("acme/bo", "sed 's/onsite.jane/onsite\\/eve/' jane.card > other-member.card"),
      ("acme/bo", "sed 's/\"proof\":\"./\"proof\":\"!/' jane.card > no-proof.card"),
      ("acme/bo", "custody key new --as acme/far --origin elsewhere/01234567 --output elsewhere.card"),
      ("acme/bo", "custody key new --as hostco/lee --output lee.card"),
      ("acme/bo", "head -c 200 accept.offer > half.offer"),
      (
        "acme/bo",
        "sed 's/\"sig\":\"./\"sig\":\"A/;s/\"sig\":\"A\\(.\\)/\"sig\":\"A\\1/' accept.offer > x; sed 's/\"payload\":\"ey/\"payload\":\"eX/' accept.offer > changed.offer"
      ),
      ("acme/bo", "sed 's/2099-12-31/2098-12-31/' onsite.request > changed.request"),
      ("acme/bo", "sed 's/\"party\" : \"onsite\"/\"party\" : \"hostco\"/' onsite.request > other.request"),
      ("acme/bo", "sed 's/\\(origin\\|1\\).*/\\1/' entry.proof > broken.proof; rm -f x"))
    return place
  }

  private static let faultyAgreement = """
    id: Acme Onsite
    model: outsourced
    client: acme
    providers: [onsite, nobody-here]
    term: { from: 2026-02-30, through: 2027-12-31 }
    scope:
      - { domains: [moon-landing], accountable: onsite }
      - { domains: [help-desk], accountable: somebody }
    colour: green

    """

  static let malformed: [Case] =
    ["empty", "noise", "braces", "deep", "surrogate", "folder", "pipe", "/dev/zero", "/dev/null", "/dev/full"].flatMap {
      file in
      [
        Case(65, "custody member add \(file)", file),
        Case(65, "custody party add hostco --name H --card \(file)", file),
        Case(65, "custody framework import \(file) --id annexe", file), Case(65, "custody append \(file)", file),
        Case(65, "custody accept --request \(file) --offer o --yes", file, as: "onsite/jane"),
        Case(65, "custody engagement apply \(file) --yes", ""), Case(65, "custody verify --trust \(file)", file),
        Case(65, "custody check-proof \(file)", file),
        Case(65, "custody submit --list \(file) --control 1.1", ""),
        Case(65, "custody submit --manifest \(file) --control 1.1", ""),
        // A folder may well have no offers in it, which is only said.
      ] + (file == "folder" ? [] : [Case(65, "custody verify --with \(file)", file)])
    } + [
      Case(65, "custody init other --organization Other --recovery noise", "not a key card"),
      Case(65, "custody member add other-member.card", "the proof"),
      Case(65, "custody member add no-proof.card", "the proof"),
      Case(65, "custody member add elsewhere.card", "is for the store 'elsewhere/01234567'"),
      Case(65, "custody party add hostco --name H --card jane.card", "'onsite/jane'"),
      Case(65, "custody append half.offer", "line 1 of 'half.offer' is not an envelope"),
      Case(65, "custody accept --request changed.request --offer o --yes", "does not hold", as: "onsite/jane"),
      Case(65, "custody engagement apply faulty.yaml --yes", "faulty.yaml"),
      Case(65, "custody engagement apply twice.yaml --yes", "twice.yaml"),
      Case(65, "custody engagement apply alias.yaml --yes", "alias.yaml"),
      Case(65, "custody verify --trust no-checkpoint", "not a checkpoint"),
      Case(65, "custody verify --trust onsite.request", "not a checkpoint"),
    ]

  static let missing: [Case] =
    ["gone", "updates.txt/x", "folder/gone"].flatMap { file in
      [
        Case(66, "custody member add \(file)", file),
        Case(66, "custody party add hostco --name H --card \(file)", file),
        Case(66, "custody framework import \(file) --id annexe", file), Case(66, "custody append \(file)", file),
        Case(66, "custody accept --request \(file) --offer o --yes", file, as: "onsite/jane"),
        Case(66, "custody engagement check \(file)", file), Case(66, "custody engagement apply \(file) --yes", file),
        Case(66, "custody verify --trust \(file)", file), Case(66, "custody verify --with \(file)", file),
        Case(66, "custody check-proof \(file)", file), Case(66, "custody submit \(file) --control 1.1", file),
        Case(66, "custody submit --list \(file)", file),
        Case(66, "custody submit --manifest \(file) --control 1.1", file),
      ]
    } + [
      Case(66, "custody key show 00000000", "no key"),
      Case(66, "custody key revoke acme/nobody --reason left", "no key"),
      Case(66, "custody party confirm elsewhere 0123456789abcdef", "no party 'elsewhere'"),
      Case(66, "custody framework adopt elephants", "no built-in catalog 'elephants'"),
      Case(66, "custody framework show 99.99", "no catalog has"),
      Case(66, "custody engagement show elsewhere", "no engagement"),
      Case(66, "custody engagement history elsewhere", "no engagement"),
      Case(66, "custody engagement end elsewhere --yes", "no engagement"),
      Case(66, "custody accept --engagement elsewhere --yes", "gives 'onsite' nothing", as: "onsite/jane"),
      Case(66, "custody accept --yes", "no agreement waits"), Case(66, "custody show 4711", "no entry 4711"),
      Case(66, "custody cat 0123456789", "0123456789"), Case(66, "custody prove 4711", "4711"),
    ]

  static let usage = [
    Case(64, "custody key new --as acme --output x", "a member"),
    Case(64, "custody key new --as a/b/c --output x", "a member"),
    Case(64, "custody key new --as acme/x --use recovery --output x", "a party"),
    Case(64, "custody key new --as acme/x --use witness --output x", "--key-name"),
    Case(64, "custody init other --organization Other --as ACME/bo", "not an id"),
    Case(64, "custody init other --organization Other --id other --as acme/bo", "--id"),
    Case(64, "custody init other --organization 漢字 --as bo", "not an id"),
    Case(64, "custody party confirm onsite 01234567", "too short"),
    Case(64, "custody member change acme/kim", "not said"),
    Case(64, "custody framework adopt house --not-applicable 1.1", "not said"),
    Case(64, "custody framework adopt house --not-applicable 9.9 --reason x", "no control '9.9'"),
    Case(64, "custody accept --decline 1.1 --yes", "--reason", as: "onsite/jane"),
    Case(64, "custody accept --reason x --yes", "--decline", as: "onsite/jane"),
    Case(64, "custody accept --decline 9.9 --reason x --yes", "nothing of '9.9'", as: "onsite/jane"),
    Case(64, "custody accept --decline 2.1 --reason x --yes", "nothing of '2.1'", as: "onsite/jane"),
    Case(64, "custody accept --request onsite.request --yes", "with an offer", as: "onsite/jane"),
    Case(64, "custody engagement end acme-onsite", "no terminal"),
    Case(64, "custody accept", "no terminal", as: "onsite/jane"),
    Case(64, "custody engagement apply again.yaml", "no terminal"),
    Case(64, "custody party remove onsite", "no terminal", as: "onsite/jane"),
    Case(64, "custody key revoke acme/bo --reason left", "no terminal"),
    Case(64, "custody member remove acme/bo", "no terminal"),
    Case(64, "custody submit --control 1.1", "nothing to submit"),
    Case(64, "custody report elephants", "elephants"), Case(64, "custody verify --party onsite=12", "too short"),
  ]

  static let notEntitled = [
    Case(77, "custody framework adopt house", "no administrator", as: "acme/kim"),
    Case(77, "custody framework import three-controls.json --id annexe", "no administrator", as: "acme/kim"),
    Case(77, "custody member add sam.card", "no administrator", as: "acme/kim"),
    Case(77, "custody member add sam.card", "no administrator", as: "onsite/jane"),
    Case(77, "custody member change acme/kim --role administrator", "no administrator", as: "acme/kim"),
    Case(77, "custody member remove acme/bo --yes", "no administrator", as: "onsite/jane"),
    Case(77, "custody party add hostco --name H", "no administrator", as: "acme/kim"),
    Case(77, "custody party notice onsite", "", as: "acme/kim"),
    Case(77, "custody party remove onsite --yes", "90 days"),
    Case(77, "custody key revoke acme/bo --reason stolen --yes", "", as: "acme/kim"),
    Case(77, "custody key revoke acme/bo --reason stolen", "", as: "onsite/jane"),
    Case(77, "custody engagement apply again.yaml --yes", "", as: "acme/kim"),
    Case(77, "custody engagement end acme-onsite --yes", "", as: "acme/kim"),
    Case(77, "custody assess house/1.1 --status met", "", as: "acme/kim"),
    Case(77, "custody assess house/1.1 --status met", "", as: "onsite/jane"),
    Case(77, "custody framework adopt house", "not added to this store", as: "acme/sam"),
    Case(77, "custody framework adopt house", "you hold no key", as: "acme/nobody"),
    Case(77, "custody submit february.txt --control 1.1", "you hold no key", as: "ledgerline/ann"),
    Case(77, "custody append accept.offer", "not added to this store", as: "acme/sam"),
    Case(77, "custody accept --request onsite.request --unproven --offer o --yes", "is for 'onsite'"),
  ]

  static let inputOutput = [
    Case(74, "custody append circle", "circle"), Case(74, "custody submit circle --control 1.1", "circle"),
    Case(74, "custody engagement check circle", "circle"), Case(74, "custody verify --with circle", "circle"),
  ]

  static let cannotCreate = [
    Case(73, "custody init acme --organization Acme", "not an empty folder"),
    Case(73, "custody init updates.txt --organization Acme", "not an empty folder"),
    Case(73, "custody init other --organization Acme --origin \"$(origin)\"", "already"),
    Case(73, "custody engagement new agreement.yaml", "is there already"),
    Case(73, "custody engagement new folder", "is there already"),
    Case(73, "custody engagement new gone/new.yaml", "gone/new.yaml"),
    Case(73, "custody key new --as acme/new --output gone/new.card", "gone/new.card"),
    Case(73, "custody key new --as acme/new --output folder", "folder"),
    Case(73, "custody engagement show --request gone/x.request", "gone/x.request"),
    Case(73, "custody framework adopt house --offer gone/x.offer", "gone/x.offer"),
    Case(73, "custody framework adopt house --offer updates.txt/x.offer", "updates.txt/x.offer"),
    Case(73, "custody member change acme/kim --name K --offer gone/x.offer", "gone/x.offer"),
    Case(73, "custody accept --request onsite.request --unproven --offer gone/o --yes", "gone/o", as: "onsite/jane"),
    Case(73, "custody report ownership --output gone/x.txt", "gone/x.txt"),
    Case(73, "custody engagement show --request pipe", "not a regular file"),
    Case(73, "custody key new --as acme/new --output link", "it is a link"),
    Case(73, "custody report gaps --output pipe", "not a regular file"),
    Case(73, "custody init gone/other --organization Other", "gone"),
  ]

  @Test func `what is malformed`() throws { try check(Self.malformed) }
  @Test func `what is missing`() throws { try check(Self.missing) }
  @Test func `what cannot be meant`() throws { try check(Self.usage) }
  @Test func `what somebody may not do`() throws { try check(Self.notEntitled) }
  @Test func `what cannot be read`() throws { try check(Self.inputOutput) }
  @Test func `what cannot be made`() throws { try check(Self.cannotCreate) }

  private func check(_ cases: [Case]) throws {
    let place = try Self.desk()
    let before = try state(place)
    for refused in cases {
      // Twenty seconds are for ever: nothing is to wait for a pipe or read a device to its end.
      let words = refused.line.dropFirst("custody ".count)
      let isRaw = words.hasPrefix("cat ")
      let line = isRaw ? "timeout 20 \(refused.line)" : "timeout 20 custody --format json \(words)"
      let ended = try place.shell(line, as: refused.person)
      #expect(ended.status == refused.status, "\(refused.line): \(ended.output)\(ended.talk)")
      let error = isRaw ? ["message": ended.talk, "code": code(refused.status)] : ended.error
      let message = error?["message"] as? String
      #expect(
        message.map { refused.says.isEmpty || $0.contains(refused.says) } == true, "\(refused.line): \(ended.talk)")
      #expect(error?["code"] as? String == code(refused.status), "\(refused.line)")
      #expect(message?.first?.isUppercase == false && message?.hasSuffix(".") == false, "\(message ?? "")")
      #expect(!ended.talk.contains("Foundation") && !ended.talk.contains("Error Domain"), "\(ended.talk)")
      #expect(try state(place) == before, "\(refused.line) wrote something")
    }
  }

  private func code(_ status: Int32) -> String {
    FailureCode.allCases.first { ExitStatus($0).rawValue == status }?.rawValue ?? "none"
  }

  /// The store, what lies on the desk, and every home but for its index.
  private func state(_ place: Workplace) throws -> [String: [UInt8]] {
    var state = try place.snapshot()
    for name in try FileManager.default.contentsOfDirectory(atPath: place.desk) { state["desk/\(name)"] = [] }
    for (name, bytes) in try place.snapshot(of: "../homes") where !name.contains("/cache") && name.contains("/") {
      state["homes/\(name)"] = bytes
    }
    return state
  }
}
