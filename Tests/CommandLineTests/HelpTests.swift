import Foundation
import Rendering
import Testing

@testable import CommandLine

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
            --offer FILE          Write it to a file, and say in a text that is longer than a line what it
                                  does.
            --dry-run             Write nothing.

      Every command:
            --store PATH          Folder or address of the store; else CUSTODY_STORE, else the nearest at
                                  or above the working folder.
            --as PERSON           Whose key signs, as in acme/jane; else CUSTODY_AS.
            --format text|json|csv
                                  How results are printed; text unless stated.
        -y, --yes                 Answer yes to every question.
        -q, --quiet               Print results and errors only.
        -v, --verbose             Say more, as how it was made sure that all is on the disk.
            --no-pager            Print long results at once; a terminal shows them by the page.
            --plain-http          Ask a store elsewhere without TLS; only where nobody else is on the
                                  line.
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
    for (command, path) in leaves(of: SampleCommands.commands) {
      let page = HelpText.page(for: command, path: path, width: width)
      let examples = Set(command.examples.map { "  $ " + $0.line })
      for line in page.split(separator: "\n") where !examples.contains(String(line)) {
        #expect(DisplayWidth.of(String(line)) <= width)
      }
    }
  }

  @Test func `the version is told by an option`() {
    #expect(run("--version") == Outcome(status: 0, output: "custody 1.2\n"))
    #expect(
      run("--version", "--format", "json").output
        == "{\n  \"name\": \"custody\",\n  \"version\": \"1.2\",\n  \"storeFormat\": 1\n}\n")
  }

  @Test func `a machine gets the whole table`() throws {
    let text = HelpJSON.document(SampleCommands.program()).pretty
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
    let page = ManualPage.text(SampleCommands.program())
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
