internal import CommandLine
internal import Findings

/// `custody help [COMMAND…]`: what there is, and how it is used.
enum HelpCommand {
  struct Arguments: Sendable {
    var path: [String] = []
    var isManualPage = false
  }

  static let spec = CommandSpec<Arguments>(
    name: "help", abstract: "Say what commands there are, or how one is used.",
    discussion: """
      On a terminal, results that are longer than the screen are shown by CUSTODY_PAGER, else PAGER, else less; an empty \
      one, or cat, turns that off, as --no-pager does. Lines are as wide as the terminal or as COLUMNS says, 100 at most.
      """,
    examples: [
      Example("custody help completion", "the same as 'custody completion --help'"),
      Example("custody help --format json", "the whole table of commands, for a machine"),
      Example("custody help --man > custody.1", "the manual page"),
    ],
    parameters: [
      .positionals(
        "COMMAND", help: "The command, a word of its name each.", required: false, into: \.path, parse: { $0 }),
      .flag("man", help: "Write the manual page, for man(1), about all commands.", into: \.isManualPage),
    ],
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    let program = CommandTable.program
    if arguments.isManualPage {
      try console.write(ManualPage.text(program).utf8)
      return .success
    }
    guard let command = try find(arguments.path, in: program.commands) else {
      if global.format == .json {
        try console.print(HelpJSON.document(program))
      } else {
        try console.print(HelpText.overview(of: program, width: console.columns))
      }
      return .success
    }
    if global.format == .json {
      try console.print(HelpJSON.command(command, of: program, path: Array(arguments.path.dropLast())))
    } else {
      let path = ([program.name] + arguments.path).joined(separator: " ")
      try console.print(HelpText.page(for: command, path: path, width: console.columns))
    }
    return .success
  }

  /// - Returns: nil for the program itself.
  private static func find(_ path: [String], in commands: [Command]) throws -> Command? {
    var candidates = commands
    var command: Command?
    for name in path {
      guard let found = candidates.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
        let near = Spelling.nearest(to: name, among: candidates.map(\.name).filter { $0 != "help" })
        let before = path.prefix { $0 != name }.joined(separator: " ")
        throw Failure(
          .usage, "there is no command '\(path.joined(separator: " "))'",
          hint: near.map { "did you mean 'custody help \(before.isEmpty ? "" : before + " ")\($0)'" }
            ?? "'custody help' lists those there are")
      }
      command = found
      candidates = found.subcommands
    }
    return command
  }
}
