import Foundation
import TestSupport
import Testing

/// What people do every day, and where they trip.
struct DailyUseTests {
  private let place: Workplace

  init() throws { place = try SampleHouse.copy() }

  private func run(_ line: String, as person: String = "acme/bo") throws -> Workplace.Ended {
    try place.shell(line, as: person)
  }

  @Test func `of a long log the newest fifty are listed, and it is said`() throws {
    let before = try run("custody log --all").output.split(separator: "\n").count
    let files = (0..<60).map { "f\($0)" }
    for file in files { try place.folder.write(Array(file.utf8), to: "desk/list/\(file)") }
    let rows = files.map { "\($0),1.1,Number \($0)" }.joined(separator: "\n")
    try place.folder.write(Array("file,controls,description\n\(rows)\n".utf8), to: "desk/list/list.csv")
    #expect(try run("custody submit --list list/list.csv").status == 0)
    let short = try run("custody log")
    #expect(short.output.split(separator: "\n").count == 50)
    #expect(short.talk.contains("and \(before + 10) older"))
    #expect(try run("custody log --all").output.split(separator: "\n").count == before + 60)
    #expect(try run("custody log --type evidence").output.split(separator: "\n").count > 50)
    let machine = try #require(try run("custody log --format json").json as? [Any])
    #expect(machine.count == before + 60)
  }

  @Test func `labels, duties and days to keep are read back`() throws {
    try place.prepare(("acme/bo", "custody submit february.txt --control 1.1 --label REQ-14 --retain-until 2032-12-31"))
    let found = try run("custody log --label REQ-14")
    #expect(found.output.split(separator: "\n").count == 1)
    #expect(found.output.contains("label REQ-14"))
    #expect(try run("custody log --label REQ-14 --format json").output.contains("label REQ-14, keep until 2032-12-31"))
    #expect(try run("custody log --label REQ-1").output == "")
    let number = try #require(found.output.split(separator: " ").first)
    let shown = try run("custody show \(number)").output
    #expect(shown.contains("REQ-14") && shown.contains("2032-12-31"))
  }

  @Test func `a name that nobody has is not answered with nothing`() throws {
    for (name, hint) in [("jane", "onsite/jane"), ("onsit", "onsite"), ("acme/bob", "acme/bo")] {
      let ended = try run("custody log --member \(name)")
      #expect(ended.status == 66 && ended.talk.contains("did you mean '\(hint)'"), "\(ended.talk)")
    }
  }

  @Test func `a job can tell from the status whether somebody has to look`() throws {
    #expect(try run("custody status").status == 0)
    #expect(try run("custody status --fail-on error").status == 3)
    #expect(try run("custody status --fail-on never").status == 64)
  }

  @Test func `evidence that would be lost to a control is not replaced unasked`() throws {
    try place.prepare(("acme/bo", "custody submit february.txt --control 1.1 --control 2.1"))
    let entry = try #require(try run("custody log -n 1").output.split(separator: " ").first)
    try place.folder.write(Array("march\n".utf8), to: "desk/march.txt")
    for options in ["", " --yes"] {
      let ended = try run("custody submit march.txt --control 1.1 --replaces \(entry)\(options)")
      #expect(ended.status == 64 && ended.talk.contains("house/2.1"), "\(ended.talk)")
    }
    #expect(try run("custody submit march.txt --control 1.1 --control 2.1 --replaces \(entry)").status == 0)
  }

  @Test func `evidence for what does not apply is remarked on`() throws {
    try place.prepare(
      ("acme/bo", "custody framework adopt house --not-applicable 2.1 --reason 'no doors' --yes"))
    let ended = try run("custody submit february.txt --control 2.1")
    #expect(ended.status == 0 && ended.talk.contains("house/2.1 is adopted as not applicable"), "\(ended.talk)")
  }

  @Test func `a card is not written over, and a second key is remarked on`() throws {
    #expect(try run("custody key new --name Kim --output kim.card", as: "acme/kim").status == 73)
    let further = try run("custody key new --name Kim --output kim-2.card", as: "acme/kim")
    #expect(further.status == 0 && further.talk.contains("already: this is a further one"))
  }

  @Test func `one's own key can be read out far from the store`() throws {
    let there = try run("custody key show onsite/jane", as: "onsite/jane").output
    let away = try run("cd / && env -u CUSTODY_STORE custody key show onsite/jane", as: "onsite/jane")
    #expect(away.status == 0 && away.output.split(separator: "\n").first == there.split(separator: "\n").first)
    #expect(try run("cd / && env -u CUSTODY_STORE custody key show nobody/here", as: "onsite/jane").status == 66)
  }

  @Test func `a day on which nothing is adopted is not one on which all is owned`() throws {
    for report in ["ownership", "gaps"] {
      let ended = try run("custody report \(report) --as-of 2025-06-30")
      #expect(ended.output.contains("No framework is adopted on 2025-06-30"), "\(ended.output)")
    }
  }

  @Test func `a request shows which statement of work is signed for, and cannot hide it`() throws {
    try place.folder.write(Array("the work\n".utf8), to: "desk/sow.txt")
    try place.prepare(
      (
        "acme/bo",
        "custody engagement show acme-onsite --document > new.yaml; grep -v '^statement-of-work' new.yaml > newer.yaml; "
          + "printf 'statement-of-work: sow.txt\\n' >> newer.yaml; custody engagement apply newer.yaml --yes; "
          + "custody engagement show acme-onsite --request again.request --since 10"
      ))
    let digest = try #require(try run("sha256sum sow.txt").output.split(separator: " ").first)
    let screen = try run("custody accept --request again.request --offer again.offer --yes", as: "onsite/jane")
    #expect(
      screen.status == 0 && screen.output.contains("statement of work: sow.txt"), "\(screen.talk)")
    #expect(screen.output.replacing("\n", with: "").replacing(" ", with: "").contains(digest))
    try place.prepare(("acme/bo", "grep -v statementPayload again.request > hidden.request"))
    let hidden = try run("custody accept --request hidden.request --offer h.offer --yes", as: "onsite/jane")
    #expect(hidden.status == 65 && hidden.talk.contains("does not show which"), "\(hidden.talk)")
    try place.prepare(
      ("acme/bo", "sed 's/\"statementPayload\" : \"..../\"statementPayload\" : \"AAAA/' again.request > other.request"))
    #expect(try run("custody accept --request other.request --offer h.offer --yes", as: "onsite/jane").status == 65)
  }

  @Test func `the agreement that is in force is not signed again, nor an end that has passed`() throws {
    let before = try run("custody log --all").output
    try place.prepare(("acme/bo", "custody engagement show acme-onsite --document > same.yaml"))
    let same = try run("custody engagement apply same.yaml --yes")
    #expect(same.status == 0 && same.output.contains("this very agreement"), "\(same.talk)")
    let past = try run("custody engagement end acme-onsite --on 2026-01-15 --yes")
    #expect(past.status == 64 && past.talk.contains("2026-01-15 has passed"))
    #expect(try run("custody log --all").output == before)
    #expect(try run("custody engagement end acme-onsite --yes").status == 0)
    #expect(try run("custody engagement end acme-onsite --yes").talk.contains("changes nothing"))
    // After an end the same words count anew.
    #expect(try run("custody engagement apply same.yaml --yes").output.contains("entr"))
  }
}
