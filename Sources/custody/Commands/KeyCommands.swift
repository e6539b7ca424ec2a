internal import CommandLine
internal import Rendering
internal import Findings
internal import Crypto
internal import Ownership
internal import Statements
internal import Storage
internal import Reports

/// `custody key`: keys, and the cards with which they join.
enum KeyCommands {
  static let group = Command(
    group: "key", "Make, list and revoke keys.", [Command(new), Command(list), Command(show), Command(revoke)])

  // MARK: new

  struct NewArguments: Sendable {
    var output: String?
    var origin: String?
    var name: String?
    var algorithm = KeyAlgorithm.ed25519
    var use = KeyUse.sign
    var keyName: String?
  }

  enum KeyUse: String, Choice {
    case sign, witness, recovery
  }

  static let new = CommandSpec<NewArguments>(
    name: "new", abstract: "Make a key, and the card with which it joins a store.",
    discussion: """
      The private key stays under CUSTODY_HOME/keys; set CUSTODY_PASSPHRASE to have it encrypted. The card holds the \
      public key and the proof that you hold it, and is no secret: mail it to an administrator, and read the key id to \
      them by telephone.
      """,
    examples: [
      Example(
        "custody key new --as onsite/jane --origin acme/7f3a9c01 --output jane.card",
        "on the machine of the one who joins"),
      Example(
        "custody key new --as acme --use recovery --origin acme/7f3a9c01 --output recovery.card",
        "a key to keep offline"),
    ],
    parameters: [
      .option(
        "output", "o", value: "FILE", help: "Where the card goes.", required: true, completion: .file, into: \.output,
        parse: CommandText.text),
      .option(
        "origin", value: "TEXT", help: "The store's origin; else that of the store at hand.", into: \.origin,
        parse: CommandText.origin),
      .option("name", value: "NAME", help: "The person's name, for people.", into: \.name, parse: CommandText.text),
      .option(
        "algorithm", value: "ed25519|ecdsa-p256", help: "Kind of key; ed25519 unless said.",
        completion: .words(KeyAlgorithm.allCases.map(\.rawValue)), replacing: \.algorithm, parse: CommandText.algorithm),
      .option(
        "use", value: "sign|witness|recovery", help: "What it is for; sign unless said.",
        completion: .words(KeyUse.words),
        replacing: \.use, parse: { try KeyUse.parse($0) }),
      .option(
        "key-name", value: "NAME", help: "The name under which a witness key cosigns.", into: \.keyName,
        parse: CommandText.text),
    ],
    initial: NewArguments.init
  ) { arguments, global, console in
    guard let owner = global.person else {
      throw Failure(.usage, "whose key it is to be is not said", hint: "say it: --as PARTY/PERSON")
    }
    let isRecovery = arguments.use == .recovery
    guard isRecovery ? Identifier.isValid(owner) : Identifier.isMember(owner) else {
      throw Failure(
        .usage,
        isRecovery ? "a recovery key belongs to a party: --as PARTY" : "a key belongs to a member: --as PARTY/PERSON")
    }
    guard (arguments.use == .witness) == (arguments.keyName != nil) else {
      throw Failure(.usage, "--key-name goes with --use witness, and --use witness with --key-name")
    }
    let home = try Home(environment: .process)
    let origin = try arguments.origin ?? Session.open(global, console).origin
    let key = try SigningKey.generate(arguments.algorithm)
    let card = try KeyCard.make(
      key, owner: owner, name: arguments.name, store: origin,
      use: arguments.use == .sign ? nil : arguments.use.rawValue, keyName: arguments.keyName)
    let output = arguments.output ?? ""
    // The card first: a key without one would stay behind if it cannot be written.
    try KeyChain(home).makeFolder()
    try OutputFile.write(output, try card.bytes)
    try KeyChain(home).keep(
      key, owner: owner, origin: origin, use: arguments.use.rawValue,
      passphrase: Environment.process["CUSTODY_PASSPHRASE"])
    let keyID = key.verificationKey.keyID.hex
    if global.format == .json {
      try console.print(
        .object([
          ("member", .string(owner)), ("keyid", .string(keyID)), ("origin", .string(origin)), ("card", .string(output)),
          ("algorithm", .string(arguments.algorithm.rawValue)),
        ]))
    } else {
      try console.print("key \(keyID) of \(owner), for \(origin)")
      try console.print("card \(output)")
      console.say("send the card to an administrator, and read them the key id by telephone")
    }
    return .success
  }

  // MARK: list, show

  static let list = CommandSpec<NoArguments>(
    name: "list", abstract: "List every key of the store, with the verifier keys that tile-log clients take.",
    examples: [Example("custody key list --format json", "hand the verifier keys to another program")], parameters: [],
    initial: NoArguments.init
  ) { _, global, console in
    let session = try Session.open(global, console)
    let held = Set(try KeyChain(session.home).all().map(\.keyID))
    let keys = session.state.membership.keys
    if global.format == .json {
      try console.print(.array(keys.map { json($0, session, isHeld: held.contains($0.keyID)) }))
      return .success
    }
    var table = TextTable(["KEY", "OWNER", "USE", "KIND", "STATE", "HELD"])
    for key in keys {
      let kind = (try? VerificationKey(base64: key.publicKey))?.algorithm.rawValue ?? "?"
      table.add([
        key.keyID.short, key.owner, key.use.rawValue, kind, state(key, session), held.contains(key.keyID) ? "here" : "",
      ])
    }
    try console.print(table)
    return .success
  }

  struct ShowArguments: Sendable {
    var key: String?
  }

  static let show = CommandSpec<ShowArguments>(
    name: "show", abstract: "Show a key whole: its id, its public half, its verifier key.",
    examples: [Example("custody key show onsite/jane", "what to compare by telephone")],
    parameters: [
      .positional("KEY", help: "Key id, its first digits, or the owner.", into: \.key, parse: CommandText.text)
    ],
    initial: ShowArguments.init
  ) { arguments, global, console in
    let session = try Session.open(global, console)
    let keys = try find(arguments.key ?? "", session)
    if global.format == .json {
      try console.print(.array(keys.map { json($0, session, isHeld: false) }))
      return .success
    }
    for key in keys {
      try console.print("key \(key.keyID.hex)")
      try console.print("  owner \(key.owner), \(key.use.rawValue), \(state(key, session))")
      try console.print("  public key \(key.publicKey)")
      if let text = verifierKey(key, session) { try console.print("  verifier key \(text)") }
    }
    return .success
  }

  // MARK: revoke

  struct RevokeArguments: Sendable {
    var key: String?
    var reason: Reason?
    var suspectSince: Int?
    var note: String?
    var write = WriteArguments()
  }

  enum Reason: String, Choice {
    case left, lost, stolen, superseded
  }

  static let revoke = CommandSpec<RevokeArguments>(
    name: "revoke", abstract: "Revoke a key: from this entry on it no longer speaks.",
    discussion: """
      Nothing earlier becomes invalid. With --suspect-since, what the key signed from that tree size on is shown as \
      disputed; it still counts until a new statement says otherwise.
      """,
    examples: [
      Example("custody key revoke onsite/jane --reason left", "a person has left"),
      Example(
        "custody key revoke 2d211eba --reason stolen --suspect-since 120",
        "a key was stolen, perhaps before it was noticed"),
    ],
    parameters: [
      .positional("KEY", help: "Key id, its first digits, or the owner.", into: \.key, parse: CommandText.text),
      .option(
        "reason", value: Reason.words.joined(separator: "|"), help: "Why.", required: true,
        completion: .words(Reason.words),
        into: \.reason, parse: { try Reason.parse($0) }),
      .option(
        "suspect-since", value: "SIZE", help: "The tree size from which on its statements are disputed.",
        into: \.suspectSince, parse: CommandText.count),
      .option("note", value: "TEXT", help: "What happened.", into: \.note, parse: CommandText.text),
    ] + WriteArguments.parameters(in: \.write),
    initial: RevokeArguments.init
  ) { arguments, global, console in
    let place = try SigningPlace.open(arguments.write, global, console)
    let keys = try revocable(arguments, place)
    guard let key = keys.first, keys.count == 1, let reason = arguments.reason,
      let revocation = KeyRevocation.Reason(rawValue: reason.rawValue)
    else {
      throw Failure(
        .usage, "'\(arguments.key ?? "")' names \(keys.count) keys that could be revoked",
        hint: place.session == nil ? "name one by its whole id" : "name one by its id: custody key list")
    }
    if let membership = place.membership, key.owner == place.signer.member,
      membership.keys.filter({ $0.owner == key.owner && $0.revoked == nil }).count == 1,
      !(try console.confirm(
        "This is your only key; you will not be able to sign any more. Revoke it?", assumesYes: global.assumesYes))
    {
      throw Failure(.answerNo, "nothing was signed")
    }
    let written = try Writing.perform(
      .keyRevocation(
        KeyRevocation(
          keyID: key.keyID, reason: revocation, suspectSince: arguments.suspectSince, note: arguments.note)),
      at: place, arguments.write, global, console)
    let whose = key.owner.map { " of \($0)" } ?? ""
    try written.tell("key \(key.keyID.short)\(whose) revoked", global, console)
    return .success
  }

  /// A key that might be revoked; far from the store its owner may not be known.
  private struct Revocable {
    let keyID: Digest
    let owner: String?
  }

  /// The keys that the arguments may mean: far from the store, any by its whole id, and one's own.
  private static func revocable(_ arguments: RevokeArguments, _ place: SigningPlace) throws -> [Revocable] {
    let text = arguments.key ?? ""
    if let session = place.session {
      return try find(text, session).filter { $0.revoked == nil || arguments.suspectSince != nil }.map {
        Revocable(keyID: $0.keyID, owner: $0.owner)
      }
    }
    let lower = text.lowercased()
    let own = try KeyChain(place.home).all().filter { key in
      key.origin == place.origin && (key.owner == text || (lower.utf8.count >= 4 && key.keyID.hex.hasPrefix(lower)))
    }
    guard own.isEmpty, let id = Digest(hex: lower) else {
      return own.map { Revocable(keyID: $0.keyID, owner: $0.owner) }
    }
    return [Revocable(keyID: id, owner: nil)]
  }

  // MARK: Shared

  /// The keys that a text names: by id, by its first digits, or by owner.
  static func find(_ text: String, _ session: Session) throws -> [Membership.Key] {
    let lower = text.lowercased()
    let found = session.state.membership.keys.filter { key in
      key.owner == text || (lower.utf8.count >= 4 && key.keyID.hex.hasPrefix(lower))
    }
    guard !found.isEmpty else {
      throw Failure(.inputMissing, "no key of this store is '\(text)'", hint: "'custody key list' lists them")
    }
    return found
  }

  static func state(_ key: Membership.Key, _ session: Session) -> String {
    if let revoked = key.revoked { return "revoked by entry \(revoked)" }
    if key.use == .sign, session.state.membership.speakingKey(key.keyID) == nil { return "left" }
    return "valid"
  }

  /// The text with which tile-log clients check checkpoints, or cosignatures.
  static func verifierKey(_ key: Membership.Key, _ session: Session) -> String? {
    guard let read = try? VerificationKey(base64: key.publicKey) else { return nil }
    switch key.use {
    case .sign: return NoteKey(log: read, name: session.origin).text
    case .witness: return key.keyName.flatMap { NoteKey(witness: read, name: $0)?.text }
    case .recovery: return nil
    }
  }

  private static func json(_ key: Membership.Key, _ session: Session, isHeld: Bool) -> JSONOutput {
    let read = try? VerificationKey(base64: key.publicKey)
    var members: [(String, JSONOutput)] = [
      ("member", .string(key.owner)), ("keyid", .string(key.keyID.hex)),
      ("verifierKey", verifierKey(key, session).map { .string($0) } ?? .null),
      ("algorithm", .string(read?.algorithm.rawValue ?? "")), ("revoked", .bool(key.revoked != nil)),
      ("use", .string(key.use.rawValue)), ("publicKey", .string(key.publicKey)),
      ("introduced", .integer(key.introduced)), ("held", .bool(isHeld)),
    ]
    if let revoked = key.revoked { members.append(("revokedBy", .integer(revoked))) }
    if let since = key.suspectSince { members.append(("suspectSince", .integer(since))) }
    return .object(members)
  }
}
