import Foundation
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
        if line.contains("--format json"), !line.contains(" exec ") {
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
      let text = String(decoding: place.folder.read("desk/far.offer") ?? [], as: UTF8.self)
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
}
