import Findings
import Rendering
import Testing

@testable import CommandLine

/// A table with a row of every kind, for tests of what is made of tables.
enum SampleCommands {
  enum Depth: String, Choice {
    case all, new, none
  }

  /// A group of rows that several commands share.
  struct WriteArguments: Sendable, Equatable {
    var offer: String?
    var isDryRun = false

    static func parameters<Outer>(
      in field: any WritableKeyPath<Outer, WriteArguments> & Sendable
    ) -> [Parameter<Outer>] {
      let parameters: [Parameter<WriteArguments>] = [
        .option(
          "offer", value: "FILE",
          help: "Write it to a file, and say in a text that is longer than a line what it does.",
          completion: .file, into: \.offer, parse: CommandText.text),
        .flag("dry-run", help: "Write nothing.", into: \.isDryRun),
      ]
      return parameters.map { parameter in
        var parameter = parameter
        parameter.row.group = "Writing"
        return parameter.nested(in: field)
      }
    }
  }

  struct SubmitArguments: Sendable, Equatable {
    var controls: [String] = []
    var note: String?
    var count = 1
    var depth: Depth?
    var isVerbose = false
    var isLoud = false
    var files: [String] = []
    var write = WriteArguments()
  }

  struct ExecArguments: Sendable, Equatable {
    var control: String?
    var command: [String] = []
  }

  struct ConfirmArguments: Sendable, Equatable {
    var party: String?
    var fingerprint: String?
  }

  static let submit = CommandSpec<SubmitArguments>(
    name: "submit", abstract: "Record evidence for controls.",
    discussion:
      "What was submitted before is found again\nand not stored twice.\n\nA hyphen stands for standard input.",
    examples: [Example("custody submit --control 3.1.1 review.pdf", "one file for one control")],
    parameters: [
      .positionals("FILE", help: "File to store.", completion: .file, into: \.files, parse: { $0 }),
      .repeatable(
        "control", "c", value: "ID", help: "Control that the evidence supports.", required: true, into: \.controls,
        parse: { text in
          guard !text.contains(" ") else { throw InvalidValue("'\(text)' is no control", hint: "leave the space out") }
          return text
        }),
      .option(
        "note", "n", value: "TEXT", help: "What the evidence shows; a [bracket] and a 'quote'.", into: \.note,
        parse: { $0 }),
      .option(
        "count", value: "NUMBER", help: "How many.", replacing: \.count,
        parse: { text in
          guard let number = Int(text) else { throw InvalidValue("'\(text)' is no number") }
          return number
        }),
      .optionalValue(
        "objects", value: "WHICH", bare: .all, help: "Which objects are read.", completion: .words(Depth.words),
        into: \.depth, parse: Depth.parse),
      .flag("verbose", "v", help: "Say more.", into: \.isVerbose),
      .flag("loud", "l", help: "Say it louder.", into: \.isLoud),
    ] + WriteArguments.parameters(in: \.write),
    formats: [.text, .json, .csv], answers: [ExitAnswer(.answerIsNo, "A file was refused.")],
    initial: SubmitArguments.init
  ) { arguments, _, console in
    for file in arguments.files { try console.print(file) }
    return .success
  }

  static let exec = CommandSpec<ExecArguments>(
    name: "exec", abstract: "Run a command and keep what it printed.",
    examples: [Example("custody exec --control 3.1.1 -- uname -a", "keep a system's name")],
    parameters: [
      .option("control", "c", value: "ID", help: "Control.", into: \.control, parse: { $0 }),
      .rest("COMMAND", help: "The command and its words.", into: \.command),
    ],
    initial: ExecArguments.init
  ) { arguments, _, console in
    try console.print(arguments.command.joined(separator: "|"))
    return .success
  }

  static let confirm = CommandSpec<ConfirmArguments>(
    name: "confirm", abstract: "Confirm a party's first key.",
    examples: [Example("custody party confirm onsite 1f2e", "after a call to them")],
    parameters: [
      .positional("PARTY", help: "The party.", into: \.party, parse: { $0 }),
      .positional("FINGERPRINT", help: "What they read out.", required: false, into: \.fingerprint, parse: { $0 }),
    ],
    initial: ConfirmArguments.init
  ) { arguments, global, console in
    guard try console.confirm("is it theirs", assumesYes: global.assumesYes) else { return .answerIsNo }
    try console.print(
      "\(arguments.party ?? "-") \(arguments.fingerprint ?? "-") \(global.store ?? "-") \(global.person ?? "-")")
    return .success
  }

  static let fail = CommandSpec<NoArguments>(
    name: "fail", abstract: "Fail.", examples: [Example("custody party fail", "to see it fail")], parameters: [],
    initial: NoArguments.init
  ) { _, _, console in
    try console.print("half")
    throw Failure(.locked, "the store '/srv/acme' is locked", hint: "try again")
  }

  /// A program of these commands, or of others.
  static func program(_ commands: [Command] = commands) -> ProgramSpec {
    ProgramSpec(
      name: "custody", version: "1.2", versionDetails: [("storeFormat", 1)], abstract: "Keep what was seen.",
      summary: "keep what was seen", examples: [Example("custody exec -- uname", "to begin with")], commands: commands)
  }

  static let commands = [
    Command(submit), Command(exec),
    Command(group: "party", "Work with parties.", [Command(confirm), Command(fail)]),
  ]
}

/// What a run left behind.
struct Outcome: Equatable {
  var status: Int32
  var output = ""
  var talk = ""
}

/// Runs the program over a table, with streams that are kept.
func run(
  _ words: String..., commands: [Command] = SampleCommands.commands, environment: [String: String] = [:],
  answers: [String]? = nil
) -> Outcome {
  let output = OutputChannel()
  let talk = OutputChannel()
  var remaining = (answers ?? [])[...]
  let input = Console.Input(isTerminal: answers != nil, line: { remaining.popFirst() })
  let console = Console(output: output, talk: talk, input: input)
  let program = Program(
    SampleCommands.program(commands), environment: Environment { environment[$0] }, console: console)
  return Outcome(status: program.run(words).rawValue, output: output.written, talk: talk.written)
}
