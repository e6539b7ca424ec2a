internal import Findings

/// A command, or a group of them, of whatever arguments.
package struct Command: Sendable {
  package let name: String
  package let abstract: String
  package let discussion: String
  package let examples: [Example]
  /// Its own rows; those that every command has come after them.
  package let rows: [ParameterRow]
  package let formats: [OutputFormat]
  package let answers: [ExitAnswer]
  /// Whether a pager shows what is longer than the screen.
  package let pages: Bool
  /// A group's commands; empty for one that does something itself.
  package let subcommands: [Command]
  /// Of a group, the command that is meant where none is named; nil for none.
  package let fallback: String?
  /// Reads the words after the command's name, and returns what is to be done.
  package let prepare: @Sendable (_ words: [String], _ path: String, _ environment: Environment) throws -> Prepared

  /// A command that was read, but has done nothing yet.
  package struct Prepared {
    package let global: GlobalArguments
    /// Whether a bundle of short flags asked for help.
    package let wantsHelp: Bool
    package let run: (Console) throws -> ExitStatus
  }

  package init<Arguments>(_ spec: CommandSpec<Arguments>) {
    name = spec.name
    abstract = spec.abstract
    discussion = spec.discussion
    examples = spec.examples
    rows = spec.parameters.map(\.row)
    formats = spec.formats
    answers = spec.answers
    pages = spec.pages
    subcommands = []
    fallback = nil
    prepare = { words, path, environment in
      let globals = GlobalArguments.parameters(formats: spec.formats)
      let rows = spec.parameters.map(\.row) + globals.map(\.row)
      let occurrences = try Grammar(rows: rows, command: path).read(words)
      var arguments = spec.initial()
      var global = GlobalArguments(format: spec.formats.first ?? .text)
      if occurrences.contains(where: { rows[$0.row].name == "help" }) {
        return Prepared(global: global, wantsHelp: true) { _ in .success }
      }
      for occurrence in occurrences {
        try Command.explaining(occurrence) {
          if occurrence.row < spec.parameters.count {
            try spec.parameters[occurrence.row].apply(&arguments, occurrence.value)
          } else {
            try globals[occurrence.row - spec.parameters.count].apply(&global, occurrence.value)
          }
        }
      }
      try Grammar(rows: rows, command: path).requireAll(occurrences)
      global.takeDefaults(from: environment)
      let read = arguments
      let readGlobal = global
      return Prepared(global: global, wantsHelp: false) { console in try spec.run(read, readGlobal, console) }
    }
  }

  /// A group: `custody key new`, `custody key list`.
  ///
  /// - Parameter fallback: The command that is meant where none is named: one of these.
  package init(
    group name: String, _ abstract: String, _ subcommands: [Command], default fallback: String? = nil
  ) {
    self.fallback = fallback
    self.name = name
    self.abstract = abstract
    self.subcommands = subcommands
    discussion = ""
    examples = []
    rows = []
    formats = []
    answers = []
    pages = false
    prepare = { _, path, _ in
      let names = Wording.list(subcommands.map(\.name), "or")
      throw Failure(
        .usage, "'\(path)' needs to be told what to do: \(names)", hint: "'\(path) --help' says what each does")
    }
  }

  /// Says which parameter a value was meant for.
  private static func explaining(_ occurrence: Grammar.Occurrence, _ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as InvalidValue {
      throw Failure(.usage, "\(occurrence.title): \(error.reason)", hint: error.hint)
    } catch let error as Failure {
      throw error
    } catch {
      throw Failure(.usage, "\(occurrence.title): \(error)")
    }
  }
}
