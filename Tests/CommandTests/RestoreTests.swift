import Foundation
import TestSupport
import Testing

/// What becomes of a copy that is older than what its user has seen.
struct RestoreTests {
  /// A house whose store was put back to an earlier copy, at its place or, as `copy`, elsewhere.
  private func restored(elsewhere: Bool) throws -> Workplace {
    let place = try SampleHouse.copy()
    try place.prepare(
      ("acme/bo", "cp -r acme copy"), ("acme/bo", "custody submit february.txt --control 1.1"),
      ("acme/bo", elsewhere ? "true" : "rm -rf acme && mv copy acme"))
    return place
  }

  @Test func `a copy elsewhere is told to be older, and nothing is signed or appended there`() throws {
    let place = try restored(elsewhere: true)
    for line in ["status", "report ownership", "log"] {
      let ended = try place.shell("custody \(line) --store copy")
      #expect(ended.talk.contains("older-than-seen"), "\(line): \(ended.talk)")
    }
    let verified = try place.shell("custody verify --store copy --format json --fail-on never")
    #expect(verified.output.contains("\"older-than-seen\"") && verified.status == 0, "\(verified.output)")
    for line in ["submit updates.txt --control 1.2", "submit updates.txt --control 1.2 --offer x.offer"] {
      let refused = try place.shell("custody \(line) --store copy")
      #expect(refused.status == 1 && refused.talk.contains("older than what you have seen"), "\(refused.talk)")
    }
    // The newest copy at another place is no older.
    try place.shell("cp -r acme full")
    let full = try place.shell("custody submit updates.txt --control 1.2 --store full")
    #expect(full.status == 0 && !full.talk.contains("older"), "\(full.talk)")
  }

  @Test func `after a restore an entry says what was lost, and work goes on`() throws {
    let place = try restored(elsewhere: false)
    #expect(try place.shell("custody submit updates.txt --control 1.2").status == 1)
    #expect(try place.shell("custody trust reset --because 'disk lost'").status == 64)
    let reset = try place.shell("custody trust reset --because 'disk lost' --yes")
    #expect(reset.status == 0, "\(reset.talk)")
    let entry = try #require(reset.output.firstMatch(of: /entry ([0-9]+)/)).1
    let shown = try place.shell("custody show \(entry)")
    #expect(shown.output.contains("restored") && shown.output.contains("disk lost"), "\(shown.output)")
    #expect(try place.shell("custody submit updates.txt --control 1.2").status == 0)
    #expect(try place.shell("custody verify --fail-on never").status == 0)
    // Once: there is nothing to reset any more.
    #expect(try place.shell("custody trust reset --because again --yes").status == 64)
    // What others have seen is not forgotten for them.
    #expect(try place.shell("custody status", as: "acme/kim").status <= 1)
  }

  @Test func `a report says how far its store was verified`() throws {
    let place = try SampleHouse.copy()
    let stranger = try place.shell("CUSTODY_HOME=$PWD/stranger custody report gaps")
    #expect(stranger.talk.contains("nobody has verified this store for you yet"), "\(stranger.talk)")
    try place.prepare(("acme/bo", "custody verify --fail-on never"))
    #expect(try !place.shell("custody report gaps").talk.contains("verif"))
    // What one has signed oneself since needs nobody's eyes; another's word does.
    try place.prepare(("acme/bo", "custody submit updates.txt --control 1.2"))
    #expect(try !place.shell("custody report gaps").talk.contains("verif"))
    try place.prepare(("onsite/jane", "custody submit february.txt --control 1.2"))
    #expect(try place.shell("custody report gaps").talk.contains("the newest 2 were not"))
  }

  @Test func `what was recorded is told as recorded, though its answer cannot be written`() throws {
    let place = try SampleHouse.copy()
    let ended = try place.shell("custody submit updates.txt --control 1.2 > /dev/full")
    #expect(ended.status == 4 && ended.talk.contains("is in the log"), "\(ended.talk)")
    #expect(try place.shell("custody log > /dev/full").status == 74)
  }
}
