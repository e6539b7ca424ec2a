import Crypto
import Foundation
import Statements
import TestSupport
import Testing
import TreeLog

struct ReadCommandTests {
  /// Compares what commands print with a transcript: `$ custody …`, then the output, then the status where it is not 0.
  ///
  /// With `RECORD=1` the transcript is written anew.
  private func expectTranscript(_ name: String, of lines: [String], _ store: ReadStore) throws {
    var text = ""
    for line in lines {
      let result = try store.custody(line.split(separator: " ").map(String.init))
      text += "$ custody \(line)\n\(result.text)\(result.talk)"
      if result.status != 0 { text += "[\(result.status)]\n" }
      text += "\n"
    }
    let path = Fixtures.path("transcripts/\(name)")
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try FileManager.default.createDirectory(atPath: Fixtures.path("transcripts"), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: URL(filePath: path))
    }
    let expected = String(decoding: try Fixtures.bytes("transcripts/\(name)"), as: UTF8.self)
    #expect(text == expected, "set RECORD=1 to write \(name) anew, and review it")
  }

  @Test func `the log is listed, filtered and searched`() throws {
    try expectTranscript(
      "read-log.txt",
      of: [
        "log", "log --limit 2 --reverse", "log --type evidence", "log --member onsite",
        "log --member acme/bo --limit 1",
        "log --control 1.2", "log --control demo/1.1[a]", "log --control 9.9",
        "log --since 2026-01-02 --until 2026-01-31", "log --type evidnce", "log --type acceptance --format json",
        "log --limit 0 --format json", "search january", "search UPDATES jan", "search onsite manifest",
        "search nowhere", "search nowhere --format json",
      ], ReadStore())
  }

  @Test func `entries, objects and the checkpoint are shown`() throws {
    try expectTranscript(
      "read-show.txt",
      of: [
        "show 0", "show 4", "show 6", "show 7", "show 8", "show 510aebf6", "show a3d364a8", "show checkpoint", "show 9",
        "show 0000000000", "show 00ff00ff", "show 510a", "show 6 --format json", "show a3d364a8 --format json",
        "show checkpoint --format json",
      ], ReadStore())
  }

  @Test func `objects come out byte for byte, and what was tampered with is said`() throws {
    let store = try ReadStore()
    let updates = "a3d364a858f3b43d79e7c6b7ea1ecbee5b07d6cbb05467bdbb27d2bfbf325605"
    let result = try store.custody("cat", "7", "--name", "january/updates.txt")
    #expect(result.status == 0)
    #expect(SHA256.hash(result.output).hex == updates)
    #expect(try store.custody("cat", updates) == result)
    #expect(try store.custody("cat", "8", "--name", "scan/003.txt").text == "machine 3 ok\n")
    #expect(try store.custody("cat", "6").text.hasPrefix("demo/1.1[a]\t"))
    try expectTranscript(
      "read-cat.txt",
      of: ["cat 7", "cat 8", "cat 7 --name february.txt", "cat 0", "cat checkpoint", "cat 99", "cat ffffffff"], store)

    let path = "store/object/a3/" + updates.dropFirst(2)
    try store.folder.remove(path)
    let missing = try store.custody("cat", updates)
    #expect(missing.status == 66)
    #expect(missing.talk.contains("the object a3d364a8 is missing"))
    #expect(try store.custody("show", "7").text.contains("22 bytes, text/plain, missing\n"))

    try store.folder.write(Array("no machine updated...\n".utf8), to: path)
    let tampered = try store.custody("cat", updates)
    #expect(tampered.status == 1)
    #expect(tampered.text == "no machine updated...\n")
    #expect(tampered.talk.contains("is not what was submitted: it hashes to "))
    #expect(tampered.talk.contains("do not use the 22 bytes that were written"))
  }

  @Test func `a tampered manifest is said, and lists nothing`() throws {
    let store = try ReadStore()
    let path = "store/object/8d/58db6cd70ad4e46fbda9eb3f8a1928fcad6f65fd201cf510ceb1a8239686c9"
    var bytes = try #require(store.folder.read(path))
    bytes[0] = bytes[0] == 0x30 ? 0x31 : 0x30
    try store.folder.remove(path)
    try store.folder.write(bytes, to: path)
    let shown = try store.custody("show", "8")
    #expect(shown.status == 0)
    #expect(shown.text.contains("the manifest 8d58db6c is not what was submitted"))
    #expect(!shown.text.contains("scan/000.txt"))
    #expect(try store.custody("cat", "8", "--name", "scan/003.txt").status == 1)
  }

  @Test func `an entry that does not count says why, and hostile text stays text`() throws {
    let store = try ReadStore()
    var evidence = Evidence(controls: ["demo/1.1"])
    evidence.description = "harmless\u{1b}[2J\u{202e}\nentry 99"
    try store.append(evidence, bringing: Array("forged".utf8), name: "forged.txt", signedBy: 7)
    try store.append(evidence, bringing: Array("real\u{1b}[2J".utf8), name: "real.txt", signedBy: 2)
    for words in [["log"], ["show", "9"], ["show", "10"], ["search", "harmless"], ["log", "--format", "json"]] {
      let result = try store.custody(words)
      #expect(result.status == 0)
      #expect(!result.output.contains(0x1b))
      #expect(!result.text.unicodeScalars.contains("\u{202e}"))
      // A pipe gets an entry whole, in one line.
      let isWhole = words.last == "json" || words[0] == "log" || words[0] == "search"
      #expect(isWhole || result.text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    }
    let log = try store.custody("log").text.split(separator: "\n")
    #expect(log.count == 11)
    #expect(log[0].contains("demo/1.1, 1 object: harmless\\u{1b}[2J\\u{202e}\\nentry 99"))
    #expect(log[1].contains("  does not count, not-entitled: the key "))
    let shown = try store.custody("show", "9").text
    #expect(shown.contains("does not count, not-entitled: the key "))
    #expect(shown.contains("in the name of  nobody known\n"))
    #expect(try store.custody("log", "--control", "demo/1.1", "--limit", "1").text.hasPrefix("10  "))
    // What is no terminal gets the bytes as they are.
    #expect(try store.custody("cat", "10").output == Array("real\u{1b}[2J".utf8))
  }

  @Test func `what replaces evidence is shown with it`() throws {
    let store = try ReadStore()
    var evidence = Evidence(controls: ["demo/2.1"])
    evidence.replaces = [
      try #require(Digest(hex: "510aebf634f4263a6c98dd29cf406732639c7f5f959daedcfcd6a382652227c9"))
    ]
    try store.append(evidence, bringing: Array("better".utf8), name: "better.txt", signedBy: 2)
    #expect(try store.custody("show", "7").text.contains("replaced by    entry 9\n"))
    #expect(try store.custody("show", "9").text.contains("227c9 (entry 7)\n"))
    #expect(try store.custody("show", "a3d364a8").text.contains("for demo/1.1, replaced\n"))
    #expect(try store.custody("show", "7", "--format", "json").text.contains("\"replacedBy\": [\n    9\n  ]"))
  }
}
