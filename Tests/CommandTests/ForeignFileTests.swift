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
