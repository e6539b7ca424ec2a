internal import CommandLine
internal import Findings
internal import OSCAL
internal import Obligations
internal import Ownership
internal import Statements
internal import Workspace

/// `custody oscal`: what other people's compliance programs read.
enum OSCALCommand {
  struct Arguments: Sendable {
    var kind: OSCALKind?
    var frameworks: [String] = []
    var asOf: Day?
    var knownAt: KnownAt?
    var side: AssessmentBook.Side?
    var isUnsoundAllowed = false
    var version = OSCALSource.versions[0]
    var output: String?
  }

  static let spec = CommandSpec<Arguments>(
    name: "oscal", abstract: "Write controls, owners, assessments or open items in OSCAL, for other programs.",
    discussion: """
      NIST's OSCAL, in JSON. 'ssp' says who answers for each control, part by part where parties differ: 'accountable' \
      is a role of its own, a provider's component exports what it provides, and the client's system inherits it. \
      'component-definition' says the same party by party. 'assessment-results' has assessments and evidence, each artifact \
      by its SHA-256; 'poam' what is open. 'profile' has the controls that apply, and why others do not; 'catalog' gives an \
      adopted catalog back byte for byte.

      Control ids are those of the adopted catalogs. Documents name each other as files of one folder: profile.json, \
      ssp.json, and catalogs under their framework's id. The same tree, day and options give the same bytes, UUIDs among \
      them; the metadata says from which tree, and the words that write it again.

      Where an agreement has a paper of kind 'system-authorization', 'fedramp-authorization' or 'authorization-to-operate' \
      in force, the plan has the provider's system as a leveraged authorization of the paper's first day.
      """,
    examples: [
      Example("custody oscal ssp --framework house --output ssp.json", "who answers for what"),
      Example("custody oscal profile --framework house --output profile.json", "what the plan imports"),
      Example("custody oscal catalog --framework house --output house.json", "what the profile imports"),
      Example("custody oscal assessment-results --by auditor --output assessment-results.json", "what auditors said"),
      Example("custody oscal component-definition --as-of 2026-11-24 --output components.json", "what each party does"),
    ],
    parameters: [
      .positional(
        "KIND", help: "One of \(Wording.list(OSCALKind.allCases.map(\.rawValue), "and")).",
        completion: .words(OSCALKind.allCases.map(\.rawValue)), into: \.kind,
        parse: { text in
          guard let kind = OSCALKind(rawValue: text) else {
            throw InvalidValue("'\(text)' is not \(Wording.list(OSCALKind.allCases.map(\.rawValue), "or"))")
          }
          return kind
        }),
      .repeatable(
        "framework", value: "ID", help: "A framework to write of; all that are adopted unless stated.",
        into: \.frameworks, parse: CommandText.identifier),
      .option(
        "as-of", value: "DATE", help: "The day for which ownership is resolved; today unless stated.", into: \.asOf,
        parse: CommandText.day),
      .option(
        "known-at", value: "SIZE|DATE", help: "The tree that is known: its size, or the last UTC day of its entries.",
        into: \.knownAt, parse: ReportCommand.knownAt),
      .option(
        "by", value: "client|auditor", help: "Only the client's own assessments, or only those of others.",
        completion: .words(AssessmentBook.Side.allCases.map(\.rawValue)), into: \.side,
        parse: { text in
          guard let side = AssessmentBook.Side(rawValue: text) else {
            throw InvalidValue("write client or auditor, not '\(text)'")
          }
          return side
        }),
      .option(
        "oscal-version", value: OSCALSource.versions.joined(separator: "|"),
        help: "The version of OSCAL; \(OSCALSource.versions[0]) unless stated.",
        completion: .words(OSCALSource.versions), replacing: \.version,
        parse: { text in
          guard OSCALSource.versions.contains(text) else {
            throw InvalidValue("'\(text)' is not \(Wording.list(OSCALSource.versions, "or"))")
          }
          return text
        }),
      .flag(
        "unsound", help: "Write of a store that was found not sound, too; the document says so.",
        into: \.isUnsoundAllowed),
      .option(
        "output", "o", value: "FILE", help: "Where it goes, instead of standard output.", completion: .file,
        into: \.output, parse: CommandText.text),
    ],
    formats: [.oscal, .json],
    answers: [ExitAnswer(.answerIsNo, "the store was found not sound: nothing was written")],
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    var reading = ReportCommand.Arguments()
    (reading.frameworks, reading.asOf, reading.knownAt) = (arguments.frameworks, arguments.asOf, arguments.knownAt)
    (reading.side, reading.output) = (arguments.side, arguments.output)
    reading.isUnsoundAllowed = arguments.isUnsoundAllowed
    return try write(
      arguments.kind ?? .securityPlan, reading, global, console, version: arguments.version)
  }

  /// Writes a document to where it is to go: for this command, and for reports that are asked for in OSCAL.
  static func write(
    _ kind: OSCALKind, _ arguments: ReportCommand.Arguments, _ global: GlobalArguments, _ console: Console,
    version: String = OSCALSource.versions[0]
  ) throws -> ExitStatus {
    guard arguments.only == nil, arguments.span == nil, arguments.conditionalSince == nil else {
      throw Failure(
        .usage, "OSCAL has all controls as they stand: --only, --period and --conditional-since are for reports",
        hint: "leave the option out, or '--format oscal'")
    }
    if let output = arguments.output { try check(output) }
    let (snapshot, frameworks, store) = try ReportCommand.snapshot(arguments, global, console)
    guard arguments.isUnsoundAllowed || !store.isRememberedUnsound else {
      throw Failure(
        .answerNo, "the last verification found this store NOT sound, and whoever reads OSCAL could not tell",
        hint:
          "'custody verify' says why; the same command with '--unsound' writes it, and the document says so")
    }
    var source = try OSCALReading(store, snapshot, frameworks).source(kind, by: arguments.side)
    source.version = version
    let bytes = try source.document(kind)
    guard let output = arguments.output else {
      try console.write(bytes)
      return .success
    }
    try OutputFile.write(output, bytes)
    console.say("written to \(output)")
    return .success
  }

  /// Refuses a name that promises another format.
  private static func check(_ output: String) throws {
    let foreign = ["xml", "yaml", "yml", "csv", "xlsx", "docx", "html", "pdf", "txt"]
    guard let ending = foreign.first(where: { output.lowercased().hasSuffix(".\($0)") }) else { return }
    throw Failure(
      .usage, "'\(output)' would hold JSON, and its name says \(ending)",
      hint: "OSCAL is written in JSON: '--output \(output.dropLast(ending.utf8.count))json'")
  }
}
