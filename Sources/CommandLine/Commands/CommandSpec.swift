/// A command: its table of parameters, and what it does with the arguments that they are read into.
///
/// From this one table come parsing, help, completions, the manual page and the machine's description.
package struct CommandSpec<Arguments: Sendable>: Sendable {
  package let name: String
  /// One line, in the imperative, with a full stop: `Record evidence for controls.`
  package let abstract: String
  /// What help says after the parameters; paragraphs are set apart by an empty line.
  package let discussion: String
  /// At least one: help shows them first.
  package let examples: [Example]
  package let parameters: [Parameter<Arguments>]
  /// What `--format` may say; the first is used where it says nothing.
  package let formats: [OutputFormat]
  /// What statuses below 64 mean where it is more than 'done'.
  package let answers: [ExitAnswer]
  /// Whether a pager shows what is longer than the screen: of commands that read.
  package let pages: Bool
  package let initial: @Sendable () -> Arguments
  package let run: @Sendable (Arguments, GlobalArguments, Console) throws -> ExitStatus

  package init(
    name: String, abstract: String, discussion: String = "", examples: [Example], parameters: [Parameter<Arguments>],
    formats: [OutputFormat] = [.text, .json], answers: [ExitAnswer] = [], pages: Bool = false,
    initial: @escaping @Sendable () -> Arguments,
    run: @escaping @Sendable (Arguments, GlobalArguments, Console) throws -> ExitStatus
  ) {
    self.name = name
    self.abstract = abstract
    self.discussion = discussion
    self.examples = examples
    self.parameters = parameters
    self.formats = formats
    self.answers = answers
    self.pages = pages
    self.initial = initial
    self.run = run
  }
}

/// For commands that take only what every command takes.
package struct NoArguments: Sendable {
  package init() {}
}

/// A command line that works, and what it is good for.
package struct Example: Sendable {
  /// Without the prompt.
  package let line: String
  package let purpose: String

  package init(_ line: String, _ purpose: String) {
    self.line = line
    self.purpose = purpose
  }
}

/// What an exit status below 64 means for a command.
package struct ExitAnswer: Sendable {
  package let status: ExitStatus
  package let meaning: String

  package init(_ status: ExitStatus, _ meaning: String) {
    self.status = status
    self.meaning = meaning
  }
}
