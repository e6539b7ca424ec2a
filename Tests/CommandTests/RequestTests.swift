import Foundation
import TestSupport
import Testing

@testable import Workspace

/// Requests that come by mail: the tree that they show has to extend what their reader has signed for before.
struct RequestTests {
  private static let jane = "onsite/jane"
  private static let accept = "custody accept --yes --request onsite.request --offer far.offer"

  /// A house whose provider works from a machine that has never seen the store.
  private func farHouse() throws -> Workplace {
    let place = try SampleHouse.copy()
    try place.shell("rm -r \(place.home(Self.jane))/trust")
    return place
  }

  private func ask(_ place: Workplace, _ options: String = "") throws {
    try place.prepare(("acme/bo", "custody engagement show acme-onsite --request onsite.request \(options)"))
  }

  @Test func `the next request proves that the log goes on from the last`() throws {
    let place = try farHouse()
    try ask(place)
    let first = try place.shell(Self.accept, as: Self.jane)
    #expect(first.status == 0 && first.talk.contains("by telephone"), "\(first.talk)")
    try place.prepare(
      ("acme/bo", "custody append far.offer"), ("acme/bo", "custody submit february.txt --control 1.1"))
    try ask(place)
    let second = try place.shell(Self.accept, as: Self.jane)
    #expect(second.status == 0, "\(second.talk)")
    #expect(!second.talk.contains("warning") && !second.talk.contains("by telephone"), "\(second.talk)")
  }

  @Test func `a request that proves nothing is refused, and --since asks for one that does`() throws {
    let place = try farHouse()
    try ask(place)
    // Signed for, and never sent: the store does not know of it.
    try place.prepare((Self.jane, Self.accept), ("acme/bo", "custody submit february.txt --control 1.1"))
    try ask(place)
    let seen = try place.shell(Self.accept, as: Self.jane)
    #expect(seen.status == 1 && !seen.talk.contains("warning"), "\(seen.talk)")
    let size = try #require(seen.talk.firstMatch(of: /--since ([0-9]+)/)).1
    let unproven = try place.shell("\(Self.accept) --unproven", as: Self.jane)
    #expect(unproven.status == 0 && unproven.talk.contains("warning"), "\(unproven.talk)")
    try place.prepare(("acme/bo", "custody submit updates.txt --control 1.2"))
    try ask(place, "--since \(size)")
    let proven = try place.shell(Self.accept, as: Self.jane)
    #expect(proven.status == 0 && !proven.talk.contains("warning"), "\(proven.talk)")
  }

  @Test func `nothing is signed for a log that was rewritten`() throws {
    let place = try farHouse()
    try place.shell("cp -r acme fork && cp -r \(place.home("acme/bo")) bo")
    try place.prepare(("acme/bo", "custody submit february.txt --control 1.1"))
    try ask(place)
    try place.prepare((Self.jane, Self.accept))
    let elsewhere = ["CUSTODY_STORE": "\(place.desk)/fork", "CUSTODY_HOME": "\(place.desk)/bo"]
    for line in ["submit updates.txt --control 1.2", "submit february.txt --control 2.1"] {
      #expect(try place.shell("custody \(line)", environment: elsewhere).status == 0)
    }
    let size = try #require(try size(of: "acme", in: place))
    let forked = try place.shell(
      "custody engagement show acme-onsite --request onsite.request --since \(size)", environment: elsewhere)
    #expect(forked.status == 0, "\(forked.talk)")
    let refused = try place.shell("rm far.offer; \(Self.accept)", as: Self.jane)
    #expect(refused.status == 1 && refused.talk.contains("another log"), "\(refused.talk)")
    #expect(!FileManager.default.fileExists(atPath: "\(place.desk)/far.offer"))
  }

  @Test func `a request whose proof was changed is refused`() throws {
    let place = try farHouse()
    try ask(place)
    let text = String(decoding: place.folder.read("desk/onsite.request") ?? [], as: UTF8.self)
    let genesis = try #require(text.firstMatch(of: /"genesis" : "([0-9a-f]{64})"/)).1
    for other in [String(genesis.reversed()), "", "x"] {
      let changed = text.replacing("\"genesis\" : \"\(genesis)\"", with: "\"genesis\" : \"\(other)\"")
      try place.folder.write(Array(changed.utf8), to: "desk/onsite.request")
      let refused = try place.shell(Self.accept, as: Self.jane)
      #expect(refused.status == 65 && refused.talk.contains("does not hold"), "\(refused.talk)")
    }
    // One without is taken as it is: nothing is remembered of it.
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex { $0.contains("\"lineage\"") })
    let end = try #require(lines[start...].firstIndex { $0 == "  }," })
    try place.folder.write(
      Array((lines[..<start] + lines[(end + 1)...]).joined(separator: "\n").utf8), to: "desk/onsite.request")
    #expect(try place.shell(Self.accept, as: Self.jane).status == 0)
    #expect(!FileManager.default.fileExists(atPath: "\(place.home(Self.jane))/trust"))
  }

  @Test func `a checkpoint that comes by mail is signed by somebody who may append`() throws {
    let place = try SampleHouse.copy()
    let line = "custody submit february.txt --control house/1.1 --offer far.offer --checkpoint checkpoint"
    try place.shell("cp acme/checkpoint checkpoint; head -n 3 checkpoint > lines")
    let good = try place.shell(line)
    #expect(good.status == 0 && !good.talk.contains("warning"), "\(good.talk)")
    #expect(try place.shell(line.replacing("--checkpoint checkpoint", with: "--checkpoint lines")).status == 0)
    // Of the signature the bytes after the key's id.
    var bytes = try #require(place.folder.read("desk/checkpoint"))
    let at = bytes.count - 30
    bytes[at] = bytes[at] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
    try place.folder.write(bytes, to: "desk/checkpoint")
    let changed = try place.shell(line)
    #expect(changed.status == 1 && changed.talk.contains("does not hold"), "\(changed.talk)")
    // A key that nobody has known to append.
    try place.shell("cp acme/checkpoint checkpoint")
    let memory = "\(place.home("acme/bo"))/trust"
    for name in try FileManager.default.contentsOfDirectory(atPath: memory) where name.hasSuffix(".json") {
      let url = URL(filePath: "\(memory)/\(name)")
      var record = try JSONDecoder().decode(TrustRecord.self, from: Data(contentsOf: url))
      #expect(record.noteKeys.count == 3)
      record.verifierKeys = []
      try JSONEncoder().encode(record).write(to: url)
    }
    let unknown = try place.shell(line)
    #expect(unknown.status == 0 && unknown.talk.contains("nobody whom you have known"), "\(unknown.talk)")
  }

  private func size(of store: String, in place: Workplace) throws -> Int? {
    let lines = (place.folder.read("desk/\(store)/checkpoint") ?? []).split(separator: 0x0a)
    return lines.count > 1 ? Int(String(decoding: lines[1], as: UTF8.self)) : nil
  }
}

/// What an auditor was told apart, and how it is answered.
struct ToldApartTests {
  private func verify(_ options: String, _ place: Workplace) throws -> (status: Int32, checks: [String: String]) {
    let fresh = ["CUSTODY_HOME": place.folder.path("auditor")]
    let ended = try place.shell("custody verify --format json --fail-on never \(options)", environment: fresh)
    let checks = (ended.object["checks"] as? [[String: Any]] ?? []).compactMap { check -> (String, String)? in
      guard let name = check["name"] as? String, let summary = check["summary"] as? String else { return nil }
      return (name, ((check["ok"] as? Bool == true) ? "ok " : "NO ") + summary)
    }
    return (ended.status, Dictionary(checks, uniquingKeysWith: { $1 }))
  }

  @Test func `the right key and a checkpoint are said to hold, the wrong ones are named`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(("acme/bo", "custody append accept.offer; cp acme/checkpoint mailed"))
    try place.prepare(("acme/bo", "custody submit february.txt --control 1.1"))
    let key = try place.shell("keyid onsite/jane").output.trimmingCharacters(in: .whitespacesAndNewlines)
    let plain = try verify("", place)
    #expect(plain.status == 0 && plain.checks["history"]?.contains("whose key you have not confirmed") == true)
    let told = try verify("--party onsite=\(key.prefix(16)) --trust mailed", place)
    #expect(told.status == 0 && told.checks["history"]?.contains("not confirmed") == false, "\(told)")
    #expect(told.checks["history"]?.contains("it extends the checkpoint 'mailed'") == true, "\(told)")
    let wrong = try verify("--party onsite=0123456789abcdef", place)
    #expect(wrong.status == 1 && wrong.checks["statements"]?.hasPrefix("NO") == true, "\(wrong)")
    #expect(wrong.checks["history"]?.contains("not confirmed") == true)
    let typing = try place.shell("custody verify --format json --party onsit=\(key)")
    #expect(typing.status == 1 && typing.output.contains("it has acme and onsite"), "\(typing.output)")
  }
}
