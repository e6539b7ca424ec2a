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
    let desk = try Desk(global, console)
    let imported = try desk.importKey(
      arguments.file ?? "", owner: global.person, origin: arguments.origin, use: arguments.use,
      beside: storeAtHand(desk, global))
    let (sheet, keyID) = (imported.sheet, imported.keyID)
    if global.format == .json {
      try console.print(
        .object([
          ("member", .string(sheet.owner)), ("keyid", .string(keyID.hex)), ("origin", .string(sheet.origin)),
          ("use", .string(sheet.use.rawValue)), ("ending", .optional(imported.ending)),
        ]))
    } else {
      try console.print("key \(keyID.hex) of \(sheet.owner), for \(sheet.origin), is held here now")
      tellImported(imported, from: arguments.file ?? "", global, console)
    }
    return .success
  }

  /// The store that is named, or the nearest; nil where there is none.
  private static func storeAtHand(_ desk: Desk, _ global: GlobalArguments) throws -> OpenedStore? {
    do {
      return try desk.open(global.store)
    } catch let error as Failure where error.code == .inputMissing && global.store == nil {
      return nil
    }
  }

  private static func tellImported(
    _ imported: ImportedKey, from file: String, _ global: GlobalArguments, _ console: Console
  ) {
    let sheet = imported.sheet
    if let ending = imported.ending {
      let instead = imported.successors.map(\.short)
      console.warn(
        "this key signs nothing any more in the store at hand: \(ending)"
          + (sheet.use != .recovery
            ? ""
            : instead.isEmpty
              ? "; '\(sheet.owner)' has no other recovery key"
              : "; look for the page of the key \(Wording.list(instead))"))
      return console.say("delete '\(file)' once you need it no more")
    }
    if !imported.wasCompared {
      console.say("compare the key id with the one on its page: a letter mistyped gives another key")
    }
    guard sheet.use == .recovery else {
      return console.say("delete '\(file)' once you need it no more: whoever has it signs as \(sheet.owner)")
    }
    console.say(
      "next: "
        + global.here(
          "custody key new --as \(sheet.owner)/NAME --origin \(ShellWord.quoted(sheet.origin)) --output new.card"))
    console.say("the page says what follows; delete '\(file)' when all is done")
  }

  // MARK: list, show

  static let list = CommandSpec<NoArguments>(
    name: "list", abstract: "List every key of the store, with the verifier keys that tile-log clients take.",
    discussion: """
      A verifier key is what a witness, an auditor or another program is told apart, to know by it who signs the log's \
      checkpoints. Those of keys that sign nothing any more stand in a list of their own: checkpoints that they signed before \
      are checked by them, and no newer ones.
      """,
    examples: [Example("custody key list --format json", "hand the verifier keys to another program")], parameters: [],
    pages: true,
    initial: NoArguments.init
  ) { _, global, console in
    let store = try OpenedStore.open(global, console)
    let chain = KeyChain(store.desk.home)
    let held = Dictionary(
      try chain.all().map { ($0.keyID, chain.isProtected($0)) }, uniquingKeysWith: { first, _ in first })
    let membership = store.state.membership
    let keys = membership.keys
    if global.format == .json {
      try console.print(.array(keys.map { json($0, store, held: held[$0.keyID]) }))
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
        held[key.keyID].map { $0 == false ? "yes, without a passphrase" : "yes" } ?? "",
      ])
    }
    try console.print(table)
    try console.print()
    try console.print("verifier keys:")
    let (ended, valid) = (
      keys.filter { membership.ending(of: $0) != nil }, keys.filter { membership.ending(of: $0) == nil }
    )
    for key in valid {
      // Whole on a line of its own where it does not fit beside its owner: it is copied.
      if let text = store.verifierKey(of: key) { try console.print(key.owner, beside: text) }
    }
    let former = ended.compactMap { key in store.verifierKey(of: key).map { (key: key, text: $0) } }
    guard !former.isEmpty else { return .success }
    try console.print()
    try console.print("verifier keys of those that sign nothing any more, for what they signed before:")
    for (key, text) in former {
      try console.print("\(key.owner), \(store.state(of: key))", beside: text)
    }
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
      try console.print(.array(keys.map { json($0, store, held: nil) }))
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
    guard !isNew, let key = keys.last else { return false }
    let told: String
    if keys.allSatisfy({ $0.revoked != nil }), let entry = key.revoked {
      let reason = key.revocationReason.map { ", as \($0)" } ?? ""
      let doubt = key.suspectSince.map { "; what it signed from size \($0) on is disputed" } ?? ""
      told = "the key \(key.keyID.short) of \(key.owner) was revoked by entry \(entry)\(reason)\(doubt)"
    } else if arguments.reason == .left, keys.count == 1,
      let entry = store.state.membership.member(key.owner)?.left
    {
      told = "\(key.owner) has left, by entry \(entry), and with it the key \(key.keyID.short) signs nothing any more"
    } else {
      return false
    }
    let none = Writing.Written(
      checkpoint: store.checkpoint, entries: [], statements: [], isDryRun: arguments.write.isDryRun)
    try none.tell("nothing changes: \(told)", global, console)
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

      The member stays, with their other keys. Of somebody who leaves, 'custody member remove' says so, and their keys \
      need no revoking then, but where what they signed last is to be doubted.
      """,
    examples: [
      Example("custody key revoke 2d211eba --reason lost", "a laptop is lost, and its key with it"),
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
    let revoked = Predicate.keyRevocation(
      KeyRevocation(
        keyID: key.keyID, reason: revocation, suspectSince: arguments.suspectSince, note: arguments.note))
    try Writing.check(revoked, at: place, arguments.write)
    place.warnOfLastAdministrator(without: [key.keyID])
    if let membership = place.membership, key.owner == place.signer.member,
      membership.key(key.keyID)?.use == .sign, !arguments.write.isDryRun,
      membership.keys.filter({ $0.owner == key.owner && $0.revoked == nil && $0.use == .sign }).count == 1,
      !(try console.confirm(
        "This is your only key; you will not be able to sign any more. Revoke it?", assumesYes: global.assumesYes))
    {
      throw Failure(.answerNo, "nothing was signed")
    }
    let written = try Writing.perform(revoked, at: place, arguments.write)
    let whose = key.owner.map { " of \($0)" } ?? ""
    try written.tell("key \(key.keyID.short)\(whose) revoked", global, console)
    return .success
  }

  private static func json(_ key: Membership.Key, _ store: OpenedStore, held: Bool??) -> JSONOutput {
    let read = try? VerificationKey(base64: key.publicKey)
    var members: [(String, JSONOutput)] = [
      ("member", .string(key.owner)), ("keyid", .string(key.keyID.hex)),
      ("verifierKey", store.verifierKey(of: key).map { .string($0) } ?? .null),
      ("algorithm", .string(read?.algorithm.rawValue ?? "")), ("revoked", .bool(key.revoked != nil)),
      ("use", .string(key.use.rawValue)), ("publicKey", .string(key.publicKey)),
      ("introduced", .integer(key.introduced)), ("held", .bool(held != nil)),
      ("passphrase", (held ?? nil).map { .bool($0) } ?? .null),
    ]
    if let revoked = key.revoked { members.append(("revokedBy", .integer(revoked))) }
    members.append(("state", .string(store.state(of: key))))
    if let since = key.suspectSince { members.append(("suspectSince", .integer(since))) }
    return .object(members)
  }
}

extension NewKey.Use: Choice {}
