import CommandLine
import Foundation
import Storage
import TestSupport
import Testing

@testable import custody

/// Every command that signs can make an offer instead, and every one that writes can be rehearsed.
struct OfferTests {
  @Test func `those that sign are those that take --offer, and they take --dry-run, too`() {
    for (command, path) in leaves(of: CommandTable.commands) {
      let sample = EveryCommand.all.first { "\($0.line) ".hasPrefix("\(path) ") }
      let names = Set(command.rows.map(\.name))
      #expect(names.contains("offer") == (sample?.effect == .signs), "\(path)")
      let writes = sample?.effect == .signs || sample?.effect == .appends
      #expect(!writes || names.contains("dry-run"), "\(path)")
    }
  }

  @Test func `a rehearsal writes nothing`() throws {
    let place = try SampleHouse.copy()
    let before = try place.snapshot()
    let files = try FileManager.default.contentsOfDirectory(atPath: place.desk).sorted()
    for command in EveryCommand.all where command.effect == .signs || command.effect == .appends {
      for line in ["\(command.line) --dry-run", command.with("--format json") + " --dry-run"] {
        let line =
          line.contains(" -- ")
          ? line.replacing(" --dry-run", with: "").replacing(" -- ", with: " --dry-run -- ") : line
        let ended = try place.shell(line, as: command.person)
        #expect(ended.status == 0, "\(line): \(ended.talk)")
        #expect(try place.snapshot() == before, "\(line)")
        if line.contains("--format json") {
          #expect(ended.object["dryRun"] as? Bool == true, "\(line): \(ended.output)")
        }
      }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.desk).sorted() == files)
  }

  @Test func `an offer touches no log, and is appended by somebody else`() throws {
    for command in EveryCommand.all where command.effect == .signs {
      let place = try SampleHouse.copy()
      let before = try place.snapshot()
      let option = " --offer far.offer"
      let line =
        command.line.contains(" -- ") ? command.line.replacing(" -- ", with: option + " -- ") : command.line + option
      let made = try place.shell(line, as: command.person)
      #expect(made.status == 0, "\(line): \(made.talk)")
      #expect(try place.snapshot() == before, "\(line)")
      let again = try place.shell(
        line.replacing("far.offer", with: "dry.offer").replacing(" --offer", with: " --dry-run --offer"),
        as: command.person)
      #expect(again.status == 0, "\(line): \(again.talk)")
      #expect(!FileManager.default.fileExists(atPath: "\(place.desk)/dry.offer"), "\(line)")
      // Each line is an envelope that any DSSE reader takes.
      let bytes = try OfferArchive.lines(of: "\(place.desk)/far.offer", limit: 1 << 20) ?? []
      let text = String(decoding: bytes, as: UTF8.self)
      let lines = text.split(separator: "\n")
      #expect(!lines.isEmpty && text.hasSuffix("\n"), "\(line)")
      for line in lines {
        let envelope = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        #expect(envelope?["payloadType"] as? String == "application/vnd.in-toto+json")
      }
      let appended = try place.shell("custody --format json append far.offer")
      #expect(appended.status == 0, "\(line): \(appended.output)\(appended.talk)")
      #expect((appended.object["entries"] as? [Int])?.count == lines.count, "\(line)")
      #expect(try place.shell("custody verify --fail-on never").status == 0, "\(line)")
    }
  }

  @Test func `the checkpoint and the papers are enough to sign an offer`() throws {
    for command in EveryCommand.all where command.effect == .signs {
      let place = try SampleHouse.copy()
      let newest = try place.shell(
        "custody engagement show --format json | sed -n 's/.*\"statement\": \"\\([^\"]*\\)\".*/\\1/p' | head -n 1")
      let known = [
        "KIM": try place.shell("keyid acme/kim").output.trimmingCharacters(in: .whitespacesAndNewlines),
        "NEWEST": newest.output.trimmingCharacters(in: .whitespacesAndNewlines),
      ]
      try place.shell("cp acme/checkpoint checkpoint && mv acme away")
      let line = command.afar ?? command.line
      let option = " --offer far.offer" + (line.contains("--request") ? "" : " --checkpoint checkpoint")
      let far = line.contains(" -- ") ? line.replacing(" -- ", with: option + " -- ") : line + option
      let made = try place.shell(far, as: command.person, environment: known)
      #expect(made.status == 0, "\(far): \(made.talk)")
      try place.shell("mv away acme")
      let appended = try place.shell("custody --format json append far.offer")
      #expect(appended.status == 0, "\(far): \(appended.output)\(appended.talk)")
      #expect(try place.shell("custody verify --fail-on never").status == 0, "\(far)")
    }
  }

  @Test func `what only the store knows is asked for where it is out of reach`() throws {
    let place = try SampleHouse.copy()
    try place.shell("cp acme/checkpoint checkpoint && mv acme away")
    for (line, hint) in [
      ("custody engagement end acme-onsite --yes", "--replaces"), ("custody party notice onsite", "--name"),
      ("custody key revoke acme/kim --reason lost", "by its id"), ("custody assess 1.1 --status met", "framework"),
      ("custody framework adopt house", "import"),
    ] {
      let ended = try place.shell("\(line) --offer far.offer --checkpoint checkpoint")
      #expect(ended.status >= 64 && ended.talk.contains(hint), "\(line): \(ended.talk)")
      let local = try place.shell("\(line) --checkpoint checkpoint")
      #expect(local.status == 64 && local.talk.contains("--checkpoint"), "\(line): \(local.talk)")
      let lost = try place.shell("\(line) --offer far.offer")
      #expect(lost.status == 66 && lost.talk.contains("--checkpoint"), "\(line): \(lost.talk)")
      #expect(!FileManager.default.fileExists(atPath: "\(place.desk)/far.offer"), "\(line)")
    }
  }
}
