internal import Catalogs
internal import Crypto
internal import Ownership
internal import Statements
internal import Storage
internal import Reports

/// `custody framework`: the catalogs of controls.
enum FrameworkCommands {
  static let group = Command(
    group: "framework", "Browse, adopt and import catalogs of controls.",
    [Command(list), Command(show), Command(adopt), Command(importing)])

  // MARK: list

  struct ListArguments: Sendable {
    var words: [String] = []
  }

  static let list = CommandSpec<ListArguments>(
    name: "list", abstract: "List the built-in catalogs and those that are adopted, or search them.",
    examples: [
      Example("custody framework list", "what there is"),
      Example("custody framework list backup", "controls about backup, in every catalog"),
    ],
    parameters: [
      .positionals(
        "WORD", help: "Words that the control's id, title or text holds.", required: false, into: \.words, parse: { $0 }
      )
    ],
    initial: ListArguments.init
  ) { arguments, global, console in
    let session = try storeAtHand(global, console)
    if !arguments.words.isEmpty { return try search(arguments.words, session, global, console) }
    var rows: [(id: String, catalog: Catalog?, adoption: Standing.Adoption?)] = []
    let adoptions = session?.standing.adoptions ?? []
    for name in BundledCatalogs.names {
      rows.append((name, try bundled(name), adoptions.last { $0.framework == name }))
    }
    for adoption in adoptions where !rows.contains(where: { $0.id == adoption.framework }) {
      let catalog = try session?.library.catalog(adoption.catalog, framework: adoption.framework)
      rows.append((adoption.framework, catalog, adoptions.last { $0.framework == adoption.framework }))
    }
    if global.format == .json {
      try console.print(
        .array(
          rows.map { row in
            .object([
              ("id", .string(row.id)), ("title", .string(row.catalog?.title ?? "")),
              ("version", .string(row.catalog?.version ?? "")),
              ("controls", .integer(row.catalog?.controls.count ?? 0)),
              ("units", .integer(row.catalog?.unitCount ?? 0)),
              ("builtIn", .bool(BundledCatalogs.names.contains(row.id))),
              ("adopted", row.adoption.map { .string("\($0.effective)") } ?? .null),
              ("catalog", row.adoption.map { .string($0.catalog.hex) } ?? .null),
            ])
          }))
      return .success
    }
    var table = TextTable(["FRAMEWORK", "TITLE", "CONTROLS", "UNITS", "ADOPTED"])
    for row in rows {
      table.add([
        row.id, row.catalog?.title ?? "unreadable", "\(row.catalog?.controls.count ?? 0)",
        "\(row.catalog?.unitCount ?? 0)",
        row.adoption.map { "from \($0.effective)" } ?? "-",
      ])
    }
    try console.print(table)
    return .success
  }

  private static func search(
    _ words: [String], _ session: Session?, _ global: GlobalArguments, _ console: Console
  ) throws -> ExitStatus {
    var catalogs = try BundledCatalogs.names.compactMap { try bundled($0) }
    if let session {
      let adopted = try session.catalogs(on: Clock.now().day)
      catalogs.removeAll { catalog in adopted.contains { $0.framework == catalog.framework } }
      catalogs += adopted
    }
    let found = catalogs.flatMap { $0.search(words.joined(separator: " ")) }
    if global.format == .json {
      try console.print(.array(found.map { json($0) }))
      return .success
    }
    guard !found.isEmpty else {
      try console.print("no control holds '\(words.joined(separator: " "))'")
      return .answerIsNo
    }
    var table = TextTable(["CONTROL", "TITLE", "DOMAIN"])
    for control in found { table.add([control.id.description, control.title, control.domain ?? ""]) }
    try console.print(table)
    return .success
  }

  // MARK: show

  struct ShowArguments: Sendable {
    var name: String?
  }

  static let show = CommandSpec<ShowArguments>(
    name: "show", abstract: "Show a catalog's controls, or one control whole.",
    examples: [
      Example("custody framework show nist-800-171-r2", "its families and controls, adopted or not"),
      Example("custody framework show 3.5.3", "one control, with its objectives"),
    ],
    parameters: [.positional("FRAMEWORK|CONTROL", help: "What to show.", into: \.name, parse: CommandText.text)],
    initial: ShowArguments.init
  ) { arguments, global, console in
    let name = arguments.name ?? ""
    let session = try storeAtHand(global, console)
    if let catalog = try catalog(name, session) {
      try print(catalog, global, console)
      return .success
    }
    var catalogs = try session?.catalogs(on: Clock.now().day) ?? []
    for bundle in BundledCatalogs.names where !catalogs.contains(where: { $0.framework == bundle }) {
      if let catalog = try bundled(bundle) { catalogs.append(catalog) }
    }
    // What is adopted comes first: a bare id means that.
    let adopted = ControlFinder(catalogs: try session?.catalogs(on: Clock.now().day) ?? [])
    let everything = ControlFinder(catalogs: catalogs)
    for finder in [adopted, everything] {
      switch finder.resolve(name) {
      case .found(let found):
        for id in found { try print(id, finder, global, console) }
        return .success
      case .family(let family):
        let controls = finder.catalog(family.framework)?.controls(inFamily: family) ?? []
        if global.format == .json {
          try console.print(.array(controls.map { json($0) }))
        } else {
          for control in controls { try console.print("\(control.id)  \(control.title)") }
        }
        return .success
      case .ambiguous(let found):
        throw UserError(
          .usage, "'\(name)' may be \(found.map(\.description).joined(separator: " or "))",
          hint: "write which, with its framework")
      case .unknown: continue
      }
    }
    throw UserError(.inputMissing, "no catalog has '\(name)'", hint: "'custody framework list WORD' searches them")
  }

  private static func print(_ catalog: Catalog, _ global: GlobalArguments, _ console: Console) throws {
    if global.format == .json {
      try console.print(
        .object([
          ("id", .string(catalog.framework)), ("title", .string(catalog.title)), ("version", .string(catalog.version)),
          ("defaultCadence", .string(catalog.defaultCadence.rawValue)),
          ("controls", .array(catalog.controls.map { json($0) })),
        ]))
      return
    }
    try console.print("\(catalog.framework): \(catalog.title), \(catalog.version)")
    try console.print(
      "\(catalog.controls.count) controls, \(catalog.unitCount) units; evidence every \(catalog.defaultCadence.rawValue) unless said"
    )
    var table = TextTable(["CONTROL", "TITLE", "DOMAIN", "UNITS", "NOTES"])
    for control in catalog.controls {
      var notes = control.sameAs.isEmpty ? "" : "same as \(control.sameAs.map(\.description).joined(separator: ", "))"
      if control.retained != nil { notes += (notes.isEmpty ? "" : "; ") + "stays with the client" }
      table.add([control.id.local, control.title, control.domain ?? "", "\(control.units.count)", notes])
    }
    try console.print(table)
  }

  private static func print(_ id: ControlID, _ finder: ControlFinder, _ global: GlobalArguments, _ console: Console)
    throws
  {
    guard let control = finder.unit(id).flatMap({ finder.control($0.control) }) ?? finder.control(id) else { return }
    if global.format == .json { return try console.print(json(control)) }
    try console.print("\(control.id)  \(control.title)")
    if !control.statement.isEmpty { try console.print("  \(control.statement)") }
    if let domain = control.domain { try console.print("  domain \(domain)") }
    if let retained = control.retained { try console.print("  stays with the client: \(retained)") }
    if let weight = control.weight { try console.print("  weight \(weight)") }
    if let cadence = control.cadence { try console.print("  evidence every \(cadence.rawValue)") }
    for unit in control.units where unit.id != control.id { try console.print("  \(unit.id.local)  \(unit.prose)") }
  }

  private static func json(_ control: Control) -> JSONOutput {
    .object([
      ("control", .string(control.id.description)), ("title", .string(control.title)),
      ("statement", .string(control.statement)),
      ("families", .array(control.families.map { .string($0.description) })),
      ("domain", control.domain.map { .string($0) } ?? .null),
      ("retained", control.retained.map { .string($0) } ?? .null),
      ("weight", control.weight.map { .string($0) } ?? .null),
      ("sameAs", .array(control.sameAs.map { .string($0.description) })),
      ("cadence", control.cadence.map { .string($0.rawValue) } ?? .null),
      (
        "units",
        .array(control.units.map { .object([("unit", .string($0.id.description)), ("prose", .string($0.prose))]) })
      ),
    ])
  }

  // MARK: adopt

  struct AdoptArguments: Sendable {
    var id: String?
    var effective: Day?
    var exclusions: [String] = []
    var reason: String?
    var write = WriteArguments()
  }

  static let adopt = CommandSpec<AdoptArguments>(
    name: "adopt", abstract: "Adopt a built-in catalog, or set anew what of an adopted one applies.",
    discussion: """
      A catalog that leans on another (CMMC level 2 on NIST SP 800-171 r2) brings that one too. What does not apply is \
      said with --not-applicable, a control or an objective each, and one --reason; a later 'adopt' sets the whole list anew.
      """,
    examples: [
      Example("custody framework adopt nist-800-171-r2", "from today on"),
      Example(
        "custody framework adopt nist-800-171-r2 --not-applicable 3.1.16 --not-applicable 3.1.17 --reason \"no wireless\"",
        "with controls that do not apply"),
    ],
    parameters: [
      .positional("FRAMEWORK", help: "The catalog.", into: \.id, parse: CommandText.identifier),
      .option(
        "effective", value: "DAY", help: "The day from which it holds; today unless said.", into: \.effective,
        parse: CommandText.day),
      .repeatable(
        "not-applicable", value: "CONTROL", help: "A control or objective that does not apply.", into: \.exclusions,
        parse: CommandText.text),
      .option("reason", value: "TEXT", help: "Why it does not apply.", into: \.reason, parse: CommandText.text),
    ] + WriteArguments.parameters(in: \.write),
    initial: AdoptArguments.init
  ) { arguments, global, console in
    let place = try SigningPlace.open(arguments.write, global, console)
    let id = arguments.id ?? ""
    let adopted = place.session?.standing.adoptions.last { $0.framework == id }
    let bytes: [UInt8]
    if let builtIn = BundledCatalogs.bytes(of: id) {
      bytes = builtIn
    } else if let adopted,
      let kept = try place.session?.library.bytes(of: adopted.catalog, limit: ObjectLibrary.catalogLimit)
    {
      bytes = kept
    } else {
      throw UserError(
        .inputMissing, "there is no built-in catalog '\(id)'",
        hint: "'custody framework list' lists them; 'custody framework import FILE' takes one of your own")
    }
    return try adopt(
      id, bytes, arguments.effective, arguments.exclusions, arguments.reason, place, arguments.write, global, console)
  }

  // MARK: import

  struct ImportArguments: Sendable {
    var file: String?
    var id: String?
    var effective: Day?
    var write = WriteArguments()
  }

  static let importing = CommandSpec<ImportArguments>(
    name: "import", abstract: "Adopt a catalog of your own: any OSCAL catalog in JSON.",
    examples: [
      Example("custody framework import NIST_SP-800-53_rev5_catalog.json --id nist-800-53-r5", "the official wording"),
      Example("custody framework import ours.json --id house-rules --dry-run", "see what it would bring first"),
    ],
    parameters: [
      .positional("FILE", help: "The catalog.", completion: .file, into: \.file, parse: CommandText.text),
      .option(
        "id", value: "ID", help: "What the framework is to be called.", required: true, into: \.id,
        parse: CommandText.identifier),
      .option(
        "effective", value: "DAY", help: "The day from which it holds; today unless said.", into: \.effective,
        parse: CommandText.day),
    ] + WriteArguments.parameters(in: \.write),
    initial: ImportArguments.init
  ) { arguments, global, console in
    let place = try SigningPlace.open(arguments.write, global, console)
    let file = arguments.file ?? ""
    let bytes = try InputFile.read(file, limit: ObjectLibrary.catalogLimit)
    return try adopt(
      arguments.id ?? "", bytes, arguments.effective, [], nil, place, arguments.write, global, console, file: file)
  }

  // MARK: Shared

  private static func adopt(
    _ id: String, _ bytes: [UInt8], _ effective: Day?, _ exclusions: [String], _ reason: String?, _ place: SigningPlace,
    _ write: WriteArguments, _ global: GlobalArguments, _ console: Console, file: String? = nil
  ) throws -> ExitStatus {
    let catalog: Catalog
    do {
      catalog = try Catalog(parsing: bytes, framework: id)
    } catch {
      throw UserError(
        .malformedInput, "'\(file ?? id)' is no catalog that can be adopted: \(error.message)", hint: error.hint)
    }
    let day = effective ?? Clock.now().day
    var adoptions: [(id: String, bytes: [UInt8])] = []
    for other in catalog.leansOn {
      guard let session = place.session else {
        // Adopting it once more would set anew what of it applies.
        console.say("'\(id)' leans on '\(other)', which has to be adopted before it")
        continue
      }
      if session.standing.adoptions.contains(where: { $0.framework == other && $0.effective <= day }) { continue }
      guard let bytes = BundledCatalogs.bytes(of: other) else {
        throw UserError(
          .inputMissing, "'\(id)' leans on '\(other)', which is neither adopted nor built in",
          hint: "import that one first: custody framework import FILE --id \(other)")
      }
      adoptions.append((other, bytes))
    }
    adoptions.append((id, bytes))
    let excluded = try self.exclusions(exclusions, reason, catalog)
    let written = try Writing.perform(at: place, write, global, console) { sink, signed in
      guard signed.count < adoptions.count else { return nil }
      let next = adoptions[signed.count]
      let subject = try sink.keep(next.bytes, name: "catalog", mediaType: MediaType.catalog)
      let adoption = FrameworkAdoption(
        id: next.id, catalog: subject.digest, notApplicable: next.id == id ? excluded : [], effective: day)
      return Draft(predicate: .framework(adoption), subjects: [subject])
    }
    let names = adoptions.map(\.id).joined(separator: " and ")
    try written.tell(
      "\(names) adopted from \(day): \(catalog.controls.count) controls, \(catalog.unitCount) units", global, console)
    return .success
  }

  private static func exclusions(
    _ texts: [String], _ reason: String?, _ catalog: Catalog
  ) throws -> [FrameworkAdoption.Exclusion] {
    guard !texts.isEmpty else { return [] }
    guard let reason else {
      throw UserError(.usage, "why these do not apply is not said", hint: "say it with --reason TEXT")
    }
    let finder = ControlFinder(catalogs: [catalog])
    return try texts.map { text in
      switch finder.resolve(text) {
      case .found(let found) where found.count == 1 && found[0].framework == catalog.framework:
        return FrameworkAdoption.Exclusion(unit: found[0].description, reason: reason)
      case .found(let found):
        throw UserError(
          .usage, "'\(text)' is \(found.map(\.description).joined(separator: ", ")) under another name: say it of that")
      default:
        throw UserError(
          .usage, "'\(catalog.framework)' has no control '\(text)'", hint: "custody framework show \(catalog.framework)"
        )
      }
    }
  }

  /// The store, where there is one: the built-in catalogs can be read without. One that is damaged, cut or forked is
  /// said to be so here, too.
  private static func storeAtHand(_ global: GlobalArguments, _ console: Console) throws -> Session? {
    guard let layout = try? StoreLocation.find(global) else { return nil }
    return try Session.open(layout, home: Home(environment: .process), console)
  }

  private static func bundled(_ name: String) throws -> Catalog? {
    try BundledCatalogs.bytes(of: name).map { try Catalog(parsing: $0, framework: name) }
  }

  private static func catalog(_ name: String, _ session: Session?) throws -> Catalog? {
    if let adoption = session?.standing.adoptions.last(where: { $0.framework == name }) {
      return try session?.library.catalog(adoption.catalog, framework: name)
    }
    return try bundled(name)
  }
}
