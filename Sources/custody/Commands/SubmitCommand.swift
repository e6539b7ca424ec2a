internal import CommandLine
internal import Findings
internal import Ownership
internal import Reports
internal import Statements

/// `custody submit`: files show something about controls.
enum SubmitCommand {
  struct Arguments: Sendable {
    var files: [String] = []
    var manifest: String?
    var list: String?
    var name: String?
    var details = EvidenceDetails()
    var write = WriteArguments()
  }

  static let spec = CommandSpec<Arguments>(
    name: "submit", abstract: "Record files as evidence for controls.",
    discussion: """
      A folder is taken in with all regular files below it, hidden ones too; links and pipes are left out, and named. A \
      hyphen stands for standard input. All of it is one statement, one signature and one wait for the disk: up to 64 \
      files stand in the entry itself, more in a manifest.

      --manifest takes what sha256sum wrote: each file that it lists has to be there and hash to what it says. --list \
      takes a table with the columns file, controls, description, collected, from, through, source, and if wanted query, \
      count, label, duty, retain-until; files are looked for beside it, controls are separated by semicolons or spaces, \
      and an empty field means what the options say.

      Bytes that your party submitted before for the same controls are said to be there, and not entered again, unless \
      they are for another period or replace something. Without --control the names of the files are looked at, and what \
      they seem to say is asked. Names, descriptions and digests stay in the log for ever: put no secrets there.
      """,
    examples: [
      Example(
        "custody submit access-review.pdf --control 3.1.1 --from 2026-07-01 --through 2026-09-30",
        "one file for one control"),
      Example(
        "custody submit september/ --control 3.3.1 --period 2026-09 --source SIEM",
        "what covers September, as one statement"),
      Example("custody submit --list october.csv", "a month's worth, with what each file is about"),
      Example("sha256sum *.pdf > LIST; custody submit --manifest LIST --control 3.12.4", "what was hashed before"),
      Example(
        "custody submit report.txt --control nist-800-171-r2/3.14.1 --checkpoint checkpoint --offer report.offer",
        "without the store, for somebody else to append"),
    ],
    parameters: [
      .positionals(
        "FILE", help: "File or folder; '-' for standard input.", required: false, completion: .file, into: \.files,
        parse: CommandText.text),
      .option(
        "manifest", value: "FILE", help: "A list as sha256sum writes it, of files beside it.", completion: .file,
        into: \.manifest, parse: CommandText.text),
      .option(
        "list", value: "CSV", help: "A table that says of each file what it is about.", completion: .file,
        into: \.list, parse: CommandText.text),
      .option(
        "name", value: "NAME", help: "What standard input is called; 'stdin' unless said.", into: \.name,
        parse: { text in
          guard Manifest.isValidName(text) else {
            throw InvalidValue("'\(text)' cannot stand in a store: names are relative, without '..' and backslashes")
          }
          return text
        }),
    ] + EvidenceDetails.parameters(in: \.details)
      + [
        .option(
          "collected", value: "INSTANT", help: "When it was taken from its source, in UTC.", into: \.details.collected,
          parse: CommandText.instant)
      ] + WriteArguments.parameters(in: \.write),
    initial: Arguments.init
  ) { arguments, global, console in
    try check(arguments)
    let place = try SigningPlace.open(arguments.write, global, console)
    let choice = ControlChoice(place)
    let earlier = EarlierStatement(place: place)
    var gathering = FileGathering(place)
    let batches: [EvidenceBatch]
    if let path = arguments.list {
      var list = EvidenceList(path: path, defaults: arguments.details, choice: choice, earlier: earlier)
      batches = try list.read(&gathering)
    } else {
      let sources = try sources(arguments, &gathering)
      guard let evidence = try evidence(arguments, sources, choice, earlier, global, console) else {
        throw Failure(.answerNo, "nothing was submitted")
      }
      batches = [EvidenceBatch(evidence: evidence, sources: sources)]
    }
    for skipped in gathering.skipped { console.warn("left out: \(skipped)") }
    let submission = Submission(place: place, write: arguments.write, global: global, console: console)
    let result = try submission.perform(batches)
    if global.format == .json {
      try console.print(result.json())
    } else {
      try result.tell(console, next: "custody report gaps")
    }
    return .success
  }

  /// Refuses what cannot be meant, before the store is opened.
  private static func check(_ arguments: Arguments) throws {
    try arguments.details.checkDates()
    let ways = [
      arguments.files.isEmpty ? nil : "FILE", arguments.manifest.map { _ in "--manifest" },
      arguments.list.map { _ in "--list" },
    ].compactMap { $0 }
    guard ways.count == 1 else {
      throw Failure(
        .usage,
        ways.isEmpty ? "there is nothing to submit" : "\(Wording.list(ways)) say twice what is submitted",
        hint: "name files or folders, '-' for standard input, --manifest FILE or --list CSV")
    }
    let readsInput = arguments.files.contains("-")
    guard arguments.name == nil || readsInput else {
      throw Failure(.usage, "--name names standard input, and '-' is not among the files")
    }
  }

  private static func sources(_ arguments: Arguments, _ gathering: inout FileGathering) throws -> [ArtifactSource] {
    if let manifest = arguments.manifest { return try ManifestList.read(manifest) }
    var sources: [ArtifactSource] = []
    for file in arguments.files {
      if file == "-" {
        sources.append(ArtifactSource(origin: .standardInput, name: arguments.name ?? "stdin"))
      } else {
        try gathering.add(file)
      }
    }
    try gathering.check()
    sources += gathering.files
    try FileGathering.checkClashes(sources)
    guard !sources.isEmpty else {
      throw Failure(.inputMissing, "there are no files in \(FileGathering.some(arguments.files.map { "'\($0)'" }))")
    }
    return sources
  }

  /// What the statement says; nil where a guess was refused.
  private static func evidence(
    _ arguments: Arguments, _ sources: [ArtifactSource], _ choice: ControlChoice, _ earlier: EarlierStatement,
    _ global: GlobalArguments, _ console: Console
  ) throws -> Evidence? {
    let details = arguments.details
    var controls = try choice.resolve(details.controls)
    let duty = try details.duty.map { try earlier.duty($0) }
    if controls.isEmpty, duty == nil {
      guard let guess = try guess(sources, choice, arguments.write, global, console) else { return nil }
      controls = guess
    }
    return details.evidence(controls: controls, duty: duty, replaces: try earlier.evidence(details.replaces))
  }

  /// The control that file names speak of, if the user says so; nil if they say no.
  private static func guess(
    _ sources: [ArtifactSource], _ choice: ControlChoice, _ write: WriteArguments, _ global: GlobalArguments,
    _ console: Console
  ) throws -> [String]? {
    let guess = ControlGuess(sources.map(\.name), try choice.everything())
    let shown = FileGathering.some(guess.candidates)
    guard guess.isUnanimous else {
      throw Failure(
        .usage, "no control is given",
        hint: guess.candidates.isEmpty
          ? "say what it is about: --control ID"
          : "the names speak of \(shown): say which with --control ID, or use --list")
    }
    if write.isDryRun {
      console.say("the names say that it is about \(shown)")
      return guess.candidates
    }
    if global.assumesYes, !guess.isExact {
      throw Failure(
        .usage, "the names only seem to speak of \(shown), which --yes does not take for granted",
        hint: "say it: --control \(guess.candidates[0])")
    }
    let question = "The names say that it is about \(shown). Is it?"
    return try console.confirm(question, assumesYes: global.assumesYes) ? guess.candidates : nil
  }
}
