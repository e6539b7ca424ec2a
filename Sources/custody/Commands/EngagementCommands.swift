internal import Agreements
internal import Catalogs
internal import CommandLine
internal import Crypto
internal import Findings
internal import FoundationEssentials
internal import Ownership
internal import Rendering
internal import Statements
internal import Workspace

/// `custody engagement`: agreements between the client and its providers.
enum EngagementCommands {
  static let group = Command(
    group: "engagement", "Write, import, check, apply, show and end agreements.",
    [
      Command(new), Command(importMatrix), Command(check), Command(apply), Command(EngagementReading.show),
      Command(EngagementReading.history), Command(EngagementDiffCommand.spec),
      Command(end), Command(handover),
    ])

  // MARK: new

  struct NewArguments: Sendable {
    var output: String?
    var model = Model.coManaged
    var providers: [String] = []
    var from: Day?
    var frameworks: [String] = []
  }

  enum Model: String, Choice {
    case managed
    case coManaged = "co-managed"
    case inHouse = "in-house"
  }

  static let new = CommandSpec<NewArguments>(
    name: "new", abstract: "Write a commented agreement to start from.",
    examples: [
      Example(
        "custody engagement new agreement.yaml --model co-managed --provider onsite",
        "what nobody carves out is unowned"),
      Example("custody engagement new own.yaml --model in-house", "the client answers for everything"),
    ],
    parameters: [
      .positional("FILE", help: "Where it goes.", completion: .file, into: \.output, parse: CommandText.text),
      .option(
        "model", value: Model.words.joined(separator: "|"),
        help: "Who answers where no line says so; co-managed unless stated.",
        completion: .words(Model.words), replacing: \.model, parse: { try Model.parse($0) }),
      .repeatable(
        "provider", value: "PARTY", help: "A provider; those of the store unless stated.", into: \.providers,
        parse: CommandText.identifier),
      .option(
        "from", value: "DAY", help: "The term's first day; today unless stated.", into: \.from, parse: CommandText.day),
      .repeatable(
        "framework", value: "ID", help: "A framework that it covers; all that are adopted unless stated.",
        into: \.frameworks, parse: CommandText.identifier),
    ],
    initial: NewArguments.init
  ) { arguments, global, console in
    let store = try OpenedStore.open(global, console)
    let membership = store.state.membership
    let present = membership.parties.filter { $0.kind == .provider && $0.leftDay == nil }.map(\.id)
    let providers = arguments.model == .inHouse ? [] : arguments.providers.isEmpty ? present : arguments.providers
    guard arguments.model == .inHouse || !providers.isEmpty else {
      throw Failure(
        .usage, "no provider has joined this store",
        hint: "custody party add ID --kind provider --name NAME --card FILE")
    }
    for id in providers where membership.party(id) == nil {
      throw KnownNames.noParty(
        id, in: membership, hint: "it joins first: custody party add \(id) --name NAME --card FILE")
    }
    let catalogs = try store.catalogs(on: store.desk.clock.today)
    try KnownNames.checkAdopted(
      arguments.frameworks, among: catalogs.map(\.framework), on: "\(store.desk.clock.today)")
    let output = arguments.output ?? ""
    guard !FileManager.default.fileExists(atPath: output) else {
      throw Failure(.cannotCreate, "'\(output)' is there already", hint: "name another file, or move that one")
    }
    let functions = catalogs.first { $0.framework == ControlFinder.functions }
    let domains = (functions?.controls ?? []).map { EngagementTemplate.Domain(id: $0.id.local, title: $0.title) }
    let text = EngagementTemplate.text(
      model: EngagementDocument.Model(rawValue: arguments.model.rawValue) ?? .coManaged,
      client: store.state.client,
      providers: providers, from: arguments.from ?? store.desk.clock.today, frameworks: arguments.frameworks,
      domains: domains,
      sample: EngagementTemplate.Sample(catalogs))
    try OutputFile.write(output, Array(text.utf8))
    if global.format == .json {
      try console.print(.object([("file", .string(output)), ("model", .string(arguments.model.rawValue))]))
    } else {
      try console.print("agreement \(output)")
      console.say("next: edit it, then: " + global.here("custody engagement check \(ShellWord.quoted(output))"))
    }
    return .success
  }

  // MARK: check

  struct CheckArguments: Sendable {
    var file: String?
    var full = false
  }

  /// Whether changes are shown control by control, however many there are.
  static func fullParameter<Arguments>(into field: any WritableKeyPath<Arguments, Bool> & Sendable) -> Parameter<
    Arguments
  > {
    .flag("full", help: "Show each control that changes, where many are otherwise counted by family.", into: field)
  }

  static let check = CommandSpec<CheckArguments>(
    name: "check", abstract: "Find everything wrong with an agreement at once, and show what it would change.",
    discussion: """
      Faults keep it from being applied. Remarks and smells do not: no notice, a domain that nobody mentions, one person in \
      most lines, more than four consulted, a paper that the work would lack or that ends before the term. It also says which units would be contested with other agreements.
      """,
    examples: [Example("custody engagement check agreement.yaml", "faults with line and column; nothing is written")],
    parameters: [
      .positional("FILE", help: "The agreement.", completion: .file, into: \.file, parse: CommandText.text),
      fullParameter(into: \.full),
    ],
    answers: [ExitAnswer(.answerIsNo, "it cannot be applied")],
    pages: true,
    initial: CheckArguments.init
  ) { arguments, global, console in
    let store = try OpenedStore.open(global, console)
    let path = arguments.file ?? ""
    let file: AgreementFile
    do {
      file = try AgreementFile.read(path, store)
    } catch let faults as AgreementFile.Faults {
      if global.format == .json {
        try console.print(
          .object([
            ("ok", false), ("faults", .array(faults.faults.map { json($0) })),
            ("remarks", .array(faults.remarks.map { json($0) })),
          ]))
      } else {
        for fault in faults.faults { try console.print(wrapped: "\(path): \(fault)", style: .red) }
        for remark in faults.remarks { try console.print(wrapped: "\(path): remark: \(remark)") }
        let one = faults.faults.count == 1
        try console.print(
          wrapped: "\(Wording.count(faults.faults.count, "fault")): this cannot be applied; smells, and what it would "
            + "change, are told once \(one ? "it is" : "they are") mended")
      }
      return .answerIsNo
    }
    let preview = try AgreementPreview(file, store, statement: .zero, day: store.desk.clock.today)
    let smells = file.smells + (try file.paperSmells(preview, store))
    let changes = ChangeList(preview)
    let totals = UnitTally(preview)
    let contested = preview.resolver.wouldContest(preview.index, on: totals.day)
    if global.format == .json {
      try console.print(
        .object(
          [
            ("ok", true), ("faults", .array([])), ("remarks", .array(file.remarks.map { json($0) })),
            ("smells", .array(smells.map { json($0) })), ("contested", .array(contested.map(\.json))),
            ("units", totals.json), ("coveredElsewhere", .integer(totals.elsewhere)), ("changes", changes.json),
            ("parties", .array(preview.parties().map { .string($0) })),
          ] + changes.furtherMembers))
      return .success
    }
    for remark in file.remarks { try console.print(wrapped: "\(path): remark: \(remark)") }
    for smell in smells { try console.print(wrapped: "\(path): smell: \(smell)") }
    for each in contested { try console.print(wrapped: each.sentence, style: .red) }
    try totals.print(to: console)
    try changes.print(to: console, listsAll: arguments.full)
    if !changes.isEmpty {
      console.say("next: " + global.here("custody engagement apply \(ShellWord.quoted(path))"))
    }
    return .success
  }

  private static func json(_ diagnostic: Diagnostic) -> JSONOutput {
    .object([
      ("line", .integer(diagnostic.line)), ("column", .integer(diagnostic.column)),
      ("message", .string(diagnostic.message)),
    ])
  }
}

extension UnitTally {
  fileprivate func print(to console: Console) throws {
    let total = counts.map(\.count).reduce(0, +)
    guard total > 0 else {
      return try console.print(
        wrapped:
          "no framework is adopted on \(day): 'custody framework adopt ID --effective \(day)' where one held then")
    }
    let parts = counts.map { "\($0.party) \($0.count)" }.joined(separator: ", ")
    let others = elsewhere == 0 ? "" : "; other agreements cover \(elsewhere) of what is nobody's by this one"
    try console.print(wrapped: "of \(Wording.count(total, "unit")) on \(day), by this agreement: \(parts)\(others)")
  }

  fileprivate var json: JSONOutput { .object(counts.map { ($0.party, .integer($0.count)) }) }
}

extension ContestedUnits {
  fileprivate var sentence: String {
    "\(Wording.count(units.count, "unit")) would be contested with '\(engagement)', by which '\(party)' answers: "
      + FileGathering.some(units.map(\.description))
  }

  fileprivate var json: JSONOutput {
    .object([
      ("engagement", .string(engagement)), ("party", .string(party)),
      ("units", .strings(units.map(\.description))),
    ])
  }
}
