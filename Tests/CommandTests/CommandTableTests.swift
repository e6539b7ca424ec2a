import Rendering
import Testing

@testable import CommandLine
@testable import custody

struct CommandTableTests {
  @Test(arguments: [60, 80, 100])
  func `help fits into the columns there are`(width: Int) {
    for (command, path) in leaves(of: CommandTable.commands) {
      let page = HelpText.page(for: command, path: path, width: width)
      for line in page.split(separator: "\n") where DisplayWidth.of(String(line)) > width {
        // What stands within quotes in a line that is to be copied stays whole.
        let copied = line.drop { $0 == " " }.replacing(#/ \\$/#, with: "")
        #expect(!copied.contains(" ") || command.examples.contains { $0.line.contains(copied) }, "\(line)")
      }
    }
  }

  @Test func `the help command shows the same pages`() {
    #expect(run("help") == run())
    #expect(run("help", "completion") == run("completion", "-h"))
    #expect(
      run("help", "elephant")
        == Outcome(
          status: 64,
          talk: "custody: error: there is no command 'elephant'\ncustody: hint: 'custody help' lists those there are\n")
    )
  }

  @Test func `the version is told by command and by option`() {
    #expect(run("version") == Outcome(status: 0, output: "custody \(Version.current)\n"))
    #expect(run("--version") == run("version"))
    #expect(
      run("--version", "--format", "json").output
        == "{\n  \"name\": \"custody\",\n  \"version\": \"\(Version.current)\",\n  \"storeFormat\": 1\n}\n")
  }

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
