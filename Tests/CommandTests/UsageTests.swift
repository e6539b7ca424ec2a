import TestSupport
import Testing

/// Hours go in by hand or from a list, and come out as what is left of a block.
struct UsageTests {
  private func use(_ words: String, in place: Workplace, as person: String = "onsite/jane") throws -> Workplace.Ended {
    try place.shell("custody usage acme-onsite \(words)", as: person)
  }

  @Test func `hours by hand draw on a block`() throws {
    let place = try PromiseHouse.copy()
    let drawn = try use(
      "--domains patch-management,help-desk --from 2026-02-03 --hours 2.50 --block block --member onsite/jane "
        + "--unit 1.1 --note 'new laptops'", in: place)
    #expect(
      drawn.flowing
        == "2.5 hours of 'acme-onsite' on 2026-02-03 in help-desk and patch-management, drawn on 'block': entry 8",
      "\(drawn.talk)")
    let predicate = try place.predicate(ofEntry: 8)
    #expect(predicate["hours"] as? String == "2.5" && predicate["units"] as? [String] == ["house/1.1"])
    #expect(predicate["domains"] as? [String] == ["help-desk", "patch-management"])
    let outside = try use("--domains cloud-security --from 2026-02-03 --through 2026-02-04 --hours 1", in: place)
    #expect(
      outside.flowing.contains(
        "from 2026-02-03 through 2026-02-04 in cloud-security, outside any block: entry 9"))
    // 20 of January are good through February: the 2.5 are theirs.
    let report = try place.shell(
      "custody report hours --as-of 2026-02-28 --quiet --format csv | grep -E '^(month|draw|outside)'")
    let rows = report.output.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(rows.map { $0[0] } == ["month", "month", "draw", "outside"], "\(report.output)")
    #expect(rows[0][4...10].joined(separator: " ") == "2026-01 0 20 0 0 20 0")
    #expect(rows[1][4...10].joined(separator: " ") == "2026-02 20 20 2.5 0 37.5 0")
    #expect(report.output.contains("2026-01=2.5"))
  }

  @Test func `a list goes in as one step, and its lines only once`() throws {
    let place = try PromiseHouse.copy()
    try place.write(
      """
      Date;Domains;Hours;Block;Member;Note
      2026-02-03;patch-management;2.5;block;onsite/jane;servers
      2026-02-03;patch-management;2.5;block;onsite/jane;laptops
      2026-02-04;"help-desk; cloud-security";1.25;;;

      """, to: "february.csv")
    let first = try use("--list february.csv", in: place)
    #expect(first.output == "6.25 hours of 'acme-onsite' in 3 lines: entries 8 to 10\n", "\(first.talk)")
    let again = try use("--list february.csv", in: place)
    #expect(again.output == "nothing new: all of it is in the log already\n" && again.status == 0)
    #expect(again.talk.contains("3 lines there already, the first as entry 8, and not entered again"))
    try place.write(
      "day,domains,hours\n2026-02-05,help-desk,1\n2026-02-04,cloud-security help-desk,1.25\n", to: "more.csv")
    #expect(try use("--list more.csv", in: place).output.contains("1 hour of 'acme-onsite' on 2026-02-05"))
  }

  @Test func `all faults of a list are told at once, by line, and nothing goes in`() throws {
    let place = try PromiseHouse.copy()
    try place.write(
      """
      domains,from,through,hours,block
      patch-managment,2026-02-03,,1,
      help-desk,2026-02-30,,1,
      help-desk,2026-02-03,2026-02-01,1,
      help-desk,2026-02-03,,many,
      help-desk,2098-02-03,,1,
      cloud-security,2026-02-03,,1,block
      help-desk,2026-02-03,,1,blok
      help-desk,2026-02-03,,0,
      """ + "\n", to: "hours.csv")
    let ended = try use("--list hours.csv", in: place)
    #expect(ended.status == 65)
    for told in ["line 3: from: '2026-02-30'", "line 5: hours: 'many' is not a number"] {
      #expect(ended.talk.contains(told), "\(ended.talk)")
    }
    try place.write(
      """
      domains,from,through,hours,block
      patch-managment,2026-02-03,,1,
      help-desk,2026-02-03,2026-02-01,1,
      help-desk,2098-02-03,,1,
      cloud-security,2026-02-03,,1,block
      help-desk,2026-02-03,,1,blok
      help-desk,2026-02-03,,0,
      help-desk,2026-02-03,,1,
      "help-desk",2026-02-03,2026-02-03,1.0,
      """ + "\n", to: "hours.csv")
    let second = try use("--list hours.csv", in: place)
    for told in [
      "line 2: there is no domain 'patch-managment' (did you mean 'patch-management')", "line 3: it ends on 2026-02-01",
      "line 4: nobody can have worked until 2098-02-03", "line 5: the block 'block' is not about 'cloud-security'",
      "line 6: 'acme-onsite' has no block 'blok'", "line 7: '0' is not a number of hours",
      "line 9: it says the same as line 8",
    ] {
      #expect(second.talk.contains(told), "\(second.talk)")
    }
    #expect(try place.shell("custody log --format json").output.contains("\"usage\"") == false)
  }

  @Test(arguments: [
    ("--domains help-desk --from 2026-02-03 --hours 1 --block block", "acme/bo", "'block' is a block of 'onsite'", 77),
    ("--from 2026-02-03 --hours 1", "onsite/jane", "no domain is named", 64),
    ("--domains help-desk --hours 1", "onsite/jane", "no day is named", 64),
    ("--domains help-desk --from 2026-02-03", "onsite/jane", "no hours are named", 64),
    (
      "--domains help-desk --from 2026-02-03 --hours 1 --member acme/bo", "onsite/jane", "acme/bo is not of 'onsite'",
      77
    ),
  ])
  func `what cannot be meant is refused`(words: String, person: String, told: String, status: Int32) throws {
    let place = try PromiseHouse.copy()
    let ended = try use(words, in: place, as: person)
    #expect(ended.talk.contains(told) && ended.status == status, "\(ended.status) \(ended.talk)")
  }

  @Test func `where both sides worked in one domain in a month, it is told`() throws {
    let place = try PromiseHouse.copy()
    let month = try place.shell("date -u +%Y-%m-01").output.split(separator: "\n")[0]
    try place.prepare(
      ("onsite/jane", "custody usage acme-onsite --domains help-desk --from \(month) --hours 3 --block block"),
      ("acme/bo", "custody usage acme-onsite --domains help-desk --from \(month) --hours 1.5"))
    let hours = try place.shell("custody report hours --quiet --format json").object
    let found = try #require((hours["doubleWork"] as? [[String: Any]])?.first)
    #expect(found["domain"] as? String == "help-desk" && found["accountable"] as? [String] == ["onsite"])
    let gaps = try place.shell("custody report gaps --quiet").output
    #expect(gaps.contains("double-work"), "\(gaps)")
    let foreign = (hours["foreign"] as? [[String: Any]])?.compactMap { $0["party"] as? String }
    #expect(foreign == ["acme"])
  }
}
