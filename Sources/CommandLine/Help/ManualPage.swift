/// Pages for man(1): one about all commands, `custody help --man`, and one about each, `custody help submit --man`.
package enum ManualPage {
  /// The page about one command, which man(1) finds as `custody-key-new`.
  ///
  /// - Parameter path: With the program's name: `custody`, `key`, `new`.
  package static func text(_ command: Command, path: [String], of program: ProgramSpec) -> String {
    let name = path.joined(separator: "-")
    var lines = head(name, program, summary: command.abstract)
    lines += [
      ".SH SYNOPSIS", escaped(HelpText.usage(of: command, path: path.joined(separator: " ")).joined(separator: " ")),
    ]
    let paragraphs = HelpText.paragraphs(command.discussion)
    if !paragraphs.isEmpty { lines.append(".SH DESCRIPTION") }
    for (place, paragraph) in paragraphs.enumerated() { lines += (place == 0 ? [] : [".PP"]) + [escaped(paragraph)] }
    if !command.rows.isEmpty { lines += [".SH OPTIONS"] + command.rows.flatMap(item) }
    if !command.examples.isEmpty { lines.append(".SH EXAMPLES") }
    for example in command.examples { lines += self.example(example) }
    lines.append(".SH EXIT STATUS")
    for answer in HelpText.answers(of: command) {
      lines += [".TP", ".B \(answer.status.rawValue)", escaped(sentence(answer.meaning))]
    }
    lines += options(command.subcommands.isEmpty ? command.formats : [.text, .json])
    lines += [".SH SEE ALSO", ".BR \(escaped(program.name)) (1)"]
    return (lines + [""]).joined(separator: "\n")
  }

  /// Every page under its file's name, the program's own first.
  package static func all(of program: ProgramSpec) -> [(name: String, text: String)] {
    [("\(program.name).1", text(program))]
      + program.commands.flatMap { leaves($0, path: [program.name]) }.map { command, path in
        ("\(path.joined(separator: "-")).1", text(command, path: path, of: program))
      }
  }

  private static func leaves(_ command: Command, path: [String]) -> [(Command, [String])] {
    let path = path + [command.name]
    return command.subcommands.isEmpty ? [(command, path)] : command.subcommands.flatMap { leaves($0, path: path) }
  }

  private static func head(_ name: String, _ program: ProgramSpec, summary: String) -> [String] {
    [
      ".TH \(escaped(name.uppercased())) 1 \"\" \"\(program.name) \(program.version)\" \"User Commands\"",
      ".SH NAME", "\(escaped(name)) \\- \(escaped(summary))",
    ]
  }

  private static func options(_ formats: [OutputFormat]) -> [String] {
    [".SH OPTIONS OF EVERY COMMAND"] + GlobalArguments.parameters(formats: formats).flatMap { item($0.row) }
  }

  package static func text(_ program: ProgramSpec) -> String {
    var lines = head(program.name, program, summary: program.summary)
    lines += [".SH SYNOPSIS", ".B \(program.name)", ".I COMMAND", "[options]", ".SH COMMANDS"]
    for command in program.commands { lines += section(command, path: [program.name]) }
    lines += options([.text, .json])
    if !program.variables.isEmpty { lines.append(".SH ENVIRONMENT") }
    for variable in program.variables { lines += [".TP", ".B \(escaped(variable.name))", escaped(variable.meaning)] }
    lines += [".SH EXIT STATUS", ".TP", ".B 0", "Yes, or done."]
    lines += [".TP", ".B 1", "The answer is no: tampering or corruption found, a proof that does not hold."]
    lines += [".TP", ".B 3", "The store is sound, and there are findings at or above the severity asked for."]
    for failure in ExitStatus.failures {
      lines += [".TP", ".B \(failure.status.rawValue)", sentence(failure.meaning)]
    }
    return (lines + [""]).joined(separator: "\n")
  }

  private static func section(_ command: Command, path: [String]) -> [String] {
    let path = path + [command.name]
    guard command.subcommands.isEmpty else { return command.subcommands.flatMap { section($0, path: path) } }
    let usage = HelpText.usage(of: command, path: path.joined(separator: " ")).joined(separator: " ")
    var lines = [".SS \(escaped(usage))", escaped(command.abstract)]
    for paragraph in HelpText.paragraphs(command.discussion) { lines += [".PP", escaped(paragraph)] }
    for row in command.rows { lines += item(row) }
    for example in command.examples { lines += self.example(example) }
    for answer in command.answers {
      lines += [".PP", escaped("Exit status \(answer.status.rawValue): \(answer.meaning)")]
    }
    return lines
  }

  private static func example(_ example: Example) -> [String] {
    [".PP", escaped(sentence(example.purpose)), ".PP", ".EX", "  $ \(escaped(example.line))", ".EE"]
  }

  private static func item(_ row: ParameterRow) -> [String] {
    let listing = row.listing.drop { $0 == " " }
    return [".TP", ".B \(escaped(String(listing)))", escaped(row.help)]
  }

  static func sentence(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst() + (text.last == "." ? "" : ".")
  }

  /// Text in which roff(7) sees nothing of its own.
  private static func escaped(_ text: String) -> String {
    let plain = text.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("…", with: "...")
    return plain.first == "." || plain.first == "'" ? "\\&" + plain : plain
  }
}
