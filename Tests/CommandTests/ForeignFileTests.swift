import Foundation
import TestSupport
import Testing

/// Files as other programs, and other people, leave them.
struct ForeignFileTests {
  private func rig(with folder: String? = nil) throws -> SubmissionRig {
    let rig = try SubmissionRig(frameworks: ["nist-800-171-r2", "cmmc-level-2"])
    if let folder {
      try FileManager.default.copyItem(atPath: Fixtures.path("field/\(folder)"), toPath: rig.folder.path("field"))
    }
    return rig
  }

  private func controls(_ ended: SubmissionRig.Ended) -> [[String]] {
    ended.artifacts.map { ($0["controls"] as? [String] ?? []).map { $0.replacing("nist-800-171-r2/", with: "") } }
  }

  @Test(arguments: [
    ("controls-by-comma.csv", ["3.10.1", "3.10.2"]), ("empty-columns.csv", ["3.10.1"]), ("semicolon.csv", ["3.10.1"]),
    ("sep-line.csv", ["3.10.1"]),
  ])
  func `lists as spreadsheets save them are read`(_ name: String, _ ids: [String]) throws {
    let rig = try rig(with: "csv-spreadsheet")
    let ended = try rig.submit("--list", "field/\(name)")
    #expect(ended.status == 0 && controls(ended) == [ids], "\(ended.talk)")
  }

  @Test func `a list says periods, and days as it, or the user, says that they are written`() throws {
    let rig = try rig()
    try rig.write("x", to: "x")
    try rig.write("file,controls,period\nx,3.1.1,2026-q1\n", to: "a.csv")
    let quarter = try rig.submit("--list", "a.csv")
    let predicate = try rig.predicate(ofEntry: try #require(quarter.entries.first))
    #expect(predicate["from"] as? String == "2026-01-01" && predicate["through"] as? String == "2026-03-31")
    try rig.write("file;controls;from;through;Owner\nx;3.1.2 [a];1/2/2026;28/2/2026;Bo\n", to: "b.csv")
    let unsaid = try rig.submit("--list", "b.csv")
    #expect(unsaid.status == 65 && unsaid.talk.contains("--dates"))
    let said = try rig.submit("--list", "b.csv", "--dates", "dmy")
    #expect(said.talk.contains("'Owner'") && controls(said) == [["3.1.2[a]"]])
    #expect(try rig.predicate(ofEntry: try #require(said.entries.first))["from"] as? String == "2026-02-01")
    try rig.write("dates=m/d/yyyy\nfile,controls,from\nx,3.1.3,1/31/2026\n", to: "c.csv")
    #expect(try rig.submit("--list", "c.csv").status == 0)
  }

  @Test func `a template is a list to begin with`() throws {
    let rig = try rig()
    #expect(try rig.run("submit", "--list-template", "t.csv").status == 0)
    let header = String(decoding: try #require(rig.folder.read("t.csv")), as: UTF8.self)
    #expect(header.hasPrefix("file,controls,"))
    #expect(try rig.run("submit", "--list-template", "t.csv").status == 73)
    let workbook = try rig.run("submit", "--list-template", "t.xlsx")
    #expect(workbook.status == 64 && workbook.talk.contains("'t.csv'"), "\(workbook.talk)")
    try rig.write("x", to: "x")
    let count = header.split(separator: ",").count
    try rig.write(header + "x,3.1.1" + String(repeating: ",", count: count - 2) + "\n", to: "u.csv")
    #expect(try rig.submit("--list", "u.csv").status == 0)
  }

  @Test func `the CMMC tool's log is a manifest, and is kept with its hash`() throws {
    let rig = try rig(with: "manifest-cmmc-log")
    let ended = try rig.submit("--manifest", "field/CMMCAssessmentArtifacts.log", "--control", "3.12.4")
    #expect(
      ended.names == [
        "Evidence/Door policy.pdf", "Evidence/Doors/PE.L2-3.10.1[ab]_photo.png", "CMMCAssessmentArtifacts.log",
        "CMMCAssessmentLogHash.log",
      ], "\(ended.talk)")
    let log = "field/CMMCAssessmentArtifacts.log"
    try rig.write(String(decoding: try #require(rig.folder.read(log)), as: UTF8.self) + "\r\n", to: log)
    let changed = try rig.submit("--manifest", log, "--control", "3.12.5")
    #expect(changed.status == 65 && changed.talk.contains("changed since"), "\(changed.talk)")
  }

  @Test func `paths of other machines lead to the files that lie at their ends`() throws {
    let rig = try rig()
    try rig.write("hello\n", to: "m/Evidence/a.txt")
    try rig.write("hello\n", to: "m/Evidence/sub/b.txt")
    let hello = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"
    for (number, list) in [
      "\(hello)  Evidence\\a.txt\n\(hello)  .\\Evidence\\sub\\b.txt\n",
      "\(hello)  /srv/audit/Evidence/a.txt\n\(hello)  /srv/audit/Evidence/sub/b.txt\n",
      "Path,Hash\nD:\\Evidence\\a.txt,\(hello)\nEvidence/sub/b.txt,\(hello)\n",
      "\(hello)  /srv/Evidence/a.txt\0\(hello)  /home/bo/Evidence/sub/b.txt\0",
    ].enumerated() {
      try rig.write(list, to: "m/LIST")
      let ended = try rig.submit("--manifest", "m/LIST", "--control", "3.1.\(number + 1)")
      #expect(ended.names == ["Evidence/a.txt", "Evidence/sub/b.txt"], "\(list)\(ended.talk)")
    }
    for (list, text) in [
      ("\(hello)  /etc/passwd\n", "nothing beside the list"),
      ("\(hello)  C:\\x\\gone.txt\n", "nothing beside the list"),
      ("\(hello)  ..\\m\\Evidence\\a.txt\n", "cannot stand in a store"),
    ] {
      try rig.write(list, to: "m/LIST")
      let ended = try rig.run("submit", "--manifest", "m/LIST", "--control", "3.2.1")
      #expect(ended.status == 65 && ended.talk.contains(text), "\(ended.talk)")
    }
  }

  @Test(arguments: [
    ("%PDF-1.7 x", "a PDF"), ("PK\u{3}\u{4}xl/workbook.xml", "a spreadsheet (XLSX)"),
    ("PK\u{3}\u{4}mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "a spreadsheet (ODS)"),
    ("<!DOCTYPE html><html><table>", "a web page (HTML)"), ("[{\"file\": \"x\"}]", "JSON"),
    ("{\"file\": \"x\"}", "JSON"),
    ("<?xml version=\"1.0\"?><list/>", "XML"),
  ])
  func `what is no list is named, with what to save it as`(_ text: String, _ name: String) throws {
    let rig = try rig()
    try rig.write(text, to: "l")
    for way in ["--list", "--manifest"] {
      let ended = try rig.run("submit", way, "l", "--control", "3.1.1")
      #expect(ended.status == 65 && ended.talk.contains("'l' is \(name), not a list of"), "\(ended.talk)")
      #expect(ended.talk.contains("CSV"), "\(ended.talk)")
    }
  }

  @Test(arguments: [
    ("3.1.18[a-c]", ["3.1.18[a]", "3.1.18[b]", "3.1.18[c]"]), ("\"3.1.18[a,b]\"", ["3.1.18[a]", "3.1.18[b]"]),
    ("3.1.18[a][b]", ["3.1.18[a]", "3.1.18[b]"]), ("\"3.1.18[a], [b]\"", ["3.1.18[a]", "3.1.18[b]"]),
    ("3.1.18[a]-[c]", ["3.1.18[a]", "3.1.18[b]", "3.1.18[c]"]), ("3.1.18 [a] 3.1.2", ["3.1.18[a]", "3.1.2"]),
    ("3.1.1 and 3.1.2", ["3.1.1", "3.1.2"]), ("3.1.1 & 3.1.2", ["3.1.1", "3.1.2"]),
    ("3.1.1 / 3.1.2", ["3.1.1", "3.1.2"]),
    ("3.1.1/3.1.2", ["3.1.1", "3.1.2"]), ("\"3.1.1, 3.1.2, and 3.1.3\"", ["3.1.1", "3.1.2", "3.1.3"]),
    ("\"3.1.1\n3.1.2\"", ["3.1.1", "3.1.2"]), ("3.1.1;3.1.2", ["3.1.1", "3.1.2"]), ("3.1.1 3.1.2", ["3.1.1", "3.1.2"]),
    ("3.1.1-3.1.3", ["3.1.1", "3.1.2", "3.1.3"]), ("3.1.1 to 3.1.3", ["3.1.1", "3.1.2", "3.1.3"]),
    ("3.1.1 – 3.1.3", ["3.1.1", "3.1.2", "3.1.3"]), ("3.1.18[a]-3.1.18[c]", ["3.1.18[a]", "3.1.18[b]", "3.1.18[c]"]),
    ("AC.L2-3.1.1 - AC.L2-3.1.3", ["3.1.1", "3.1.2", "3.1.3"]),
    ("nist-800-171-r2/3.1.18[a-b]", ["3.1.18[a]", "3.1.18[b]"]),
    ("\"=\"\"3.1.1\"\"\"", ["3.1.1"]),
  ])
  func `a field names several controls`(_ field: String, _ ids: [String]) throws {
    let rig = try rig()
    try rig.write("x", to: "x")
    try rig.write("file,controls\nx,\(field)\n", to: "l.csv")
    let ended = try rig.submit("--list", "l.csv", "--dry-run")
    #expect(controls(ended) == [ids.sorted()], "\(ended.talk)")
  }

  @Test(arguments: [
    ("2002-01-03", "is a day"), ("2002-01-03 00:00:00", "'3.1.2'"), ("3/1/2002", "'3.1.2'"), ("3-Jan-02", "'3.1.2'"),
    ("3-Jan", "is a day"), ("Jan-03", "is a day"), ("03.01.2002", "'3.1.2'"), ("37259", "'3.1.2'"), ("3.1", "'3.10'"),
    ("3.1.1-3.2.2", "range"), ("3.1.3-3.1.1", "range"), ("3.1.18[a-z]", "no control"), ("3.1.18[a", "bracket"),
    ("3.1.1 – Authorized access", "write '3.1.1' alone"), ("3.1.1 - 3.1.2 Authorized access", "no control"),
    ("3.1.1 Authorized access", "write '3.1.1' alone"), ("3.1.18[c-a]", "no control"),
    ("3.1.1 or 3.1.2", "more than the id"), ("3.1.99", "no control"),
  ])
  func `what a spreadsheet made of an id is refused, and so is what nobody has`(_ field: String, _ reason: String)
    throws
  {
    let rig = try rig()
    try rig.write("x", to: "x")
    try rig.write("file,controls\nx,\(field)\n", to: "l.csv")
    let ended = try rig.run("submit", "--list", "l.csv", "--dry-run")
    #expect(ended.status == 65 && ended.talk.contains(reason), "\(ended.talk)")
  }

  @Test func `of two ids that a spreadsheet makes one neither is taken, unless the list shows that it made none`()
    throws
  {
    let rig = try rig()
    func control(_ id: String) -> String {
      #"{"id": "c\#(id)", "title": "T", "props": [{"name": "label", "value": "\#(id)"}]}"#
    }
    let body = ["5.1", "5.2", "5.10"].map(control).joined(separator: ", ")
    try rig.write(
      #"{"catalog": {"uuid": "5b7c1c2e-0d4f-4e0e-9d59-2b8f4f6b7a10", "metadata": {"title": "T", "version": "1", "oscal-version": "1.1.3"}, "controls": [\#(body)]}}"#,
      to: "c.json")
    let imported = try rig.run("framework", "import", "c.json", "--id", "house")
    #expect(imported.status == 0 && imported.talk.contains("0 families, 3 controls, 0 objectives and 0 withdrawn"))
    for name in ["x", "y", "z"] { try rig.write(name, to: name) }
    try rig.write("file,controls\nx,5.1\ny,5.2\n", to: "l.csv")
    let refused = try rig.run("submit", "--list", "l.csv")
    #expect(
      refused.status == 65 && refused.talk.contains("line 2: '5.1'") && !refused.talk.contains("line 3"),
      "\(refused.talk)")
    try rig.write("file,controls\nx,house/5.1\ny,5.2\n", to: "l.csv")
    #expect(try rig.submit("--list", "l.csv").status == 0)
    try rig.write("file,controls\ny,5.1\nz,5.10\n", to: "l.csv")
    #expect(try rig.submit("--list", "l.csv").status == 0)
  }

  @Test func `a list's paths of Windows lead to one file, or to none`() throws {
    let rig = try rig()
    try rig.write("1", to: "m/October/a.txt")
    try rig.write("2", to: "m/a.txt")
    try rig.write("3", to: "m/October/b.txt")
    for (path, names) in [("October\\a.txt", ["October/a.txt"]), ("C:\\Audit\\October\\b.txt", ["October/b.txt"])] {
      try rig.write("file,controls\n\(path),3.1.1\n", to: "m/l.csv")
      #expect(try rig.submit("--list", "m/l.csv", "--dry-run").names == names, "\(path)")
    }
    for (path, text) in [
      ("C:\\Audit\\October\\a.txt", "may be 'October/a.txt' or 'a.txt'"),
      ("C:\\Audit\\c.txt", "path of another machine"),
    ] {
      try rig.write("file,controls\n\(path),3.1.1\n", to: "m/l.csv")
      let ended = try rig.run("submit", "--list", "m/l.csv", "--dry-run")
      #expect(ended.status == 65 && ended.talk.contains(text), "\(ended.talk)")
    }
  }

  @Test func `a title, a spreadsheet's number for a day and a second name for a column are told`() throws {
    let rig = try rig()
    try rig.write("x", to: "x")
    try rig.write("Evidence\nFILE_NAME,Control ID(s),Count,From\nx,3.1.1,12.0,46204\n", to: "a.csv")
    let ended = try rig.submit("--list", "a.csv")
    #expect(
      ended.status == 0 && ended.talk.contains("line 1 of 'a.csv'") && ended.talk.contains("2026-07-01"),
      "\(ended.talk)")
    try rig.write("File name,Evidence,controls\nx,y,3.1.1\n", to: "b.csv")
    let twice = try rig.run("submit", "--list", "b.csv")
    #expect(twice.status == 65 && twice.talk.contains("as 'File name' and as 'Evidence'"), "\(twice.talk)")
    try rig.write("file,controls,description\nx,3.1.1,#N/A\n", to: "d.csv")
    let wrong = try rig.run("submit", "--list", "d.csv")
    #expect(wrong.status == 65 && wrong.talk.contains("a formula went wrong"), "\(wrong.talk)")
    try rig.write("file,controls,period\nx,3.1.1,FY2026\n", to: "c.csv")
    #expect(try rig.run("submit", "--list", "c.csv").talk.contains("fiscal year"))
  }

  @Test(arguments: [
    ("3.5.3[a] - [c].pdf", ["3.5.3[a]", "3.5.3[b]", "3.5.3[c]"]), ("3.5.3[a], [b] x.pdf", ["3.5.3[a]", "3.5.3[b]"]),
    ("3.5.3[a][b].pdf", ["3.5.3[a]", "3.5.3[b]"]), ("3.5.3[a]-[c] x.pdf", ["3.5.3[a]", "3.5.3[b]", "3.5.3[c]"]),
    ("3.1.1 (a).pdf", ["3.1.1[a]"]), ("policy (3.1.1).pdf", ["3.1.1"]), ("[3.1.1] policy.pdf", ["3.1.1"]),
    ("3.1.1 (draft).pdf", ["3.1.1"]), ("3.1.1 (2).pdf", ["3.1.1"]), ("3.1.1_policy v3.1.2.pdf", ["3.1.1"]),
    ("3.5.3 [a] to [c].png", ["3.5.3[a]", "3.5.3[b]", "3.5.3[c]"]), ("3.5.3_[a]_screenshot.png", ["3.5.3[a]"]),
    ("3.5.3 [a] and [b].pdf", ["3.5.3[a]", "3.5.3[b]"]), ("3.5.3[a]_[b].pdf", ["3.5.3[a]", "3.5.3[b]"]),
  ])
  func `further names that say what they are about`(_ name: String, _ ids: [String]) throws {
    let rig = try rig()
    try rig.write("x", to: name)
    #expect(try controls(rig.submit(name, "--yes")) == [ids])
  }

  @Test(arguments: [
    ("3_1_1 policy.pdf", ["3.1.1"]), ("AC_L2_3_1_1.pdf", ["3.1.1"]), ("AC-L2-3-1-1-policy.pdf", ["3.1.1"]),
    ("report_3_1_1_final.pdf", ["3.1.1"]), ("3.1.1-3.1.3 x.pdf", ["3.1.1", "3.1.2", "3.1.3"]),
    ("3.1.1 to 3.1.3.pdf", ["3.1.1", "3.1.3"]), ("3.1.1_a.pdf", ["3.1.1[a]"]), ("3.1.1_a_list.pdf", ["3.1.1[a]"]),
  ])
  func `names without dots only seem to say it`(_ name: String, _ ids: [String]) throws {
    let rig = try rig()
    try rig.write("x", to: name)
    #expect(try controls(rig.submit(name, "--dry-run")) == [ids])
    #expect(try rig.submit(name, "--yes").status == 64)
  }

  @Test(arguments: [
    "v3.1.1.pdf", "version 3.1.1.pdf", "Rev. 3.1.1.pdf", "policy-version-3.1.1.pdf", "version_3_1_1.pdf", "v3_1_1.pdf",
    "2026.01.12.pdf", "2026_01_12.pdf", "10.0.0.1.txt", "10_0_0_1.txt", "3.1.1.1.txt", "12_01_2026.pdf", "Q3_1_1.pdf",
    "ip 3.1.1.txt", "3.1.1.7 notes.txt", "3.1.1.7",
  ])
  func `versions, days and addresses say nothing`(_ name: String) throws {
    let rig = try rig()
    try rig.write("x", to: name)
    let ended = try rig.run("submit", name, "--dry-run")
    #expect(ended.status == 64 && ended.talk.contains("no control is given"), "\(ended.talk)")
  }

  @Test func `names cite the HIPAA rule and the trust services criteria`() throws {
    let rig = try SubmissionRig(frameworks: ["hipaa-security", "soc2"])
    let plan = ["A", "B", "C", "D", "E"].map { "hipaa-security/164.308(a)(7)(ii)(\($0))" }
    for (name, ids) in [
      ("164.308(a)(7)(ii)(A).pdf", ["hipaa-security/164.308(a)(7)(ii)(A)"]), ("164.308(a)(7) plan.pdf", plan),
      ("164-308-a-7.pdf", plan), ("164-308-a-7-ii-A-backup.pdf", ["hipaa-security/164.308(a)(7)(ii)(A)"]),
      ("164_308_a_7_plan.pdf", plan), ("CC6_1.pdf", ["soc2/CC6.1"]), ("CC6.1 review.pdf", ["soc2/CC6.1"]),
      ("SOC2 CC6.1.pdf", ["soc2/CC6.1"]),
    ] {
      try rig.write("x", to: name)
      let ended = try rig.submit(name, "--dry-run")
      #expect(ended.artifacts.map { $0["controls"] as? [String] ?? [] } == [ids], "\(name) \(ended.talk)")
    }
  }

  @Test func `a list with tags is a manifest`() throws {
    let rig = try rig(with: "manifest-tagged")
    #expect(try rig.submit("--manifest", "field/LIST", "--control", "3.12.4").names == ["door.txt"])
  }

  @Test func `names speak of controls and their objectives`() throws {
    let rig = try rig(with: "filename-objectives")
    for (name, ids) in [
      ("2.9.26_ORG_3.4.2 [a] baseline.docx", ["3.4.2[a]"]), ("3.5.3[c].png", ["3.5.3[c]"]),
      ("AC.L2-3.1.18[a-c]_phones.csv", ["3.1.18[a]", "3.1.18[b]", "3.1.18[c]"]),
    ] {
      #expect(try controls(rig.submit("field/\(name)", "--yes")) == [ids], "\(name)")
    }
    try rig.write("m", to: "MP.L2-3.8.3[ab] media.txt")
    #expect(try controls(rig.submit("MP.L2-3.8.3[ab] media.txt", "--yes")) == [["3.8.3[a]", "3.8.3[b]"]])
    try rig.write("n", to: "3.8.3[xy].txt")
    #expect(try controls(rig.submit("3.8.3[xy].txt", "--yes")) == [])
  }

  @Test func `a folder laid out by controls becomes a statement for each`() throws {
    let rig = try rig()
    try rig.write("1", to: "year/3.1.1/policy.pdf")
    try rig.write("2", to: "year/3.1.1/list.csv")
    try rig.write("3", to: "year/3.5.3[c]/photo.png")
    let asked = try rig.run("submit", "year")
    #expect(asked.status == 64 && asked.talk.contains("3.1.1: year/3.1.1/list.csv and year/3.1.1/policy.pdf"))
    let ended = try rig.submit("year", "--yes")
    #expect(ended.entries.count == 2 && controls(ended) == [["3.1.1"], ["3.1.1"], ["3.5.3[c]"]])
    try rig.write("4", to: "year/notes.txt")
    let mute = try rig.run("submit", "year", "--yes")
    #expect(mute.status == 64 && mute.talk.contains("year/notes.txt"))
  }

  @Test func `what systems leave in folders stays out, and what the user names`() throws {
    let rig = try rig()
    for name in [".DS_Store", "a/Thumbs.db", "~$plan.docx", "a/._plan.docx", "a/x.tmp", "a/plan.docx", "old/b.txt"] {
      try rig.write("1", to: "month/\(name)")
    }
    let ended = try rig.submit("month", "--control", "3.1.1", "--exclude", "*.tmp", "--exclude", "month/old")
    #expect(ended.names == ["month/a/plan.docx"])
    for text in [".DS_Store", "Thumbs.db", "~$*", "._*", "*.tmp", "month/old"] {
      #expect(ended.talk.contains("'\(text)'"), "\(text)")
    }
    for name in ["Icon\r", ".git/config", "__MACOSX/x", "3.1.1/a.pdf", "3.1.1/b.txt"] {
      try rig.write("1", to: "year/\(name)")
    }
    let year = try rig.submit("year", "--control", "3.1.1", "--exclude", "**/*.pdf", "--exclude", "nowhere/*")
    #expect(year.names == ["year/3.1.1/b.txt"])
    for text in [#"'Icon\r'"#, "'.git'", "'__MACOSX'", "'**/*.pdf'", "--exclude 'nowhere/*'"] {
      #expect(year.talk.contains(text), "\(text): \(year.talk)")
    }
    try rig.write("2", to: "next/3.1.1/c.txt")
    try rig.write("3", to: "next/d.txt")
    #expect(try rig.submit("next", "--control", "3.1.1", "--exclude", "3.1.1/*").names == ["next/d.txt"])
    // Named by itself it is meant.
    #expect(try rig.submit("month/.DS_Store", "--control", "3.1.2").names == [".DS_Store"])
  }

  @Test func `empty files are told from each other by their names`() throws {
    let rig = try rig(with: "empty-evidence")
    for host in ["a", "b"] {
      let ended = try rig.submit("field/host-\(host)-failed-logins.csv", "--control", "3.3.1")
      #expect(ended.entries.count == 1 && ended.talk.contains("'host-\(host)-failed-logins.csv' is empty"))
    }
    #expect(try rig.submit("field/host-b-failed-logins.csv", "--control", "3.3.1").entries == [])
    #expect(try rig.run("search", "host-b").output.contains("host-b-failed-logins.csv"))
  }

  @Test func `evidence is for a HIPAA standard by its specifications`() throws {
    let rig = try SubmissionRig(frameworks: ["hipaa-security"])
    try rig.write("plan", to: "plan.txt")
    let ended = try rig.submit("plan.txt", "--control", "164.308(a)(7)")
    let letters = ["A", "B", "C", "D", "E"]
    #expect(controls(ended) == [letters.map { "hipaa-security/164.308(a)(7)(ii)(\($0))" }])
    #expect(try rig.run("framework", "show", "164.308(a)(7)").output.contains("Data backup plan (required)"))
  }

  @Test func `CMMC level 1 counts what it asks for, until another asks for more`() throws {
    func units(_ rig: SubmissionRig) throws -> [Int] {
      let report = try rig.run("report", "ownership", "--format", "json").json
      let totals = (report["totals"] as? [String: Any])?["units"] as? [String: Any]
      return ["total", "notApplicable"].compactMap { totals?[$0] as? Int }
    }
    let rig = try SubmissionRig(frameworks: ["cmmc-level-1"])
    #expect(try units(rig) == [345, 261])
    #expect(try rig.run("framework", "adopt", "cmmc-level-2").status == 0)
    #expect(try units(rig) == [345, 0])
    let other = try SubmissionRig(frameworks: ["cmmc-level-1", "nist-800-171-r2"])
    #expect(try units(other) == [345, 0])
  }

  @Test func `what does not apply stays so until it is taken back`() throws {
    let rig = try SubmissionRig(frameworks: [])
    func adopt(_ words: String...) throws -> Int? {
      try #require(try rig.run(["framework", "adopt", "nist-800-171-r2"] + words).status == 0)
      let report = try rig.run("report", "ownership", "--format", "json").json
      return ((report["totals"] as? [String: Any])?["controls"] as? [String: Any])?["notApplicable"] as? Int
    }
    #expect(try adopt("--not-applicable", "3.1.16", "--reason", "no wireless") == 1)
    #expect(try adopt("--not-applicable", "3.1.18", "--reason", "no phones") == 2)
    #expect(try adopt() == 2)
    #expect(try adopt("--applies", "3.1.16") == 1)
    #expect(try rig.run("framework", "adopt", "nist-800-171-r2", "--applies", "3.1.16").status == 64)
    #expect(try adopt("--applies", "all") == 0)
  }
}
