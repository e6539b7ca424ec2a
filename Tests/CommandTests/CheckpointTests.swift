import Foundation
import TestSupport
import Testing

/// Checkpoints that go by hand: printed, typed in again years later, and held against each other.
struct CheckpointTests {
  @Test func `what is printed is the store's own file, and a slip fits on paper`() throws {
    let place = try SampleHouse.copy()
    let printed = try place.shell("custody checkpoint")
    #expect(Array(printed.output.utf8) == place.folder.read("desk/acme/checkpoint"))
    let slip = try place.shell("custody checkpoint --slip | tee slip.txt")
    #expect(slip.output.split(separator: "\n").allSatisfy { $0.count < 40 })
    #expect(slip.output.utf8.count <= 300 && slip.output.contains("signed by acme/bo\n"))
    #expect(slip.talk.contains("\(slip.output.utf8.count) bytes: small enough for a QR code"))
    try place.prepare(("acme/bo", "custody checkpoint --output mailed.txt; cmp mailed.txt acme/checkpoint"))
    let json = try place.shell("custody checkpoint --format json").object
    #expect(json["slip"] as? String == slip.output && json["note"] as? String == printed.output)
    #expect(json["signer"] as? String == "acme/bo" && json["slipBytes"] as? Int == slip.output.utf8.count)
    #expect(try place.shell("custody checkpoint elephant").status == 64)
    #expect(try place.shell("custody checkpoint --help").output.contains("compare"))
  }

  @Test func `years later it is taken back, though whoever signed it has left`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      ("acme/bo", "custody member change acme/kim --role administrator"),
      ("acme/kim", "custody submit february.txt --control house/1.1"),
      (
        "acme/kim",
        "custody checkpoint > note.txt; custody checkpoint --slip > slip.txt; head -n 4 slip.txt > typed.txt"
      ))
    let later = try Clock.standing(at: "2031-05-01T09:00")
    for line in [
      "custody key revoke acme/kim --reason stolen", "custody member remove acme/kim",
      "custody submit updates.txt --control house/1.2",
    ] {
      let ended = try place.shell("\(later)\(line) --yes")
      #expect(ended.status == 0, "\(line): \(ended.talk)")
    }
    for file in ["note.txt", "slip.txt", "typed.txt"] {
      let ended = try place.shell("\(later)custody verify --trust \(file) --fail-on never --format json")
      #expect(ended.status == 0 && ended.object["sound"] as? Bool == true, "\(file): \(ended.output)\(ended.talk)")
      let codes = (ended.object["findings"] as? [[String: Any]] ?? []).compactMap { $0["code"] as? String }
      #expect(!codes.contains("witness-unknown") && !codes.contains("history-forked"), "\(file)")
    }
    // Another root of that size is a fork; a slip whose check does not fit is mistyped, and accuses nobody.
    try place.prepare(("acme/kim", "sed '3{s/^f/0/;t;s/./f/}' slip.txt > wrong.txt; head -n 4 wrong.txt > other.txt"))
    #expect(try place.shell("\(later)custody verify --trust wrong.txt").status == 65)
    let unsigned = try place.shell("\(later)custody verify --trust other.txt --fail-on never --format json")
    #expect(unsigned.status == 1 && unsigned.object["sound"] as? Bool == false, "\(unsigned.output)")
    #expect(unsigned.flowing.contains("it bears no signature"), "\(unsigned.output)")
    try place.prepare(("acme/bo", "sed 's/^\\(\u{2014} [^ ]*\\) .*/\\1 ?/' acme/checkpoint > torn.txt"))
    let torn = try place.shell("\(later)custody verify --trust torn.txt")
    #expect(torn.status == 65 && torn.talk.contains("nothing is said about the store"), "\(torn.talk)")
  }

  /// A house, and a copy of it that went on in another way; both of one administrator.
  private func forked() throws -> Workplace {
    let place = try SampleHouse.copy()
    try place.prepare(
      (
        "acme/bo",
        "custody checkpoint --output before.txt; cp -r acme other; cp -r \"$CUSTODY_HOME\" \"$CUSTODY_HOME-2\""
      ),
      ("acme/bo", "custody submit february.txt --control house/1.1; custody verify --fail-on never > /dev/null"),
      (
        "acme/bo",
        "export CUSTODY_HOME=$CUSTODY_HOME-2; for i in 1 2; do echo $i > x$i; custody submit x$i --control house/1.2 --store other; done"
      ))
    return place
  }

  @Test func `a fork that a command notices is written down, and convicts by itself`() throws {
    let place = try forked()
    let noticed = try place.shell("custody status --store other")
    #expect(noticed.status == 1 && noticed.talk.contains("the log forked") && noticed.talk.contains(".fork' convicts"))
    try place.prepare(("acme/bo", "cp \"$CUSTODY_HOME\"/trust/forks/*.fork kept.fork"))
    let fresh = ["CUSTODY_HOME": place.folder.path("fresh"), "CUSTODY_STORE": "/nowhere"]
    let judged = try place.shell("custody check-proof kept.fork", environment: fresh)
    #expect(judged.status == 0 && judged.flowing.contains("signed two trees"), "\(judged.output)\(judged.talk)")
    #expect(judged.flowing.contains("compare them"))
    let told = try place.shell(
      "custody check-proof kept.fork --key \"$(cat verifier)\" --format json", environment: fresh)
    #expect(told.status == 0 && told.object["verdict"] as? String == "convicts")
    // Noticed again, it is the same file.
    try place.shell("custody status --store other")
    #expect(try place.shell("ls \"$CUSTODY_HOME\"/trust/forks | wc -l").output == "1\n")
  }

  @Test func `verify writes it where it is told, and compare says the same`() throws {
    let place = try forked()
    let verified = try place.shell(
      "custody verify other --trust acme/checkpoint --fork-proof one.fork --fail-on never", as: "acme/kim")
    #expect(verified.status == 1 && verified.talk.contains("'one.fork' convicts"), "\(verified.talk)")
    let compared = try place.shell(
      "custody checkpoint compare acme/checkpoint other/checkpoint --store other --output two.fork")
    #expect(compared.status == 1 && compared.output.hasPrefix("the log forked"), "\(compared.output)\(compared.talk)")
    #expect(try place.shell("cmp one.fork two.fork && custody check-proof two.fork").status == 0)
    let grown = try place.shell(
      "custody checkpoint compare before.txt acme/checkpoint --format json --output none.fork")
    #expect(grown.status == 0 && grown.object["answer"] as? String == "extends", "\(grown.talk)")
    #expect((grown.object["hashes"] as? [Any])?.isEmpty == false)
    #expect(place.folder.read("desk/none.fork") == nil)
    let unknown = try place.shell("custody checkpoint compare acme/checkpoint other/checkpoint --format json")
    #expect(unknown.status == 66 && unknown.object["answer"] as? String == "unknown")
    let nowhere = try place.shell(
      "cd /; custody checkpoint compare \"$OLDPWD/before.txt\" \"$OLDPWD/acme/checkpoint\"",
      environment: ["CUSTODY_STORE": ""])
    #expect(nowhere.status == 66, "\(nowhere.talk)")
  }
}
