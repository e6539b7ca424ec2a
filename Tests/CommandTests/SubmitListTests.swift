import TestSupport
import Testing

struct SubmitListTests {
  @Test func `lines that say the same share a statement, and all share an append`() throws {
    let rig = try SubmissionRig()
    for name in ["a.txt", "b.txt", "c.txt"] { try rig.write(name, to: "october/\(name)") }
    let list = #"""
      \#u{feff}description,file,controls,from,through,count\#r
      "Access, ""Q3""",a.txt,3.1.1; 3.1.2,2026-07-01,2026-09-30,5\#r
      "Access, ""Q3""",./b.txt,3.1.1 3.1.2,2026-07-01,2026-09-30,5\#r
      \#r
      Other,c.txt,3.1.3,,,\#r

      """#
    try rig.write(list, to: "october/list.csv")
    let ended = try rig.submit("--list", "october/list.csv", "--source", "directory")
    #expect(ended.status == 0)
    #expect(ended.entries == [3, 4])
    #expect(ended.names == ["a.txt", "b.txt", "c.txt"])
    let first = try rig.predicate(ofEntry: 3)
    #expect(first["description"] as? String == "Access, \"Q3\"")
    #expect(first["controls"] as? [String] == ["nist-800-171-r2/3.1.1", "nist-800-171-r2/3.1.2"])
    #expect(first["count"] as? Int == 5)
    #expect(first["source"] as? String == "directory")
    #expect(try rig.submit("--list", "october/list.csv").entries == [])
    #expect(try rig.isSound())
  }

  @Test func `all faults are told at once, by line, and nothing goes in`() throws {
    let rig = try SubmissionRig()
    try rig.write("x", to: "x")
    let list = """
      file,controls,description,from,through
      x,3.1;9.9.9,d,2026-02-30,
      gone,3.1.1,,2026-02-02,2026-02-01
      x,3.1.1
      ,3.1.1,,,
      x,,,,
      x,3.1.1,a"b,,
      x,3.1.1,"a"b,,
      x,3.1.1,fine,,
      x,3.1.1,"open
      """
    try rig.write(list, to: "list.csv")
    let before = rig.checkpoint
    let ended = try rig.run("submit", "--list", "list.csv")
    #expect(ended.status == 65)
    #expect(rig.checkpoint == before)
    for text in [
      "line 2: from: '2026-02-30' is not a day", "line 2: '3.1' is a family", "line 2: there is no control '9.9.9'",
      "line 3: there is no file 'gone'", "line 3: the period ends", "line 4: it has 2 fields",
      "line 5: it names no file",
      "line 6: it names no control", "line 7: a quote in the middle", "line 8: something follows a closing quote",
      "line 10: a quote is opened and never closed",
    ] {
      #expect(ended.talk.contains(text), "\(text)")
    }
    #expect(!ended.talk.contains("line 9"))
  }

  @Test(arguments: [
    ("file,contrls\nx,3.1.1\n", "there is no column 'contrls': did you mean 'controls'"),
    ("controls\n3.1.1\n", "the column 'file' is missing"),
    ("file,file,controls\nx,x,3.1.1\n", "the column 'file' is there twice"),
    ("file\nx\n", "the column 'controls' is missing"),
    ("", "is empty"), ("file,controls\n", "no line below its header"),
  ])
  func `a header that does not fit is refused`(list: String, text: String) throws {
    let rig = try SubmissionRig()
    try rig.write("x", to: "x")
    try rig.write(list, to: "list.csv")
    let ended = try rig.run("submit", "--list", "list.csv")
    #expect(ended.status == 65)
    #expect(ended.talk.contains(text))
  }

  @Test func `a manifest's files have to be what it says`() throws {
    let rig = try SubmissionRig()
    try rig.write("hello\n", to: "m/sub/a.txt")
    try rig.write("hello\n", to: "m/b.txt")
    let hello = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"
    try rig.write("\(hello)  ./sub/a.txt\n\(hello.uppercased()) *b.txt\n", to: "m/LIST")
    let ended = try rig.submit("--manifest", "m/LIST", "--control", "3.1.1")
    #expect(ended.entries == [3])
    #expect(ended.names == ["sub/a.txt", "b.txt"])

    let before = rig.checkpoint
    let zeros = String(repeating: "0", count: 64)
    try rig.write("\(zeros)  b.txt\n", to: "m/WRONG")
    let wrong = try rig.run("submit", "--manifest", "m/WRONG", "--control", "3.1.2")
    #expect(wrong.status == 65)
    #expect(wrong.talk.contains(zeros) && wrong.talk.contains(hello))
    try rig.write("\(zeros)  gone\n", to: "m/GONE")
    #expect(try rig.submit("--manifest", "m/GONE", "--control", "3.1.2").status == 66)
    try rig.write("zz  b.txt\n\(zeros)  ../b.txt\n\\\(zeros)  b\n\(zeros)  /etc/passwd\n", to: "m/BAD")
    let bad = try rig.run("submit", "--manifest", "m/BAD", "--control", "3.1.2")
    #expect(bad.status == 65)
    for line in 1...4 { #expect(bad.talk.contains("line \(line):")) }
    try rig.write("", to: "m/EMPTY")
    #expect(try rig.submit("--manifest", "m/EMPTY", "--control", "3.1.2").status == 65)
    #expect(try rig.submit("--manifest", "m/LIST", "m/b.txt", "--control", "3.1.2").status == 64)
    #expect(rig.checkpoint == before)
    #expect(try !rig.folder.files().contains { $0.contains(".staging-") })
  }
}
