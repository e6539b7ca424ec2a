import CommandLine
import Foundation
import TestSupport
import Testing

@testable import custody

struct HelpExampleTests {
  @Test func `every command has help with examples that it can read`() throws {
    for (command, path) in leaves(of: CommandTable.commands) {
      let page = run(Array(path.split(separator: " ").dropFirst().map(String.init)) + ["--help"])
      #expect(page.status == 0, "\(path)")
      #expect(page.talk.isEmpty, "\(path)")
      #expect(page.output.contains("\nUsage:\n  \(path)"), "\(path)")
      for example in command.examples {
        // A long line goes on in the next, as a shell reads it.
        #expect(page.output.replacing(#/ \\\n +/#, with: " ").contains("  $ \(example.line)\n"), "\(path)")
        let words = try #require(ExampleLines.words(of: example.line), "\(example.line)")
        try read(words, as: command, path, example.line)
      }
      // What the first line of help names is what the overview lists.
      let overview =
        run(["help"]).output
        + run(Array(path.split(separator: " ").dropFirst().dropLast().map(String.init)) + ["--help"]).output
      #expect(words(overview).contains(words(command.abstract)), "\(path)")
    }
  }

  @Test func `the lines to begin with can be read`() throws {
    for example in CommandTable.examples {
      let words = try #require(ExampleLines.words(of: example.line))
      let found = try #require(leaves(of: CommandTable.commands).first { $0.0.name == words[0] })
      try read(words, as: found.0, found.1, example.line)
    }
  }

  @Test func `every line that the walk in the README shows can be read`() throws {
    let readme = String(decoding: try Fixtures.bytes("../README.md"), as: UTF8.self)
    let lines = readme.split(separator: "\n").map(String.init)
      .filter { $0.hasPrefix("    client ") || $0.hasPrefix("    provider ") }
    #expect(lines.count > 10)
    for line in lines {
      let rest = line.replacing(#/"\$\(.*\)"/#, with: "acme/7f3a9c01").drop { $0 == " " }.drop { $0 != " " }
      let words = try #require(ExampleLines.words(of: "custody" + rest), "\(line)")
      let path = words.prefix { !$0.hasPrefix("-") }
      let found = try #require(
        leaves(of: CommandTable.commands).last { command in
          "custody \(path.joined(separator: " ")) ".hasPrefix("\(command.1) ")
        }, "\(line)")
      try read(words, as: found.0, found.1, line)
    }
  }

  /// A text without its line breaks.
  private func words(_ text: String) -> String { text.split { $0.isWhitespace }.joined(separator: " ") }

  private func read(_ words: [String], as command: Command, _ path: String, _ line: String) throws {
    #expect("custody \(words.joined(separator: " ")) ".hasPrefix("\(path) "), "\(line)")
    let depth = path.split(separator: " ").count - 1
    #expect(throws: Never.self, "\(line)") {
      _ = try command.prepare(Array(words.dropFirst(depth)), path, Environment { _ in nil })
    }
  }
}
