internal import CommandLine
internal import Findings
internal import Workspace

/// `custody help [COMMAND…]`: what there is, and how it is used.
enum HelpCommand {
  struct Arguments: Sendable {
    var path: [String] = []
    var isManualPage = false
    var isMarkdown = false
    var folder: String?
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
      Example("custody help --man --folder man1", "a page for each command, which 'man custody-submit' finds"),
      Example("custody help --markdown > commands.md", "every command, as a chapter of a book"),
    ],
    parameters: [
      .positionals(
        "COMMAND", help: "The command, a word of its name each.", required: false, into: \.path, parse: { $0 }),
      .flag(
        "man", help: "Write the manual page, for man(1): about COMMAND, or about all of them.", into: \.isManualPage),
      .option(
        "folder", value: "FOLDER", help: "With --man: write a page for each command into this folder.",
        completion: .folder, into: \.folder, parse: CommandText.text),
      .flag("markdown", help: "Write what there is to say about every command as Markdown.", into: \.isMarkdown),
    ],
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    let program = CommandTable.program
    guard !arguments.isMarkdown || !arguments.isManualPage else {
      throw Failure(.usage, "--man and --markdown are two formats", hint: "ask for one after the other")
    }
    if let folder = arguments.folder {
      guard arguments.isManualPage, arguments.path.isEmpty else {
        throw Failure(
          .usage, "--folder is for the manual pages of all commands", hint: "'custody help --man --folder man1'")
      }
      for page in ManualPage.all(of: program) { try OutputFile.write("\(folder)/\(page.name)", Array(page.text.utf8)) }
      console.say("\(ManualPage.all(of: program).count) pages written to \(folder)")
      return .success
    }
    if arguments.isMarkdown {
      guard arguments.path.isEmpty else {
        throw Failure(.usage, "--markdown is about every command", hint: "'custody help --markdown'")
      }
      try console.write(CommandReference.text(program).utf8)
      return .success
    }
    let found = try find(arguments.path, in: program.commands)
    if arguments.isManualPage {
      let page = found.map { ManualPage.text($0, path: [program.name] + arguments.path, of: program) }
      try console.write((page ?? ManualPage.text(program)).utf8)
      return .success
    }
    guard let command = found else {
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
