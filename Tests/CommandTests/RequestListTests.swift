import Foundation
import TestSupport
import Testing

/// Auditors' request lists: read as they come, kept, answered and sent back.
struct RequestListTests {
  private func rig() throws -> SubmissionRig {
    let rig = try SubmissionRig(frameworks: [])
    for name in ["pbc-2026.csv", "pbc-2026.xlsx"] {
      try rig.folder.write(Fixtures.bytes("requests/\(name)"), to: name)
    }
    try rig.folder.write(Fixtures.bytes("catalogs/three-controls.json"), to: "house.json")
    try #require(rig.run("framework", "import", "house.json", "--id", "house").status == 0)
    try rig.write("a", to: "a.txt")
    return rig
  }

  private func requests(_ ended: SubmissionRig.Ended) -> [[String: Any]] {
    if let own = ended.json["requests"] as? [[String: Any]] { return own }
    return (ended.json["lists"] as? [[String: Any]] ?? []).flatMap { $0["requests"] as? [[String: Any]] ?? [] }
  }

  private func statuses(_ rig: SubmissionRig) throws -> [String] {
    try requests(rig.run("requests", "list", "--format", "json")).map { $0["status"] as? String ?? "" }
  }

  @Test func `a list goes in as it is, and what is not understood is told`() throws {
    let rig = try rig()
    let ended = try rig.run("requests", "import", "pbc-2026.csv", "--dates", "mdy", "--format", "json")
    try #require(ended.status == 0, "\(ended.talk)")
    let all = requests(ended)
    #expect(all.map { $0["request"] as? String } == ["PBC-001", "PBC-002", "PBC-003", "PBC-004", "PBC-005"])
    #expect(all.map { $0["row"] as? Int } == [5, 6, 7, 9, 10])
    #expect(all[1]["controls"] as? [String] == ["house/1.2"])
    #expect(all[2]["controls"] as? [String] == ["house/1.1", "house/1.2"])
    #expect(all[2]["from"] as? String == "2026-01-01" && all[2]["through"] as? String == "2026-06-30")
    #expect(all[4]["due"] as? String == "2026-04-03")
    #expect((all[4]["notUnderstood"] as? [String])?.count == 2)
    #expect(all[..<4].allSatisfy { ($0["notUnderstood"] as? [String])?.isEmpty == true })
    let predicate = try rig.predicate(ofEntry: 3)
    // A question is no answer: it is evidence of none of the controls that it names.
    #expect(predicate["controls"] as? [String] == ["it-functions/compliance-documentation"])
    #expect(predicate["label"] as? String == "requests" && predicate["query"] as? String == "dates=mdy")
    #expect(try rig.run("requests", "import", "pbc-2026.csv", "--dates", "mdy").output.contains("already there"))
    #expect(try rig.isSound())
  }

  @Test func `a workbook is read with its days and merged cells, from the sheet that holds requests`() throws {
    let rig = try rig()
    let ended = try rig.run("requests", "import", "pbc-2026.xlsx", "--format", "json")
    let all = requests(ended)
    #expect(all.map { $0["request"] as? String } == ["1", "2"], "\(ended.talk)")
    #expect(all.map { $0["controls"] as? [String] } == [["house/1.1"], ["house/1.2", "house/2.1"]])
    #expect(all[0]["through"] as? String == "2026-03-31" && all[0]["due"] as? String == "2026-05-15")
    #expect(try rig.run("requests", "import", "pbc-2026.xlsx", "--sheet", "Notes").status == 65)
    #expect(try rig.run("requests", "import", "pbc-2026.xlsx", "--sheet", "None").status == 66)
  }

  @Test(arguments: [
    ("Request,Description,Control\nR-1,Doors,2.1\n", "R-1", "Doors"),
    ("Request,Description,Control\nWho has keys,the list,2.1\n", "row-2", "Who has keys"),
    ("Item #;Evidence requested;Control(s)\nR-1;Doors;2.1\n", "R-1", "Doors"),
    ("Request,Control\nDoors,2.1\n", "row-2", "Doors"),
  ])
  func `headings mean what stands below them`(table: String, number: String, text: String) throws {
    let rig = try rig()
    try rig.write(table, to: "x.csv")
    let all = try requests(rig.run("requests", "import", "x.csv", "--format", "json"))
    #expect(all.map { $0["request"] as? String } == [number] && all.map { $0["text"] as? String } == [text])
    #expect(all.map { $0["controls"] as? [String] } == [["house/2.1"]])
  }

  @Test func `evidence for a request's controls and days matches it, and a label ties it`() throws {
    let rig = try rig()
    try #require(rig.run("submit", "a.txt", "--control", "2.1").status == 0)
    try #require(rig.run("requests", "import", "pbc-2026.csv", "--dates", "mdy").status == 0)
    #expect(try statuses(rig) == ["open", "open", "open", "open", "open"])
    try rig.write("b", to: "b.txt")
    try #require(
      rig.run("submit", "b.txt", "--control", "1.1", "--from", "2026-01-01", "--through", "2026-03-31").status == 0)
    #expect(try statuses(rig) == ["answered", "open", "partly", "open", "open"])
    try rig.write("c", to: "c.txt")
    let tied = try rig.run("submit", "c.txt", "--control", "2.1", "--label", "request/PBC-002, request/PBC-005")
    #expect(tied.status == 0 && !tied.talk.contains("no request list"))
    #expect(try statuses(rig) == ["answered", "answered", "partly", "answered", "answered"])
    let open = try rig.run("requests", "list", "--open")
    #expect(open.output.contains("PBC-003") && !open.output.contains("PBC-001"))
    let shown = try rig.run("requests", "match", "PBC-002", "pbc-004")
    #expect(shown.output.contains("tied to it by its label") && shown.output.contains("matches: house/2.1"))
    #expect(shown.output.contains("does not count: was recorded before the request came in"))
    #expect(try rig.run("requests", "match", "PBC-09").status == 66)
    try rig.write("d", to: "d.txt")
    let slip = try rig.run("submit", "d.txt", "--control", "2.1", "--label", "request/PBC-0O2")
    #expect(slip.status == 0 && slip.talk.contains("did you mean 'pbc-002'"))
  }

  @Test func `a new list is not answered by what was tied to the last one's numbers`() throws {
    let rig = try rig()
    let head = "No,Request,Control,Due\n"
    try rig.write(head + "1,Doors,2.1,2099-12-31\n", to: "first.csv")
    try rig.write(head + "1,Keys,1.1,2099-12-31\n", to: "second.csv")
    try #require(rig.run("requests", "import", "first.csv").status == 0)
    let plain = try rig.run("submit", "a.txt", "--control", "2.1", "--label", "request/1")
    try #require(plain.status == 0 && !plain.talk.contains("each have a request"))
    try #require(rig.run("requests", "import", "second.csv").status == 0)
    #expect(try statuses(rig) == ["answered", "open"])
    try rig.write("b", to: "b.txt")
    let one = try rig.run("submit", "b.txt", "--control", "1.1", "--label", "request/second.csv/1")
    #expect(one.status == 0 && !one.talk.contains("each have a request"), "\(one.talk)")
    #expect(try statuses(rig) == ["answered", "answered"])
    try rig.write("c", to: "c.txt")
    let both = try rig.run("submit", "c.txt", "--control", "1.1", "--label", "request/1")
    #expect(both.talk.contains("'first.csv' and 'second.csv' each have a request '1'"), "\(both.talk)")
  }

  @Test func `which columns were read is told, and one of another heading is named`() throws {
    let rig = try rig()
    try rig.write("No,Request,Ctrl ref\n1,Doors,2.1\n", to: "x.csv")
    let plain = try rig.run("requests", "import", "x.csv", "--dry-run")
    #expect(
      plain.output.contains("number from 'No'") && plain.output.contains("not read: 'Ctrl ref'"), "\(plain.output)")
    let named = try rig.run("requests", "import", "x.csv", "--column", "controls=ctrl REF")
    #expect(named.status == 0 && named.output.contains("controls from 'Ctrl ref'"), "\(named.talk)")
    #expect(!named.output.contains("not read"))
    // Whoever reads the list later reads it in the same way.
    try #require(rig.run("submit", "a.txt", "--control", "2.1").status == 0)
    #expect(try statuses(rig) == ["answered"])
    #expect(try rig.run("requests", "import", "x.csv", "--column", "controls=Other").status == 66)
    #expect(try rig.run("requests", "import", "x.csv", "--column", "control=Ctrl ref").status == 64)
  }

  @Test func `a period that ends before it begins is said to, one that is not understood is not`() throws {
    let rig = try rig()
    try rig.write(
      "No,Request,Control,Period\n1,Doors,2.1,6/30/2026 - 1/1/2026\n2,Doors,2.1,1/2/2026 - soon\n", to: "x.csv")
    let all = try requests(rig.run("requests", "import", "x.csv", "--dates", "mdy", "--format", "json"))
    let doubts = all.map { ($0["notUnderstood"] as? [String])?.first ?? "" }
    #expect(doubts.first?.hasSuffix("ends before it begins") == true, "\(doubts)")
    #expect(doubts.last?.hasSuffix("is not understood") == true, "\(doubts)")
  }

  @Test func `the table says why something answers in part, also where it names more than was understood`() throws {
    let rig = try rig()
    try rig.write("No,Request,Control\n1,Doors,\"2.1, 9.9\"\n2,Doors,\"2.1, 1.1\"\n", to: "x.csv")
    try #require(rig.run("requests", "import", "x.csv").status == 0)
    try #require(rig.run("submit", "a.txt", "--control", "2.1").status == 0)
    try #require(rig.run("requests", "export", "back.csv").status == 0)
    let text = String(decoding: try #require(rig.folder.read("back.csv")), as: UTF8.self)
    #expect(text.contains("partly: it names more controls than were understood"), "\(text)")
    #expect(text.contains("partly: nothing for house/1.1") && !text.contains("nothing for ,"), "\(text)")
  }

  @Test func `what was replaced answers no more`() throws {
    let rig = try rig()
    try #require(rig.run("requests", "import", "pbc-2026.xlsx").status == 0)
    try #require(rig.run("submit", "a.txt", "--control", "1.2", "--control", "2.1").status == 0)
    #expect(try statuses(rig) == ["open", "answered"])
    try rig.write("b", to: "b.txt")
    try #require(
      rig.run("submit", "b.txt", "--control", "1.2", "--control", "2.1", "--control", "1.1", "--replaces", "4").status
        == 0)
    let answers = try requests(rig.run("requests", "list", "--format", "json"))[1]["answers"] as? [[String: Any]]
    #expect(answers?.map { $0["entry"] as? Int } == [5])
  }

  @Test func `the newest list of a name counts, and a request keeps the day on which it came in`() throws {
    let rig = try rig()
    try rig.write("No,Request,Control,Due\n1,Doors,2.1,2026-12-31\n", to: "list.csv")
    try #require(rig.run("requests", "import", "list.csv").status == 0)
    try #require(rig.run("submit", "a.txt", "--control", "2.1").status == 0)
    try rig.write("No,Request,Control,Due\n1,Doors,2.1,2026-12-31\n2,Doors again,2.1,2026-12-31\n", to: "list.csv")
    try #require(rig.run("requests", "import", "list.csv").status == 0)
    #expect(try statuses(rig) == ["answered", "open"])
  }

  @Test func `the auditor gets the own table back, with entries and digests, and without formulas`() throws {
    let rig = try rig()
    try #require(rig.run("requests", "import", "pbc-2026.csv", "--dates", "mdy").status == 0)
    try #require(
      rig.run("submit", "a.txt", "--control", "1.1", "--from", "2026-01-01", "--through", "2026-03-31").status == 0)
    let ended = try rig.run("requests", "export", "back.csv")
    #expect(ended.status == 0 && ended.output.contains("4 not answered"), "\(ended.output)")
    let lines = String(decoding: try #require(rig.folder.read("back.csv")), as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 10 && lines[0].hasPrefix("Hollow Oak Assurance"))
    #expect(
      lines[2].hasSuffix(",Evidence status,Evidence basis,Evidence entries,Evidence by,Evidence files,Evidence SHA-256")
    )
    let digest = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
    #expect(lines[4].hasSuffix(",answered,matches,4,acme/bo,a.txt,\(digest)"))
    #expect(lines[5].contains(",'=SUM(A1),open,"))
    let again = try rig.run("requests", "import", "back.csv", "--dates", "mdy", "--format", "json")
    #expect(requests(again).count == 5)
    #expect(try rig.run("requests", "export", "other.csv").status == 64)
    #expect(try rig.run("requests", "export", "other.csv", "--list", "pbc-2026.csv").status == 0)
  }

  @Test func `as a workbook the table comes back with its evidence and what is missing`() throws {
    let rig = try rig()
    try #require(rig.run("requests", "import", "pbc-2026.csv", "--dates", "mdy").status == 0)
    try #require(
      rig.run("submit", "a.txt", "--control", "1.1", "--from", "2026-01-01", "--through", "2026-03-31").status == 0)
    let ended = try rig.run("requests", "export", "back.xlsx")
    #expect(ended.status == 0 && ended.output.contains("4 not answered"), "\(ended.output)\(ended.talk)")
    let first = rig.folder.read("back.xlsx")
    #expect(try rig.run("requests", "export", "back.xlsx").status == 0 && rig.folder.read("back.xlsx") == first)
    // It is read back as the list that it is.
    let again = try rig.run("requests", "import", "back.xlsx", "--sheet", "Requests", "--format", "json")
    #expect(
      requests(again).map { $0["request"] as? String } == ["PBC-001", "PBC-002", "PBC-003", "PBC-004", "PBC-005"])
    for ending in ["xls", "ods"] { #expect(try rig.run("requests", "export", "back.\(ending)").status == 64) }
    for ending in ["pdf", "PDF", "docx", "html", "json"] {
      let refused = try rig.run("requests", "export", "back.\(ending)")
      #expect(refused.status == 64 && refused.talk.contains("call it back.xlsx or back.csv"), "\(refused.talk)")
      #expect(rig.folder.read("back.\(ending)") == nil)
    }
  }

  @Test func `a workbook is made again later by the line at its foot`() throws {
    let rig = try rig()
    try #require(rig.run("requests", "import", "pbc-2026.csv", "--dates", "mdy").status == 0)
    try #require(rig.run("submit", "a.txt", "--control", "2.1").status == 0)
    try #require(rig.run("requests", "export", "first.xlsx").status == 0)
    let first = try #require(rig.folder.read("first.xlsx"))
    let (today, size) = try made(rig)
    try rig.write("b", to: "b.txt")
    try #require(rig.run("submit", "b.txt", "--control", "1.2", "--control", "1.1").status == 0)
    let words = ["--list", "pbc-2026.csv", "--as-of", today, "--known-at", size]
    try #require(rig.run(["requests", "export", "again.xlsx"] + words).status == 0)
    #expect(rig.folder.read("again.xlsx") == first)
    try #require(rig.run("requests", "export", "now.xlsx").status == 0)
    #expect(rig.folder.read("now.xlsx") != first)
  }

  /// The day and the tree that a report of now says it was made from.
  private func made(_ rig: SubmissionRig) throws -> (day: String, size: String) {
    let told = try rig.run("report", "ownership", "--format", "json").json
    return (
      try #require(told["asOf"] as? String), String(try #require(told["knownAt"] as? Int))
    )
  }

  @Test func `what the auditor says stands in the list, settles a request or gives it back`() throws {
    let rig = try rig()
    try rig.write("No,Request,Control,Due,Status\n1,Doors,2.1,2026-01-31,Open\n", to: "list.csv")
    try #require(rig.run("requests", "import", "list.csv").status == 0)
    #expect(try !rig.run("requests", "list").output.contains("auditor"))
    try #require(rig.run("submit", "a.txt", "--control", "2.1").status == 0)
    #expect(try statuses(rig) == ["answered"])
    let rows = "1,Doors,2.1,2026-01-31,Returned\n2,Keys,1.1,2026-01-31,Accepted\n"
    try rig.write("No,Request,Control,Due,Status\n\(rows)", to: "list.csv")
    try #require(rig.run("requests", "import", "list.csv").status == 0)
    #expect(try statuses(rig) == ["open", "accepted"])
    let page = try rig.run("requests", "list").output
    #expect(page.contains("Returned") && page.contains("1 open, 1 accepted, 1 overdue"), "\(page)")
    #expect(try !rig.run("requests", "list", "--open").output.contains("Keys"))
    let match = try rig.run("requests", "match", "1").output.split(whereSeparator: \.isWhitespace).joined(
      separator: " ")
    #expect(match.contains("the auditor gave the request back"), "\(match)")
    try rig.write("b", to: "b.txt")
    try #require(rig.run("submit", "b.txt", "--control", "2.1").status == 0)
    #expect(try statuses(rig) == ["answered", "accepted"])
    // The same word in a later list gives nothing back once more.
    try rig.write("No,Request,Control,Due,Status\n\(rows)3,Locks,1.2,2026-01-31,\n", to: "list.csv")
    try #require(rig.run("requests", "import", "list.csv").status == 0)
    #expect(try statuses(rig) == ["answered", "accepted", "open"])
  }

  @Test func `the days of a period that nothing covers are told in the list, the table and the workbook`() throws {
    let rig = try rig()
    try #require(rig.run("requests", "import", "pbc-2026.csv", "--dates", "mdy").status == 0)
    try #require(
      rig.run("submit", "a.txt", "--control", "1.1", "--from", "2026-01-01", "--through", "2026-02-28").status == 0)
    #expect(try statuses(rig).first == "partly")
    let told = try requests(rig.run("requests", "list", "--format", "json"))[0]["uncovered"] as? [[String: String]]
    #expect(told == [["from": "2026-03-01", "through": "2026-03-31"]])
    let page = try rig.run("requests", "list").output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(page.contains("nothing of 2026-03-01 to"), "\(page)")
    try #require(rig.run("requests", "export", "back.csv").status == 0)
    let text = String(decoding: try #require(rig.folder.read("back.csv")), as: UTF8.self)
    #expect(text.contains("partly: nothing of 2026-03-01 to 2026-03-31"), "\(text)")
  }

  @Test(arguments: [
    ("", "is empty"), ("a,b\n1,2\n", "no row of headings"), ("No,Request,Control\n", "no request below"),
    ("PK", "cannot be read as a table"),
  ])
  func `what is no request list is refused, and nothing goes in`(text: String, reason: String) throws {
    let rig = try rig()
    try rig.write(text, to: "x.csv")
    let before = rig.checkpoint
    let ended = try rig.run("requests", "import", "x.csv")
    #expect(ended.status == 65 && ended.talk.contains(reason), "\(ended.talk)")
    #expect(rig.checkpoint == before)
    let empty = try rig.run("requests", "list")
    #expect(empty.status == 0 && empty.output.contains("custody requests import FILE"))
    #expect(try rig.run("requests", "list", "--list", "x.csv").status == 66)
    #expect(try rig.run("requests", "export", "y.csv").status == 66)
  }

  @Test func `a rehearsal and an offer leave the log alone`() throws {
    let rig = try rig()
    let before = rig.checkpoint
    #expect(try rig.run("requests", "import", "pbc-2026.csv", "--dry-run").output.contains("would become entry 3"))
    #expect(try rig.run("requests", "import", "pbc-2026.csv", "--offer", "list.offer").status == 0)
    #expect(rig.checkpoint == before)
    try #require(rig.run("append", "list.offer").status == 0)
    #expect(try statuses(rig).count == 5)
  }
}
