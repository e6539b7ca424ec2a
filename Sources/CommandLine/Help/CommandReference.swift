/// The reference of all commands as a chapter of a book, in Markdown: `custody help --markdown`.
package enum CommandReference {
  package static func text(_ program: ProgramSpec) -> String {
    var lines = [
      "# Every command", "",
      "What `\(program.name) COMMAND --help` says, of every command, on one page.", "",
      "## Overview", "",
      program.abstract, "",
    ]
    for command in program.commands { lines += section(command, path: [program.name]) }
    lines += ["## Options of every command", ""]
    lines += options(GlobalArguments.parameters(formats: [.text, .json]).map(\.row))
    lines += ["## Exit status", "", "| status | meaning |", "| --- | --- |"]
    lines += ["| 0 | Yes, or done. |"]
    lines += ["| 1 | The answer is no: tampering or corruption found, a proof that does not hold. |"]
    lines += ["| 3 | The store is sound, and there are findings at or above the severity asked for. |"]
    for failure in ExitStatus.failures {
      lines.append("| \(failure.status.rawValue) | \(ManualPage.sentence(failure.meaning)) |")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func section(_ command: Command, path: [String]) -> [String] {
    let path = path + [command.name]
    guard command.subcommands.isEmpty else { return command.subcommands.flatMap { section($0, path: path) } }
    let name = path.joined(separator: " ")
    var lines = ["## \(name)", "", command.abstract, "", "```sh"]
    lines += [HelpText.usage(of: command, path: name).joined(separator: " "), "```", ""]
    for paragraph in HelpText.paragraphs(command.discussion) { lines += [paragraph, ""] }
    for example in command.examples {
      lines += [ManualPage.sentence(example.purpose), "", "```sh", example.line, "```", ""]
    }
    lines += options(command.rows)
    lines += ["Exit status:", ""]
    for answer in HelpText.answers(of: command) { lines.append("- \(answer.status.rawValue): \(answer.meaning)") }
    return lines + [""]
  }

  private static func options(_ rows: [ParameterRow]) -> [String] {
    guard !rows.isEmpty else { return [] }
    let items = rows.map { row in
      let need = row.isNamed && row.isRequired ? " Required." : ""
      return "- `\(row.listing.drop { $0 == " " })`: \(row.help)\(need)"
    }
    return items + [""]
  }
}
