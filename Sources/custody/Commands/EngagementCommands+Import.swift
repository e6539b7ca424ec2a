internal import Agreements
internal import Catalogs
internal import CommandLine
internal import Findings
internal import Ownership
internal import Rendering
internal import Statements
internal import Workspace

/// `custody engagement import`: an agreement out of the responsibility matrix that people have.
extension EngagementCommands {
  struct ImportArguments: Sendable {
    var file: String?
    var output: String?
    var sheet: String?
    var names = MatrixNames()
    var client: String?
    var people: String?
    var shared: String?
    var responsibleAnswers = false
    var frameworks: [String] = []
    var id: String?
    var model: Model?
    var from: Day?
  }

  static let importMatrix = CommandSpec<ImportArguments>(
    name: "import", abstract: "Write an agreement from a responsibility matrix, CSV or XLSX; nothing is signed.",
    discussion: """
      Rows are controls, families or functions; columns are parties or persons with R, A, C and I, marks, or one that says \
      whose each row is. The letters of RASCI, RACI-VS, RACIO, DACI and RAPID are read as RACI's four. What is not clear is never guessed: it is listed with its cell, and stands in the agreement as a \
      comment. A store at hand says which frameworks are adopted and who the parties are; without one the built-in \
      frameworks are used, and 'client' and 'provider' stand for parties that are not named.

      Without --output the agreement is printed, and what was understood goes to standard error.
      """,
    examples: [
      Example(
        "custody engagement import matrix.xlsx --output agreement.yaml --provider onsite='Onsite Services'",
        "what was understood, and each cell that was not"),
      Example(
        "custody engagement import raci.csv --sheet RACI --people acme --output agreement.yaml",
        "people whose name says no party are the client's"),
    ],
    parameters: [
      .positional("FILE", help: "The matrix.", completion: .file, into: \.file, parse: CommandText.text),
      .option(
        "output", "o", value: "FILE", help: "Where the agreement goes.", completion: .file, into: \.output,
        parse: CommandText.text),
      .option(
        "sheet", value: "NAME", help: "The sheet; the one that says the most unless stated.", into: \.sheet,
        parse: CommandText.text),
      .option(
        "client", value: "NAME|ID=NAME", help: "What the matrix calls the client.", into: \.client,
        parse: CommandText.text),
      .repeatable(
        "provider", value: "ID=NAME",
        help: "A provider, and what the matrix calls it; those of the store unless stated.",
        into: \.names.providers, parse: CommandText.text),
      .repeatable(
        "person", value: "PARTY/ID=NAME", help: "A person, and what the matrix calls them.", into: \.names.people,
        parse: CommandText.text),
      .option(
        "people", value: "PARTY", help: "The party of people whose name says none.", into: \.people,
        parse: CommandText.identifier),
      .option(
        "shared", value: "PARTY", help: "Who is accountable for what is shared; left open unless stated.",
        into: \.shared, parse: CommandText.identifier),
      .flag(
        "responsible-answers", help: "Where nobody has an A, the one party with an R is accountable.",
        into: \.responsibleAnswers),
      .repeatable(
        "framework", value: "ID", help: "A framework that its ids are of; all unless stated.", into: \.frameworks,
        parse: CommandText.identifier),
      .option("id", value: "ID", help: "The agreement's id.", into: \.id, parse: CommandText.identifier),
      .option(
        "model", value: Model.words.joined(separator: "|"),
        help: "Who answers where no line says so; co-managed unless stated.", completion: .words(Model.words),
        into: \.model, parse: { try Model.parse($0) }),
      .option(
        "from", value: "DAY", help: "The term's first day; today unless stated.", into: \.from, parse: CommandText.day),
    ],
    formats: [.text, .csv, .json],
    pages: true,
    initial: ImportArguments.init
  ) { arguments, global, console in
    let path = arguments.file ?? ""
    let desk = try Desk(global, console)
    let isAtHand = try global.store != nil || StoreLocation.nearest() != nil
    let store = isAtHand ? try OpenedStore.open(global, console) : nil
    let finder = try finder(arguments.frameworks, store)
    var names = arguments.names
    names.client = arguments.client
    names.peopleOf = arguments.people
    let (parties, standIns) = try names.parties(store?.state.membership)
    var options = MatrixReader.Options(parties: parties)
    options.responsibleAnswers = arguments.responsibleAnswers
    if let shared = arguments.shared {
      let known = [parties.client.id] + parties.providers.map(\.id)
      guard known.contains(shared) else {
        throw Failure(
          .usage, "'\(shared)' is neither the client nor a provider here", hint: "they are \(Wording.list(known))")
      }
      options.shared = shared
    }
    if let output = arguments.output { try OutputFile.check(output) }
    let (sheet, remarks) = try MatrixFile.sheet(in: path, named: arguments.sheet, finder: finder, options)
    var reading = try MatrixReader.read(sheet, finder: finder, options)
    reading.remarks = standIns + remarks + reading.remarks
    var head = MatrixDraft.Head(
      from: arguments.from ?? desk.clock.today, source: path.split(separator: "/").last.map(String.init) ?? path)
    head.id = arguments.id
    head.model = arguments.model.flatMap { EngagementDocument.Model(rawValue: $0.rawValue) }
    let draft = MatrixDraft(reading, parties: parties, head)
    let report = MatrixReport(reading: reading, draft: draft, source: path, output: arguments.output)
    if let output = arguments.output { try OutputFile.write(output, Array(draft.text.utf8)) }
    if let format = ReportFormat(rawValue: global.format.rawValue), format != .text {
      try console.write((report.rendered(as: format, width: console.columns) ?? "").utf8)
    } else if let output = arguments.output {
      try console.write(report.text(width: console.columns).utf8)
      try console.print("\nagreement \(output)")
      console.say("next: " + global.here("custody engagement check \(ShellWord.quoted(output))"))
    } else {
      try console.write(draft.text.utf8)
      console.say(try report.text(width: console.columns))
    }
    return .success
  }

  /// The catalogs by which ids are understood.
  private static func finder(_ frameworks: [String], _ store: OpenedStore?) throws -> ControlFinder {
    guard let store else { return try MatrixFile.builtIn(frameworks) }
    let catalogs = try store.catalogs(on: store.desk.clock.today)
    try KnownNames.checkAdopted(frameworks, among: catalogs.map(\.framework), on: "\(store.desk.clock.today)")
    guard !frameworks.isEmpty else { return ControlFinder(catalogs: catalogs) }
    var wanted = Set(frameworks + [ControlFinder.functions])
    for catalog in catalogs where wanted.contains(catalog.framework) { wanted.formUnion(catalog.leansOn) }
    return ControlFinder(catalogs: catalogs.filter { wanted.contains($0.framework) })
  }
}
