/// A command: its table of parameters, and what it does with the arguments that they are read into.
///
/// From this one table come parsing, help, completions, the manual page and the machine's description.
struct CommandSpec<Arguments: Sendable>: Sendable {
  let name: String
  /// One line, in the imperative, with a full stop: `Record evidence for controls.`
  let abstract: String
  /// What help says after the parameters; paragraphs are set apart by an empty line.
  var discussion: String = ""
  /// At least one: help shows them first.
  let examples: [Example]
  let parameters: [Parameter<Arguments>]
  /// What `--format` may say; the first is used where it says nothing.
  var formats: [OutputFormat] = [.text, .json]
  /// What statuses below 64 mean where it is more than 'done'.
  var answers: [ExitAnswer] = []
  let initial: @Sendable () -> Arguments
  let run: @Sendable (Arguments, GlobalArguments, Console) throws -> ExitStatus
}

/// A command line that works, and what it is good for.
struct Example: Sendable {
  /// Without the prompt.
  let line: String
  let purpose: String

  init(_ line: String, _ purpose: String) {
    self.line = line
    self.purpose = purpose
  }
}

/// What an exit status below 64 means for a command.
struct ExitAnswer: Sendable {
  let status: ExitStatus
  let meaning: String

  init(_ status: ExitStatus, _ meaning: String) {
    self.status = status
    self.meaning = meaning
  }
}
