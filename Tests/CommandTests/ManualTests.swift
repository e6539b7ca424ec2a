import CommandLine
import Foundation
import TestSupport
import Testing

@testable import custody

/// The manual: man pages, the reference, and the index of its pages. `RECORD=1` writes the reference anew.
struct ManualTests {
  private static let book = "../Sources/custody/Manual.docc"

  @Test func `the reference says what the commands say of themselves`() throws {
    let place = try Workplace()
    let said = try place.shell("custody help --markdown").output
    let page = "\(Self.book)/Commands.md"
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try Data(said.utf8).write(to: URL(filePath: Fixtures.path(page)))
      return
    }
    let kept = String(decoding: try Fixtures.bytes(page), as: UTF8.self)
    #expect(said == kept, "set RECORD=1 to write Commands.md anew, and review it")
    for (_, path) in leaves(of: CommandTable.commands) { #expect(said.contains("\n## \(path)\n"), "\(path)") }
  }

  @Test func `there is a page for man of every command, and one of them all`() throws {
    let place = try Workplace()
    let told = try place.shell("mkdir man1; custody help --man --folder man1")
    #expect(told.status == 0, "\(told)")
    let names = Set(try FileManager.default.contentsOfDirectory(atPath: "\(place.desk)/man1"))
    let commands = leaves(of: CommandTable.commands)
    #expect(names == Set(commands.map { $0.1.replacing(" ", with: "-") + ".1" } + ["custody.1"]))
    for (command, path) in commands {
      let page = try place.shell("custody help --man \(path.split(separator: " ").dropFirst().joined(separator: " "))")
      let file = "man1/\(path.replacing(" ", with: "-")).1"
      #expect(page.status == 0 && place.folder.read("desk/\(file)") == Array(page.output.utf8), "\(path)")
      #expect(page.output.hasPrefix(".TH CUSTODY\\-"), "\(path)")
      #expect(page.output.components(separatedBy: "\n.EX\n").count == command.examples.count + 1, "\(path)")
    }
  }

  @Test(arguments: [
    "help --man --markdown", "help --folder x", "help submit --markdown", "help submit --man --folder x",
  ])
  func `what is no page is refused`(line: String) throws {
    let refused = try Workplace().shell("mkdir x; custody \(line)")
    #expect(refused.status == 64 && refused.output.isEmpty, "\(refused)")
  }

  @Test func `the gallery shows every report`() throws {
    let script = String(decoding: try Fixtures.bytes("demo/gallery"), as: UTF8.self)
    let list = try #require(script.firstMatch(of: #/\nreports=\(\n([^)]*)\)\n/#)?.output.1)
    let shown = Set(list.matches(of: #/"([a-z-]+)[^"]*"/#).map { String($0.output.1) })
    let reports = Set(
      leaves(of: CommandTable.commands).map(\.1).compactMap { path -> String? in
        path.hasPrefix("custody report ") ? String(path.dropFirst("custody report ".count)) : nil
      })
    #expect(shown == reports)
  }

  @Test func `the index leads to every page, and to none that is not there`() throws {
    let folder = Fixtures.path(Self.book)
    let pages = Set(
      try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".md") && $0 != "Manual.md" }
        .map { String($0.dropLast(3)) })
    let index = String(decoding: try Fixtures.bytes("\(Self.book)/Manual.md"), as: UTF8.self)
    let named = index.matches(of: #/<doc:([A-Za-z]+)>/#).map { String($0.1) }
    #expect(Set(named) == pages && named.count == pages.count)
  }
}
