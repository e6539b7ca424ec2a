import CommandLine

@testable import custody

/// What a run left behind.
struct Outcome: Equatable {
  var status: Int32
  var output = ""
  var talk = ""
}

/// Runs the program over its own table, with streams that are kept.
func run(_ words: String...) -> Outcome { run(words) }

func run(_ words: [String]) -> Outcome {
  let output = OutputChannel()
  let talk = OutputChannel()
  let console = Console(output: output, talk: talk, input: Console.Input(isTerminal: false, line: { nil }))
  let program = Program(CommandTable.program, environment: Environment { _ in nil }, console: console)
  return Outcome(status: program.run(words).rawValue, output: output.written, talk: talk.written)
}

/// The commands that do something, with their paths.
func leaves(of commands: [Command], under path: String = "custody") -> [(Command, String)] {
  commands.flatMap { command -> [(Command, String)] in
    let path = path + " " + command.name
    return command.subcommands.isEmpty ? [(command, path)] : leaves(of: command.subcommands, under: path)
  }
}
