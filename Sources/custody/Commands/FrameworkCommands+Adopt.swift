internal import Catalogs
internal import CommandLine
internal import Findings
internal import Ownership
internal import Rendering
internal import Statements
internal import Workspace

/// What signs: the adoption of a catalog, ours or another.
extension FrameworkCommands {
  struct AdoptArguments: Sendable {
    var id: String?
    var effective: Day?
    var exclusions: [String] = []
    var reason: String?
    var inclusions: [String] = []
    var write = WriteOptions()
  }

  static let adopt = CommandSpec<AdoptArguments>(
    name: "adopt", abstract: "Adopt a built-in catalog, or set anew what of an adopted one applies.",
    discussion: """
      A catalog that leans on another (CMMC level 1 on NIST SP 800-171 r2) brings that one too, as far as it leans on it: \
      what nobody asks for of the other does not apply until somebody does, or the other is adopted for itself. What does \
      not apply to you is said with --not-applicable, a control or an objective each, and one --reason; what was said \
      before stays, unless --applies takes it back.
      """,
    examples: [
      Example("custody framework adopt nist-800-171-r2", "from today on"),
      Example(
        "custody framework adopt nist-800-171-r2 --not-applicable 3.1.16 --not-applicable 3.1.17 --reason \"no wireless\"",
        "with controls that do not apply"),
    ],
    parameters: [
      .positional("FRAMEWORK", help: "The catalog.", into: \.id, parse: CommandText.text),
      .option(
        "effective", value: "DAY", help: "The day from which it holds; today unless stated.", into: \.effective,
        parse: CommandText.day),
      .repeatable(
        "not-applicable", value: "CONTROL", help: "A control or objective that does not apply.", into: \.exclusions,
        parse: CommandText.text),
      .option("reason", value: "TEXT", help: "Why it does not apply.", into: \.reason, parse: CommandText.text),
      .repeatable(
        "applies", value: "CONTROL", help: "One that was said not to apply, and does; 'all' for each.",
        into: \.inclusions, parse: CommandText.text),
    ] + WriteOptions.parameters(in: \.write),
    initial: AdoptArguments.init
  ) { arguments, global, console in
    let place = try SigningPlace.open(arguments.write, global, console)
    let id = arguments.id ?? ""
    let adopted = place.store?.state.adoptions.last { $0.framework == id }
    let bytes: [UInt8]
    if let builtIn = BundledCatalogs.bytes(of: id) {
      bytes = builtIn
    } else if let adopted,
      let kept = try place.store?.library.bytes(of: adopted.catalog, limit: ObjectLibrary.catalogLimit)
    {
      bytes = kept
    } else {
      let near = KnownNames.frameworks(like: id, among: BundledCatalogs.names)
      throw Failure(
        .inputMissing, "there is no built-in catalog '\(id)'",
        hint: near.isEmpty
          ? "'custody framework list' lists them; 'custody framework import FILE' takes one of your own"
          : "did you mean \(Wording.list(near.map { "'\($0)'" }, "or"))")
    }
    return try adopt(
      id, bytes, arguments.effective, arguments.exclusions, arguments.reason, place, arguments.write, global, console,
      inclusions: arguments.inclusions)
  }

  struct ImportArguments: Sendable {
    var file: String?
    var id: String?
    var effective: Day?
    var details = FrameworkFile.Details()
    var write = WriteOptions()
  }

  static let importing = CommandSpec<ImportArguments>(
    name: "import", abstract: "Adopt a catalog of your own: OSCAL in JSON, or a list of controls in CSV, XLSX or YAML.",
    discussion: """
      A list has a row for each control, under headings: id and title, and where you know them citation, domain (an IT \
      function), retained (why it stays with the client, or yes), cadence and family. What holds for the whole may stand \
      above the headings, a name and its value in a row: title, version, date, source, cadence. It is turned into OSCAL \
      and kept so; 'custody cat' gives that back.
      """,
    examples: [
      Example("custody framework import 23-nycrr-500.csv --id ny-500", "a list of your own"),
      Example("custody framework import NIST_SP-800-53_rev5_catalog.json --id nist-800-53-r5", "the official wording"),
      Example("custody framework import ours.json --id house-rules --dry-run", "see what it would bring first"),
    ],
    parameters: [
      .positional("FILE", help: "The catalog.", completion: .file, into: \.file, parse: CommandText.text),
      .option(
        "id", value: "ID", help: "What the framework is to be called.", required: true, into: \.id,
        parse: CommandText.identifier),
      .option(
        "effective", value: "DAY", help: "The day from which it holds; today unless stated.", into: \.effective,
        parse: CommandText.day),
      .option(
        "title", value: "TEXT", help: "What a list's framework is called, where the file does not say.",
        into: \.details.title, parse: CommandText.text),
      .option(
        "edition", value: "TEXT", help: "Which version of it the list is, where the file does not say.",
        into: \.details.version, parse: CommandText.text),
    ] + WriteOptions.parameters(in: \.write),
    initial: ImportArguments.init
  ) { arguments, global, console in
    let place = try SigningPlace.open(arguments.write, global, console)
    let file = arguments.file ?? ""
    let id = arguments.id ?? ""
    let adopted = try place.store?.state.adoptions.last { $0.framework == id }.flatMap {
      try place.store?.library.bytes(of: $0.catalog, limit: ObjectLibrary.catalogLimit)
    }
    let read = try FrameworkFile(file).catalog(arguments.details, adopted: adopted, today: place.desk.clock.today)
    for remark in read.remarks { place.desk.notices.say(remark) }
    let isNamed = arguments.details.title != nil || arguments.details.version != nil
    if !read.isForm, isNamed, (try? Catalog(parsing: read.bytes, framework: id)) != nil {
      throw Failure(
        .usage, "'\(file)' is a catalog, which says its own title and version",
        hint: "leave out --title and --edition")
    }
    return try adopt(
      id, read.bytes, arguments.effective, [], nil, place, arguments.write, global, console, file: file)
  }

  private static func adopt(
    _ id: String, _ bytes: [UInt8], _ effective: Day?, _ exclusions: [String], _ reason: String?, _ place: SigningPlace,
    _ write: WriteOptions, _ global: GlobalArguments, _ console: Console, file: String? = nil, inclusions: [String] = []
  ) throws -> ExitStatus {
    var adoption = CatalogAdoption(
      id: id, bytes: bytes, effective: effective ?? place.desk.clock.today, exclusions: exclusions, reason: reason,
      file: file)
    adoption.inclusions = inclusions
    try adoption.checkID()
    let difference = try adoption.difference(at: place)
    if let difference, !(try agrees(to: difference, id, write, global, console)) {
      throw Failure(.answerNo, "nothing was signed")
    }
    let (catalog, ids, written) = try adoption.sign(at: place, write)
    let day = adoption.effective
    if let file { place.desk.notices.say("'\(file)' has \(contents(of: catalog))") }
    if !catalog.renamedUnits.isEmpty {
      let units =
        catalog.renamedUnits.prefix(namesShown).map(\.local) + (catalog.renamedUnits.count > namesShown ? ["more"] : [])
      place.desk.notices.say(
        "\(Wording.count(catalog.renamedUnits.count, "objective")) without a name of its own in the file, called by its place: \(Wording.list(units))"
      )
    }
    let names = ids.joined(separator: " and ")
    // What it asks for under names of its own are units of the catalogs that it leans on.
    let units = catalog.unitCount + (try leanedUnits(catalog, place.store))
    try written.tell(
      "\(names) adopted from \(day): \(Wording.count(catalog.controls.count, "control")), \(Wording.count(units, "unit"))",
      global, console, difference.map { members($0) } ?? [])
    return .success
  }

  /// What was made of somebody's file, in numbers: whether all of it was understood is for its reader to see.
  private static func contents(of catalog: Catalog) -> String {
    let objectives = catalog.units.count { $0.id != $0.control }
    let parts = [
      Wording.count(catalog.families.count, "family", "families"), Wording.count(catalog.controls.count, "control"),
      Wording.count(objectives, "objective"), Wording.count(catalog.withdrawn.count, "withdrawn control"),
    ]
    return Wording.list(parts)
  }

  // MARK: another catalog under an id that is adopted

  /// Shows what another catalog changes, and asks.
  private static func agrees(
    to difference: CatalogDifference, _ id: String, _ write: WriteOptions, _ global: GlobalArguments, _ console: Console
  ) throws -> Bool {
    for (what, units) in [
      ("gained", difference.gained), ("lost", difference.lost), ("reworded", difference.reworded),
    ] where !units.isEmpty && global.format != .json {
      let names = units.prefix(namesShown).map(\.description) + (units.count > namesShown ? ["more"] : [])
      try console.print(wrapped: "\(Wording.count(units.count, "unit")) \(what): \(Wording.list(names))")
    }
    try console.flush()
    let counts =
      difference.isEmpty
      ? "another file with the same units"
      : "\(difference.gained.count) gained, \(difference.lost.count) lost, \(difference.reworded.count) reworded"
    let question =
      "'\(id)' is adopted with another catalog (\(counts)), and agreements under it have to be accepted again. Replace it?"
    return try write.isDryRun || console.confirm(question, assumesYes: global.assumesYes)
  }

  /// So many units are named of each kind.
  private static let namesShown = 20

  private static func members(_ difference: CatalogDifference) -> [(String, JSONOutput)] {
    [
      ("gained", .strings(difference.gained.map(\.description))),
      ("lost", .strings(difference.lost.map(\.description))),
      ("reworded", .strings(difference.reworded.map(\.description))),
    ]
  }
}
