internal import CommandLine
internal import Findings
internal import Glibc
internal import Rendering
internal import Statements
internal import Workspace

/// `custody exec`: runs a command, and keeps what it printed with how it was run.
enum ExecCommand {
  struct Arguments: Sendable {
    var command: [String] = []
    var name: String?
    var passesStatus = false
    var shows = false
    var timeout: Int?
    var details = EvidenceDetails()
    var also: [CrosswalkWish.Word] = []
    var write = WriteOptions()
    var receipt = ReceiptOptions()
  }

  /// The most bytes that a command line may have: the entry holds it.
  private static let commandLimit = 24_000
  /// How long a store that is locked is waited for at least, in seconds: what a command printed is not thrown away because
  /// somebody else appends.
  private static let patience = 30

  static let spec = CommandSpec<Arguments>(
    name: "exec", abstract: "Run a command, and record what it printed as evidence.",
    discussion: """
      Standard output and standard error are kept as two files, with the command line, its exit status, this host's \
      name, and when it began and ended. A command that fails is recorded like any other; one that a signal ended has the \
      status 128 and the signal's number. No shell is involved unless one is named. The command line stays in the log for \
      ever: put no passwords there.
      """,
    examples: [
      Example("custody exec --control 3.14.1 -- apt list --upgradable", "what a machine says of its patches"),
      Example(
        "custody exec --control 3.3.1 --timeout 60 -- sh -c 'journalctl --since yesterday | tail -n 100'",
        "a pipeline, in a shell"),
    ],
    parameters: [
      .flag("pass-status", help: "End with the command's status, once it is recorded.", into: \.passesStatus),
      .flag("show", help: "Show what it prints, on standard error.", into: \.shows),
      .option(
        "timeout", value: "SECONDS", help: "End the command after so long.", into: \.timeout,
        parse: { text in
          guard let seconds = Int(text), (1...10_000_000).contains(seconds) else {
            throw InvalidValue("'\(text)' is not a number of seconds, at least 1")
          }
          return seconds
        }),
      .option(
        "name", value: "NAME", help: "What the standard output is called; 'stdout.txt' unless stated.", into: \.name,
        parse: { text in
          guard Manifest.isValidName(text), !ByteOrder.areEqual(text, "stderr.txt") else {
            throw InvalidValue("'\(text)' cannot be its name: names are relative, without '..' and backslashes")
          }
          return text
        }),
      CrosswalkWish.parameter(into: \.also),
    ] + EvidenceDetails.parameters(in: \.details) + ReceiptOptions.parameters(in: \.receipt)
      + WriteOptions.parameters(in: \.write)
      + [
        .rest("COMMAND", help: "The command and its arguments.", into: \.command)
      ],
    answers: [ExitAnswer(.success, "the run was recorded, whatever the command said")],
    initial: Arguments.init
  ) { arguments, global, console in
    try run(arguments, global, console)
  }

  private static func run(_ arguments: Arguments, _ global: GlobalArguments, _ console: Console) throws -> ExitStatus {
    try arguments.details.checkDates(now: WallClock.system.now())
    guard arguments.command.first?.isEmpty == false else { throw Failure(.usage, "the command's name is empty") }
    guard arguments.command.reduce(0, { $0 + $1.utf8.count + 3 }) <= commandLimit else {
      throw Failure(
        .usage, "the command line has more than \(commandLimit) bytes, which no entry holds",
        hint: "put it into a script, and submit the script too")
    }
    try arguments.receipt.check(arguments.write)
    let place = try SigningPlace.open(arguments.write, global, console)
    let earlier = EarlierStatement(place: place)
    let choice = ControlChoice(place)
    let controls = try choice.resolve(arguments.details.controls)
    let duty = try arguments.details.duty.map { try earlier.duty($0) }
    guard !controls.isEmpty || duty != nil else {
      throw Failure(.usage, "no control is given", hint: "say what it is about: --control ID")
    }
    var batches = [
      EvidenceBatch(
        evidence: try arguments.details.evidence(
          controls: controls, duty: duty, replaces: try earlier.evidence(arguments.details.replaces)), sources: [])
    ]
    // Whoever is asked, is asked before anything runs.
    let proposals = try CrosswalkOffer(place, choice).take(
      CrosswalkWish(arguments.also), into: &batches, isDryRun: arguments.write.isDryRun)
    let evidence = batches[0].evidence
    var submission = Submission(place: place, write: arguments.write)
    submission.skipsKnown = false
    submission.remarksOnEmpty = false
    // What would be refused afterwards is refused before anything runs.
    try submission.refuseEarly(batches)
    if arguments.write.isDryRun {
      if global.format == .json {
        try console.print(
          .object([
            ("command", .array(arguments.command.map { .string($0) })),
            ("controls", .array(evidence.controls.map { .string($0) })), ("dryRun", true),
            ("proposals", .array(proposals.map(\.json))),
          ]))
        return .success
      }
      try console.print("would run: \(arguments.command.map { ShellWord.quoted($0) }.joined(separator: " "))")
      console.say("nothing was run, and nothing written")
      return .success
    }

    let command = RecordedCommand(
      arguments: arguments.command, timeout: arguments.timeout, outputName: arguments.name,
      withheld: ["CUSTODY_PASSPHRASE", "CUSTODY_NEW_PASSPHRASE"])
    let run = try command.run(at: place) { output, errors in
      guard arguments.shows else { return }
      output.echo(to: STDERR_FILENO)
      errors.echo(to: STDERR_FILENO)
    }
    if run.isLate { console.warn("the command was ended after \(arguments.timeout ?? 0) seconds") }
    submission.write.patience = max(patience, arguments.write.patience)
    var result = try submission.perform(run, evidence)
    result.proposals = proposals
    try arguments.receipt.write(result, global, console)
    try tell(result, run.record, arguments.receipt, global, console)
    return arguments.passesStatus ? ExitStatus(rawValue: Int32(truncatingIfNeeded: run.record.status)) : .success
  }

  private static func tell(
    _ result: Submission.Result, _ record: Evidence.Run, _ receipt: ReceiptOptions, _ global: GlobalArguments,
    _ console: Console
  ) throws {
    if global.format == .json {
      let run = JSONOutput.object([
        ("status", .integer(record.status)), ("host", .string(record.host)),
        ("start", .string(record.start.description)),
        ("end", .string(record.end.description)),
      ])
      try console.print(
        result.json([("run", run), ("proposals", .array(result.proposals.map(\.json)))] + receipt.json))
      return
    }
    try result.tell(console, next: nil)
    try console.print("the command ended with status \(record.status)")
  }
}
