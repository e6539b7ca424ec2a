import CommandLine
import Findings
import Testing

@testable import custody

/// Words that no command can read are refused before anything is opened: asked of every command's own table.
struct GrammarRefusalTests {
  private static let commands = leaves(of: CommandTable.commands)

  /// The error with which a command refuses words; nil where it reads them.
  private func refusal(_ command: Command, _ path: String, _ words: [String]) -> Failure? {
    do {
      _ = try command.prepare(words, path, Environment { _ in nil })
      return nil
    } catch {
      return Failure(describing: error)
    }
  }

  /// Words that give all that is required, with values that can be read; more can stand before the second part.
  private func minimum(_ command: Command, _ path: String) -> (words: [String], rest: [String]) {
    for example in command.examples {
      let line = ExampleLines.words(of: example.line) ?? []
      let words = ExampleLines.arguments(line, of: command)
      guard refusal(command, path, words) == nil else { continue }
      let options = words.prefix { $0 != "--" }
      return (Array(options), Array(words[options.count...]))
    }
    return (command.rows.filter { $0.kind == .positional && $0.isRequired }.map { _ in "acme" }, [])
  }

  @Test func `an option that no command has`() {
    for (command, path) in Self.commands {
      let refused = refusal(command, path, minimum(command, path).words + ["--elephant"])
      #expect(refused?.code == .usage, "\(path)")
      #expect(refused?.message == "'\(path)' has no option '--elephant'")
    }
  }

  @Test func `what is required is missing`() {
    for (command, path) in Self.commands {
      let required = command.rows.filter(\.isRequired)
      guard !required.isEmpty else { continue }
      let refused = refusal(command, path, [])
      #expect(refused?.code == .usage, "\(path)")
      for row in required { #expect(refused?.message.contains(row.title) == true, "\(path) \(row.title)") }
    }
  }

  @Test func `options without values, flags with values, and everything once`() {
    for (command, path) in Self.commands {
      let (words, rest) = minimum(command, path)
      for row in command.rows where row.isNamed {
        switch row.kind {
        case .option:
          #expect(refusal(command, path, words + ["--\(row.name)"] + rest)?.code == .usage, "\(path) --\(row.name)")
          #expect(refusal(command, path, words + ["--\(row.name)="] + rest)?.code == .usage, "\(path) --\(row.name)=")
        case .flag:
          #expect(
            refusal(command, path, words + ["--\(row.name)=yes"] + rest)?.code == .usage, "\(path) --\(row.name)=yes")
          #expect(refusal(command, path, words + ["--\(row.name)", "--\(row.name)"] + rest)?.code == .usage, "\(path)")
        default: break
        }
      }
    }
  }

  @Test func `values that are no days, ids, sizes or choices`() {
    var count = 0
    for (command, path) in Self.commands {
      let (words, rest) = minimum(command, path)
      let rows = command.rows + GlobalArguments.parameters(formats: command.formats).map(\.row)
      for row in rows where row.kind == .option {
        let bad: [String] =
          switch row.value {
          case "DAY": ["2026-02-30", "tomorrow", "2026-1-1", "99999-01-01"]
          case "SIZE": ["-1", "many", "9007199254740993", "99999999999999999999"]
          default: row.value.contains("|") && row.value == row.value.lowercased() ? ["elephant", row.value] : []
          }
        for value in bad {
          count += 1
          // A value that is there already is taken away, so that this is the only one.
          let others = words.firstIndex(of: "--\(row.name)").map { Array(words[..<$0] + words[($0 + 2)...]) } ?? words
          let refused = refusal(command, path, others + ["--\(row.name)=\(value)"] + rest)
          #expect(refused?.code == .usage, "\(path) --\(row.name)=\(value)")
          #expect(refused?.message.hasPrefix("'--\(row.name)'") == true, "\(path): \(refused?.message ?? "")")
        }
      }
    }
    #expect(count > 80)
  }

  @Test func `a word too many`() {
    for (command, path) in Self.commands {
      let places = command.rows.filter { $0.kind == .positional }
      guard !places.contains(where: \.isRepeatable) else { continue }
      let refused = refusal(command, path, places.map { _ in "acme" } + ["one-too-many"])
      #expect(refused?.code == .usage, "\(path)")
    }
  }

  @Test func `a group needs to be told what to do`() {
    for command in CommandTable.commands where !command.subcommands.isEmpty {
      let refused = refusal(command, "custody \(command.name)", [])
      #expect(refused?.code == .usage)
      for sub in command.subcommands { #expect(refused?.message.contains(sub.name) == true) }
    }
  }
}
