internal import CommandLine
internal import Crypto
internal import Findings
internal import Ownership
internal import Rendering
internal import Statements
internal import Workspace

/// `custody party`: who has to do with the client's controls.
enum PartyCommands {
  static let group = Command(
    group: "party", "Add, list and confirm parties.",
    [Command(add), Command(list), Command(confirm), Command(notice), Command(remove)])

  enum Kind: String, Choice {
    case provider, vendor, auditor
  }

  // MARK: add

  struct AddArguments: Sendable {
    var id: String?
    var kind = Kind.provider
    var name: String?
    var card: String?
    var role = Role.administrator
    var write = WriteOptions()
  }

  enum Role: String, Choice {
    case administrator, contributor, auditor
  }

  static let add = CommandSpec<AddArguments>(
    name: "add", abstract: "Let a party join, with the key card of its first administrator.",
    discussion: """
      You bring the party's first key, so compare it: have them read the key id to you by telephone, and run 'custody \
      party confirm'. Further members the party brings itself.
      """,
    examples: [
      Example(
        "custody party add onsite --kind provider --name \"Onsite Services\" --card jane.card",
        "a provider joins with its first administrator"),
      Example(
        "custody party add ledgerline --kind auditor --name \"Ledgerline CPA\" --card ann.card", "so does an auditor"),
    ],
    parameters: [
      .positional("ID", help: "The party's id.", into: \.id, parse: CommandText.identifier),
      .option(
        "kind", value: Kind.words.joined(separator: "|"), help: "What it is; provider unless stated.",
        completion: .words(Kind.words),
        replacing: \.kind, parse: { try Kind.parse($0) }),
      .option(
        "name", value: "NAME", help: "The organisation's name.", required: true, into: \.name, parse: CommandText.text),
      .option(
        "card", value: "FILE", help: "Key card of its first member, made with 'custody key new'.", completion: .file,
        into: \.card, parse: CommandText.text),
      .option(
        "role", value: Role.words.joined(separator: "|"), help: "The first member's role; administrator unless stated.",
        completion: .words(Role.words), replacing: \.role, parse: { try Role.parse($0) }),
    ] + WriteOptions.parameters(in: \.write),
    initial: AddArguments.init
  ) { arguments, global, console in
    let place = try SigningPlace.open(arguments.write, global, console)
    let id = arguments.id ?? ""
    let card = try arguments.card.map { try KeyCard.read($0, origin: place.origin) }
    if let card, Identifier.party(ofMember: card.member) != id || !Identifier.isMember(card.member) {
      throw Failure(.malformedInput, "the key card is for '\(card.member)', who is not a member of '\(id)'")
    }
    let kind = PartyEvent.Kind(rawValue: arguments.kind.rawValue) ?? .provider
    let join = PartyEvent(event: .join, id: id, kind: kind, name: arguments.name ?? "")
    let role = MemberEvent.Role(rawValue: arguments.role.rawValue) ?? .administrator
    let isThere = try isWithoutMembers(id, place, hasCard: card != nil)
    let drafts = [
      isThere ? nil : Draft(predicate: .party(join)), card.map { Draft(predicate: .member($0.join(role: role))) },
    ].compactMap { $0 }
    let written = try Writing.perform(at: place, arguments.write) { _, signed in
      signed.count < drafts.count ? drafts[signed.count] : nil
    }
    let who = card.map { " with \($0.member)" } ?? ""
    let said = isThere ? "'\(id)' was there already, and \(card?.member ?? "") joined it" : "'\(id)' joined\(who)"
    try written.tell(said, global, console)
    if let card, let key = Base64.decode(card.publicKey) {
      let keyID = SHA256.hash(key).hex
      console.say(
        "next: compare the key id by telephone, then: " + global.here("custody party confirm \(id) \(keyID)"))
    }
    return .success
  }

  /// Whether a party is there that only waits for its first member.
  ///
  /// - Throws: `notEntitled` where it joined already, with what may have been meant.
  private static func isWithoutMembers(_ id: String, _ place: SigningPlace, hasCard: Bool) throws -> Bool {
    guard let membership = place.membership, let party = membership.party(id) else { return false }
    let since = "'\(id)' joined with entry \(party.joined)"
    guard party.leftDay == nil else {
      throw Failure(
        .notEntitled, "\(since) and has left: a party does not rejoin", hint: "give it an id that nobody had before")
    }
    guard membership.members.contains(where: { $0.party == id }) else {
      if hasCard, party.kind != .client { return true }
      throw Failure(
        .notEntitled, "\(since) already, and has no member yet",
        hint: "bring the first: custody party add \(id) --name NAME --card FILE")
    }
    throw Failure(
      .notEntitled, "\(since) already",
      hint: "a further member joins with 'custody member add CARD', by the party's own administrator")
  }

  // MARK: list

  static let list = CommandSpec<NoArguments>(
    name: "list", abstract: "List the parties, and whether you have confirmed their first keys.",
    examples: [Example("custody party list", "who is here")], parameters: [], pages: true,
    initial: NoArguments.init
  ) { _, global, console in
    let store = try OpenedStore.open(global, console)
    let first = Dictionary(
      PartyConfirmation.firstKeys(store.state).map { ($0.party, $0.key.keyID) },
      uniquingKeysWith: { first, _ in first })
    let unconfirmed = Set(
      store.unconfirmedParties().map(\.party))
    if global.format == .json {
      try console.print(
        .array(
          store.state.membership.parties.map { party in
            .object([
              ("id", .string(party.id)), ("kind", .string(party.kind.rawValue)), ("name", .string(party.name)),
              ("joined", .integer(party.joined)), ("notice", party.noticeDay.map { .string("\($0)") } ?? .null),
              ("left", party.leftDay.map { .string("\($0)") } ?? .null),
              ("firstKey", first[party.id].map { .string($0.hex) } ?? .null),
              ("confirmed", .bool(!unconfirmed.contains(party.id))),
            ])
          }))
      return .success
    }
    let own = store.ownKeys()
    let ownParties = Set(store.state.membership.keys.filter { own.contains($0.keyID) }.map(\.party))
    var table = TextTable(["PARTY", "KIND", "NAME", "STATE", "FIRST KEY", "CONFIRMED"])
    for party in store.state.membership.parties {
      let state =
        party.leftDay.map { "has left, on \($0)" } ?? party.noticeDay.map { "notice given on \($0)" } ?? "present"
      let key = first[party.id]
      let confirmed =
        key == nil
        ? "" : unconfirmed.contains(party.id) ? "no" : ownParties.contains(party.id) ? "your own" : "yes"
      table.add([
        party.id, party.kind.rawValue, party.name, state, key.map { String($0.hex.prefix(Fingerprint.shortest)) } ?? "",
        store.trust?.confirmedKeys[party.id] == nil && party.kind == .client && !ownParties.contains(party.id)
          ? "" : confirmed,
      ])
    }
    try console.print(table)
    return .success
  }

  // MARK: confirm

  struct ConfirmArguments: Sendable {
    var id: String?
    var fingerprint: String?
  }

  static let confirm = CommandSpec<ConfirmArguments>(
    name: "confirm", abstract: "Remember that you have compared a party's first key, by telephone or in person.",
    discussion: "Nothing is written to the store: what you have compared is for you alone to know.",
    examples: [
      Example(
        "custody party confirm onsite 47dea58ea00fae94…",
        "the key id that the party read to you, whole or its first 16 digits")
    ],
    parameters: [
      .positional("ID", help: "The party.", into: \.id, parse: CommandText.identifier),
      .positional(
        "KEYID",
        help: "The key id that they read to you, whole or its first 16 digits; blanks and colons may stand in it.",
        into: \.fingerprint,
        parse: CommandText.text),
    ],
    initial: ConfirmArguments.init
  ) { arguments, global, console in
    let store = try OpenedStore.open(global, console)
    let id = arguments.id ?? ""
    let key = try store.confirm(id, fingerprint: arguments.fingerprint ?? "")
    if global.format == .json {
      try console.print(.object([("party", .string(id)), ("keyid", .string(key.keyID.hex)), ("confirmed", true)]))
    } else {
      try console.print("the first key of '\(id)', \(key.keyID.short), is confirmed for you")
    }
    return .success
  }

  // MARK: notice, remove

  struct EndArguments: Sendable {
    var id: String?
    var kind = Kind.provider
    var name: String?
    var write = WriteOptions()
  }

  private static let endParameters: [Parameter<EndArguments>] =
    [
      .positional("ID", help: "The party.", into: \.id, parse: CommandText.identifier),
      .option(
        "kind", value: Kind.words.joined(separator: "|"),
        help: "Without the store: what it joined as; provider unless stated.", completion: .words(Kind.words),
        replacing: \.kind, parse: { try Kind.parse($0) }),
      .option(
        "name", value: "NAME", help: "Without the store: the name that it joined under.", into: \.name,
        parse: CommandText.text),
    ] + WriteOptions.parameters(in: \.write)

  static let notice = CommandSpec<EndArguments>(
    name: "notice", abstract: "Give notice that a party will leave.",
    examples: [Example("custody party notice onsite", "90 days later the client may say that it has left")],
    parameters: endParameters,
    initial: EndArguments.init
  ) { arguments, global, console in
    try end(.notice, "notice for", arguments, global, console)
  }

  static let remove = CommandSpec<EndArguments>(
    name: "remove", abstract: "Say that a party has left: its keys sign nothing any more, and its units are unowned.",
    examples: [Example("custody party remove onsite --as onsite/jane", "a party leaves by its own word at any time")],
    parameters: endParameters,
    initial: EndArguments.init
  ) { arguments, global, console in
    let question =
      "'\(arguments.id ?? "")' will have left for good: its keys sign nothing any more, and it cannot rejoin. Go on?"
    guard try arguments.write.isDryRun || console.confirm(question, assumesYes: global.assumesYes) else {
      throw Failure(.answerNo, "nothing was signed")
    }
    return try end(.leave, "leave of", arguments, global, console)
  }

  private static func end(
    _ event: PartyEvent.Event, _ what: String, _ arguments: EndArguments, _ global: GlobalArguments, _ console: Console
  ) throws -> ExitStatus {
    let place = try SigningPlace.open(arguments.write, global, console)
    let id = arguments.id ?? ""
    let predicate: PartyEvent
    if let membership = place.membership {
      guard let party = membership.party(id) else {
        throw KnownNames.noParty(id, in: membership)
      }
      predicate = PartyEvent(
        event: event, id: id, kind: PartyEvent.Kind(rawValue: party.kind.rawValue), name: party.name)
    } else {
      guard let name = arguments.name else {
        throw Failure(
          .usage, "without the store nobody knows under which name '\(id)' joined",
          hint: "say it: --name NAME, and --kind if it is not a provider")
      }
      predicate = PartyEvent(event: event, id: id, kind: PartyEvent.Kind(rawValue: arguments.kind.rawValue), name: name)
    }
    let written = try Writing.perform(.party(predicate), at: place, arguments.write)
    try written.tell("\(what) '\(id)'", global, console)
    return .success
  }
}
