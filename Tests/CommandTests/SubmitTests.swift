import Foundation
import TestSupport
import Testing

struct SubmitTests {
  @Test func `a file becomes one entry, and the same file again becomes none`() throws {
    let rig = try SubmissionRig(frameworks: ["nist-800-171-r2", "cmmc-level-2"])
    try rig.write("hello\n", to: "review.txt")
    let first = try rig.submit(
      "review.txt", "--control", "AC.L2-3.1.1", "--control", "3.1.1", "--description", "Review")
    #expect(first.status == 0)
    #expect(first.entries == [4])
    #expect(first.size == 5)
    #expect(first.names == ["review.txt"])
    #expect(first.artifacts[0]["new"] as? Bool == true)
    #expect(first.artifacts[0]["size"] as? Int == 6)
    #expect(
      first.artifacts[0]["sha256"] as? String == "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03")
    #expect(try rig.predicate(ofEntry: 4)["controls"] as? [String] == ["nist-800-171-r2/3.1.1"])

    let again = try rig.submit("review.txt", "--control", "3.1.1")
    #expect(again.status == 0)
    #expect(again.entries == [])
    #expect(again.size == 5)
    #expect(again.artifacts[0]["new"] as? Bool == false)

    // For other controls, for another period, and instead of the first it goes in.
    #expect(try rig.submit("review.txt", "--control", "3.1.2").entries == [5])
    #expect(try rig.submit("review.txt", "--control", "3.1.1", "--through", "2026-01-31").entries == [6])
    #expect(try rig.submit("review.txt", "--control", "3.1.1", "--replaces", "4").entries == [7])
    #expect(try rig.isSound())
  }

  @Test func `what is there already is left out of a larger submission`() throws {
    let rig = try SubmissionRig()
    try rig.write("1", to: "one")
    try rig.write("2", to: "two")
    #expect(try rig.submit("one", "--control", "3.1.1").entries == [3])
    let both = try rig.submit("one", "two", "--control", "3.1.1")
    #expect(both.entries == [4])
    #expect(both.artifacts.map { $0["recorded"] as? Bool } == [false, true])
    let subjects = try rig.statement(ofEntry: 4)["subject"] as? [[String: Any]]
    #expect(subjects?.map { $0["name"] as? String } == ["two"])
  }

  @Test func `a folder is taken in whole, hidden files too, links and pipes left out by name`() throws {
    let rig = try SubmissionRig()
    try rig.write("1", to: "month/b.txt")
    try rig.write("2", to: "month/.hidden/a.json")
    try rig.write("3", to: "month/a/deep.pdf")
    try rig.folder.link("month/link", to: "b.txt")
    try rig.folder.makePipe("month/pipe")
    let ended = try rig.submit("month", "--control", "3.3.1")
    #expect(ended.entries == [3])
    #expect(ended.names == ["month/.hidden/a.json", "month/a/deep.pdf", "month/b.txt"])
    #expect(ended.talk.contains("left out: the symbolic link 'month/link'"))
    #expect(ended.talk.contains("left out: the pipe 'month/pipe'"))
    let subjects = try rig.statement(ofEntry: 3)["subject"] as? [[String: Any]]
    #expect(subjects?.map { $0["mediaType"] as? String } == ["application/json", "application/pdf", "text/plain"])
  }

  @Test func `neither the store nor the keys in a folder are evidence`() throws {
    let rig = try SubmissionRig()
    try rig.write("1", to: "report.txt")
    let ended = try rig.submit(".", "--control", "3.3.1")
    #expect(ended.status == 0)
    #expect(ended.names.contains { $0.hasSuffix("/report.txt") })
    #expect(!ended.names.contains { $0.contains("/home/") || $0.contains("/acme/") })
    #expect(try rig.submit("home", "--control", "3.3.1").status == 64)
    #expect(try rig.submit("acme", "--control", "3.3.1").status == 64)
  }

  @Test func `a private key is not evidence, however it is named`() throws {
    let rig = try SubmissionRig()
    let key = try #require(rig.folder.files().first { $0.hasPrefix("home/keys/") && $0.hasSuffix(".pem") })
    let bytes = try #require(rig.folder.read(key))
    try rig.folder.write(bytes, to: "notes.txt")
    try rig.folder.write(bytes, to: "folder/deep/readme")
    try rig.folder.link("link", to: rig.folder.path(key))
    try rig.write("file,controls\nnotes.txt,3.1.1\n", to: "list.csv")
    let before = rig.checkpoint
    for words in [
      [key], ["notes.txt"], ["link"], ["folder"], ["--list", "list.csv"], ["-"], ["notes.txt", "--dry-run"],
      ["notes.txt", "--offer", "it.offer"],
    ] {
      let control = words[0] == "--list" ? [] : ["--control", "3.1.1"]
      let input = words == ["-"] ? String(decoding: bytes, as: UTF8.self) : nil
      let ended = try rig.run(["submit"] + words + control, input: input)
      #expect(ended.status == 64 && ended.talk.contains("the private key of acme/bo"), "\(words): \(ended.talk)")
    }
    let run = try rig.run("exec", "--control", "3.1.1", "--", "cat", key)
    #expect(run.status == 64 && run.talk.contains("the private key of acme/bo"))
    #expect(rig.checkpoint == before)
    #expect(try rig.folder.files().allSatisfy { !$0.contains("it.offer") && !$0.contains("acme/inbox/") })
  }

  @Test func `hostile names are refused with what to do`() throws {
    let rig = try SubmissionRig()
    for (index, name) in ["back\\slash", "line\nbreak", "del\u{7f}"].enumerated() {
      try rig.write("x", to: "bad\(index)/\(name)")
      let before = rig.checkpoint
      let ended = try rig.submit("bad\(index)", "--control", "3.1.1")
      #expect(ended.status == 65)
      #expect(ended.talk.contains("rename it"))
      #expect(rig.checkpoint == before)
    }
    let raw = Array(rig.folder.path("raw").utf8) + [0x2f, 0xff, 0x00]
    try rig.folder.makeFolder("raw")
    let file = unsafe raw.withUnsafeBytes { bytes in
      unsafe creat(bytes.baseAddress!.assumingMemoryBound(to: CChar.self), 0o600)
    }
    close(file)
    #expect(try rig.submit("raw", "--control", "3.1.1").status == 65)
  }

  @Test func `two files of one name are refused`() throws {
    let rig = try SubmissionRig()
    try rig.write("1", to: "a/x.txt")
    try rig.write("2", to: "b/x.txt")
    let ended = try rig.run("submit", "a/x.txt", "b/x.txt", "--control", "3.1.1")
    #expect(ended.status == 64)
    #expect(ended.talk.contains("would both be called 'x.txt'"))
    #expect(try rig.submit("a", "b", "--control", "3.1.1").names == ["a/x.txt", "b/x.txt"])
  }

  @Test func `standard input has the name it is given`() throws {
    let rig = try SubmissionRig()
    let named = try rig.submit("-", "--name", "siem/day.csv", "--control", "3.3.1", input: "a,b\n")
    #expect(named.names == ["siem/day.csv"])
    #expect(try rig.submit("-", "--control", "3.3.1", input: "c\n").names == ["stdin"])
    #expect(try rig.submit("-", "--name", "../x", "--control", "3.3.1").status == 64)
    #expect(try rig.submit("x", "--name", "y", "--control", "3.3.1").status == 64)
  }

  @Test func `more than sixty-four files lie in a manifest`() throws {
    let rig = try SubmissionRig()
    for index in 0..<64 { try rig.write("\(index)", to: "few/\(index)") }
    for index in 0..<65 { try rig.write("many \(index)", to: "many/\(index)") }
    _ = try rig.submit("few", "--control", "3.1.1")
    #expect((try rig.statement(ofEntry: 3)["subject"] as? [[String: Any]])?.count == 64)
    let ended = try rig.submit("many", "--control", "3.1.1")
    #expect(ended.entries == [4])
    #expect(ended.artifacts.count == 65)
    let subjects = try rig.statement(ofEntry: 4)["subject"] as? [[String: Any]]
    #expect(subjects?.count == 1)
    #expect(subjects?.first?["name"] as? String == "manifest")
    #expect(try rig.submit("many", "--control", "3.1.1").entries == [])
    // Where a statement keeps its own arrays no file can lie.
    try rig.write("x", to: "list/controls")
    _ = try rig.submit("list", "--control", "3.1.1")
    let listed = try rig.statement(ofEntry: 5)["subject"] as? [[String: Any]]
    #expect(listed?.first?["name"] as? String == "manifest")
    #expect(try rig.isSound())
  }

  @Test func `a control is refused with what was perhaps meant`() throws {
    let rig = try SubmissionRig(frameworks: ["nist-800-171-r2", "nist-800-171-r3"])
    try rig.write("x", to: "x")
    let cases = [("3.1", "family"), ("9.9.9", "there is no control"), ("nope/3.1.1", "there is no control")]
    for (control, text) in cases {
      let ended = try rig.run("submit", "x", "--control", control)
      #expect(ended.status == 64)
      #expect(ended.talk.contains(text))
    }
    #expect(try rig.submit("x", "--control", "nist-800-171-r2/3.1.1[a]").status == 0)
  }

  @Test func `dates that cannot be are refused`() throws {
    let rig = try SubmissionRig()
    try rig.write("x", to: "x")
    #expect(try rig.submit("x", "--control", "3.1.1", "--from", "2026-02-01", "--through", "2026-01-31").status == 64)
    #expect(try rig.submit("x", "--control", "3.1.1", "--collected", "9998-01-01").status == 64)
    #expect(try rig.submit("x", "--control", "3.1.1", "--from", "2026-02-30").status == 64)
  }

  @Test func `what cannot be submitted changes nothing`() throws {
    let rig = try SubmissionRig()
    try rig.write("x", to: "x")
    try rig.folder.makeFolder("empty")
    let before = try rig.folder.files().filter { $0.hasPrefix("acme/") }
    #expect(try rig.submit("--control", "3.1.1").status == 64)
    #expect(try rig.submit("gone", "--control", "3.1.1").status == 66)
    #expect(try rig.submit("x", "gone", "--control", "3.1.1").status == 66)
    #expect(try rig.submit("empty", "--control", "3.1.1").status == 66)
    #expect(try rig.submit("/dev/null", "--control", "3.1.1").status == 65)
    #expect(try rig.submit("x", "--control", "3.1.1", "--replaces", "2").status == 66)
    #expect(try rig.submit("x", "--control", "3.1.1", "--replaces", "soon").status == 64)
    #expect(try rig.submit("x", "--duty", "acme-onsite/nothing").status == 64)
    #expect(try rig.run("submit", "x", "--control", "3.1.1", "--dry-run").status == 0)
    #expect(try rig.folder.files().filter { $0.hasPrefix("acme/") } == before)
  }

  @Test func `names of files are asked about and never taken for granted`() throws {
    let rig = try SubmissionRig(frameworks: ["nist-800-171-r2", "cmmc-level-2"])
    try rig.write("1", to: "AC.L2-3.1.1_AccessPolicy_v2_2026-03-15.pdf")
    try rig.write("2", to: "v3.1.10 of 10.3.1.1.txt")
    try rig.write("3", to: "3.1.2-notes.txt")
    try rig.write("4", to: "3.1.5 and 3.1.6.txt")
    let asked = try rig.run("submit", "AC.L2-3.1.1_AccessPolicy_v2_2026-03-15.pdf")
    #expect(asked.status == 64)
    #expect(asked.talk.contains("nist-800-171-r2/3.1.1. Is it?"))
    let sure = try rig.submit("AC.L2-3.1.1_AccessPolicy_v2_2026-03-15.pdf", "--yes")
    #expect(sure.artifacts.first?["controls"] as? [String] == ["nist-800-171-r2/3.1.1"])
    #expect(try rig.submit("v3.1.10 of 10.3.1.1.txt", "--yes").status == 64)
    #expect(try rig.submit("3.1.2-notes.txt", "--yes").status == 64)
    let several = try rig.run("submit", "3.1.5 and 3.1.6.txt", "--yes")
    #expect(several.status == 64)
    #expect(several.talk.contains("nist-800-171-r2/3.1.5 and nist-800-171-r2/3.1.6"))
  }

  @Test func `an offer made far from the store goes in as if it had been made beside it`() throws {
    let rig = try SubmissionRig()
    try rig.write("far", to: "x.txt")
    for index in 0..<70 { try rig.write("\(index)", to: "many/\(index)") }
    let words = ["--checkpoint", "acme/checkpoint", "--offer"]
    #expect(try rig.run(["submit", "x.txt", "--control", "3.1.1"] + words + ["a.offer"], store: "none").status == 64)
    let one = ["submit", "x.txt", "--control", "nist-800-171-r2/3.1.1"]
    #expect(try rig.run(one + words + ["a.offer"], store: "none").status == 0)
    #expect(try rig.run(["submit", "many", "--control", "other/1"] + words + ["c.offer"], store: "none").status == 0)
    let many = ["submit", "many", "--control", "nist-800-171-r2/3.1.2"]
    #expect(try rig.run(many + words + ["b.offer"], store: "none").status == 0)
    #expect(try rig.run("append", "a.offer", "b.offer").status == 0)
    #expect(try rig.run("append", "c.offer").status == 1)
    #expect(try rig.isSound())
    // The store is said to be at fault only where it is needed.
    let lost = try rig.run(["submit", "x.txt", "--control", "3.1.1", "--offer", "d.offer"], store: "none")
    #expect(lost.status == 66)
    #expect(lost.talk.contains("--checkpoint"))
    #expect(try rig.run(one + ["--checkpoint", "acme/checkpoint"]).status == 64)
  }

  @Test func `nobody signs for a tree that contradicts what they have seen`() throws {
    let rig = try SubmissionRig()
    try rig.write("x", to: "x")
    let lines = String(decoding: rig.checkpoint ?? [], as: UTF8.self).split(separator: "\n").prefix(3)
    let forged = [String(lines[0]), String(lines[1]), Data(repeating: 7, count: 32).base64EncodedString()]
    try rig.write(forged.joined(separator: "\n") + "\n", to: "forged")
    try rig.write("no checkpoint\n", to: "nothing")
    let words = ["submit", "x", "--control", "nist-800-171-r2/3.1.1", "--offer", "o", "--checkpoint"]
    #expect(try rig.run(words + ["forged"]).status == 1)
    #expect(try rig.run(words + ["nothing"]).status == 65)
    try rig.write(lines.joined(separator: "\n") + "\n", to: "lines")
    #expect(try rig.run("submit", "x", "--control", "3.1.1").status == 0)
    let older = try rig.run(words + ["lines"])
    #expect(older.status == 0)
    #expect(older.talk.contains("you have seen a newer tree"))
  }

  @Test func `who may not append makes offers, and an auditor submits nothing`() throws {
    let rig = try SubmissionRig()
    try rig.write("x", to: "x")
    let origin = try #require(rig.submit("x", "--control", "3.1.9", "--dry-run").json["checkpoint"] as? [String: Any])
    let store = try #require(origin["origin"] as? String)
    #expect(try rig.run("key", "new", "--origin", store, "--output", "rmm.card", as: "acme/rmm").status == 0)
    #expect(try rig.run("member", "add", "rmm.card", "--role", "contributor", "--robot").status == 0)
    let refused = try rig.run("submit", "x", "--control", "3.1.1", as: "acme/rmm")
    #expect(refused.status == 77)
    #expect(refused.talk.contains("--offer"))
    #expect(try rig.run("submit", "x", "--control", "3.1.1", "--offer", "rmm.offer", as: "acme/rmm").status == 0)
    #expect(try rig.run("append", "rmm.offer").status == 0)
    #expect(try rig.run("exec", "--control", "3.1.1", "--", "touch", "ran", as: "acme/rmm").status == 77)
    #expect(rig.folder.read("ran") == nil)

    #expect(try rig.run("key", "new", "--origin", store, "--output", "eve.card", as: "audit/eve").status == 0)
    let words = ["party", "add", "audit", "--kind", "auditor", "--name", "Audit House", "--card", "eve.card"]
    #expect(try rig.run(words).status == 0)
    try rig.write("from the auditor", to: "y")
    let before = try rig.folder.files().filter { $0.hasPrefix("acme/object/") }
    #expect(try rig.run("submit", "y", "--control", "3.1.1", as: "audit/eve").status == 77)
    #expect(try rig.folder.files().filter { $0.hasPrefix("acme/object/") } == before)
    #expect(try rig.isSound())
  }

  @Test func `an assessment names controls as statements do`() throws {
    let rig = try SubmissionRig(frameworks: ["nist-800-171-r2", "cmmc-level-2"])
    #expect(try rig.run("assess", "AC.L2-3.1.1", "3.5.3[d]", "--status", "not-met", "--note", "no").status == 0)
    let predicate = try rig.predicate(ofEntry: 4)
    #expect(predicate["units"] as? [String] == ["nist-800-171-r2/3.1.1", "nist-800-171-r2/3.5.3[d]"])
    #expect(predicate["status"] as? String == "not-met")
    #expect(try rig.run("assess", "3.1.1", "--status", "fine").status == 64)
    #expect(try rig.run("assess", "3.1.1").status == 64)
    let absent = String(repeating: "0", count: 64)
    #expect(try rig.run("assess", "3.1.1", "--status", "met", "--evidence", absent).status == 66)
  }
}
