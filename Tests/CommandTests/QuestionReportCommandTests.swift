import Foundation
import TestSupport
import Testing

/// Changes, trend, evidence, timeline, matrix, acceptances, people and responsibility, asked of a store.
struct QuestionReportCommandTests {
  private func report(_ place: Workplace, _ line: String) throws -> [String: Any] {
    let ended = try place.shell("custody report \(line) --format json")
    #expect(ended.status == 0, "\(line): \(ended.talk)")
    return ended.object
  }

  private func totals(_ object: Any?) -> [Int] {
    let totals = object as? [String: Any]
    return ["controls", "units"].flatMap { kind -> [Int] in
      let own = totals?[kind] as? [String: Any]
      return ["total", "owned", "unowned", "notApplicable"].map { own?[$0] as? Int ?? -1 }
    }
  }

  // MARK: Changes

  @Test func `both ends of changes are what the ownership report says of those trees`() throws {
    let place = try SampleHouse.copy()
    _ = try place.shell("custody append accept.offer")
    let size = try #require(try report(place, "ownership")["knownAt"] as? Int)
    for from in [2, 5, size - 1] {
      let changes = try report(place, "changes --from \(from)")
      let start = try #require(changes["from"] as? [String: Any])
      let day = try #require(start["asOf"] as? String)
      let before = try report(place, "ownership --known-at \(from) --as-of \(day)")
      #expect(start["knownAt"] as? Int == from)
      #expect(totals(changes["before"]) == totals(before["totals"]))
      #expect(totals(changes["after"]) == totals(try report(place, "ownership")["totals"]))
    }
  }

  @Test func `an acceptance moves units from nobody to the provider, and is named as what did it`() throws {
    let place = try SampleHouse.copy()
    let size = try #require(try report(place, "ownership")["knownAt"] as? Int)
    _ = try place.shell("custody append accept.offer")
    let moves = try report(place, "changes --from \(size)")["moves"] as? [[String: Any]] ?? []
    #expect(!moves.isEmpty)
    for move in moves {
      #expect((move["after"] as? [String: Any])?["party"] as? String == "onsite")
      #expect((move["before"] as? [String: Any])?["state"] as? String == "unaccepted")
      #expect((move["by"] as? [String: Any])?["entry"] as? Int == size)
    }
    let events = try report(place, "changes --from \(size)")["events"] as? [[String: Any]] ?? []
    #expect(events.map { $0["kind"] as? String } == ["acceptance"])
  }

  @Test func `a checkpoint that was kept is where changes begin, and one of another history is told`() throws {
    let place = try SampleHouse.copy()
    _ = try place.shell("cp acme/checkpoint kept; custody submit february.txt --control house/1.1")
    let counts = try report(place, "changes --from kept")["counts"] as? [[String: Any]] ?? []
    #expect(counts.map { $0["count"] as? Int } == [1] && counts.first?["type"] as? String == "evidence")
    _ = try place.shell("sed -n 1,2p kept > other; head -c 32 /dev/zero | base64 >> other")
    let forked = try place.shell("custody report changes --from other")
    #expect(forked.status == 1 && forked.talk.contains("not those of that checkpoint"))
    #expect(try place.shell("custody report changes --from nowhere").status == 66)
    #expect(try place.shell("custody report changes --from 9999").status == 64)
    #expect(try place.shell("custody report changes --from 5 --to 4").status == 64)
  }

  @Test func `from a day before the log, changes begin with nothing`() throws {
    let place = try SampleHouse.shared()
    let changes = try report(place, "changes --from 2020-01-01")
    #expect(totals(changes["before"]) == Array(repeating: 0, count: 8))
    let events = changes["events"] as? [[String: Any]] ?? []
    #expect(events.first?["kind"] as? String == "log")
  }

  // MARK: Trend

  @Test func `the last line of a trend is what ownership and gaps say today`() throws {
    let place = try SampleHouse.shared()
    let points = try report(place, "trend")["points"] as? [[String: Any]] ?? []
    #expect(points.count == 1)
    let last = try #require(points.last)
    #expect(totals(last) == totals(try report(place, "ownership")["totals"]))
    let gaps = try report(place, "gaps")["counts"] as? [String: Any]
    for severity in ["error", "warning", "note"] {
      #expect((last["gaps"] as? [String: Any])?[severity] as? Int == gaps?[severity] as? Int, "\(severity)")
    }
    #expect(try place.shell("custody report trend --as-of 2020-01-01").status == 64)
    #expect(try place.shell("custody report trend --last 0").status == 64)
  }

  @Test func `a trend of a log of years has each line as it was known at that day's end`() throws {
    let place = try ReadStore()
    let json = try place.custody("report", "trend", "--every", "quarter", "--last", "40", "--format", "json")
    #expect(json.status == 0, "\(json.talk)")
    let object = try #require(JSONSerialization.jsonObject(with: Data(json.output)) as? [String: Any])
    for point in object["points"] as? [[String: Any]] ?? [] {
      let (day, size) = (point["day"] as? String ?? "", point["knownAt"] as? Int ?? 0)
      let own = try place.custody(
        "report", "ownership", "--known-at", "\(size)", "--as-of", day, "--format", "json")
      let ownership = try #require(JSONSerialization.jsonObject(with: Data(own.output)) as? [String: Any])
      #expect(totals(point) == totals(ownership["totals"]), "\(day)")
    }
  }

  // MARK: Evidence

  @Test func `CSV has a row for each submission, wherever it goes, and a page counts them`() throws {
    let place = try SampleHouse.copy()
    _ = try place.shell("custody submit february.txt --control house/1.2 --through 2026-02-28")
    let printed = try place.shell("custody report evidence --format csv").output
    #expect(printed.split(separator: "\n").count == 3)
    let written = try place.shell("custody report evidence --output all.csv && cat all.csv")
    #expect(written.output == printed)
    #expect(try place.shell("custody report evidence").output.contains("2 submissions"))
    let some = try report(place, "evidence --control house/1.2")
    #expect((some["evidence"] as? [[String: Any]])?.compactMap { $0["through"] as? String } == ["2026-02-28"])
    #expect((some["controls"] as? [[String: Any]])?.compactMap { $0["control"] as? String } == ["house/1.2"])
  }

  @Test func `what is replaced stays in the list, and shows nothing`() throws {
    let place = try SampleHouse.copy()
    let first = try #require(
      (try report(place, "evidence")["evidence"] as? [[String: Any]])?.first?["statement"] as? String)
    _ = try place.shell("custody submit february.txt --control house/1.1 --replaces \(first)")
    let rows = try report(place, "evidence")["evidence"] as? [[String: Any]] ?? []
    #expect(rows.map { $0["state"] as? String } == ["replaced", "shown"])
  }

  @Test func `days of a period without current evidence are told, and a period that runs backwards is refused`() throws
  {
    let place = try SampleHouse.shared()
    let lines = try report(place, "evidence --stale --from 2020-01-01 --through 2020-12-31")["controls"]
    #expect((lines as? [[String: Any]] ?? []).contains { ($0["holes"] as? [Any])?.isEmpty == false })
    #expect(try place.shell("custody report evidence --from 2026-02-01 --through 2026-01-01").status == 64)
    #expect(try place.shell("custody report evidence --by colour").status == 64)
    #expect(try place.shell("custody report evidence --control 99.99").status == 64)
  }

  @Test func `evidence from before the first day covers it while it is current, and is not listed`() throws {
    let place = try SampleHouse.copy()
    _ = try place.shell("custody submit february.txt --control house/1.2 --from $(days -30) --through $(days -20)")
    let line = "evidence --control house/1.2 --from $(days -10)"
    let asked = try report(place, line)
    #expect((asked["evidence"] as? [Any])?.isEmpty == true && asked["total"] as? Int == 0)
    let own = try #require((asked["controls"] as? [[String: Any]])?.first)
    #expect((own["holes"] as? [Any])?.isEmpty == true && own["count"] as? Int == 1 && own["stale"] as? Bool == false)
    #expect(try place.shell("custody report \(line) --format csv").output.split(separator: "\n").count == 1)
    let earlier = try #require(
      (try report(place, "evidence --control house/1.2 --from $(days -40)")["controls"] as? [[String: Any]])?.first)
    #expect((earlier["holes"] as? [Any])?.count == 1)
  }

  // MARK: One control, the matrix and words

  @Test func `a timeline tells what was said of a control in order, and who answers now`() throws {
    let place = try SampleHouse.copy()
    _ = try place.shell("custody append accept.offer; custody assess house/1.1 --status met")
    let timeline = try report(place, "timeline 1.1")
    let events = timeline["events"] as? [[String: Any]] ?? []
    let kinds = events.compactMap { $0["kind"] as? String }
    for kind in ["adopted", "agreement", "accepted", "evidence", "assessed"] {
      #expect(kinds.contains(kind), "\(kind)")
    }
    let days = events.compactMap { $0["day"] as? String }
    #expect(days == days.sorted())
    let spans = (timeline["accountable"] as? [[String: Any]])?.first?["spans"] as? [[String: Any]]
    #expect((spans?.last?["standing"] as? [String: Any])?["party"] as? String == "onsite")
    #expect(try place.shell("custody report timeline 99.99").status == 64)
    #expect(try place.shell("custody report timeline").status == 64)
  }

  @Test func `the matrix has the letters that ownership has names for`() throws {
    let place = try SampleHouse.copy()
    _ = try place.shell("custody append accept.offer")
    let rows = try report(place, "matrix --framework house")["rows"] as? [[String: Any]] ?? []
    #expect(rows.count == 3)
    #expect(rows.contains { (($0["letters"] as? [String: String])?["onsite"] ?? "").hasPrefix("A") })
    #expect(try place.shell("custody report matrix --framework nowhere").status == 66)
  }

  @Test func `acceptances say who has not answered, until they have`() throws {
    let place = try SampleHouse.copy()
    func state() throws -> String? {
      let rows = try report(place, "acceptances")["answers"] as? [[String: Any]] ?? []
      return rows.first { $0["party"] as? String == "onsite" }?["state"] as? String
    }
    #expect(try state() == "not-answered")
    _ = try place.shell("custody append accept.offer")
    #expect(try state() == "accepted")
  }

  @Test func `the key of somebody who left is silent, and evidence is what it signed last`() throws {
    let place = try SampleHouse.copy()
    func key(_ owner: String) throws -> [String: Any]? {
      (try report(place, "people")["keys"] as? [[String: Any]])?.first { $0["owner"] as? String == owner }
    }
    #expect(try key("acme/kim")?["lastSigned"] is NSNull)
    try place.prepare(("acme/kim", "custody submit february.txt --control house/1.2"))
    #expect(try key("acme/kim")?["lastSigned"] is String && key("acme/kim")?["speaks"] as? Bool == true)
    try place.prepare(("acme/bo", "custody member remove acme/kim"))
    let gone = try key("acme/kim")
    #expect((gone?["state"] as? String ?? "").hasPrefix("has left, by entry ") && gone?["speaks"] as? Bool == false)
    #expect(try place.shell("custody key list").output.contains("has left, by entry "))
  }

  @Test func `people and parties are named as the store knows them`() throws {
    let place = try SampleHouse.shared()
    let people = try report(place, "people")
    let names = (people["people"] as? [[String: Any]] ?? []).compactMap { $0["person"] as? String }
    #expect(names.contains("acme/bo") && names.contains("onsite/jane"))
    let keys = people["keys"] as? [[String: Any]] ?? []
    #expect(keys.contains { $0["owner"] as? String == "acme/bo" && $0["state"] as? String == "speaks" })
    // What is on this machine and not in the log is no part of a report.
    #expect(keys.allSatisfy { $0["passphrase"] == nil })
    #expect(try report(place, "responsibility acme")["party"] as? String == "acme")
    let unknown = try place.shell("custody report responsibility onsit")
    #expect(unknown.status == 66 && unknown.talk.contains("did you mean 'onsite'"))
  }
}
