internal import CommandLine
internal import Findings
internal import Rendering
internal import Workspace

/// `custody hash-list`: the artifact lists whose hashes stand in eMASS.
enum HashListCommands {
  static let group = Command(
    group: "hash-list", "Write the artifact hash list of a CMMC assessment, and check one against files and the store.",
    [Command(write), Command(check)])

  struct WriteArguments: Sendable {
    var folder: String?
    var wish = Wish()
    var output = "."
    var name: String?
    var isForced = false
    var isDryRun = false
  }

  /// Evidence of the store that is asked for.
  struct Wish: Sendable {
    var frameworks: [String] = []
    var controls: [String] = []
    var request: String?

    var isEmpty: Bool { frameworks.isEmpty && controls.isEmpty && request == nil }
  }

  static let write = CommandSpec<WriteArguments>(
    name: "write", abstract: "Write the artifact hash list of a folder or of evidence, and say what eMASS takes of it.",
    discussion: """
      CMMCAssessmentArtifacts.log lists each artifact with its SHA-256 as the DoD's hashing tool (script 1.11) writes it, and \
      CMMCAssessmentLogHash.log has that list's own hash. An assessor enters four values into eMASS: the hash of the list, \
      its name, the algorithm and the date (32 CFR 170.17(c)(4), 170.18(c)(4)); the artifacts stay with the organization \
      for six years. Letters beyond ASCII become question marks, as in the tool's own lists. Where that writes paths of \
      its machine, these begin at the folder, so that the list comes out the same everywhere.

      Without a folder it is evidence of the store, by framework, control or request list, under the names that 'custody \
      pack' gives it.
      """,
    examples: [
      Example("custody hash-list write Evidence --output assessment", "a folder of artifacts"),
      Example("custody hash-list write --framework cmmc-level-2 --name enclave", "evidence of the store"),
    ],
    parameters: [
      .positional(
        "FOLDER", help: "The folder that holds the artifacts.", required: false, completion: .file, into: \.folder,
        parse: CommandText.text),
      .repeatable(
        "framework", value: "ID", help: "Evidence for controls of this framework.", into: \.wish.frameworks,
        parse: CommandText.text),
      .repeatable(
        "control", "c", value: "ID", help: "Evidence for this control, objective or family.", into: \.wish.controls,
        parse: CommandText.text),
      .option(
        "request", value: "LIST", help: "Evidence that answers this request list.", into: \.wish.request,
        parse: CommandText.text),
      .option(
        "output", "o", value: "DIR",
        help: "The folder where both files go, made where none is; the working folder unless stated.",
        completion: .file, replacing: \.output, parse: CommandText.text),
      .option(
        "name", value: "TEXT", help: "What stands before the names of both files, and a hyphen.", into: \.name,
        parse: { text in
          guard !text.isEmpty, text.utf8.count <= 80,
            text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }), text.first != "."
          else { throw InvalidValue("'\(text)' cannot begin a file's name: letters, digits, '.', '_' and '-'") }
          return text
        }),
      .flag("force", "f", help: "Replace lists that are there already.", into: \.isForced),
      .flag("dry-run", help: "Say the four values; write nothing.", into: \.isDryRun),
    ],
    initial: WriteArguments.init
  ) { arguments, global, console in
    let making = try making(arguments, global, console)
    if making.files.isEmpty { console.warn("no artifact is what was asked for: the list would be empty") }
    for each in making.skipped { console.warn("not on the list: \(each)") }
    let written =
      arguments.isDryRun ? [] : try making.write(in: arguments.output, replaces: arguments.isForced)
    if global.format == .json {
      try console.print([
        "list": .optional(written.first), "logHash": .optional(written.last),
        "artifacts": .integer(making.files.count), "skipped": .strings(making.skipped),
        "emass": [
          "hashValue": .string(making.hashValue), "hashedDataList": .string(making.name),
          "algorithm": .string(HashListReport.algorithm), "date": .string("\(making.day)"),
        ],
      ])
      return .success
    }
    let blocks: [Block] = [
      .paragraph("\(Wording.count(making.files.count, "artifact")) listed. eMASS takes:"),
      .facts([
        Block.Fact("hash value", making.hashValue), Block.Fact("hashed data list", making.name),
        Block.Fact("hash algorithm", HashListReport.algorithm), Block.Fact("date", "\(making.day)"),
      ]),
    ]
    try console.write(TextRenderer(width: console.columns).render(blocks).utf8)
    if !written.isEmpty { console.say("written to \(Wording.list(written))") }
    return .success
  }

  private static func making(
    _ arguments: WriteArguments, _ global: GlobalArguments, _ console: Console
  ) throws -> HashListMaking {
    guard let folder = arguments.folder else {
      guard !arguments.wish.isEmpty else {
        throw Failure(
          .usage, "nobody says what to list",
          hint: "name a folder, or evidence of the store by --framework, --control or --request")
      }
      let store = try OpenedStore.open(global, console)
      if let notice = store.verificationNotice { console.warn(notice) }
      var wish = PackWish()
      (wish.frameworks, wish.controls, wish.request) = (
        arguments.wish.frameworks, arguments.wish.controls, arguments.wish.request
      )
      return try HashListMaking(store, wish, prefix: arguments.name)
    }
    guard arguments.wish.isEmpty else {
      throw Failure(
        .usage, "a folder is listed whole: it cannot stand with --framework, --control or --request",
        hint: "write two lists")
    }
    let desk = try Desk(global, console)
    return try HashListMaking(
      folder: folder, prefix: arguments.name, output: arguments.output, home: desk.home,
      store: try nearStore(desk, global), on: desk.clock.today)
  }

  /// The store that is named, or the nearest; nil where none is, since a folder of files needs none.
  static func nearStore(_ desk: Desk, _ global: GlobalArguments) throws -> OpenedStore? {
    if let named = global.store { return try desk.open(named) }
    return try StoreLocation.nearest() == nil ? nil : try desk.open(nil)
  }
}
