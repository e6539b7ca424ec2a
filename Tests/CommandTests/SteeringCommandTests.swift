import Foundation
import TestSupport
import Testing

/// The committee's paper, asked of stores, and held against the reports that it is put together from.
struct SteeringCommandTests {
  private struct Paper {
    let object: [String: Any]

    func part(_ key: String) -> [String: Any] {
      (object["parts"] as? [[String: Any]] ?? []).first { $0["key"] as? String == key } ?? [:]
    }

    func rows(_ key: String, _ grid: String) -> [[String: Any]] { part(key)[grid] as? [[String: Any]] ?? [] }

    func count(_ line: String, _ column: String = "value") -> Int? {
      rows("covered", "counts").first { ($0["line"] as? String)?.hasPrefix(line) == true }?[column] as? Int
    }
  }

  private func ask(_ words: String, _ chapter: StagedChapter, _ place: Workplace) throws -> [String: Any] {
    let ended = try place.custody(
      words.split(separator: " ").map(String.init) + ["--format", "json", "--quiet"], as: chapter.reader,
      environment: ["CUSTODY_STORE": "\(place.desk)/\(chapter.client)"])
    try #require(ended.status == 0, "\(words): \(ended.talk)")
    return ended.object
  }

  @Test(arguments: StagedChapter.answered)
  func `over three years each number is that of the report that is named`(chapter: StagedChapter) async throws {
    let place = try await chapter.replayed().place
    for (quarter, eve, day) in [
      ("2023-q3", "2023-06-30", "2023-09-30"), ("2024-q2", "2024-03-31", "2024-06-30"),
      ("2025-q1", "2024-12-31", "2025-03-31"),
    ] {
      let at = "--as-of \(day) --known-at \(day)"
      let paper = Paper(object: try ask("report steering --period \(quarter) \(at)", chapter, place))
      let ownership = try ask("report ownership \(at)", chapter, place)
      let units = (ownership["totals"] as? [String: Any])?["units"] as? [String: Any] ?? [:]
      let kinds = units["byKind"] as? [String: Int] ?? [:]
      #expect(paper.count("units owned") == units["owned"] as? Int, "\(quarter)")
      for kind in ["unowned", "unaccepted", "contested"] {
        #expect(paper.count("units \(kind)") == kinds[kind], "\(quarter) \(kind)")
      }
      let changes = try ask("report changes --from \(eve) --to \(day)", chapter, place)
      let before = (changes["before"] as? [String: Any])?["units"] as? [String: Any] ?? [:]
      #expect(paper.count("units owned", "before") == before["owned"] as? Int, "\(quarter)")
      let moved = (changes["moves"] as? [[String: Any]] ?? []).reduce(0) { $0 + (($1["units"] as? [Any])?.count ?? 0) }
      #expect(paper.rows("changes", "handovers").reduce(0) { $0 + ($1["units"] as? Int ?? 0) } == moved, "\(quarter)")
      try checkGaps(paper, at, chapter, place)
      try checkTrend(paper, day, chapter, place)
      try checkPromises(paper, at, chapter, place)
      try checkPeopleAndEvidence(paper, at, chapter, place)
    }
  }

  private func checkGaps(_ paper: Paper, _ at: String, _ chapter: StagedChapter, _ place: Workplace) throws {
    let codes = ["undecided", "undelegable", "contested", "declined", "unaccepted", "lapsed", "unowned"]
    let gaps = try ask("report gaps --severity error \(at)", chapter, place)["findings"] as? [[String: Any]] ?? []
    let units = gaps.filter { codes.contains($0["code"] as? String ?? "") }.reduce(0) {
      $0 + (($1["units"] as? [Any])?.count ?? 0)
    }
    #expect(paper.rows("nobody", "families").reduce(0) { $0 + ($1["units"] as? Int ?? 0) } == units, "\(at)")
  }

  private func checkTrend(_ paper: Paper, _ day: String, _ chapter: StagedChapter, _ place: Workplace) throws {
    let trend = try ask("report trend --every quarter --last 4 --as-of \(day)", chapter, place)
    let points = (trend["points"] as? [[String: Any]] ?? []).filter {
      (($0["units"] as? [String: Any])?["total"] as? Int ?? 0) > 0
    }
    #expect(paper.rows("trend", "points").map { $0["day"] as? String } == points.map { $0["day"] as? String })
    #expect(
      paper.rows("trend", "points").map { [$0["owned"] as? Int, $0["current"] as? Int] }
        == points.map { [($0["units"] as? [String: Any])?["owned"] as? Int, $0["currentEvidence"] as? Int] }, "\(day)")
  }

  private func checkPromises(_ paper: Paper, _ at: String, _ chapter: StagedChapter, _ place: Workplace) throws {
    let periods = try ask("report levels \(at)", chapter, place)["periods"] as? [[String: Any]] ?? []
    for row in paper.rows("provider", "levels") + paper.rows("client", "standards") {
      let name = (row["level"] as? String ?? "").replacing(" *", with: "")
      let own = periods.filter {
        "\($0["engagement"] as? String ?? "")/\($0["level"] as? String ?? "")" == name
          && $0["party"] as? String == row["party"] as? String && $0["state"] as? String != "open"
      }.suffix(12)
      guard !own.isEmpty else { continue }
      for (column, state) in [("missed", "missed"), ("unmeasured", "unmeasured")] {
        let count = own.count { $0["state"] as? String == state }
        #expect(row[column] as? String == "\(count) of \(own.count)", "\(at) \(name)")
      }
    }
    let duties = try ask("report duties --party \(chapter.client) \(at)", chapter, place)["duties"] as? [[String: Any]]
    let shown = paper.rows("client", "duties")
    #expect(shown.map { $0["due"] as? String } == (duties ?? []).map { $0["due"] as? String }, "\(at)")
    for (row, duty) in zip(shown, duties ?? []) {
      let history = duty["history"] as? [[String: Any]] ?? []
      for state in ["met", "late"] {
        #expect(row[state] as? Int == history.count { $0["state"] as? String == state }, "\(at)")
      }
    }
  }

  private func checkPeopleAndEvidence(
    _ paper: Paper, _ at: String, _ chapter: StagedChapter, _ place: Workplace
  ) throws {
    let people = try ask("report people \(at)", chapter, place)["people"] as? [[String: Any]] ?? []
    #expect(
      paper.rows("singlePoints", "people").map { $0["person"] as? String }
        == people.filter { $0["singlePoint"] as? Bool == true }.map { $0["person"] as? String }, "\(at)")
    let ownership = try ask("report ownership \(at)", chapter, place)["controls"] as? [[String: Any]] ?? []
    let counted = Set(ownership.filter { $0["counted"] as? Bool == true }.compactMap { $0["control"] as? String })
    let lines = (try ask("report evidence --stale \(at)", chapter, place)["controls"] as? [[String: Any]] ?? [])
      .filter { counted.contains($0["control"] as? String ?? "") }
    func units(_ isWanted: ([String: Any]) -> Bool) -> Int {
      lines.filter(isWanted).reduce(0) { $0 + (($1["units"] as? [Any])?.count ?? 0) }
    }
    let families = paper.rows("evidence", "families")
    func sum(_ column: String) -> Int { families.reduce(0) { $0 + ($1[column] as? Int ?? 0) } }
    #expect(sum("missing") == units { $0["newest"] is NSNull }, "\(at)")
    #expect(sum("stale") == units { !($0["newest"] is NSNull) && $0["stale"] as? Bool == true }, "\(at)")
  }

  @Test func `without a period it looks back on a quarter that it names, and its foot makes it again`() throws {
    let place = try SampleHouse.shared()
    let page = try place.shell("custody report steering")
    #expect(page.status == 0 && page.output.contains("the quarter that runs, in which the log begins"))
    let json = try place.shell("custody report steering --format json").object
    let period = try #require(json["period"] as? [String: Any])
    let options =
      "--period \(period["from"] as? String ?? "")..\(period["through"] as? String ?? "") "
      + "--as-of \(json["asOf"] as? String ?? "") --known-at \(json["knownAt"] as? Int ?? 0)"
    let again = try place.shell("custody report steering \(options) --format csv")
    #expect(again.output == (try place.shell("custody report steering --format csv")).output)
    #expect(
      try place.shell("custody report steering --framework house --format html").output.contains("--framework house"))
  }

  @Test func `a quarter is told whole once it is over, and each paper's foot makes it again`() throws {
    let place = try Workplace()
    try FileManager.default.copyItem(
      atPath: Fixtures.path("catalogs/three-controls.json"), toPath: "\(place.desk)/three-controls.json")
    try place.write(
      """
      id: own
      model: in-house
      client: acme
      term: { from: 2026-01-01, through: 2099-12-31 }
      frameworks: [house]
      service-levels:
        - { id: reviews, party: acme, domains: [governance], target: ">= 1", unit: reviews, every: quarter }

      """, to: "own.yaml")
    let (first, last, later) = try (
      Clock.standing(at: "2026-04-01T09:00"), Clock.standing(at: "2026-06-30T09:00"),
      Clock.standing(at: "2026-07-20T09:00")
    )
    try place.prepare(
      ("acme/bo", first + "custody init acme --organization 'Acme Manufacturing' --effective 2026-01-01"),
      ("acme/bo", first + "custody framework import three-controls.json --id house --effective 2026-01-01"),
      ("acme/bo", first + "custody engagement apply own.yaml --yes"))
    /// How many of the level's periods were not measured, and the foot.
    func read(_ clock: String, _ options: String) throws -> (unmeasured: String?, foot: String) {
      let steering = clock + "custody report steering --period 2026-q2 --quiet \(options)"
      let json = try place.shell("\(steering) --format json")
      let page = try place.shell(steering)
      try #require(json.status == 0 && page.status == 0, "\(json) \(page)")
      let foot = try #require(page.flowing.firstMatch(of: #/same command with '([^']+)'/#)?.output.1)
      let again = try place.shell(later + "custody report steering --quiet \(foot)")
      #expect(again.status == 0 && page.output == again.output, "\(foot): \(again)")
      let row = Paper(object: json.object).rows("client", "standards").first { $0["level"] as? String == "own/reviews" }
      return (row?["unmeasured"] as? String, String(foot))
    }
    // Of the first quarter nothing was measured either.
    let running = try read(last, "")
    #expect(running.unmeasured == "1 of 1" && running.foot.contains("--as-of 2026-06-30"), "\(running)")
    let over = try read(later, "")
    #expect(over.unmeasured == "2 of 2" && !over.foot.contains("--as-of"), "\(over)")
    #expect(try read(later, "--as-of 2026-06-30").unmeasured == "1 of 1")
    #expect(try read(later, "--as-of 2026-07-01").unmeasured == "2 of 2")
  }

  @Test func `what cannot be asked is refused`() throws {
    let place = try SampleHouse.shared()
    #expect(try place.shell("custody report steering --period 2020-q1 --as-of 2019-01-01").status == 64)
    #expect(try place.shell("custody report steering --period 2020-q1").status == 64)
    #expect(try place.shell("custody report steering --period 2099-q1").status == 64)
    #expect(try place.shell("custody report steering --period quarter").status == 64)
    #expect(try place.shell("custody report steering --framework nowhere").status == 66)
    #expect(try place.shell("custody report steering --known-at 9999").status == 64)
  }
}
