internal import Rendering

/// Help, as text that fits into the columns there are.
package struct HelpText {
  private static let indentation = "  "
  /// Where descriptions begin, unless what they describe is longer.
  private static let descriptionColumn = 28

  package let width: Int
  private var lines: [String] = []

  package init(width: Int) { self.width = width }

  package var text: String { lines.joined(separator: "\n") }

  /// The overview: what there is, and where to begin.
  package static func overview(of program: ProgramSpec, width: Int) -> String {
    var help = HelpText(width: width)
    help.paragraph(program.abstract)
    help.heading("Usage")
    help.indented("\(program.name) COMMAND [options]")
    help.heading("Examples")
    help.examples(program.examples)
    help.heading("Commands")
    for command in program.commands { help.entry(command.name, command.abstract) }
    help.parameters(GlobalArguments.parameters(formats: [.text, .json]).map(\.row))
    if !program.variables.isEmpty { help.heading("Environment") }
    for variable in program.variables { help.entry(variable.name, variable.meaning) }
    help.lines.append("")
    help.paragraph(
      "'\(program.name) help COMMAND' says more about one, '\(program.name) --version' which \(program.name) this is.")
    return help.text
  }

  /// - Parameter path: With the program's name: `custody key new`.
  package static func page(for command: Command, path: String, width: Int) -> String {
    var help = HelpText(width: width)
    help.paragraph(command.abstract)
    help.heading("Usage")
    help.usage(of: command, path: path)
    guard command.subcommands.isEmpty else {
      help.heading("Commands")
      for subcommand in command.subcommands { help.entry(subcommand.name, subcommand.abstract) }
      help.lines.append("")
      help.paragraph("'\(path) COMMAND --help' says more about one.")
      return help.text
    }
    help.heading("Examples")
    help.examples(command.examples)
    help.parameters(command.rows + GlobalArguments.parameters(formats: command.formats).map(\.row))
    for paragraph in paragraphs(command.discussion) {
      help.lines.append("")
      help.paragraph(paragraph)
    }
    help.heading("Exit status")
    for answer in answers(of: command) { help.entry(String(answer.status.rawValue), answer.meaning, column: 8) }
    help.entry("64…", "No answer could be had, and nothing was changed: \(failures).", column: 8)
    return help.text
  }

  /// `custody submit --control ID… [options] FILE…`
  package static func usage(of command: Command, path: String) -> [String] {
    guard command.subcommands.isEmpty else { return [path, "COMMAND", "[options]"] }
    let required = command.rows.filter { $0.isNamed && $0.isRequired }.map { row in
      row.title + (row.isRepeatable ? "…" : "")
    }
    let places = command.rows.filter { !$0.isNamed }.map { row in
      let text = row.listing
      return row.isRequired ? text : "[\(text)]"
    }
    return [path] + required + ["[options]"] + places
  }

  /// What statuses below 64 mean.
  package static func answers(of command: Command) -> [ExitAnswer] {
    let answers =
      command.answers.contains { $0.status == .success }
      ? command.answers : [ExitAnswer(.success, "Done.")] + command.answers
    // Whoever waits for another writer writes.
    guard command.rows.contains(where: { $0.name == "wait" }) else { return answers }
    return answers + [ExitAnswer(.recorded, "It is recorded, and what followed failed: do not do it again.")]
  }

  package static func paragraphs(_ text: String) -> [String] {
    text.split(separator: "\n\n").map { $0.split(separator: "\n").joined(separator: " ") }
  }

  /// `64 usage, 65 malformed input, …`
  package static var failures: String {
    ExitStatus.failures.map { "\($0.status.rawValue) \($0.meaning)" }.joined(separator: ", ")
  }

  private mutating func paragraph(_ text: String) { lines += TextWrapping.lines(text, width: width) }

  private mutating func heading(_ text: String) { lines += ["", text + ":"] }

  private mutating func indented(_ text: String, by indentation: String = HelpText.indentation) {
    lines += TextWrapping.lines(text, width: width - indentation.count).map { indentation + $0 }
  }

  /// Pieces that are not broken themselves; later lines begin under the first piece's end.
  private mutating func usage(of command: Command, path: String) {
    var line = HelpText.indentation
    for piece in HelpText.usage(of: command, path: path) {
      let isFirst = line == HelpText.indentation
      if !isFirst, DisplayWidth.of(line) + 1 + DisplayWidth.of(piece) > width {
        lines.append(line)
        line = HelpText.indentation + HelpText.indentation + piece
      } else {
        line += (isFirst ? "" : " ") + piece
      }
    }
    lines.append(line)
  }

  private mutating func examples(_ examples: [Example]) {
    for example in examples {
      // What is to be copied stays one line for the shell.
      let lead = HelpText.indentation + "$ "
      for (index, line) in TextWrapping.command(example.line, width: width - lead.count).enumerated() {
        lines.append((index == 0 ? lead : String(repeating: " ", count: lead.count)) + line)
      }
      indented(example.purpose, by: "      ")
    }
  }

  private mutating func parameters(_ rows: [ParameterRow]) {
    let places = rows.filter { !$0.isNamed }
    let options = rows.filter { $0.isNamed && $0.group == nil }
    section("Arguments", places)
    section("Options", options)
    var groups: [String] = []
    for row in rows {
      if let group = row.group, !groups.contains(group) { groups.append(group) }
    }
    for group in groups { section(group, rows.filter { $0.group == group }) }
  }

  private mutating func section(_ title: String, _ rows: [ParameterRow]) {
    guard !rows.isEmpty else { return }
    heading(title)
    for row in rows {
      entry(row.listing, row.help + (row.isNamed && row.isRequired ? " Required." : ""))
    }
  }

  /// A name and, beside or below it, what it means.
  private mutating func entry(_ name: String, _ meaning: String, column: Int = HelpText.descriptionColumn) {
    let head = HelpText.indentation + name
    let used = DisplayWidth.of(head)
    // In a narrow window descriptions begin further to the left, so that they have room.
    let column = min(column, max(8, width / 3))
    var text = TextWrapping.lines(meaning, width: width - column)[...]
    if used + 2 <= column, let first = text.popFirst() {
      lines.append(head + String(repeating: " ", count: column - used) + first)
    } else {
      lines.append(head)
    }
    lines += text.map { String(repeating: " ", count: column) + $0 }
  }
}
