internal import CommandLine
internal import Crypto
internal import Findings
internal import Packs
internal import Rendering
internal import Statements
internal import TreeLog
internal import Workspace

/// `custody pack`: evidence for an auditor, with all that is needed to check it, in one file.
enum PackCommand {
  struct Arguments: Sendable {
    var frameworks: [String] = []
    var controls: [String] = []
    var request: String?
    var from: Day?
    var through: Day?
    var hasEveryStatement = false
    var output: String?
    var isForced = false
    var isDryRun = false
  }

  static let spec = CommandSpec<Arguments>(
    name: "pack", abstract: "Pack evidence for an auditor, with all that is needed to check it.",
    discussion: """
      A pack holds the whole log, the evidence that is asked for under its own names by framework and control, an index \
      for spreadsheets and one for programs, the signed statements cut out for OpenSSL, a list of what it does not carry \
      and why, and a first page that says how to check all of it: with 'custody verify', with sha256sum and openssl alone, \
      or with PowerShell. It needs no trust in whoever packed it.

      Evidence is asked for by framework, by control (a family stands for all of its own), or by the auditor's request \
      list; with --from and --through only that which covers, was collected on or was recorded on a day of these. Without \
      any of them all of it goes in. The rest of the log's objects, agreements and catalogs among them, always do. \
      Redacted evidence never does.

      The same store and the same words, the file's name among them, give the same bytes.
      """,
    examples: [
      Example("custody pack --framework house --output house-2026.zip", "for an auditor of one framework"),
      Example("custody pack --control 2.1 --from 2026-01-01 --through 2026-12-31 --dry-run", "what would go in"),
      Example("custody pack --output everything.tar.gz", "all of it"),
    ],
    parameters: [
      .repeatable(
        "framework", value: "ID", help: "Evidence for controls of this framework.", into: \.frameworks,
        parse: CommandText.text),
      .repeatable(
        "control", "c", value: "ID", help: "Evidence for this control, objective or family.", into: \.controls,
        parse: CommandText.text),
      .option(
        "request", value: "LIST", help: "Evidence that answers this request list.", into: \.request,
        parse: CommandText.text),
      .option("from", value: "DAY", help: "Evidence of this day or later.", into: \.from, parse: CommandText.day),
      .option(
        "through", value: "DAY", help: "Evidence of this day or earlier; who accepted what is told as of it.",
        into: \.through, parse: CommandText.day),
      .flag(
        "every-statement", help: "Cut out the statements of evidence that is not packed too.",
        into: \.hasEveryStatement),
      .option(
        "output", "o", value: "FILE", help: "Where it goes: FILE.zip, FILE.tar.gz, or FOLDER/.", completion: .file,
        into: \.output, parse: CommandText.text),
      .flag("force", "f", help: "Replace a file that is there already.", into: \.isForced),
      .flag("dry-run", help: "Say what would go in and what not; write nothing.", into: \.isDryRun),
    ],
    answers: [
      ExitAnswer(.success, "the pack was written"),
      ExitAnswer(.answerIsNo, "an object is not what was submitted, or the store is damaged: nothing was written"),
    ],
    initial: Arguments.init
  ) { arguments, global, console in
    guard arguments.isDryRun || arguments.output != nil else {
      throw Failure(.usage, "nobody says where the pack goes", hint: "--output FILE.zip, FILE.tar.gz or FOLDER/")
    }
    if let output = arguments.output { _ = try PackMaking.Form(output) }
    let store = try OpenedStore.open(global, console)
    if let notice = store.verificationNotice { console.warn(notice) }
    var wish = PackWish()
    (wish.frameworks, wish.controls, wish.request) = (arguments.frameworks, arguments.controls, arguments.request)
    (wish.from, wish.through) = (arguments.from, arguments.through)
    wish.hasEveryStatement = arguments.hasEveryStatement
    let making = try PackMaking(store, wish)
    let figures = making.plan.figures
    if figures.evidence == 0 { console.warn("no evidence is what was asked for: the pack would hold the log alone") }
    for (reason, count) in figures.withheld where reason == "missing in the store" {
      console.warn(
        "\(Wording.count(count, "file")) that was asked for is missing in the store: 'custody verify' names it")
    }
    let output = arguments.isDryRun ? nil : arguments.output
    let count = try output.map { try making.write($0, replaces: arguments.isForced) }
    if global.format == .json {
      try console.print(json(making.plan, store, output: output, files: count))
      return .success
    }
    if count == nil {
      for file in making.plan.listing { try console.print("\(file.path)  \(Wording.bytes(file.size))") }
      for each in making.plan.left {
        try console.print("withheld: \(each.name), \(each.digest.short) of entry \(each.entry), \(each.reason)")
      }
    }
    let withheld = figures.withheld.map { "\($0.count) \($0.reason)" }.joined(separator: ", ")
    try console.print(
      wrapped:
        "\(Wording.count(figures.evidence, "file")) of evidence, \(Wording.bytes(figures.bytes)), of \(Wording.entries(figures.entries)); "
        + "the log of \(Wording.entries(store.checkpoint.size)) with \(Wording.count(figures.others, "document")); withheld: \(withheld.isEmpty ? "nothing" : withheld)"
    )
    if let output { console.say("written to \(output)\nnext: custody verify \(output)") }
    return .success
  }

  private static func json(_ plan: PackPlan, _ store: OpenedStore, output: String?, files: Int?) -> JSONOutput {
    let figures = plan.figures
    return [
      "checkpoint": CheckpointOutput.json(store.checkpoint), "output": .optional(output),
      "files": files.map { .integer($0) } ?? .null,
      "evidence": .array(plan.listing.map { ["file": .string($0.path), "bytes": .integer($0.size)] }),
      "bytes": .integer(figures.bytes), "entries": .integer(figures.entries),
      "withheld": .array(
        plan.left.map {
          [
            "name": .string($0.name), "sha256": .string($0.digest.hex), "entry": .integer($0.entry),
            "why": .string($0.reason),
          ]
        }),
    ]
  }
}
