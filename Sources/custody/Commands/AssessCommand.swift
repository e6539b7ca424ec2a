internal import CommandLine
internal import Crypto
internal import Findings
internal import Statements
internal import Storage
internal import Workspace

/// `custody assess`: whether controls are met, in the eyes of whoever signs.
enum AssessCommand {
  struct Arguments: Sendable {
    var controls: [String] = []
    var status: Assessment.Status?
    var evidence: Digest?
    var note: String?
    var from: Day?
    var through: Day?
    var write = WriteOptions()
  }

  static let spec = CommandSpec<Arguments>(
    name: "assess", abstract: "Say whether controls or objectives are met.",
    discussion: """
      An administrator of the client assesses, or a member of an auditor. It does not touch who owns a control, nor \
      whether it applies: that the framework's adoption says.
      """,
    examples: [
      Example("custody assess 3.1.1 --status met --note \"reviewed in September\"", "a control that is met"),
      Example("custody assess '3.5.3[d]' --status planned", "one objective that is still to be met"),
    ],
    parameters: [
      .positionals("CONTROL", help: "Control or objective.", into: \.controls, parse: CommandText.text),
      .option(
        "status", value: Assessment.Status.allCases.map(\.rawValue).joined(separator: "|"), help: "What it is.",
        required: true, completion: .words(Assessment.Status.allCases.map(\.rawValue)), into: \.status,
        parse: { text in
          guard let status = Assessment.Status(rawValue: text) else {
            throw InvalidValue(
              "write \(Wording.list(Assessment.Status.allCases.map(\.rawValue), "or")), not '\(text)'")
          }
          return status
        }),
      .option(
        "evidence", value: "SHA256", help: "The object that shows it.", into: \.evidence, parse: CommandText.digest),
      .option("note", value: "TEXT", help: "Why.", into: \.note, parse: CommandText.text),
      .option("from", value: "DAY", help: "First day that it covers.", into: \.from, parse: CommandText.day),
      .option("through", value: "DAY", help: "Last day that it covers.", into: \.through, parse: CommandText.day),
    ] + WriteOptions.parameters(in: \.write),
    initial: Arguments.init
  ) { arguments, global, console in
    guard let status = arguments.status else { throw Failure(.usage, "--status is missing") }
    if let from = arguments.from, let through = arguments.through, through < from {
      throw Failure(.usage, "the period ends on \(through), before it begins on \(from)")
    }
    let place = try SigningPlace.open(arguments.write, global, console)
    var assessment = Assessment(
      units: try ControlChoice(place).resolve(arguments.controls), status: status, evidence: arguments.evidence,
      note: arguments.note)
    assessment.from = arguments.from
    assessment.through = arguments.through
    let what = "\(FileGathering.some(assessment.units)) \(status.rawValue)"
    if let digest = arguments.evidence, let store = place.store, try store.contents.objectSize(digest) == nil {
      throw Failure(
        .inputMissing, "the store has no object \(digest.hex)",
        hint: "submit it first, or give the digest that 'submit' says")
    }
    let written = try Writing.perform(.assessment(assessment), at: place, arguments.write)
    try written.tell(what, global, console)
    return .success
  }
}
