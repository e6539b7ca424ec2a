internal import Catalogs
internal import CommandLine
internal import Crypto
internal import Findings
internal import Ownership
internal import Rendering
internal import Workspace

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
    pages: true,
    initial: ListArguments.init
  ) { arguments, global, console in
    let store = try storeAtHand(global, console)
    if !arguments.words.isEmpty { return try search(arguments.words, store, global, console) }
    var rows: [(id: String, catalog: Catalog?, adoption: LogState.Adoption?)] = []
    let adoptions = store?.state.adoptions ?? []
    let names = BundledCatalogs.names + adoptions.map(\.framework).filter { !BundledCatalogs.names.contains($0) }
    for name in names where !rows.contains(where: { $0.id == name }) {
      // An id of ours may have been given to another catalog: what is adopted is shown.
      rows.append((name, try catalog(name, store), adoptions.last { $0.framework == name }))
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
              ("unitsThroughOthers", .integer(try leanedUnits(row.catalog, store))),
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
        "\((row.catalog?.unitCount ?? 0) + (try leanedUnits(row.catalog, store)))",
        row.adoption.map { "from \($0.effective)" } ?? "-",
      ])
    }
    try console.print(table)
    let leaning = rows.compactMap(\.catalog).filter { !$0.leansOn.isEmpty && $0.unitCount == 0 }.map(\.framework)
    if !leaning.isEmpty {
      try console.print(
        wrapped: "\(Wording.list(leaning)) ask for units of catalogs that they lean on, which totals count once.",
        after: "")
    }
    return .success
  }

  private static func search(
    _ words: [String], _ store: OpenedStore?, _ global: GlobalArguments, _ console: Console
  ) throws -> ExitStatus {
    var catalogs = try BundledCatalogs.names.compactMap { try bundled($0) }
    if let store {
      let adopted = try store.catalogs(on: WallClock.system.today)
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
      Example("custody framework show 3.5.3", "one control, with its objectives, and what it has to do with others"),
    ],
    parameters: [.positional("FRAMEWORK|CONTROL", help: "What to show.", into: \.name, parse: CommandText.text)],
    pages: true,
    initial: ShowArguments.init
  ) { arguments, global, console in
    let name = arguments.name ?? ""
    let store = try storeAtHand(global, console)
    if let catalog = try catalog(name, store) {
      try print(catalog, store, global, console)
      return .success
    }
    var catalogs = try store?.catalogs(on: WallClock.system.today) ?? []
    for bundle in BundledCatalogs.names where !catalogs.contains(where: { $0.framework == bundle }) {
      if let catalog = try bundled(bundle) { catalogs.append(catalog) }
    }
    // What is adopted comes first: a bare id means that.
    let adopted = ControlFinder(catalogs: try store?.catalogs(on: WallClock.system.today) ?? [])
    let everything = ControlFinder(catalogs: catalogs)
    var similar: [String] = []
    for finder in [adopted, everything] {
      switch finder.resolve(name) {
      case .found(let found):
        for id in found { try print(id, finder, everything, store, global, console) }
        return .success
      case .family(let family):
        let controls = finder.catalog(family.framework)?.controls(inFamily: family) ?? []
        if global.format == .json {
          try console.print(.array(controls.map { json($0) }))
        } else {
          for control in controls {
            let requirement = control.requirement.map { " (\($0))" } ?? ""
            try console.print(wrapped: "\(control.title)\(requirement)", after: "\(control.id)  ")
          }
        }
        return .success
      case .withdrawn(let id, let successors):
        try print(withdrawn: id, successors, global, console)
        return .success
      case .ambiguous(let found):
        throw Failure(
          .usage, "'\(name)' may be \(found.map(\.description).joined(separator: " or "))",
          hint: "write which, with its framework")
      case .unknown(let near): similar = near
      }
    }
    let names = BundledCatalogs.names + catalogs.map(\.framework)
    let catalogsLike = KnownNames.frameworks(like: name, among: names)
    // A word without a number is rather a catalog's than a control's.
    if similar.isEmpty || (!catalogsLike.isEmpty && !name.contains(where: \.isNumber)) { similar = catalogsLike }
    throw Failure(
      .inputMissing, "no catalog has '\(name)'",
      hint: similar.isEmpty
        ? "'custody framework list WORD' searches them" : "did you mean \(Wording.list(similar, "or"))")
  }

  private static func print(
    withdrawn id: ControlID, _ successors: [ControlID], _ global: GlobalArguments, _ console: Console
  ) throws {
    if global.format == .json {
      return try console.print(
        .object([
          ("control", .string(id.description)), ("withdrawn", .bool(true)),
          ("successors", .strings(successors.map(\.description))),
        ]))
    }
    let whither = successors.isEmpty ? "" : ": it went into \(Wording.list(successors.map(\.description)))"
    try console.print(wrapped: "\(id) is withdrawn\(whither)")
  }

  /// How many units of other catalogs a catalog asks for under names of its own (same-as).
  static func leanedUnits(_ catalog: Catalog?, _ store: OpenedStore?) throws -> Int {
    guard let catalog, !catalog.leansOn.isEmpty else { return 0 }
    var catalogs = [catalog]
    var waiting = catalog.leansOn
    while let next = waiting.popLast() {
      guard !catalogs.contains(where: { $0.framework == next }), let other = try self.catalog(next, store) else {
        continue
      }
      catalogs.append(other)
      waiting += other.leansOn
    }
    let finder = ControlFinder(catalogs: catalogs)
    var units: Set<ControlID> = []
    for control in catalog.controls where !control.sameAs.isEmpty {
      for target in finder.canonical(control.id) ?? [] {
        units.formUnion(finder.control(target)?.units.map(\.id) ?? (finder.unit(target) == nil ? [] : [target]))
      }
    }
    return units.count
  }

  private static func print(_ catalog: Catalog, _ store: OpenedStore?, _ global: GlobalArguments, _ console: Console)
    throws
  {
    if global.format == .json {
      try console.print(
        .object([
          ("id", .string(catalog.framework)), ("title", .string(catalog.title)), ("version", .string(catalog.version)),
          ("defaultCadence", .string(catalog.defaultCadence.rawValue)),
          ("controls", .array(catalog.controls.map { json($0) })),
        ]))
      return
    }
    try console.print(wrapped: "\(catalog.framework): \(catalog.title), \(catalog.version)")
    var counts = "\(Wording.count(catalog.controls.count, "control")), \(Wording.count(catalog.unitCount, "unit"))"
    let leaned = try leanedUnits(catalog, store)
    if leaned > 0 {
      let others = Wording.list(catalog.leansOn)
      counts +=
        "\(catalog.unitCount > 0 ? " of its own" : ""), \(leaned) of \(others) that it asks for"
    }
    try console.print(wrapped: "\(counts); evidence every \(catalog.defaultCadence.rawValue) unless stated")
    var table = TextTable(["CONTROL", "TITLE", "DOMAIN", "UNITS", "NOTES"])
    for control in catalog.controls {
      var notes = control.sameAs.isEmpty ? "" : "same as \(control.sameAs.map(\.description).joined(separator: ", "))"
      if let requirement = control.requirement { notes += (notes.isEmpty ? "" : "; ") + requirement }
      if control.retained != nil { notes += (notes.isEmpty ? "" : "; ") + "stays with the client" }
      table.add([control.id.local, control.title, control.domain ?? "", "\(control.units.count)", notes])
    }
    try console.print(table)
  }

  private static func print(
    _ id: ControlID, _ finder: ControlFinder, _ everything: ControlFinder, _ store: OpenedStore?,
    _ global: GlobalArguments, _ console: Console
  ) throws {
    guard let control = finder.unit(id).flatMap({ finder.control($0.control) }) ?? finder.control(id) else { return }
    let crosswalks = ShownCrosswalks(control, everything)
    if global.format == .json { return try console.print(json(control, [("crosswalks", crosswalks.json)])) }
    try console.print(wrapped: control.title, after: "\(control.id)  ")
    // A statement may have lines of its own, for its parts.
    for line in control.statement.split(separator: "\n") { try console.print(wrapped: String(line), after: "  ") }
    if let requirement = control.requirement { try console.print(wrapped: requirement, after: "  ") }
    if let domain = control.domain { try console.print("  domain \(domain)") }
    if let retained = control.retained { try console.print(wrapped: "stays with the client: \(retained)", after: "  ") }
    if let weight = control.weight { try console.print("  weight \(weight)") }
    if let cadence = control.cadence { try console.print("  evidence every \(cadence.rawValue)") }
    let assessed = try LastAssessments(control, store)
    if let text = assessed.text(control.id.description) { try console.print(wrapped: text, after: "  ") }
    for unit in control.units where unit.id != control.id {
      try console.print(wrapped: unit.prose, after: "  \(unit.id.local)  ")
      if let text = assessed.text(unit.id.description) { try console.print(wrapped: text, after: "    ") }
    }
    try crosswalks.tell(console)
  }

  private static func json(_ control: Control, _ more: [(String, JSONOutput)] = []) -> JSONOutput {
    let members: [(String, JSONOutput)] = [
      ("control", .string(control.id.description)), ("title", .string(control.title)),
      ("statement", .string(control.statement)),
      ("families", .array(control.families.map { .string($0.description) })),
      ("domain", control.domain.map { .string($0) } ?? .null),
      ("retained", control.retained.map { .string($0) } ?? .null),
      ("weight", control.weight.map { .string($0) } ?? .null),
      ("requirement", control.requirement.map { .string($0) } ?? .null),
      ("sameAs", .array(control.sameAs.map { .string($0.description) })),
      ("cadence", control.cadence.map { .string($0.rawValue) } ?? .null),
      (
        "units",
        .array(control.units.map { .object([("unit", .string($0.id.description)), ("prose", .string($0.prose))]) })
      ),
    ]
    return .object(members + more)
  }

  /// The store, where there is one: the built-in catalogs can be read without. One that is damaged, cut or forked is
  /// said to be so here, too.
  private static func storeAtHand(_ global: GlobalArguments, _ console: Console) throws -> OpenedStore? {
    let desk = try Desk(global, console)
    guard let layout = try? desk.find(global.store) else { return nil }
    return try OpenedStore.open(layout, at: desk)
  }

  private static func bundled(_ name: String) throws -> Catalog? {
    try BundledCatalogs.bytes(of: name).map { try Catalog(parsing: $0, framework: name) }
  }

  private static func catalog(_ name: String, _ store: OpenedStore?) throws -> Catalog? {
    if let adoption = store?.state.adoptions.last(where: { $0.framework == name }) {
      return try store?.library.catalog(adoption.catalog, framework: name)
    }
    return try bundled(name)
  }
}
