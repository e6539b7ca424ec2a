internal import Agreements
internal import CommandLine
internal import Crypto
internal import Findings
internal import Obligations
internal import Obligations
internal import Ownership
internal import Rendering
internal import Statements
internal import Workspace

/// `custody engagement show` and `history`.
enum EngagementReading {
  struct ShowArguments: Sendable {
    var id: String?
    var party: String?
    var request: String?
    /// The size of a tree that the party has seen.
    var since: Int?
    var showsDocument = false
  }

  static let show = CommandSpec<ShowArguments>(
    name: "show", abstract: "Show an agreement's newest version: who has accepted it, and what waits for whom.",
    discussion: """
      With --request it writes what is mailed to ask a party for its acceptance: the agreement, the schedule that it \
      would sign, the checkpoint and the catalogs' digests. They answer with 'custody accept --request FILE --offer OUT'.
      """,
    examples: [
      Example("custody engagement show acme-onsite", "where the acceptances stand"),
      Example("custody engagement show acme-onsite --party onsite --request onsite.request", "ask the provider"),
      Example("custody engagement show acme-onsite --document", "the agreement as it was written"),
    ],
    parameters: [
      .positional(
        "ENGAGEMENT", help: "Its id; the only one unless stated.", required: false, into: \.id,
        parse: CommandText.identifier),
      .option(
        "party", value: "PARTY",
        help: "Whose schedule; whose word is awaited, or the only other party's, unless stated.", into: \.party,
        parse: CommandText.identifier),
      .option(
        "request", value: "FILE", help: "Write a request for that party's acceptance.", completion: .file,
        into: \.request, parse: CommandText.text),
      .option(
        "since", value: "SIZE",
        help:
          "Prove in the request that the log extends the one of that size; the last that they signed for unless stated.",
        into: \.since, parse: CommandText.count),
      .flag("document", help: "Print the agreement as it was written.", into: \.showsDocument),
    ],
    pages: true,
    initial: ShowArguments.init
  ) { arguments, global, console in
    guard arguments.since == nil || arguments.request != nil else {
      throw Failure(.usage, "--since is for a request", hint: "say where it goes: --request FILE")
    }
    let store = try OpenedStore.open(global, console)
    let resolver = Resolver(try ResolutionInput(store.state, library: store.library))
    let id = try engagement(arguments.id, resolver)
    guard let index = resolver.input.versions.lastIndex(where: { $0.engagement == id }) else {
      throw KnownNames.noEngagement(id, among: resolver.engagements)
    }
    if let party = arguments.party, store.state.membership.party(party) == nil {
      throw KnownNames.noParty(party, in: store.state.membership)
    }
    let version = resolver.input.versions[index]
    let record = store.state.versions.first { $0.statement == version.statement }
    guard let record, let bytes = try store.library.bytes(of: record.document, limit: ObjectLibrary.documentLimit),
      let document = version.document
    else {
      throw Failure(.answerNo, "the agreement of '\(id)' cannot be read", hint: "'custody verify' says what is wrong")
    }
    if arguments.showsDocument {
      try console.write(bytes)
      return .success
    }
    let parties = parties(document, resolver, store)
    if let request = arguments.request {
      return try write(request, arguments, record, index, parties, bytes, resolver, store, global, console)
    }
    if let party = arguments.party {
      let schedule = ScheduleBuilder(resolver, version: index).schedule(for: party)
      try console.write(schedule.bytes)
      return .success
    }
    try print(record, version, document, parties, resolver, store, global, console)
    return .success
  }

  /// The parties that an agreement concerns, the client first.
  private static func parties(_ document: EngagementDocument, _ resolver: Resolver, _ store: OpenedStore) -> [String] {
    var parties = [store.state.client] + document.providers
    for line in document.scope where !parties.contains(line.accountable) { parties.append(line.accountable) }
    return parties
  }

  private static func engagement(_ named: String?, _ resolver: Resolver) throws -> String {
    if let named { return named }
    if resolver.engagements.count == 1 { return resolver.engagements[0] }
    throw Failure(
      resolver.engagements.isEmpty ? .inputMissing : .usage,
      resolver.engagements.isEmpty
        ? "there is no engagement yet" : "there are the engagements \(resolver.engagements.joined(separator: ", "))",
      hint: resolver.engagements.isEmpty ? "custody engagement new FILE" : "name one")
  }

  private static func write(
    _ path: String, _ arguments: ShowArguments, _ record: LogState.EngagementVersion, _ index: Int, _ parties: [String],
    _ document: [UInt8], _ resolver: Resolver, _ store: OpenedStore, _ global: GlobalArguments, _ console: Console
  ) throws -> ExitStatus {
    let own = store.ownParties
    let others = parties.filter { !own.contains($0) && (!own.isEmpty || $0 != store.state.client) }
    let awaited = others.filter { other in
      PendingAcceptance.asked(record.engagement, other, resolver, store).map { $0.waiting > 0 } ?? false
    }
    let candidates = awaited.isEmpty ? others : awaited
    guard let party = arguments.party ?? (candidates.count == 1 ? candidates[0] : nil) else {
      throw Failure(
        .usage, "whom to ask is not said", hint: "name one with --party: \(candidates.joined(separator: ", "))")
    }
    // An earlier version may wait for the party's word, on days for which the newest does not speak yet.
    let asked = PendingAcceptance.asked(record.engagement, party, resolver, store)?.version ?? record
    let version = resolver.input.versions.firstIndex { $0.statement == asked.statement } ?? index
    let agreement =
      asked == record ? document : try store.library.bytes(of: asked.document, limit: ObjectLibrary.documentLimit)
    let request = try AcceptanceRequest.make(
      of: party, asked, version: version, document: agreement ?? document, since: arguments.since, resolver, store)
    try AcceptanceRequestFile.write(path, request.request)
    let schedule = request.schedule
    if global.format == .json {
      try console.print(
        .object([("request", .string(path)), ("party", .string(party)), ("lines", .integer(schedule.units.count))]))
    } else {
      try console.print("request \(path) for '\(party)': \(schedule.extent)")
      console.say(
        "mail it to '\(party)'; they answer with: custody accept --request \(ShellWord.quoted(path)) --offer \(party).offer"
      )
    }
    return .success
  }

  private static func print(
    _ record: LogState.EngagementVersion, _ version: ResolutionInput.Version, _ document: EngagementDocument,
    _ parties: [String], _ resolver: Resolver, _ store: OpenedStore, _ global: GlobalArguments, _ console: Console
  ) throws {
    let index = resolver.input.versions.lastIndex { $0.statement == version.statement } ?? 0
    let pending = parties.compactMap { party in
      PendingAcceptance.make(index, party, resolver, store).map { (party: party, pending: $0) }
    }
    let end = store.state.end(of: record)
    let handed = try store.handedOver(of: record.engagement)
    // What has ended needs no paper.
    let remarks =
      try end == nil
      ? PaperForecast.remarks(
        resolver, version: index, store.state, library: store.library, today: store.desk.clock.today) : []
    if global.format == .json {
      try console.print(
        .object([
          ("engagement", .string(record.engagement)), ("statement", .string(record.statement.hex)),
          ("entry", .integer(record.entry)), ("model", .string(document.model.rawValue)),
          ("client", .string(document.client)), ("providers", .array(document.providers.map { .string($0) })),
          ("from", .string("\(document.termFrom)")), ("through", .string("\(document.termThrough)")),
          ("effective", .string("\(version.effective)")), ("document", .string(record.document.hex)),
          ("ended", end.map { .string("\($0.on)") } ?? .null), ("papers", .array(remarks.map { .string($0.message) })),
          (
            "handover",
            .array(
              handed.map { ["duty": .string($0.name), "party": .string($0.party), "done": .bool($0.newest != nil)] })
          ),
          (
            "parties",
            .array(
              pending.map { party, pending in
                .object([
                  ("party", .string(party)), ("lines", .integer(pending.schedule.units.count)),
                  ("waiting", .integer(pending.waiting)),
                  ("declined", .bool(pending.waiting > 0 && hasDeclined(party, record, store))),
                  ("waitingLines", .array(pending.waitingLines.map { .string("\($0)") })),
                ])
              })
          ),
        ]))
      return
    }
    let between = ([document.client] + document.providers).joined(separator: " and ")
    try console.print(wrapped: "\(record.engagement): \(document.model.rawValue), \(between)")
    try console.print(
      "term \(document.termFrom) through \(document.termThrough); this version speaks from \(version.effective) on")
    if let end { try console.print("ended: nothing is covered from \(end.on) on") }
    if !handed.isEmpty {
      let open = handed.filter { $0.due != nil }.count
      try console.print(
        "hand-over: \(Wording.count(handed.count, "item")), \(open) not done: custody report duties")
    }
    try console.print("entry \(record.entry), statement \(record.statement.hex)")
    try console.print("agreement \(record.document.hex)")
    var table = TextTable(["PARTY", "TO SIGN", "NOT ACCEPTED"])
    for (party, pending) in pending {
      let waiting = "\(pending.waiting)" + (hasDeclined(party, record, store) ? ", which it declined" : "")
      table.add([party, pending.schedule.extent, pending.waiting == 0 ? "-" : waiting])
    }
    try console.print(table)
    for remark in remarks { try console.print(wrapped: "papers: \(remark.message)") }
    try printPromises(of: record.engagement, document, store, console)
    for (party, pending) in pending where !pending.waitingLines.isEmpty {
      let lines = pending.waitingLines.map { "'\($0)'" }
      let state =
        hasDeclined(party, record, store)
        ? "\(lines.count == 1 ? "was" : "were") declined" : "\(lines.count == 1 ? "awaits" : "await") acceptance"
      try console.print(wrapped: "\(Wording.list(lines)) \(state) by '\(party)'")
    }
  }

  /// Whether a party's latest word on a version was no.
  private static func hasDeclined(
    _ party: String, _ version: LogState.EngagementVersion, _ store: OpenedStore
  ) -> Bool {
    store.state.acceptances.last { $0.version == version.statement && $0.party == party }.map { !$0.accepts } ?? false
  }

  /// What the version promises beside controls; of duties that hold, when they are due.
  private static func printPromises(
    of engagement: String, _ document: EngagementDocument, _ store: OpenedStore, _ console: Console
  ) throws {
    guard !document.duties.isEmpty || !document.serviceLevels.isEmpty else { return }
    let calendar = try store.duties(store.snapshot()).filter { $0.engagement == engagement }
    var table = TextTable(["PROMISE", "BY", "WHAT", "WHEN", "STATE"])
    for duty in document.duties {
      let held = calendar.first { $0.id == duty.id && $0.when == .agreed(duty.when) }
      let newest = held?.newest.map { "done on \($0.day) (entry \($0.entry))" }
      let due = held?.due.map { (held?.isOverdue == true ? "was due " : "due ") + "\($0)" }
      let state = held == nil ? "does not hold yet" : [newest, due].compactMap { $0 }.joined(separator: ", ")
      table.add(["duty \(duty.id)", duty.party, duty.title, duty.when.text, state])
    }
    for level in document.serviceLevels {
      table.add([
        "level \(level.id)", level.party, "\(level.target) \(level.unit) on \(level.domains.joined(separator: ", "))",
        "every \(level.every)", "",
      ])
    }
    try console.print(table)
  }

  // MARK: history

  struct HistoryArguments: Sendable {
    var id: String?
  }

  static let history = CommandSpec<HistoryArguments>(
    name: "history", abstract: "List every version, acceptance and end, in the order of the log.",
    examples: [Example("custody engagement history acme-onsite", "how the agreement came about")],
    parameters: [
      .positional(
        "ENGAGEMENT", help: "Its id; all unless stated.", required: false, into: \.id, parse: CommandText.identifier)
    ],
    pages: true,
    initial: HistoryArguments.init
  ) { arguments, global, console in
    let store = try OpenedStore.open(global, console)
    let events = try EngagementHistory.events(store).filter { arguments.id == nil || $0.engagement == arguments.id }
      .sorted {
        $0.entry < $1.entry
      }
    if let id = arguments.id, events.isEmpty {
      throw KnownNames.noEngagement(id, among: store.state.versions.map(\.engagement))
    }
    if global.format == .json {
      try console.print(
        .array(
          events.map { event in
            .object([
              ("entry", .integer(event.entry)), ("engagement", .string(event.engagement)),
              ("event", .string(event.what)),
              ("day", .string("\(event.day)")), ("party", .string(event.party)),
              ("detail", .string(event.detail)),
            ])
          }))
      return .success
    }
    var table = TextTable(["ENTRY", "DAY", "ENGAGEMENT", "WHAT", "BY", "DETAIL"])
    for event in events {
      table.add([
        "\(event.entry)", "\(event.day)", event.engagement, event.what, event.party, event.detail,
      ])
    }
    try console.print(table)
    return .success
  }
}
