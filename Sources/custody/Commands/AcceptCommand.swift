internal import CommandLine
internal import Rendering
internal import Findings
internal import Catalogs
internal import Crypto
internal import Ownership
internal import Statements
internal import Storage
internal import TreeLog
internal import Reports

/// `custody accept`: a party puts its name to what an agreement gives it, or takes from it.
enum AcceptCommand {
  struct Arguments: Sendable {
    var engagement: String?
    var request: String?
    var declines: [String] = []
    var reason: String?
    var write = WriteArguments()
  }

  static let spec = CommandSpec<Arguments>(
    name: "accept", abstract: "Accept an agreement for your party, whole or but for some controls.",
    discussion: """
      Shows the schedule, line by line, before it signs. With --decline some lines are declined and the rest accepted: \
      two statements. With --request it answers a request that came by mail, on a machine that never sees the store: the \
      offer goes back by mail, and whoever keeps the store appends it.
      """,
    examples: [
      Example("custody accept --engagement acme-onsite --as onsite/jane", "all that the agreement gives 'onsite'"),
      Example("custody accept --decline 3.6.1 --reason \"no staff at night\" --as onsite/jane", "all but one control"),
      Example("custody accept --request onsite.request --offer onsite.offer --as onsite/jane", "without the store"),
    ],
    parameters: [
      .option(
        "engagement", value: "ID", help: "Which agreement; the only one that waits unless said.", into: \.engagement,
        parse: CommandText.identifier),
      .option(
        "request", value: "FILE", help: "A request made with 'custody engagement show --request'.", completion: .file,
        into: \.request, parse: CommandText.text),
      .repeatable(
        "decline", value: "CONTROL", help: "A control or objective to decline; 'all' for everything.", into: \.declines,
        parse: CommandText.text),
      .option("reason", value: "TEXT", help: "Why it is declined.", into: \.reason, parse: CommandText.text),
    ] + WriteArguments.parameters(in: \.write, fromCheckpoint: false),
    initial: Arguments.init
  ) { arguments, global, console in
    guard arguments.declines.isEmpty == (arguments.reason == nil) else {
      throw Failure(.usage, "--decline goes with --reason, and --reason with --decline")
    }
    if let request = arguments.request { return try answer(request, arguments, global, console) }
    return try accept(arguments, global, console)
  }

  /// What a party is asked to sign.
  private struct Asked {
    let engagement: String
    let statement: Digest
    let document: Digest
    let schedule: Schedule
    let catalogs: [Acceptance.NamedCatalog]
    let party: String
  }

  // MARK: With the store

  private static func accept(_ arguments: Arguments, _ global: GlobalArguments, _ console: Console) throws -> ExitStatus
  {
    let session = try Session.open(global, console)
    let signer = try session.signer(global)
    let waiting = try PendingAcceptance.all(for: signer.party, session).filter { !$0.schedule.isEmpty }
    let named = waiting.filter { pending in
      arguments.engagement.map { $0 == pending.version.engagement } ?? (pending.waiting > 0)
    }
    guard let pending = named.first else {
      throw Failure(
        .inputMissing,
        arguments.engagement.map { "'\($0)' gives '\(signer.party)' nothing and takes nothing from it" }
          ?? "no agreement waits for the word of '\(signer.party)'",
        hint: "'custody engagement history' lists what was signed")
    }
    guard named.count == 1 else {
      throw Failure(
        .usage, "\(named.map(\.version.engagement).joined(separator: " and ")) wait for '\(signer.party)'",
        hint: "say which: --engagement \(pending.version.engagement)")
    }
    let asked = Asked(
      engagement: pending.version.engagement, statement: pending.version.statement, document: pending.version.document,
      schedule: pending.schedule, catalogs: pending.catalogs, party: signer.party)
    let finder = try session.finder()
    let parts = try split(asked, arguments, finder)
    guard try confirm(asked, parts, signer, arguments, global, console) else {
      throw Failure(.answerNo, "nothing was signed")
    }
    let place = SigningPlace(session, signer: signer)
    let written = try sign(asked, parts, at: place, arguments, global, console)
    try written.tell(summary(asked, parts), global, console)
    return .success
  }

  // MARK: Without the store

  private static func answer(
    _ path: String, _ arguments: Arguments, _ global: GlobalArguments, _ console: Console
  ) throws -> ExitStatus {
    guard arguments.write.offer != nil else {
      throw Failure(.usage, "a request is answered with an offer", hint: "say where it goes: --offer FILE")
    }
    let checked = try AcceptanceRequest.read(path)
    let request = checked.request
    let home = try Home(environment: .process)
    var mayBeRemembered = true
    if let trust = try TrustMemory(home).record(of: request.store) {
      try SeenTree.checkSignature(checked.note, of: request.store, trust, console)
      // A tree that may be another log's does not take the place of one that was seen.
      mayBeRemembered = try SeenTree.compare(checked.checkpoint, checked.lineage, with: trust, in: "request", console)
    } else {
      console.say(
        "the checkpoint in this request is signed with the key \(checked.signerKey.keyID.hex): compare it with the client by telephone"
      )
    }
    let signer = try SessionSigner.pick(global, home: home, origin: request.store, isLive: { _ in true })
    guard signer.party == request.party else {
      throw Failure(
        .notEntitled, "the request is for '\(request.party)', and \(signer.member) is of '\(signer.party)'")
    }
    let asked = Asked(
      engagement: request.engagement, statement: try digest(request.statement),
      document: try digest(request.documentSHA256),
      schedule: checked.schedule,
      catalogs: try request.catalogs.map { Acceptance.NamedCatalog(id: $0.id, sha256: try digest($0.sha256)) },
      party: request.party)
    let finder = ControlFinder(
      catalogs: try BundledCatalogs.names.compactMap { name in
        try BundledCatalogs.bytes(of: name).map { try Catalog(parsing: $0, framework: name) }
      })
    let parts = try split(asked, arguments, finder)
    guard try confirm(asked, parts, signer, arguments, global, console) else {
      throw Failure(.answerNo, "nothing was signed")
    }
    let place = SigningPlace(home: home, session: nil, checkpoint: checked.checkpoint, signer: signer)
    let written = try sign(asked, parts, at: place, arguments, global, console)
    if mayBeRemembered, !written.isDryRun, let lineage = checked.lineage {
      try? SeenTree.remember(checked.checkpoint, lineage, signer: request.verifierKey, home)
    }
    let counts = [("accepted", false), ("declined", true)].map { name, isDecline in
      let lines = parts.filter { ($0.reason != nil) == isDecline }.map(\.schedule.units.count)
      return (name, JSONOutput.integer(lines.reduce(0, +)))
    }
    try written.tell(
      summary(asked, parts), global, console,
      [("engagement", .string(asked.engagement)), ("party", .string(asked.party))] + counts)
    return .success
  }

  private static func digest(_ hex: String) throws -> Digest {
    guard let digest = Digest(hex: hex) else { throw Failure(.malformedInput, "'\(hex)' is no SHA-256") }
    return digest
  }

  // MARK: Shared

  private static func sign(
    _ asked: Asked, _ parts: [Part], at place: SigningPlace, _ arguments: Arguments, _ global: GlobalArguments,
    _ console: Console
  ) throws -> Writing.Written {
    try Writing.perform(at: place, arguments.write, global, console) { sink, signed in
      guard signed.count < parts.count else { return nil }
      let part = parts[signed.count]
      let subject = try sink.keep(part.schedule.bytes, name: "schedule", mediaType: MediaType.schedule)
      return Draft(predicate: .acceptance(acceptance(asked, part)), subjects: [subject])
    }
  }

  /// What is accepted, and what is declined and why.
  private struct Part {
    let schedule: Schedule
    /// Of a decline.
    let reason: String?
  }

  private static func split(_ asked: Asked, _ arguments: Arguments, _ finder: ControlFinder) throws -> [Part] {
    guard !arguments.declines.isEmpty else { return [Part(schedule: asked.schedule, reason: nil)] }
    var declined: Set<String> = []
    for text in arguments.declines {
      let found = text == "all" ? Set(asked.schedule.units.map(\.unit)) : try units(text, asked, finder)
      declined.formUnion(found)
    }
    var rest = asked.schedule
    rest.units.removeAll { declined.contains($0.unit) }
    let no = Schedule(units: asked.schedule.units.filter { declined.contains($0.unit) })
    let parts = [Part(schedule: rest, reason: nil), Part(schedule: no, reason: arguments.reason)]
    return parts.filter {
      !$0.schedule.units.isEmpty || ($0.reason == nil && !$0.schedule.isEmpty && !rest.units.isEmpty)
    }
  }

  /// The units of the schedule that a control or objective comes to.
  private static func units(_ text: String, _ asked: Asked, _ finder: ControlFinder) throws -> Set<String> {
    let listed = Set(asked.schedule.units.map(\.unit))
    if listed.contains(text) { return [text] }
    var found: Set<String> = []
    if case .found(let controls) = finder.resolve(text) {
      for control in controls {
        let units = finder.control(control)?.units.map(\.id.description) ?? [control.description]
        found.formUnion(units.filter { listed.contains($0) })
      }
    } else {
      // A framework that is not at hand: its units are told by how they are written.
      found = listed.filter {
        $0 == text || $0.hasSuffix("/\(text)") || $0.contains("/\(text)[") || $0.hasPrefix("\(text)[")
      }
    }
    guard !found.isEmpty else {
      throw Failure(
        .usage, "the schedule of '\(asked.party)' has no line for '\(text)'",
        hint: "'custody engagement show \(asked.engagement) --party \(asked.party)' prints it")
    }
    return found
  }

  private static func acceptance(_ asked: Asked, _ part: Part) -> Acceptance {
    Acceptance(
      engagement: asked.statement, document: asked.document, catalogs: asked.catalogs,
      schedule: SHA256.hash(part.schedule.bytes), answer: part.reason == nil ? .accept : .decline, reason: part.reason)
  }

  private static func confirm(
    _ asked: Asked, _ parts: [Part], _ signer: SessionSigner, _ arguments: Arguments, _ global: GlobalArguments,
    _ console: Console
  ) throws -> Bool {
    if global.format != .json, !global.isQuiet {
      for part in parts {
        try console.print(part.reason.map { "declined, because \($0):" } ?? "accepted:")
        var table = TextTable(["UNIT", "FROM", "THROUGH", "ACCOUNTABLE", "RESPONSIBLE", "EVIDENCE"])
        for line in part.schedule.units {
          table.add([
            line.unit, "\(line.from)", "\(line.through)", line.terms.accountable ?? "nobody",
            line.terms.responsible.joined(separator: ", "), line.terms.cadence ?? "",
          ])
        }
        try console.print(table)
        for duty in part.schedule.duties {
          try console.print("duty \(duty.id), \(duty.party), \(duty.cadence): \(duty.title)")
        }
        for level in part.schedule.levels {
          try console.print(
            "level \(level.id), \(level.party): \(level.target) \(level.unit) on \(level.domains.joined(separator: ", ")), \(level.cadence)"
          )
        }
      }
      try console.flush()
    }
    let question = "Sign this for '\(asked.party)' as \(signer.member)?"
    return try arguments.write.isDryRun || console.confirm(question, assumesYes: global.assumesYes)
  }

  private static func summary(_ asked: Asked, _ parts: [Part]) -> String {
    let texts = parts.map { part in
      "\(Wording.count(part.schedule.units.count, "line")) \(part.reason == nil ? "accepted" : "declined")"
    }
    return "'\(asked.engagement)': \(texts.joined(separator: ", ")) for '\(asked.party)'"
  }
}
