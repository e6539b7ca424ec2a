package import Rendering

/// The table of commands for a machine: `custody help --format json`.
package enum HelpJSON {
  package static func document(_ program: ProgramSpec) -> JSONOutput {
    [
      "helpVersion": 1, "program": .string(program.name), "version": .string(program.version),
      "parameters": .array(GlobalArguments.parameters(formats: [.text, .json]).map { row($0.row) }),
      "commands": .array(program.commands.map { command($0, of: program, path: []) }),
    ]
  }

  package static func command(_ command: Command, of program: ProgramSpec, path: [String]) -> JSONOutput {
    let path = path + [command.name]
    let head: [(String, JSONOutput)] = [
      ("name", .string(command.name)), ("path", .strings(path)), ("abstract", .string(command.abstract)),
    ]
    guard command.subcommands.isEmpty else {
      return .object(
        head + [("commands", .array(command.subcommands.map { self.command($0, of: program, path: path) }))])
    }
    let usage = HelpText.usage(of: command, path: ([program.name] + path).joined(separator: " "))
    return .object(
      head + [
        ("usage", .string(usage.joined(separator: " "))),
        (
          "examples",
          .array(command.examples.map { ["line": .string($0.line), "purpose": .string($0.purpose)] })
        ),
        ("formats", .strings(command.formats.map(\.rawValue))), ("parameters", .array(command.rows.map(row))),
        (
          "exitStatus",
          .array(
            HelpText.answers(of: command).map { answer in
              ["status": .integer(Int(answer.status.rawValue)), "meaning": .string(answer.meaning)]
            })
        ),
      ])
  }

  private static func row(_ row: ParameterRow) -> JSONOutput {
    var members: [(String, JSONOutput)] = [("kind", .string(kind(row.kind)))]
    if row.isNamed { members.append(("name", .string(row.name))) }
    if let short = row.short { members.append(("short", .string(String(short)))) }
    if !row.value.isEmpty { members.append(("value", .string(row.value))) }
    members += [
      ("help", .string(row.help)), ("required", .bool(row.isRequired)), ("repeatable", .bool(row.isRepeatable)),
    ]
    if let group = row.group { members.append(("group", .string(group))) }
    if case .words(let words) = row.completion { members.append(("choices", .strings(words))) }
    return .object(members)
  }

  private static func kind(_ kind: ParameterRow.Kind) -> String {
    switch kind {
    case .flag: "flag"
    case .option: "option"
    case .optionalValue: "optional-value"
    case .positional: "positional"
    case .rest: "rest"
    }
  }
}
