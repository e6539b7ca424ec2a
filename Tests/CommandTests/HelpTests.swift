import Rendering
import Foundation
@testable import Reports
import Testing

@testable import custody

struct HelpTests {
  @Test func `help shows usage, examples, parameters and statuses in this order`() {
    let expected = """
      Record evidence for controls.

      Usage:
        custody submit --control ID… [options] FILE…

      Examples:
        $ custody submit --control 3.1.1 review.pdf
            one file for one control

      Arguments:
        FILE…                     File to store.

      Options:
        -c, --control ID…         Control that the evidence supports. Required.
        -n, --note TEXT           What the evidence shows; a [bracket] and a 'quote'.
            --count NUMBER        How many.
            --objects[=WHICH]     Which objects are read.
        -v, --verbose             Say more.
        -l, --loud                Say it louder.

      Writing:
            --offer FILE          Write the signed statement to a file that somebody else appends; touch
                                  no log.
            --checkpoint FILE     With --offer, where the store is out of reach: its checkpoint, signed or
                                  as its three lines.
            --dry-run             Show what would be written; write nothing.
            --wait SECONDS        How long to wait while somebody else appends; 3 unless said.
            --network-store       Append on a network file system, whose locks and renames you rely on.

      Every command:
            --store PATH          Folder of the store; else CUSTODY_STORE, else the nearest at or above
                                  the working folder.
            --as PERSON           Whose key signs, as in acme/jane; else CUSTODY_AS.
            --format text|json|csv
                                  How results are printed; text unless said.
        -y, --yes                 Answer yes to every question.
        -q, --quiet               Print results and errors only.
        -h, --help                Show this.

      What was submitted before is found again and not stored twice.

      A hyphen stands for standard input.

      Exit status:
        0     Done.
        1     A file was refused.
        64…   No answer could be had, and nothing was changed: 64 usage, 65 malformed input, 66 input
              missing, 69 a remote service is unavailable, 70 a bug in custody, 73 cannot create output,
              74 input/output error, 75 the store is locked, try again, 77 not entitled, 78 configuration,
              130 interrupted.

      """
    #expect(run("submit", "--help").output == expected)
  }

  @Test func `help of another program's runner shows where its words begin`() {
    #expect(run("exec", "-h").output.contains("  custody exec [options] -- COMMAND…\n"))
    #expect(run("party", "confirm", "-h").output.contains("  custody party confirm [options] PARTY [FINGERPRINT]\n"))
  }

  @Test(arguments: [60, 80, 100])
  func `help fits into the columns there are`(width: Int) {
    for (command, path) in leaves(of: SampleCommands.commands + CommandTable.commands) {
      let page = HelpText.page(for: command, path: path, width: width)
      let examples = Set(command.examples.map { "  $ " + $0.line })
      for line in page.split(separator: "\n") where !examples.contains(String(line)) {
        #expect(DisplayWidth.of(String(line)) <= width)
      }
    }
  }

  @Test func `the help command shows the same pages`() {
    let commands = CommandTable.commands
    #expect(run("help", commands: commands) == run(commands: commands))
    #expect(run("help", "completion", commands: commands) == run("completion", "-h", commands: commands))
    #expect(
      run("help", "elephant", commands: commands)
        == Outcome(
          status: 64,
          talk: "custody: error: there is no command 'elephant'\ncustody: hint: 'custody help' lists those there are\n")
    )
  }

  @Test func `the version is told by command and by option`() {
    let commands = CommandTable.commands
    #expect(run("version", commands: commands) == Outcome(status: 0, output: "custody \(Version.current)\n"))
    #expect(run("--version", commands: commands) == run("version", commands: commands))
    #expect(
      run("--version", "--format", "json", commands: commands).output
        == "{\n  \"name\": \"custody\",\n  \"version\": \"\(Version.current)\",\n  \"storeFormat\": 1\n}\n")
  }

  @Test func `a machine gets the whole table`() throws {
    let text = HelpJSON.document(SampleCommands.commands).pretty
    let document = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let commands = try #require(document["commands"] as? [[String: Any]])
    #expect(commands.map { $0["name"] as? String } == ["submit", "exec", "party"])
    #expect(commands[0]["usage"] as? String == "custody submit --control ID… [options] FILE…")
    let rows = try #require(commands[0]["parameters"] as? [[String: Any]])
    #expect(rows.count == SampleCommands.submit.parameters.count)
    #expect(rows[4]["choices"] as? [String] == ["all", "new", "none"])
    let nested = try #require(commands[2]["commands"] as? [[String: Any]])
    #expect(nested[0]["path"] as? [String] == ["party", "confirm"])
  }

  @Test func `the manual page names every command and row`() {
    let page = ManualPage.text(SampleCommands.commands)
    for (command, _) in leaves(of: SampleCommands.commands) {
      for row in command.rows where row.isNamed {
        #expect(page.contains("\\-\\-\(row.name.replacing("-", with: "\\-"))"))
      }
      #expect(page.contains(command.abstract))
    }
    #expect(!page.split(separator: "\n").contains { $0.hasPrefix("'") })
  }
}

/// The commands that do something, with their paths.
func leaves(of commands: [Command], under path: String = "custody") -> [(Command, String)] {
  commands.flatMap { command -> [(Command, String)] in
    let path = path + " " + command.name
    return command.subcommands.isEmpty ? [(command, path)] : leaves(of: command.subcommands, under: path)
  }
}

struct CommandTableTests {
  @Test func `every command has an example, a sentence and names of its own`() {
    for (command, path) in leaves(of: CommandTable.commands) {
      #expect(!command.examples.isEmpty, "\(path)")
      #expect(command.abstract.hasSuffix("."), "\(path)")
      #expect(command.examples.allSatisfy { $0.line.contains("custody") }, "\(path)")
      let rows = command.rows + GlobalArguments.parameters(formats: command.formats).map(\.row)
      let names = rows.filter(\.isNamed).map(\.name)
      let shorts = rows.compactMap(\.short)
      #expect(Set(names).count == names.count, "\(path)")
      #expect(Set(shorts).count == shorts.count, "\(path)")
      #expect(rows.allSatisfy { $0.help.hasSuffix(".") }, "\(path)")
      // Only the last place takes more than one word, and none that is required follows one that is not.
      let places = rows.filter { $0.kind == .positional }
      #expect(places.dropLast().allSatisfy { !$0.isRepeatable }, "\(path)")
      #expect(places.drop { $0.isRequired }.allSatisfy { !$0.isRequired }, "\(path)")
    }
    let names = CommandTable.commands.map(\.name)
    #expect(Set(names).count == names.count)
  }
}
