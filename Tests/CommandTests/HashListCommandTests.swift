import Crypto
import Foundation
import TestSupport
import Testing

/// Artifact hash lists: written, and checked against a folder and a store.
struct HashListCommandTests {
  private func rig() throws -> SubmissionRig {
    let rig = try SubmissionRig()
    try FileManager.default.createDirectory(
      atPath: rig.folder.path("Evidence/Doors"), withIntermediateDirectories: true)
    try rig.write("policy", to: "Evidence/Door policy.pdf")
    try rig.write("photo", to: "Evidence/Doors/PE.L2-3.10.1[ab]_pr\u{fc}f.png")
    return rig
  }

  private func lines(_ ended: SubmissionRig.Ended) -> [String: String] {
    let all = ended.json["lines"] as? [[String: Any]] ?? []
    return Dictionary(
      all.map { ($0["name"] as? String ?? "", $0["state"] as? String ?? "") }, uniquingKeysWith: { first, _ in first })
  }

  @Test func `a list of a folder is checked as it was written, and says what changed since`() throws {
    let rig = try rig()
    let written = try rig.run("hash-list", "write", "Evidence", "--format", "json")
    try #require(written.status == 0, "\(written.talk)")
    let list = try #require(rig.folder.read("CMMCAssessmentArtifacts.log"))
    let emass = try #require(written.json["emass"] as? [String: String])
    #expect(emass["hashValue"] == SHA256.hash(list).hex.uppercased() && emass["algorithm"] == "SHA-256")
    #expect(emass["hashedDataList"] == "CMMCAssessmentArtifacts.log" && emass["date"]?.count == 10)
    #expect(list.allSatisfy { $0 < 0x80 })
    let hash = String(decoding: try #require(rig.folder.read("CMMCAssessmentLogHash.log")), as: UTF8.self)
    #expect(hash.contains("\(SHA256.hash(list).hex.uppercased())       CMMCAssessmentArtifacts.log"))

    let good = try rig.run("hash-list", "check", "CMMCAssessmentArtifacts.log", "Evidence", "--format", "json")
    #expect(good.status == 0 && Set(lines(good).values) == ["matches"] && lines(good).count == 2, "\(good.output)")

    try rig.write("changed", to: "Evidence/Door policy.pdf")
    try rig.write("new", to: "Evidence/new.txt")
    let bad = try rig.run("hash-list", "check", "CMMCAssessmentArtifacts.log", "Evidence", "--format", "json")
    #expect(bad.status == 1)
    #expect(lines(bad)["Evidence\\Door policy.pdf"] == "changed" && lines(bad)["new.txt"] == "additional")
    let page = try rig.run("hash-list", "check", "CMMCAssessmentArtifacts.log", "Evidence")
    #expect(page.status == 1 && page.output.contains("Not everything is as it was listed."))
  }

  @Test func `the store has what the folder has lost`() throws {
    let rig = try rig()
    try #require(rig.run("hash-list", "write", "Evidence", "--output", ".").status == 0)
    try #require(rig.submit("Evidence/Door policy.pdf", "--control", "3.10.1").status == 0)
    try FileManager.default.removeItem(atPath: rig.folder.path("Evidence/Door policy.pdf"))
    let ended = try rig.run("hash-list", "check", "CMMCAssessmentArtifacts.log", "Evidence", "--format", "json")
    let kept = (ended.json["lines"] as? [[String: Any]])?.first { $0["state"] as? String == "in-store" }
    #expect(ended.status == 0 && kept?["entry"] as? Int == 3, "\(ended.output)")
    let alone = try rig.run("hash-list", "check", "CMMCAssessmentArtifacts.log", "--format", "json")
    #expect(alone.status == 1 && Set(lines(alone).values) == ["in-store", "missing"])
  }

  @Test func `a list that is not the one that was hashed is told`() throws {
    let rig = try rig()
    try #require(rig.run("hash-list", "write", "Evidence", "--name", "enclave").status == 0)
    let name = "enclave-CMMCAssessmentArtifacts.log"
    let digest = SHA256.hash(try #require(rig.folder.read(name))).hex
    func check(_ words: String...) throws -> Int32 {
      try rig.run(["hash-list", "check", name, "Evidence"] + words).status
    }
    #expect(try check("--log-hash", "enclave-CMMCAssessmentLogHash.log", "--hash-value", digest) == 0)
    #expect(try check("--hash-value", String(repeating: "0", count: 64)) == 1)
    #expect(try check("--log-hash", "nowhere.log") == 66)
    try rig.write("SHA256  \(String(repeating: "A", count: 64))  C:\\x\\\(name)\r\n", to: "other.log")
    #expect(try check("--log-hash", "other.log") == 1)
  }

  @Test func `the hash file beside a list counts where it is of that list, and of no other`() throws {
    let rig = try rig()
    try #require(rig.run("hash-list", "write", "Evidence").status == 0)
    // Another list beside them, of which the hash file says nothing.
    try rig.write(
      "\(SHA256.hash("policy").hex)  Door policy.pdf\n\(SHA256.hash("photo").hex)  Doors/PE.L2-3.10.1[ab]_pr\u{fc}f.png\n",
      to: "other.sha256")
    let other = try rig.run("hash-list", "check", "other.sha256", "Evidence", "--format", "json")
    #expect(other.status == 0 && (other.json["ownHash"] as? [Any])?.isEmpty == true, "\(other.output)")
    var list = try #require(rig.folder.read("CMMCAssessmentArtifacts.log"))
    list += Array("\r\n".utf8)
    try rig.folder.write(list, to: "CMMCAssessmentArtifacts.log")
    let changed = try rig.run("hash-list", "check", "CMMCAssessmentArtifacts.log", "Evidence", "--format", "json")
    #expect(changed.status == 1 && Set(lines(changed).values) == ["matches"])
    #expect((changed.json["ownHash"] as? [[String: Any]])?.first?["matches"] as? Bool == false)
  }

  @Test func `lists that are there are not replaced unasked, and never list themselves`() throws {
    let rig = try rig()
    #expect(try rig.run("hash-list", "write", "Evidence", "--output", "Evidence").status == 0)
    #expect(try rig.run("hash-list", "write", "Evidence", "--output", "Evidence").status == 73)
    let again = try rig.run(
      "hash-list", "write", "Evidence", "--output", "Evidence", "--force", "--format", "json")
    #expect(again.status == 0 && again.json["artifacts"] as? Int == 2)
    let checked = try rig.run("hash-list", "check", "Evidence/CMMCAssessmentArtifacts.log", "Evidence")
    #expect(checked.status == 0, "\(checked.output)")
    #expect(try rig.run("hash-list", "write").status == 64)
    #expect(try rig.run("hash-list", "write", "Evidence", "--control", "3.1.1").status == 64)
    #expect(try rig.run("hash-list", "write", "nowhere").status == 66)
  }

  @Test func `the folder for the lists is made where none is, and no folder above it`() throws {
    let rig = try rig()
    #expect(try rig.run("hash-list", "write", "Evidence", "--output", "dry", "--dry-run").status == 0)
    #expect(rig.folder.read("dry/CMMCAssessmentArtifacts.log") == nil)
    for name in ["assessment", "other/", "assessment/inner"] {
      let ended = try rig.run("hash-list", "write", "Evidence", "--output", name)
      #expect(ended.status == 0, "\(ended.talk)")
      #expect(rig.folder.read("\(name)/CMMCAssessmentArtifacts.log") != nil)
    }
    let deep = try rig.run("hash-list", "write", "Evidence", "--output", "none/inner")
    #expect(deep.status == 73 && deep.talk.contains("name a folder in one that is there"), "\(deep.talk)")
  }

  @Test func `evidence of the store is listed under the names that a pack gives it`() throws {
    let rig = try rig()
    try #require(rig.submit("Evidence/Door policy.pdf", "--control", "3.10.1").status == 0)
    try #require(rig.run("hash-list", "write", "--framework", "nist-800-171-r2").status == 0)
    try #require(rig.run("pack", "--framework", "nist-800-171-r2", "--output", "pack/").status == 0)
    let ended = try rig.run("hash-list", "check", "CMMCAssessmentArtifacts.log", "pack/evidence", "--format", "json")
    #expect(Set(lines(ended).values) == ["matches"] && ended.status == 0, "\(ended.output)\(ended.talk)")
  }

  @Test func `a list that was made elsewhere is understood`() throws {
    let rig = try rig()
    let policy = SHA256.hash("policy").hex.uppercased()
    let photo = SHA256.hash("photo").hex.uppercased()
    let text =
      "\r\nAlgorithm       Hash                                                                   Path\r\n"
      + "---------       ----                                                                   ----\r\n"
      + "SHA256          \(policy)       C:\\Audit\\Evidence\\Door policy.pdf\r\n"
      + "SHA256          \(photo)       C:\\Audit\\Evidence\\Doors\\PE.L2-3.10.1[ab]_pr?f.png\r\n\r\n"
    try rig.write(text, to: "list.log")
    #expect(try rig.run("hash-list", "check", "list.log", "Evidence").status == 0)
    // PowerShell's own '>' writes UTF-16 with a mark.
    var wide: [UInt8] = [0xff, 0xfe]
    for unit in text.utf16 { wide += [UInt8(unit & 0xff), UInt8(unit >> 8)] }
    try rig.folder.write(wide, to: "wide.log")
    #expect(try rig.run("hash-list", "check", "wide.log", "Evidence").status == 0)
    // A code page of Windows: one byte for the letter.
    var page = Array(text.replacing("pr?f", with: "pr#f").utf8)
    for place in page.indices where page[place] == UInt8(ascii: "#") { page[place] = 0xfc }
    try rig.folder.write(page, to: "page.log")
    #expect(try rig.run("hash-list", "check", "page.log", "Evidence").status == 0)
  }

  @Test(
    arguments: [
      Array("../../etc/passwd".utf8), Array("/etc/passwd".utf8), Array("C:\\..\\..\\etc\\passwd".utf8),
      [0xff, 0xfe, 0xfd],
      Array(String(repeating: "x/", count: 5000).utf8), Array("a\u{1b}[2J\u{202e}b".utf8), Array("\\\\?\\C:\\x".utf8),
      Array("con".utf8) + [0x0d], Array("x\u{0}y".utf8), Array("..".utf8), Array("=cmd|'/c calc'!A1".utf8),
    ] as [[UInt8]])
  func `whatever a line names, nothing outside is read and nothing breaks`(_ name: [UInt8]) throws {
    let rig = try rig()
    let digest = SHA256.hash("something else").hex
    try rig.folder.write(Array("\(digest)  ".utf8) + name + [0x0a], to: "list.sha256")
    for format in ["text", "json", "csv"] {
      let ended = try rig.run("hash-list", "check", "list.sha256", "Evidence", "--format", format)
      #expect(ended.status == 1, "\(ended.status) \(ended.talk)")
      #expect(!ended.output.contains("matches ") && !ended.output.contains("\u{1b}") || format == "json")
    }
  }

  @Test func `a link in the folder is not followed`() throws {
    let rig = try rig()
    try rig.write("secret", to: "secret.txt")
    try FileManager.default.createSymbolicLink(
      atPath: rig.folder.path("Evidence/link.txt"), withDestinationPath: rig.folder.path("secret.txt"))
    try rig.write("\(SHA256.hash("secret").hex)  link.txt\n", to: "list.sha256")
    let ended = try rig.run("hash-list", "check", "list.sha256", "Evidence", "--format", "json")
    #expect(ended.status == 1 && lines(ended)["link.txt"] == "missing")
    #expect(ended.talk.contains("symbolic link"))
  }

  @Test func `what is no list is refused`() throws {
    let rig = try rig()
    try rig.write("", to: "empty.log")
    #expect(try rig.run("hash-list", "check", "empty.log", "Evidence").status == 65)
    try rig.write("%PDF-1.7\n", to: "x.pdf")
    #expect(try rig.run("hash-list", "check", "x.pdf", "Evidence").status == 65)
    #expect(try rig.run("hash-list", "check", "nowhere", "Evidence").status == 66)
  }
}
