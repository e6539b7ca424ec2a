import Foundation
import TestSupport
import Testing

@testable import custody

/// What every command says where the store is not as it should be.
struct StoreStateTests {
  /// Runs a line for every command, and holds what it ends with, what it says, and that the store stays as it is.
  private func expect(
    _ status: Int32, saying text: String, in place: Workplace, store: String = "acme", options: String = "",
    of commands: [EveryCommand], environment: [String: String] = [:]
  ) throws {
    let before = try place.snapshot(of: store)
    for command in commands {
      let line = command.isRaw ? command.with(options) : command.with("--format json \(options)")
      let ended = try place.shell(line, as: command.person, environment: environment)
      #expect(ended.status == status, "\(command.line): \(ended.talk)")
      let message = command.isRaw ? ended.talk : ended.error?["message"] as? String
      #expect(message?.contains(text) == true, "\(command.line): \(ended.talk)")
      #expect(try place.snapshot(of: store) == before, "\(command.line)")
    }
  }

  private static let needingStore = EveryCommand.all.filter(\.needsStore)
  private static let writing = EveryCommand.all.filter { $0.effect == .signs || $0.effect == .appends }
  /// What looks at a store that cannot be opened, too: that is what it is for.
  private static func isVerify(_ command: EveryCommand) -> Bool {
    ["custody verify", "custody notify"].contains { command.line.hasPrefix($0) }
  }
  private static let opening = needingStore.filter {
    // A reset is what one does about a store that was cut.
    !isVerify($0) && !$0.line.contains("$(keyid") && !$0.line.hasPrefix("custody trust reset")
  }

  @Test func `there is a line for every command`() {
    for (_, path) in leaves(of: CommandTable.commands) {
      #expect(EveryCommand.all.contains { "\($0.line) ".hasPrefix("\(path) ") }, "\(path)")
    }
  }

  @Test func `each command does what it is for`() throws {
    let place = try SampleHouse.copy()
    // Those that take something away come last.
    let order = EveryCommand.all.sorted { first, second in
      let late = { (line: String) in ["revoke", "remove", " end "].contains { line.contains($0) } }
      return !late(first.line) && late(second.line)
    }
    for command in order where !["member remove", "accept"].contains(where: { command.line.contains("custody \($0)") })
    {
      let ended = try place.shell(command.line, as: command.person)
      #expect(ended.status == command.status, "\(command.line): \(ended.output) \(ended.talk)")
    }
    #expect(try place.shell("custody verify --fail-on never").status == 0)
  }

  @Test func `without a store there is nothing to read or write`() throws {
    let commands = Self.needingStore.filter {
      !$0.line.contains("framework list") && !$0.line.contains("framework show")
    }
    try expect(66, saying: "there is nothing at 'none'", in: SampleHouse.copy(), options: "--store none", of: commands)
  }

  @Test func `while somebody writes nobody else does, and everybody reads`() throws {
    let place = try SampleHouse.copy()
    let before = try place.snapshot()
    // What another program printed must not be lost: 'exec' waits for half a minute before it gives up.
    for command in Self.writing where !command.line.hasPrefix("custody exec") {
      let locked = try place.shell("flock acme/lock " + command.with("--format json") + " --wait 0", as: command.person)
      #expect(locked.status == 75, "\(command.line): \(locked.talk)")
      #expect(locked.error?["code"] as? String == "locked", "\(command.line)")
      #expect(try place.snapshot() == before, "\(command.line)")
    }
    // Whoever waits goes on when the other has ended.
    let line =
      "flock acme/lock sh -c 'touch held; until grep -q waiting talk; do sleep 0.05; done' & "
      + "until [ -e held ]; do sleep 0.05; done; "
      + "custody submit february.txt --control 1.1 --wait 60 2>talk; status=$?; cat talk >&2; exit $status"
    let waited = try place.shell(line)
    #expect(waited.status == 0 && waited.talk.contains("waiting"), "\(waited.talk)")
    #expect(try place.snapshot() != before)
    let after = try place.snapshot()
    for command in EveryCommand.all where command.effect == .reads && command.needsStore {
      let read = try place.shell("flock acme/lock \(command.line)", as: command.person)
      #expect(read.status == command.status, "\(command.line): \(read.talk)")
    }
    #expect(try place.snapshot() == after)
  }

  @Test func `a store that was cut is caught by every command`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      ("acme/bo", "rm -rf ../homes/*/trust && cp -r acme earlier && custody submit february.txt --control house/1.2"),
      ("acme/bo", "custody verify --fail-on never"), ("onsite/jane", "custody verify --fail-on never"),
      ("acme/bo", "rm -rf acme && mv earlier acme"))
    try expect(1, saying: "the store shrank", in: place, of: Self.opening)
    let verified = try place.shell("custody verify --format json --fail-on never")
    #expect(verified.status == 1)
    #expect(codes(verified).contains("history-truncated"))
    // The same store elsewhere is an older copy, and sound.
    let copied = try place.shell("cp -r acme copy && custody verify copy --format json --fail-on never")
    #expect(copied.status == 0)
    #expect(codes(copied).contains("older-than-seen"))
  }

  @Test func `a store that was forked is caught by every command`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      ("acme/bo", "rm -rf ../homes/*/trust && cp -r acme other && cp -r ../homes/acme-bo elsewhere"),
      ("acme/bo", "custody submit february.txt --control house/1.2"),
      ("acme/bo", "custody verify --fail-on never"), ("onsite/jane", "custody verify --fail-on never"),
      (
        "acme/bo",
        "CUSTODY_HOME=$PWD/elsewhere CUSTODY_STORE=$PWD/other custody submit agreement.yaml --control house/1.1"
      ),
      ("acme/bo", "rm -rf acme && mv other acme"))
    try expect(1, saying: "the log forked", in: place, of: Self.opening)
    let verified = try place.shell("custody verify --format json --fail-on never")
    #expect(verified.status == 1)
    #expect(codes(verified).contains("history-forked"))
    // A copy of a fork is a fork.
    let copied = try place.shell("mv acme moved && custody verify moved --format json --fail-on never")
    #expect(copied.status == 1)
    #expect(try place.shell("custody status --store moved").status == 1)
  }

  @Test func `another log under the same name is caught`() throws {
    let place = try SampleHouse.copy()
    let line =
      "CUSTODY_HOME=$PWD/elsewhere custody init other --organization Acme --origin \"$(origin)\" && rm -rf acme && mv other acme"
    try place.prepare(("acme/bo", line))
    try expect(1, saying: "begins with another entry", in: place, of: Array(Self.opening.prefix(4)))
    #expect(try place.shell("custody verify --fail-on never").status == 1)
  }

  @Test(arguments: [
    ("echo '{}' > acme/custody.json", "is not what the format says"), ("rm acme/checkpoint", "'checkpoint' is missing"),
    (": > acme/checkpoint", "does not parse"), ("head -n 3 acme/checkpoint > c; mv c acme/checkpoint", "'checkpoint'"),
    ("sed -i '2s/.*/9999999999/' acme/checkpoint", "damaged"),
    ("sed -i '1s/.*/other\\/01234567/' acme/checkpoint", "'checkpoint'"),
    ("sed -i -E '5s/[A-Ma-m]([^A-Ma-m]*)$/z\\1/' acme/checkpoint", "'checkpoint'"),
    ("head -c 70000 /dev/zero > acme/checkpoint", "'checkpoint'"),
  ])
  func `a damaged store is said to be so`(damage: String, text: String) throws {
    let place = try SampleHouse.copy()
    try place.prepare(("acme/bo", damage))
    let commands = damage.contains("rm ") ? Self.opening : Self.opening.filter { $0.line.contains("how") }
    try expect(1, saying: text, in: place, of: commands)
    #expect(try place.shell("custody verify --fail-on never").status == 1)
  }

  @Test(arguments: [("tile/entries/000.p/", "root-mismatch"), ("tile/0/000.p/", "tile-mismatch")])
  func `damage below the checkpoint is found by those who read there, and at its place`(
    folder: String, code: String
  ) throws {
    let place = try SampleHouse.copy()
    let path = "\(place.desk)/acme/\(folder)"
    for name in try FileManager.default.contentsOfDirectory(atPath: path) {
      var bytes = try Data(contentsOf: URL(filePath: path + name))
      bytes[20] ^= 0xff
      try bytes.write(to: URL(filePath: path + name))
    }
    // Whoever remembers nothing of the log reads it from the beginning.
    let fresh = ["CUSTODY_HOME": place.folder.path("fresh")]
    let reading = Self.opening.filter { $0.effect == .reads && !$0.line.contains("framework") }
    try expect(1, saying: "damaged", in: place, of: reading, environment: fresh)
    let verified = try place.shell("custody verify --format json --fail-on never")
    #expect(verified.status == 1)
    let findings = verified.object["findings"] as? [[String: Any]] ?? []
    let subjects = findings.filter { $0["code"] as? String == code }.compactMap { $0["subject"] as? String }
    #expect(!subjects.isEmpty && subjects.allSatisfy { $0.hasPrefix(folder) }, "\(subjects)")
    #expect(
      Set(codes(verified)).isDisjoint(with: ["root-mismatch", "tile-mismatch", "history-forked"].filter { $0 != code }))
  }

  @Test func `a folder without anything of a store is none, and one with something is looked at`() throws {
    let place = try SampleHouse.copy()
    for folder in ["nothing", "papers"] {
      try place.shell("mkdir \(folder); cp updates.txt papers/ 2> /dev/null")
      let none = try place.shell("custody verify \(folder)")
      #expect(none.status == 66 && none.talk.contains("no store"), "\(folder): \(none.talk)")
    }
    // Whatever is left of a store is judged.
    for lost in ["rm acme/custody.json", "rm acme/checkpoint", "rm -r acme/tile"] {
      try place.prepare(("acme/bo", lost))
      #expect(try place.shell("custody verify acme --fail-on never").status == 1, "\(lost)")
    }
  }

  private func codes(_ ended: Workplace.Ended) -> [String] {
    (ended.object["findings"] as? [[String: Any]] ?? []).compactMap { $0["code"] as? String }
  }
}
