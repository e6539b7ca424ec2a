internal import CommandLine
internal import Crypto
internal import Findings
internal import Ownership
internal import Rendering
internal import Statements
internal import Storage
internal import Workspace

/// `custody key`: keys, and the cards with which they join.
enum KeyCommands {
  static let group = Command(
    group: "key", "Make, list and revoke keys.",
    [
      Command(new), Command(importing), Command(passphrase), Command(list), Command(show), Command(revoke),
    ])

  // MARK: new

  struct NewArguments: Sendable {
    var output: String?
    var origin: String?
    var name: String?
    var algorithm = KeyAlgorithm.ed25519
    var use = NewKey.Use.sign
    var keyName: String?
    var isRecovery = false
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
      Example(
        "custody key new --use witness --key-name witness.example/one --output one.vkey",
        "a witness that is no member of any store"),
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
        "algorithm", value: "ed25519|ecdsa-p256", help: "Kind of key; ed25519 unless stated.",
        completion: .words(KeyAlgorithm.allCases.map(\.rawValue)), replacing: \.algorithm, parse: CommandText.algorithm),
      .option(
        "use", value: "sign|witness|recovery", help: "What it is for; sign unless stated.",
        completion: .words(NewKey.Use.words),
        replacing: \.use, parse: { try NewKey.Use.parse($0) }),
      .flag("recovery", help: "The same as --use recovery.", into: \.isRecovery),
      .option(
        "key-name", value: "NAME", help: "The name under which a witness key cosigns.", into: \.keyName,
        parse: CommandText.text),
    ],
    initial: NewArguments.init
  ) { arguments, global, console in
    if arguments.use == .witness, let name = arguments.keyName, global.person == nil {
      return try makeWitness(name, arguments, global, console)
    }
    guard let owner = global.person else {
      throw Failure(.usage, "whose key it is to be is not said", hint: "say it: --as PARTY/PERSON")
    }
    var arguments = arguments
    if arguments.isRecovery {
      guard arguments.use != .witness else {
        throw Failure(.usage, "--recovery and --use witness cannot both be meant: choose one")
      }
      arguments.use = .recovery
    }
    let isRecovery = arguments.use == .recovery
    guard arguments.use != .witness || arguments.algorithm == .ed25519 else {
      throw Failure(
        .usage, "a witness cosigns with Ed25519: the C2SP format of cosignatures has no ECDSA",
        hint: "leave --algorithm away")
    }
    guard isRecovery ? Identifier.isValid(owner) : Identifier.isMember(owner) else {
      throw Failure(
        .usage,
        isRecovery ? "a recovery key belongs to a party: --as PARTY" : "a key belongs to a member: --as PARTY/PERSON")
    }
    guard (arguments.use == .witness) == (arguments.keyName != nil) else {
      throw Failure(.usage, "--key-name goes with --use witness, and --use witness with --key-name")
    }
    let desk = try Desk(global, console)
    let origin: String
    do {
      origin = try arguments.origin ?? desk.open(global.store).origin
    } catch let error as Failure where error.code == .inputMissing && global.store == nil {
      throw Failure(
        .inputMissing, "for which store the key is to be is not said, and there is none at hand",
        hint: "ask its client for the origin, and say it: --origin TEXT")
    }
    let output = arguments.output ?? ""
    let new = NewKey(
      owner: owner, origin: origin, name: arguments.name, algorithm: arguments.algorithm, use: arguments.use,
      keyName: arguments.keyName)
    let isThere = try RegularFile.sizeWithoutFollowing(output) != nil
    guard try !isThere || desk.isCardOfNoKey(output, owner: owner, origin: origin) else {
      throw Failure(
        .cannotCreate, "'\(output)' is there already, and may be the card of another key",
        hint: "name a file that is not there yet")
    }
    if let other = try KeyChain(desk.home).all().first(where: {
      $0.owner == owner && $0.origin == origin && $0.use == arguments.use.rawValue
    }) {
      console.warn("you hold the key \(other.keyID.short) of \(owner) for '\(origin)' already: this is a further one")
    }
    let keyID = try desk.make(new, card: output).hex
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

  /// A witness that is nobody's member has a key of its own, and nothing to prove: its verifier key is what it tells.
  private static func makeWitness(
    _ name: String, _ arguments: NewArguments, _ global: GlobalArguments, _ console: Console
  ) throws -> ExitStatus {
    guard arguments.origin == nil, arguments.name == nil, arguments.algorithm == .ed25519 else {
      throw Failure(
        .usage, "a witness of its own has an Ed25519 key for every log, and no member's name",
        hint: "for a witness key of a member's say whose: --as PARTY/PERSON")
    }
    let output = arguments.output ?? ""
    guard try RegularFile.sizeWithoutFollowing(output) == nil else {
      throw Failure(
        .cannotCreate, "'\(output)' is there already", hint: "name a file that is not there yet")
    }
    let key = try Desk(global, console).makeWitness(named: name, output: output)
    if global.format == .json {
      try console.print(
        .object([
          ("keyid", .string(key.key.keyID.hex)), ("keyName", .string(name)), ("verifierKey", .string(key.text)),
          ("file", .string(output)),
        ]))
    } else {
      try console.print("verifier key \(key.text)")
      try console.print("file \(output)")
      console.say("tell readers this verifier key: it is no secret, and by it they know your cosignatures")
    }
    return .success
  }

  // MARK: import

  struct ImportArguments: Sendable {
    var file: String?
    var origin: String?
    var use: NewKey.Use?
  }

  static let importing = CommandSpec<ImportArguments>(
    name: "import", abstract: "Take in a private key that was put away: a recovery key, or a copy of your own.",
    discussion: """
      The file is the page that 'custody init --recovery' wrote, or a private key in PEM (PKCS #8). Whose key it is and for \
      which store stands on the page; of a bare key it has to be said.
      """,
    examples: [
      Example("custody key import recovery.txt", "bring a store back whose administrators' keys are all lost"),
      Example(
        "custody key import jane.pem --as onsite/jane --origin acme/7f3a9c01", "your own key, on a new machine"),
    ],
    parameters: [
      .positional("FILE", help: "The page, or the key.", completion: .file, into: \.file, parse: CommandText.text),
      .option("origin", value: "TEXT", help: "The store's origin.", into: \.origin, parse: CommandText.origin),
      .option(
        "use", value: "sign|witness|recovery", help: "What it is for, where no page says it; sign unless stated.",
        completion: .words(NewKey.Use.words), into: \.use, parse: { try NewKey.Use.parse($0) }),
    ],
    initial: ImportArguments.init
  ) { arguments, global, console in
    let (sheet, keyID) = try Desk(global, console).importKey(
      arguments.file ?? "", owner: global.person, origin: arguments.origin, use: arguments.use)
    if global.format == .json {
      try console.print(
        .object([
          ("member", .string(sheet.owner)), ("keyid", .string(keyID.hex)), ("origin", .string(sheet.origin)),
          ("use", .string(sheet.use.rawValue)),
        ]))
    } else {
      try console.print("key \(keyID.hex) of \(sheet.owner), for \(sheet.origin), is held here now")
    }
    return .success
  }

  // MARK: list, show

  static let list = CommandSpec<NoArguments>(
    name: "list", abstract: "List every key of the store, with the verifier keys that tile-log clients take.",
    examples: [Example("custody key list --format json", "hand the verifier keys to another program")], parameters: [],
    pages: true,
    initial: NoArguments.init
  ) { _, global, console in
    let store = try OpenedStore.open(global, console)
    let held = Set(try KeyChain(store.desk.home).all().map(\.keyID))
    let keys = store.state.membership.keys
    if global.format == .json {
      try console.print(.array(keys.map { json($0, store, isHeld: held.contains($0.keyID)) }))
      return .success
    }
    var table = TextTable(["KEY", "OWNER", "USE", "KIND", "STATE", "YOU HOLD IT"])
    for path in try KeyChain(store.desk.home).damagedNotes() {
      console.warn(
        "the note '\(path)' beside a key of yours cannot be read: restore it, or move it and its key elsewhere")
    }
    for key in keys {
      let kind = (try? VerificationKey(base64: key.publicKey))?.algorithm.rawValue ?? "?"
      table.add([
        key.keyID.short, key.owner, key.use.rawValue, kind, store.state(of: key),
        held.contains(key.keyID) ? "yes" : "",
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
    discussion: """
      Far from any store it shows the keys that are held here, those of a witness by the name that they cosign under.
      """,
    examples: [
      Example("custody key show onsite/jane", "what to compare by telephone"),
      Example("custody key show witness.example/acme", "as a witness: the verifier key that readers are told"),
    ],
    parameters: [
      .positional(
        "KEY", help: "Key id, its first digits, the owner, or a witness's name.", into: \.key, parse: CommandText.text)
    ],
    pages: true,
    initial: ShowArguments.init
  ) { arguments, global, console in
    let store: OpenedStore
    do {
      store = try OpenedStore.open(global, console)
    } catch let error as Failure where error.code == .inputMissing && global.store == nil {
      // Far from the store one's own keys can be shown all the same.
      guard try showHeld(arguments.key ?? "", global, console) else { throw error }
      return .success
    }
    let keys = try store.keys(named: arguments.key ?? "")
    if global.format == .json {
      try console.print(.array(keys.map { json($0, store, isHeld: false) }))
      return .success
    }
    for key in keys {
      try console.print("key \(key.keyID.hex)")
      try console.print("  owner \(key.owner), \(key.use.rawValue), \(store.state(of: key))")
      try console.print("  public key \(key.publicKey)")
      if let text = store.verifierKey(of: key) { try console.print("  verifier key \(text)") }
    }
    return .success
  }

  /// Shows the keys that are held here, without a store.
  ///
  /// - Returns: Whether there was one of that name.
  private static func showHeld(_ name: String, _ global: GlobalArguments, _ console: Console) throws -> Bool {
    let held = try KeyChain(Desk(global, console).home).all().filter { key in
      key.owner == name || key.keyName == name || (name.utf8.count >= 4 && key.keyID.hex.hasPrefix(name.lowercased()))
    }
    if global.format == .json, !held.isEmpty {
      try console.print(
        .array(
          held.map {
            .object([
              ("member", .string($0.owner)), ("keyid", .string($0.keyID.hex)), ("origin", .string($0.origin)),
              ("use", .string($0.use)), ("keyName", .optional($0.keyName)), ("publicKey", .string($0.publicKey)),
              ("verifierKey", .optional($0.verifierKey)),
            ])
          }))
      return true
    }
    for key in held {
      try console.print("key \(key.keyID.hex)")
      let log = key.origin.isEmpty ? "every log" : key.origin
      try console.print("  owner \(key.owner), \(key.use), for \(log), held here")
      try console.print("  public key \(key.publicKey)")
      if let text = key.verifierKey { try console.print("  verifier key \(text)") }
    }
    return !held.isEmpty
  }

  // MARK: revoke

  /// Says of keys that were all revoked already that nothing is to be added; a later suspicion is something to add.
  private static func tellRevoked(
    _ arguments: RevokeArguments, _ place: SigningPlace, _ global: GlobalArguments, _ console: Console
  ) throws -> Bool {
    guard let store = place.store else { return false }
    let keys = try store.keys(named: arguments.key ?? "")
    let isNew =
      arguments.suspectSince.map { size in keys.contains { $0.suspectSince.map { size < $0 } ?? true } } ?? false
    guard !isNew, keys.allSatisfy({ $0.revoked != nil }), let key = keys.last, let entry = key.revoked else {
      return false
    }
    let none = Writing.Written(
      checkpoint: store.checkpoint, entries: [], statements: [], isDryRun: arguments.write.isDryRun)
    try none.tell(
      "nothing changes: the key \(key.keyID.short) of \(key.owner) was revoked by entry \(entry)", global, console)
    return true
  }

  struct RevokeArguments: Sendable {
    var key: String?
    var reason: Reason?
    var suspectSince: Int?
    var note: String?
    var write = WriteOptions()
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
    ] + WriteOptions.parameters(in: \.write),
    initial: RevokeArguments.init
  ) { arguments, global, console in
    let place = try SigningPlace.open(arguments.write, global, console)
    if try tellRevoked(arguments, place, global, console) { return .success }
    let keys = try place.keys(named: arguments.key ?? "", isRevokedAgain: arguments.suspectSince != nil)
    guard let key = keys.first, keys.count == 1, let reason = arguments.reason,
      let revocation = KeyRevocation.Reason(rawValue: reason.rawValue)
    else {
      throw Failure(
        .usage, "'\(arguments.key ?? "")' names \(keys.count) keys that could be revoked",
        hint: place.store == nil ? "name one by its whole id" : "name one by its id: custody key list")
    }
    place.warnOfLastAdministrator(without: [key.keyID])
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
      at: place, arguments.write)
    let whose = key.owner.map { " of \($0)" } ?? ""
    try written.tell("key \(key.keyID.short)\(whose) revoked", global, console)
    return .success
  }

  private static func json(_ key: Membership.Key, _ store: OpenedStore, isHeld: Bool) -> JSONOutput {
    let read = try? VerificationKey(base64: key.publicKey)
    var members: [(String, JSONOutput)] = [
      ("member", .string(key.owner)), ("keyid", .string(key.keyID.hex)),
      ("verifierKey", store.verifierKey(of: key).map { .string($0) } ?? .null),
      ("algorithm", .string(read?.algorithm.rawValue ?? "")), ("revoked", .bool(key.revoked != nil)),
      ("use", .string(key.use.rawValue)), ("publicKey", .string(key.publicKey)),
      ("introduced", .integer(key.introduced)), ("held", .bool(isHeld)),
    ]
    if let revoked = key.revoked { members.append(("revokedBy", .integer(revoked))) }
    if let since = key.suspectSince { members.append(("suspectSince", .integer(since))) }
    return .object(members)
  }
}

extension NewKey.Use: Choice {}
