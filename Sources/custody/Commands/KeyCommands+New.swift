internal import CommandLine
internal import Crypto
internal import Findings
internal import Ownership
internal import Rendering
internal import Statements
internal import Storage
internal import Workspace

/// `custody key new`: a key, and what others are told of it.
extension KeyCommands {
  struct NewArguments: Sendable {
    var output: String?
    var origin: String?
    var name: String?
    var algorithm = KeyAlgorithm.ed25519
    var use = NewKey.Use.sign
    var keyName: String?
    var isRecovery = false
    var page: String?
  }

  static let new = CommandSpec<NewArguments>(
    name: "new", abstract: "Make a key, and the card with which it joins a store.",
    discussion: """
      The private key stays under CUSTODY_HOME/keys; set CUSTODY_PASSPHRASE to have it encrypted. The card holds the \
      public key and the proof that you hold it, and is no secret: mail it to an administrator, and read the key id to \
      them by telephone.

      Of several keys of one person that sign, all of them held here, the one that joined the store last is used.

      The origin is the store's name for ever, as 'custody init' prints it. Where there is no store yet, because you are to \
      keep it from its first day, you and its client agree on one: the client's id, a slash and anything, as in acme/2026. \
      The client's 'custody init --provider CARD' takes it from your card.
      """,
    examples: [
      Example(
        "custody key new --as onsite/jane --origin acme/7f3a9c01 --output jane.card",
        "on the machine of the one who joins"),
      Example(
        "custody key new --as acme --use recovery --page recovery.txt --output recovery.card",
        "a page to print, beside the store, for the day when every other key is lost"),
      Example(
        "custody key new --as acme --use recovery --origin acme/7f3a9c01 --output recovery.card",
        "such a key on a machine that is offline"),
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
        "page", value: "FILE",
        help: "With --use recovery: write the private key here, to be printed and kept elsewhere, and keep none here.",
        completion: .file, into: \.page, parse: CommandText.text),
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
    guard arguments.page == nil || isRecovery else {
      throw Failure(.usage, "--page goes with --use recovery: other keys are for this machine to sign with")
    }
    let desk = try Desk(global, console)
    let origin: String
    do {
      origin = try arguments.origin ?? desk.open(global.store).origin
    } catch let error as Failure where error.code == .inputMissing && global.store == nil {
      throw Failure(
        .inputMissing, "for which store the key is to be is not said, and there is none at hand",
        hint:
          "say it: --origin TEXT. Of a store that is there its client knows it; for one that is still to be made you "
          + "agree on it with the client: its id, a slash and anything, as in --origin CLIENT/2026"
      )
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
    let keyID =
      try arguments.page.map { try desk.makePage(new, card: output, page: $0) } ?? desk.make(new, card: output)
    if global.format == .json {
      try console.print(
        .object(
          [
            ("member", .string(owner)), ("keyid", .string(keyID.hex)), ("origin", .string(origin)),
            ("card", .string(output)), ("algorithm", .string(arguments.algorithm.rawValue)),
          ] + (arguments.page.map { [("page", .string($0))] } ?? [])))
    } else {
      try console.print("key \(keyID.hex) of \(owner), for \(origin)")
      try console.print("card \(output)")
      if let page = arguments.page {
        console.say("print '\(page)', keep the page away from this machine, and delete the file")
      }
      try tellNext(new, card: output, global, desk, console)
    }
    return .success
  }

  /// Who adds the key: an administrator, or oneself with a recovery key that is held here.
  private static func tellNext(
    _ new: NewKey, card: String, _ global: GlobalArguments, _ desk: Desk, _ console: Console
  ) throws {
    let party = Identifier.party(ofMember: new.owner)
    let file = ShellWord.quoted(card)
    let membership = try storeAtHand(desk, global, origin: new.origin)?.state.membership
    let held = try KeyChain(desk.home).all().filter { $0.origin == new.origin }
    // Far from the store nobody knows whether the recovery key that is held still speaks.
    let recovery = held.first { $0.use == "recovery" && $0.owner == party && isSpeaking($0.keyID, membership) }
    if new.use == .recovery {
      console.say("next, by an administrator of '\(party)': " + global.here("custody member add \(file)"))
    } else if let recovery, new.use == .sign {
      let canAct = membership.map { hasUsed(recovery, held, $0) } ?? false
      let role = canAct ? "" : " --role administrator"
      console.say("next: " + global.here("custody member add \(file)\(role) --as \(party)"))
      if canAct {
        console.say("or with --role administrator, if the key of no other administrator of '\(party)' is left")
      }
    } else {
      console.say("send the card to an administrator of '\(party)', and read them the key id by telephone")
    }
    if new.use == .witness {
      console.say(
        "a witness that is no member's is made without --as and CUSTODY_AS, and has a verifier key for a card")
    }
  }

  /// Whether what a recovery key is for is done: an administrator of its party has a key that speaks, and that is held here or
  /// came since the recovery key signed last. As long as it is not, the others' keys are lost, whatever the log says.
  private static func hasUsed(_ recovery: HeldKey, _ held: [HeldKey], _ membership: Membership) -> Bool {
    let party = recovery.owner
    let last = membership.key(recovery.keyID)?.lastSeenSize
    return membership.keys.contains { key in
      key.use == .sign && key.party == party && membership.speakingKey(key.keyID)?.member?.role == .administrator
        && (held.contains { $0.keyID == key.keyID } || last.map { key.introduced >= $0 } ?? false)
    }
  }

  private static func isSpeaking(_ key: Digest, _ membership: Membership?) -> Bool {
    membership.map { $0.speakingKey(key) != nil } ?? true
  }

  /// The store of that origin that is named, or the nearest; nil where there is none, or it cannot be read.
  private static func storeAtHand(_ desk: Desk, _ global: GlobalArguments, origin: String) throws -> OpenedStore? {
    guard let store = try? desk.open(global.store), store.origin == origin else { return nil }
    return store
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
}
