internal import CommandLine
internal import Rendering
internal import Findings
internal import Glibc
internal import Reports
internal import Statements
internal import Storage

/// `custody exec`: runs a command, and keeps what it printed with how it was run.
enum ExecCommand {
  struct Arguments: Sendable {
    var command: [String] = []
    var name: String?
    var passesStatus = false
    var shows = false
    var timeout: Int?
    var details = EvidenceDetails()
    var write = WriteArguments()
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
            throw InvalidValue("'\(text)' is no number of seconds, at least 1")
          }
          return seconds
        }),
      .option(
        "name", value: "NAME", help: "What the standard output is called; 'stdout.txt' unless said.", into: \.name,
        parse: { text in
          guard Manifest.isValidName(text), !ByteOrder.areEqual(text, "stderr.txt") else {
            throw InvalidValue("'\(text)' cannot be its name: names are relative, without '..' and backslashes")
          }
          return text
        }),
    ] + EvidenceDetails.parameters(in: \.details) + WriteArguments.parameters(in: \.write)
      + [
        .rest("COMMAND", help: "The command and its arguments.", into: \.command)
      ],
    answers: [ExitAnswer(.success, "the run was recorded, whatever the command said")],
    initial: Arguments.init
  ) { arguments, global, console in
    try run(arguments, global, console)
  }

  private static func run(_ arguments: Arguments, _ global: GlobalArguments, _ console: Console) throws -> ExitStatus {
    try arguments.details.checkDates()
    guard arguments.command.first?.isEmpty == false else { throw Failure(.usage, "the command's name is empty") }
    guard arguments.command.reduce(0, { $0 + $1.utf8.count + 3 }) <= commandLimit else {
      throw Failure(
        .usage, "the command line has more than \(commandLimit) bytes, which no entry holds",
        hint: "put it into a script, and submit the script too")
    }
    let place = try SigningPlace.open(arguments.write, global, console)
    let earlier = EarlierStatement(place: place)
    let controls = try ControlChoice(place).resolve(arguments.details.controls)
    let duty = try arguments.details.duty.map { try earlier.duty($0) }
    guard !controls.isEmpty || duty != nil else {
      throw Failure(.usage, "no control is given", hint: "say what it is about: --control ID")
    }
    var evidence = arguments.details.evidence(
      controls: controls, duty: duty, replaces: try earlier.evidence(arguments.details.replaces))
    var submission = Submission(place: place, write: arguments.write, global: global, console: console)
    submission.skipsKnown = false
    // What would be refused afterwards is refused before anything runs.
    try submission.refuseEarly([EvidenceBatch(evidence: evidence, sources: [])])
    if arguments.write.isDryRun {
      if global.format == .json {
        try console.print(
          .object([
            ("command", .array(arguments.command.map { .string($0) })),
            ("controls", .array(controls.map { .string($0) })), ("dryRun", true),
          ]))
        return .success
      }
      try console.print("would run: \(arguments.command.map { ShellWord.quoted($0) }.joined(separator: " "))")
      console.say("nothing was run, and nothing written")
      return .success
    }

    let folder = place.home.cache(origin: place.origin)
    let child = ChildProcess(
      arguments: arguments.command, output: try CapturedOutput(in: folder), errors: try CapturedOutput(in: folder))
    let start = Clock.now()
    let (status, isLate) = try child.run(timeout: arguments.timeout) {
      guard arguments.shows else { return }
      child.output.echo(to: STDERR_FILENO)
      child.errors.echo(to: STDERR_FILENO)
    }
    // A clock that was set back meanwhile does not end a run before it began.
    let end = max(start, Clock.now())
    evidence.collected = end
    evidence.run = Evidence.Run(
      arguments: arguments.command, status: status, host: hostName, start: start, end: end)
    let sources = [
      ArtifactSource(
        origin: .file(child.output.path), name: arguments.name ?? "stdout.txt",
        mediaType: arguments.name == nil ? "text/plain" : nil),
      ArtifactSource(origin: .file(child.errors.path), name: "stderr.txt", mediaType: "text/plain"),
    ]
    if isLate { console.warn("the command was ended after \(arguments.timeout ?? 0) seconds") }
    submission.write.lock.patience = max(patience, arguments.write.lock.patience)
    let result = try submission.perform([EvidenceBatch(evidence: evidence, sources: sources)])
    try tell(result, status, start, end, global, console)
    return arguments.passesStatus ? ExitStatus(rawValue: Int32(truncatingIfNeeded: status)) : .success
  }

  private static func tell(
    _ result: Submission.Result, _ status: Int, _ start: Instant, _ end: Instant, _ global: GlobalArguments,
    _ console: Console
  ) throws {
    if global.format == .json {
      let run = JSONOutput.object([
        ("status", .integer(status)), ("host", .string(hostName)), ("start", .string(start.description)),
        ("end", .string(end.description)),
      ])
      try console.print(result.json([("run", run)]))
      return
    }
    try result.tell(console, next: nil)
    try console.print("the command ended with status \(status)")
  }

  private static var hostName: String {
    var bytes = [UInt8](repeating: 0, count: 256)
    let result = unsafe bytes.withUnsafeMutableBytes { buffer in
      guard let start = buffer.baseAddress else { return Int32(-1) }
      return unsafe gethostname(start.assumingMemoryBound(to: CChar.self), buffer.count - 1)
    }
    let name = bytes.prefix { $0 != 0 }
    return result == 0 && !name.isEmpty ? String(decoding: name, as: UTF8.self) : "unknown"
  }
}
