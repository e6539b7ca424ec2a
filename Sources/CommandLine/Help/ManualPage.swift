/// The manual page about all commands, for man(1): `custody help --man`.
package enum ManualPage {
  package static func text(_ program: ProgramSpec) -> String {
    var lines = [
      ".TH \(program.name.uppercased()) 1 \"\" \"\(program.name) \(program.version)\" \"User Commands\"",
      ".SH NAME",
      "\(program.name) \\- \(program.summary)",
      ".SH SYNOPSIS",
      ".B \(program.name)",
      ".I COMMAND",
      "[options]",
      ".SH COMMANDS",
    ]
    for command in program.commands { lines += section(command, path: [program.name]) }
    lines.append(".SH OPTIONS OF EVERY COMMAND")
    for parameter in GlobalArguments.parameters(formats: [.text, .json]) { lines += item(parameter.row) }
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
    for example in command.examples {
      lines += [".PP", "\(escaped(sentence(example.purpose)))", ".PP", ".EX", "  $ \(escaped(example.line))", ".EE"]
    }
    for answer in command.answers {
      lines += [".PP", escaped("Exit status \(answer.status.rawValue): \(answer.meaning)")]
    }
    return lines
  }

  private static func item(_ row: ParameterRow) -> [String] {
    let listing = row.listing.drop { $0 == " " }
    return [".TP", ".B \(escaped(String(listing)))", escaped(row.help)]
  }

  private static func sentence(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst() + (text.last == "." ? "" : ".")
  }

  /// Text in which roff(7) sees nothing of its own.
  private static func escaped(_ text: String) -> String {
    let plain = text.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("…", with: "...")
    return plain.first == "." || plain.first == "'" ? "\\&" + plain : plain
  }
}
