internal import CommandLine
internal import Findings
internal import Obligations
internal import Rendering
internal import Statements
internal import Storage
internal import Workspace

/// `custody submit`: files show something about controls.
enum SubmitCommand {
  struct Arguments: Sendable {
    var files: [String] = []
    var manifest: String?
    var list: String?
    var template: String?
    var dates: DateOrder?
    var excluded: [String] = []
    var name: String?
    var isBlind = false
    var also: [CrosswalkWish.Word] = []
    var details = EvidenceDetails()
    var write = WriteOptions()
    var receipt = ReceiptOptions()
  }

  static let spec = CommandSpec<Arguments>(
    name: "submit", abstract: "Record files as evidence for controls.",
    discussion: """
      A folder is taken in with all regular files below it, hidden ones too. Links and pipes are left out, what systems \
      leave behind (.DS_Store, Thumbs.db, ~$*, .git), and what --exclude names; each is told. A \
      hyphen stands for standard input. All of it is one statement, one signature and one wait for the disk: up to 64 \
      files stand in the entry itself, more in a manifest.

      --manifest takes what sha256sum wrote, with --tag or without, or the log of the CMMC artifact hashing tool: each \
      file that it lists has to be there and hash to what it says. --list takes a table as spreadsheets save it, separated \
      by commas, semicolons or tabs, with the columns file, controls, description, collected, from, through or period, \
      source, and if wanted query, count, label, duty, retain-until; files are looked for beside it, several controls \
      stand in one field, and an empty field means what the options say. --list-template writes one to begin with. Days \
      are written YYYY-MM-DD, or as --dates says, or a first line 'dates=dmy' of the list.

      Bytes that your party submitted before for the same controls are said to be there, and not entered again, unless \
      they are for another period or replace something. Without --control the names of the files and of their folders are \
      looked at, and what they seem to say is shown and asked: '3.1.1[a] screenshot.png', '3.1.1/policy.pdf'. Names, descriptions and digests stay in the log for ever: put no secrets there.

      Where the catalogs say that a control has to do with one of another adopted framework, that one is proposed, and only \
      taken if you say so: --also subset takes those of which what you named is a part, --also all every one.

      A digest also says what was there to whoever can guess the bytes, such as a list of names or a short answer. With \
      --blind each file goes in as a tar archive with the file and 32 random bytes: once it is redacted, nobody can tell \
      what it was. Submitted twice, it is two objects.

      --receipt writes what 'custody prove' writes of the new entries: a submitter keeps it, and shows with it later that the \
      log had them.
      """,
    examples: [
      Example(
        "custody submit access-review.pdf --control 3.1.1 --from 2026-07-01 --through 2026-09-30",
        "one file for one control"),
      Example(
        "custody submit september/ --control 3.3.1 --period 2026-09 --source SIEM",
        "what covers September, as one statement"),
      Example("custody submit evidence/", "a folder whose files, or folders, are called by their controls"),
      Example(
        "custody submit report.pdf --control 3.12.4 --receipt report.receipt.zip",
        "and keep what shows that it is in the log"),
      Example(
        "custody submit scan.txt --control 3.11.2 --also intersects",
        "for what other adopted frameworks ask in part, too"),
      Example("custody submit --list october.csv", "a month's worth, with what each file is about"),
      Example("custody submit --list-template october.csv", "an empty list, to fill in with a spreadsheet"),
      Example(
        "custody submit patients.csv --control 164.310(d)(1) --blind", "what must leave no trace once it is redacted"),
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
        "manifest", value: "FILE",
        help: "Hashes of files beside it, as sha256sum, hashdeep, certutil or PowerShell list them.", completion: .file,
        into: \.manifest, parse: CommandText.text),
      .option(
        "list", value: "CSV", help: "A table that says of each file what it is about.", completion: .file,
        into: \.list, parse: CommandText.text),
      .option(
        "list-template", value: "CSV", help: "Write an empty list in CSV there, and submit nothing.", completion: .file,
        into: \.template, parse: CommandText.text),
      .option(
        "dates", value: "dmy|mdy|ymd", help: "How the list writes days; YYYY-MM-DD is always understood.",
        completion: .words(DateOrder.allCases.map(\.rawValue)), into: \.dates,
        parse: { text in
          guard let order = DateOrder(text) else { throw InvalidValue("'\(text)' is none of dmy, mdy and ymd") }
          return order
        }),
      .repeatable(
        "exclude", value: "PATTERN",
        help: "Leave out of folders what is called so, as in '*.tmp', or lies so in them, as in 'old/*'.",
        into: \.excluded,
        parse: CommandText.text),
      .option(
        "name", value: "NAME", help: "What standard input is called; 'stdin' unless stated.", into: \.name,
        parse: { text in
          guard Manifest.isValidName(text) else {
            throw InvalidValue("'\(text)' cannot stand in a store: names are relative, without '..' and backslashes")
          }
          return text
        }),
      .flag(
        "blind", help: "Keep each file beside random bytes, so that its digest gives nothing away.", into: \.isBlind),
      CrosswalkWish.parameter(into: \.also),
    ] + EvidenceDetails.parameters(in: \.details)
      + [
        .option(
          "collected", value: "INSTANT", help: "When it was taken from its source, in UTC.", into: \.details.collected,
          parse: CommandText.instant)
      ] + ReceiptOptions.parameters(in: \.receipt) + WriteOptions.parameters(in: \.write),
    initial: Arguments.init
  ) { arguments, global, console in
    if let template = arguments.template { return try write(template, console) }
    var intake = Intake(
      files: arguments.files, manifest: arguments.manifest, list: arguments.list, inputName: arguments.name,
      details: arguments.details)
    intake.dates = arguments.dates
    intake.excluded = arguments.excluded
    intake.isBlind = arguments.isBlind
    intake.also = CrosswalkWish(arguments.also)
    try intake.check(now: WallClock.system.now())
    try arguments.receipt.check(arguments.write)
    let place = try SigningPlace.open(arguments.write, global, console)
    let result = try intake.submit(at: place, arguments.write)
    try arguments.receipt.write(result, global, console)
    if global.format == .json {
      try console.print(result.json([("proposals", .array(result.proposals.map(\.json)))] + arguments.receipt.json))
    } else {
      let answers = arguments.details.label?.contains(RequestLabel.prefix) ?? false
      try result.tell(
        console, next: global.here(answers ? "custody requests list --open" : "custody report gaps"))
    }
    return .success
  }

  /// Writes a list that holds nothing but its header.
  private static func write(_ path: String, _ console: Console) throws -> ExitStatus {
    guard try RegularFile.sizeWithoutFollowing(path) == nil else {
      throw Failure(.cannotCreate, "'\(path)' is there already", hint: "name a file that is not there yet")
    }
    let ending = path.split(separator: ".").last?.lowercased() ?? ""
    guard !["xlsx", "xlsm", "xls", "ods"].contains(ending) else {
      throw Failure(
        .usage, "the template is a table in CSV, and '\(path)' would be taken for a workbook",
        hint: "call it '\(path.dropLast(ending.count))csv': spreadsheet programs open it")
    }
    try OutputFile.write(path, Array((EvidenceList.header + "\r\n").utf8))
    console.say("fill in '\(path)', then: custody submit --list \(ShellWord.quoted(path))")
    return .success
  }
}
