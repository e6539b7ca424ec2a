internal import CommandLine

/// `custody completion SHELL`: what makes a shell complete commands and options.
enum CompletionCommand {
  enum Shell: String, Choice {
    case bash, zsh, fish
  }

  struct Arguments: Sendable {
    var shell: Shell?
  }

  static let spec = CommandSpec<Arguments>(
    name: "completion", abstract: "Print a script that lets a shell complete commands and options.",
    examples: [
      Example("source <(custody completion bash)", "in this shell"),
      Example("custody completion zsh > \"${fpath[1]}/_custody\"", "in every zsh from now on"),
      Example("custody completion fish > ~/.config/fish/completions/custody.fish", "in every fish from now on"),
    ],
    parameters: [
      .positional(
        "SHELL", help: "One of bash, zsh and fish.", completion: .words(Shell.words), into: \.shell, parse: Shell.parse)
    ],
    formats: [.text], initial: Arguments.init
  ) { arguments, _, console in
    let program = CommandTable.program
    let scopes = CompletionScope.all(in: program.commands)
    let script =
      switch arguments.shell {
      case .bash, nil: BashCompletion.script(program.name, scopes)
      case .zsh: ZshCompletion.script(program.name, scopes)
      case .fish: FishCompletion.script(program.name, scopes)
      }
    try console.write(script.utf8)
    return .success
  }
}
