import Foundation
import TestSupport
import Testing

/// What is new since somebody asked last.
struct NotifyTests {
  private static func listening() throws -> Workplace {
    let place = try SampleHouse.copy()
    let first = try place.shell("custody notify")
    #expect(first.status == 0 && first.output.contains("news is told from now on"), "\(first.talk)")
    return place
  }

  private static let submit = "custody submit february.txt --control 1.1 --description 'Updates of February'"

  @Test func `news is told once, under a subject, and where there is none nothing is said`() throws {
    let place = try Self.listening()
    let nothing = try place.shell("custody notify --fail-on any")
    #expect(nothing.status == 0 && nothing.output.isEmpty && nothing.talk.isEmpty)
    try place.prepare(("acme/bo", Self.submit))
    let news = try place.shell("custody notify --fail-on any")
    #expect(news.status == 3, "\(news.talk)")
    let lines = news.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0].hasPrefix("custody: Acme Manufacturing: 1 new entry") && lines[1].isEmpty, "\(news.output)")
    #expect(news.flowing.contains("entries 1 evidence"))
    #expect(try place.shell("custody notify --format json").object["entries"] as? Int == 0)
  }

  @Test func `a mark is one listener's, and peeking moves none`() throws {
    let place = try Self.listening()
    try place.prepare(("acme/bo", "custody notify --mark chat > /dev/null"), ("acme/bo", Self.submit))
    let peeked = try place.shell("custody notify --peek")
    #expect(try place.shell("custody notify --peek").output == peeked.output && !peeked.output.isEmpty)
    #expect(try place.shell("custody notify").output == peeked.output)
    let chat = try place.shell("custody notify --mark chat --format json").object
    #expect(chat["entries"] as? Int == 1 && (chat["kinds"] as? [String: Int])?["evidence"] == 1, "\(chat)")
    #expect(try place.shell("custody notify --mark chat").output.isEmpty)
    // What was before a named tree moves no mark, and asks for none.
    #expect(try place.shell("custody notify --since 3 --mark third --format json").object["entries"] as? Int ?? 0 > 1)
    #expect(try place.shell("custody notify --mark third").output.contains("from now on"))
  }

  @Test func `what was lost on its way is told again`() throws {
    let place = try Self.listening()
    try place.prepare(("acme/bo", Self.submit))
    let full = try place.shell("custody notify > /dev/full")
    #expect(full.status == 74, "\(full.talk)")
    // The pipe's reader has gone before anything is written.
    let gone = try place.shell(
      "(for i in $(seq 600); do test -e gone && break; sleep 0.1; done; custody notify; echo $? > status) | (exec <&-; touch gone); cat status"
    )
    #expect(gone.output == "74\n" && gone.talk.contains("the mark stays where it was"), "\(gone.output) \(gone.talk)")
    #expect(try place.shell("custody notify").output.contains("1 new entry"))
    #expect(try place.shell("custody notify").output.isEmpty)
  }

  @Test func `of a store that shrank it is told each time, and the mark stays`() throws {
    let place = try Self.listening()
    try place.prepare(
      ("acme/kim", "custody notify > /dev/null; cp -r acme old"), ("acme/bo", Self.submit),
      ("acme/kim", "custody notify > /dev/null; mv acme new; cp -r old acme"))
    for _ in 0..<2 {
      let ended = try place.shell("custody notify", as: "acme/kim")
      #expect(ended.status == 1 && ended.output.contains("NOT SOUND: the store shrank"), "\(ended.output)")
      #expect(ended.output.hasPrefix("custody: ") && ended.talk.isEmpty)
    }
    #expect(try place.shell("custody notify --format json", as: "acme/kim").object["sound"] as? Bool == false)
    try place.prepare(("acme/kim", "rm -r acme; mv new acme"))
    let mended = try place.shell("custody notify", as: "acme/kim")
    #expect(mended.status == 0 && mended.output.isEmpty, "\(mended.output)")
  }

  @Test func `a folder that was moved goes on from where its log was told of`() throws {
    let place = try Self.listening()
    try place.prepare(("acme/bo", Self.submit), ("acme/bo", "mv acme elsewhere"))
    let moved = try place.shell("custody notify --store elsewhere --format json")
    #expect(moved.status == 0 && moved.object["entries"] as? Int == 1, "\(moved.output) \(moved.talk)")
    #expect(try place.shell("custody notify --store elsewhere").output.isEmpty)
    // And back again: nothing is told twice.
    try place.prepare(("acme/bo", "mv elsewhere acme"))
    #expect(try place.shell("custody notify").output.isEmpty)
    try place.prepare(("acme/bo", "ln -s acme alias"), ("acme/bo", Self.submit + " --period 2026-02"))
    #expect(try place.shell("custody notify --store alias").output.contains("1 new entry"))
    #expect(try place.shell("custody notify").output.isEmpty)
  }

  @Test func `of two copies each has its own mark, and one that lags behind is not taken for one that shrank`() throws {
    let place = try Self.listening()
    try place.prepare(
      ("acme/kim", "custody notify > /dev/null; cp -r acme early; cp -r acme earlier"), ("acme/bo", Self.submit),
      ("acme/kim", "cp -r acme late"))
    func notify(_ store: String) throws -> Workplace.Ended {
      try place.shell("custody notify --store \(store)", as: "acme/kim")
    }
    #expect(try notify("late").output.contains("1 new entry"))
    #expect(try notify("acme").output.contains("1 new entry"))
    #expect(try notify("acme").output.isEmpty && notify("late").output.isEmpty)
    let early = try notify("early")
    #expect(early.status == 0 && early.output.contains("from now on"), "\(early.output)")
    // With nothing left of the longer ones, what is left has lost entries.
    try place.prepare(("acme/kim", "rm -r acme late"))
    let earlier = try notify("earlier")
    #expect(earlier.status == 1 && earlier.output.contains("NOT SOUND: the store shrank"), "\(earlier.output)")
  }

  @Test func `a store that is not sound says so above its news, until it is`() throws {
    let place = try Self.listening()
    try place.prepare(
      ("acme/bo", Self.submit), ("acme/bo", "mv \"$(find acme/object -type f | head -n 1)\" kept; ls kept"))
    for _ in 0..<2 {
      let ended = try place.shell("custody notify")
      #expect(ended.status == 1 && ended.output.contains("NOT SOUND"), "\(ended.output)")
      #expect(ended.output.contains("1 evidence"))
    }
  }

  @Test func `what only the calendar changed is news as well`() throws {
    let place = try SampleHouse.copy()
    func news(_ day: String) throws -> Workplace.Ended {
      try place.shell(try Clock.standing(at: "\(day)T09:00") + "custody notify --fail-on due")
    }
    _ = try news("2098-01-01")
    #expect(try news("2098-01-02").output.isEmpty)
    // The agreement that waits ends with 2099; it holds nothing yet.
    let late = try news("2100-01-15")
    #expect(late.status == 3 || late.output.isEmpty, "\(late.output)")
  }

  @Test func `what lapses is news on the day after its last, once, and later where nobody asked on that day`() throws {
    let place = try Workplace()
    try FileManager.default.copyItem(
      atPath: Fixtures.path("catalogs/three-controls.json"), toPath: "\(place.desk)/three-controls.json")
    try place.write(
      """
      id: own
      model: in-house
      client: acme
      term: { from: 2026-01-01, through: 2026-06-30 }
      frameworks: [house]
      scope:
        - { controls: house/1.1, accountable: acme }

      """, to: "own.yaml")
    let first = try Clock.standing(at: "2026-04-01T09:00")
    try place.prepare(
      ("acme/bo", first + "custody init acme --organization 'Acme Manufacturing' --effective 2026-01-01"),
      ("acme/bo", first + "custody framework import three-controls.json --id house --effective 2026-01-01"),
      ("acme/bo", first + "custody engagement apply own.yaml --yes"),
      ("acme/bo", "mkdir fleet; ln -s ../acme fleet/acme"))
    let marks = ["notify --mark daily", "notify --mark seldom", "fleet notify fleet --mark fleet"]
    func news(_ day: String, _ command: String) throws -> String {
      let ended = try place.shell(try Clock.standing(at: "\(day)T09:00") + "custody \(command)")
      try #require(ended.status == 0, "\(command): \(ended.talk)")
      return ended.flowing
    }
    // On the last day all is still owned.
    for mark in marks {
      _ = try news("2026-06-29", mark)
      #expect(try !news("2026-06-30", mark).contains("lapsed"), "\(mark)")
    }
    for mark in marks where !mark.contains("seldom") {
      let told = try news("2026-07-01", mark)
      #expect(told.contains("lapsed: house/1.1") && told.contains("acme -> nobody"), "\(mark): \(told)")
      #expect(try news("2026-07-01", mark).isEmpty && news("2026-07-02", mark).isEmpty, "\(mark)")
    }
    #expect(try news("2026-07-05", marks[1]).contains("lapsed: house/1.1"))
    #expect(try news("2026-07-06", marks[1]).isEmpty)
    // From a day's end on, as if somebody had asked then.
    #expect(try news("2026-07-01", "notify --since 2026-06-30").contains("lapsed: house/1.1"))
    #expect(try !news("2026-07-02", "notify --since 2026-07-01").contains("lapsed"))
  }

  @Test func `many stores have a mark each, and those with news alone are told`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      ("acme/bo", "mkdir fleet; cp -r acme fleet/quiet; ln -s ../acme fleet/lively; mkdir fleet/broken"),
      ("acme/bo", "rmdir fleet/broken; custody fleet notify fleet > first"),
      ("acme/bo", "grep -c 'from now on' first"))
    #expect(try place.shell("custody fleet notify fleet").output.isEmpty)
    try place.prepare(("acme/bo", Self.submit), ("acme/bo", "mkdir fleet/broken"))
    let ended = try place.shell("custody fleet notify fleet --format json")
    #expect(ended.status == 1, "\(ended.talk)")
    let stores = ended.object["stores"] as? [[String: Any]] ?? []
    #expect(stores.count == 2 && stores[0]["subject"] as? String == "broken: cannot be read", "\(ended.output)")
    #expect(stores[1]["entries"] as? Int == 1)
    let again = try place.shell("custody fleet notify fleet")
    #expect(again.status == 1 && !again.output.contains("new entry") && again.output.contains("cannot be read"))
  }
}
