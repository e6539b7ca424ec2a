/// What can be written after a command's name: commands of a group, or parameters.
package struct CompletionScope {
  /// The words of the command's name; empty for the program itself.
  package let path: [String]
  package let subcommands: [Command]
  package let rows: [ParameterRow]

  /// `/key/new`; empty for the program itself.
  package var place: String { path.map { "/" + $0 }.joined() }

  package var named: [ParameterRow] { rows.filter(\.isNamed) }
  package var places: [ParameterRow] { rows.filter { $0.kind == .positional } }

  /// The program, then each command and what is below it.
  package static func all(in commands: [Command]) -> [CompletionScope] {
    let globals = GlobalArguments.parameters(formats: [.text, .json]).map(\.row)
    let root = CompletionScope(path: [], subcommands: commands, rows: globals)
    return [root] + commands.flatMap { all(of: $0, under: []) }
  }

  private static func all(of command: Command, under path: [String]) -> [CompletionScope] {
    let path = path + [command.name]
    let formats = command.subcommands.isEmpty ? command.formats : [.text, .json]
    let scope = CompletionScope(
      path: path, subcommands: command.subcommands,
      rows: command.rows + GlobalArguments.parameters(formats: formats).map(\.row))
    return [scope] + command.subcommands.flatMap { all(of: $0, under: path) }
  }
}
