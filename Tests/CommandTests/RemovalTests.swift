import Foundation
import TestSupport
import Testing

/// Holds, retention and redaction: what goes, what may not, and what is said of it afterwards.
struct RemovalTests {
  private static let updates = "$(sha256sum < updates.txt | cut -c 1-64)"
  private static let redact = "custody redact \(updates) --reason names --authority 'the owner' --yes"

  private static func status(_ line: String, _ place: Workplace, as person: String = "acme/bo") throws -> Int32 {
    try place.shell(line, as: person).status
  }

  @Test func `redacted bytes are gone, and the store stays sound`() throws {
    let place = try SampleHouse.copy()
    let object = "acme/object/$(sha256sum < updates.txt | cut -c 1-2)/$(sha256sum < updates.txt | cut -c 3-64)"
    #expect(try Self.status("test -e \(object)", place) == 0)
    let ended = try place.shell(Self.redact, as: "acme/bo")
    #expect(ended.status == 0, "\(ended.talk)")
    #expect(ended.output.contains("1 object redacted: entry 10"))
    #expect(try Self.status("test -e \(object)", place) == 1)
    #expect(try Self.status("custody verify --fail-on never", place) == 0)
    let shown = try place.shell("custody retention --format json", as: "acme/bo")
    #expect(shown.output.contains("\"redacted\": 1"))
    let log = try place.shell("custody log", as: "acme/bo")
    #expect(log.output.contains("redact"), "\(log.talk)")
  }

  @Test func `of an object that several entries bring all are told before it goes`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      ("acme/bo", "echo both > both.txt; custody submit both.txt --control 1.1; custody submit both.txt --control 1.2"))
    let redact = "custody redact $(sha256sum < both.txt | cut -c 1-64) --reason names --authority 'the owner'"
    for option in ["--dry-run", "--yes"] {
      let ended = try place.shell("\(redact) \(option)", as: "acme/bo")
      #expect(ended.status == 0 && ended.talk.contains("bring what goes"), "\(ended.talk)")
    }
    let alone = try place.shell("\(Self.redact)", as: "acme/bo")
    #expect(alone.status == 0 && !alone.talk.contains("bring what goes"), "\(alone.talk)")
  }

  @Test func `evidence of which one file is redacted is so in part, and says which`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      ("acme/bo", "echo kept > kept.txt; echo gone > gone.txt; custody submit kept.txt gone.txt --control 1.1"),
      ("acme/bo", "custody redact $(sha256sum < gone.txt | cut -c 1-64) --reason names --authority 'the owner' --yes"))
    let rows = try place.shell("custody report evidence --format csv --quiet").output.split(separator: "\n")
    #expect(rows.filter { $0.contains(",partly-redacted,") && $0.hasSuffix(",gone.txt") }.count == 1, "\(rows)")
    #expect(try place.shell("custody report evidence --quiet").output.contains("partly"))
    let submitters = try place.shell("custody report evidence --by submitter --format json --quiet").output
    #expect(submitters.contains("\"partlyRedacted\": 1"))
  }

  @Test func `of a list of many files the page of ownership says that it is redacted in part, where it is`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      ("acme/bo", "mkdir many; for n in $(seq 200); do echo $n > many/$n.txt; done; custody submit many --control 1.1"))
    func told() throws -> [Bool] {
      let page = try place.shell("custody report ownership --format html --quiet").output
      return ["1.1", "1.2"].map { control in
        let own = page.components(separatedBy: "<details").first { $0.contains("<span class=\"id\">\(control)</span>") }
        return own?.contains("partly redacted") == true
      }
    }
    #expect(try told() == [false, false])
    #expect(try place.shell("custody show 10 --format json").output.contains("manifest"))
    try place.prepare(
      ("acme/bo", "custody redact $(echo 7 | sha256sum | cut -c 1-64) --reason names --authority 'the owner' --yes"))
    #expect(try told() == [true, false])
  }

  @Test func `nothing goes that is under a hold, until it ends`() throws {
    let place = try SampleHouse.copy()
    #expect(try Self.status("custody hold begin dispute --control house/1.1 --reason dispute", place) == 0)
    let refused = try place.shell(Self.redact, as: "acme/bo")
    #expect(refused.status == 77 && refused.talk.contains("under the hold 'dispute' of 'acme'"), "\(refused.talk)")
    #expect(try place.shell("custody retention", as: "acme/bo").output.contains("hold 'dispute'"))
    #expect(try place.shell("custody hold list", as: "acme/bo").output.contains("house/1.1"))
    #expect(try Self.status("custody hold end dispute --reason settled", place) == 0)
    #expect(try !place.shell("custody hold list", as: "acme/bo").output.contains("house/1.1"))
    #expect(try Self.status(Self.redact, place) == 0)
  }

  @Test func `a hold on other evidence stops nothing`() throws {
    let place = try SampleHouse.copy()
    #expect(try Self.status("custody hold begin dispute --control house/1.2 --reason dispute", place) == 0)
    #expect(try Self.status(Self.redact, place) == 0)
  }

  @Test func `what its submitter keeps is refused with the day, and goes when that is overridden`() throws {
    let place = try SampleHouse.copy()
    let line = "custody submit february.txt --control house/1.1 --retain-until 2099-01-01"
    #expect(try Self.status(line, place) == 0)
    let february = Self.redact.replacing("updates.txt", with: "february.txt")
    let refused = try place.shell(february, as: "acme/bo")
    #expect(refused.status == 77 && refused.talk.contains("is to be kept until 2099-01-01"), "\(refused.talk)")
    #expect(try place.shell("custody retention --all", as: "acme/bo").output.contains("To be kept"))
    let free = try place.shell("custody retention --as-of 2099-01-02 --format csv", as: "acme/bo")
    #expect(free.output.contains("may-go"), "\(free.talk)")
    #expect(try Self.status("\(february) --override-retention", place) == 0)
  }

  @Test func `what another party submitted is announced first`() throws {
    let place = try SampleHouse.copy()
    #expect(try Self.status("custody accept --yes", place, as: "onsite/jane") == 0)
    let submit = "custody submit february.txt --control house/1.1"
    #expect(try Self.status(submit, place, as: "onsite/jane") == 0)
    let february = Self.redact.replacing("updates.txt", with: "february.txt")
    let refused = try place.shell(february, as: "acme/bo")
    #expect(refused.status == 77 && refused.talk.contains("30 days after it was announced"), "\(refused.talk)")
    let announced = try place.shell("\(february) --announce", as: "acme/bo")
    #expect(announced.status == 0 && announced.output.contains("redaction of 1 object announced"), "\(announced.talk)")
    #expect(try Self.status(february, place) == 77)
  }

  @Test func `a hold that stands in the way is told when a redaction is announced`() throws {
    let place = try SampleHouse.copy()
    let announced = "\(Self.redact) --announce"
    #expect(try !place.shell(announced, as: "acme/bo").talk.contains("in the way"))
    try place.prepare(("acme/bo", "sleep 0.01; custody hold begin dispute --control house/1.1 --reason dispute"))
    let told = try place.shell(announced, as: "acme/bo")
    #expect(told.status == 0 && told.talk.contains("hold 'dispute' stands in the way"), "\(told.talk)")
  }

  @Test func `a redaction that came as an offer is finished where the store is`() throws {
    let place = try SampleHouse.copy()
    #expect(try Self.status("\(Self.redact) --offer redaction.offer", place) == 0)
    #expect(try place.shell("custody redact --finish", as: "acme/bo").output.contains("nothing was left to remove"))
    #expect(try Self.status("custody append redaction.offer", place) == 0)
    #expect(try place.shell("custody redact --finish", as: "acme/bo").output.contains("1 object removed"))
    #expect(try place.shell("custody redact --finish", as: "acme/bo").output.contains("nothing was left to remove"))
  }

  @Test func `who does the work is said, shown, and said anew`() throws {
    let place = try SampleHouse.copy()
    #expect(try place.shell("custody staff", as: "acme/bo").output.contains("nobody was named apart"))
    #expect(try Self.status("custody staff acme-onsite 1.1 --responsible acme/kim", place) == 0)
    #expect(try place.shell("custody staff", as: "acme/bo").output.contains("acme/kim"))
    let other = try place.shell("custody staff acme-onsite 1.1 --responsible onsite/jane", as: "acme/bo")
    #expect(other.status == 64 && other.talk.contains("you speak for 'acme'"), "\(other.talk)")
    #expect(try Self.status("custody staff nothing 1.1 --responsible acme/kim", place) == 64)
    #expect(try Self.status("custody staff acme-onsite 1.1 --nobody", place) == 0)
    let shown = try place.shell("custody staff --format json", as: "acme/bo")
    #expect(shown.output.contains("\"responsible\": []"), "\(shown.talk)")
  }
}

/// A duty that is late is a gap, with who owes it and how it is shown to be done.
struct LateDutyTests {
  @Test func `a late duty is a gap until it is done`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(("onsite/jane", "custody accept --yes"))
    let late = try place.shell("custody report gaps --full")
    #expect(late.output.contains("overdue"), "\(late.output)")
    #expect(late.output.contains("custody submit FILE --duty acme-onsite/minutes"), "\(late.output)")
    try place.prepare(("acme/bo", "custody submit updates.txt --duty acme-onsite/minutes"))
    #expect(try !place.shell("custody report gaps --full").output.contains("overdue"))
  }
}
