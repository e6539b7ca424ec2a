internal import CommandLine
internal import Crypto
internal import Findings
internal import Rendering
internal import Statements
internal import Storage
internal import TreeLog
internal import Workspace

/// `custody init`: a new store, with its client, its first administrator and the IT functions.
enum InitCommand {
  struct Arguments: Sendable {
    var path: String?
    var organization: String?
    var id: String?
    var origin: String?
    var name: String?
    var algorithm = KeyAlgorithm.ed25519
    var recovery: String?
    var effective: Day?
    var allowsNetworkStore = false
    var provider: String?
    var providerName: String?
    var output: String?
    var from: String?
    var isToKeep = false
    var successorOf: String?
  }

  static let spec = CommandSpec<Arguments>(
    name: "init", abstract: "Make a store: the client, its first administrator and the IT functions.",
    discussion: """
      Makes a key for the administrator under CUSTODY_HOME, unless that person has one for this origin, and writes the \
      genesis entry with it. The built-in catalog of IT functions is adopted at once, so that a function that nobody has \
      shows up as unowned like any control.

      The origin names the log for ever. Without --origin it is that of the provider's card, or the client's id, a slash, and \
      eight digits of the key.

      Where a provider is to keep the store from its first day, agree on an origin and have it make a key card. Then \
      --provider CARD --output FILE takes the provider in with the right to append, and writes the store into one file to \
      mail; 'custody init --from FILE' unpacks it there, verifies it and goes on from it. What stays here is a copy, to \
      which nobody appends.
      """,
    examples: [
      Example(
        "custody init acme-store --organization \"Acme Manufacturing\" --as acme/bo", "a store for the client 'acme'"),
      Example(
        "custody init clinic --organization \"Clinic\" --as clinic/ada --recovery recovery.txt",
        "with a page to print, for the day when every key is lost"),
      Example(
        "custody init store --organization \"Acme\" --as acme/bo --algorithm ecdsa-p256",
        "with keys of FIPS 140 modules"),
      Example(
        "custody init acme --organization \"Acme\" --as acme/bo --provider jane.card --output acme.tar",
        "a store for the provider to keep"),
      Example("custody init --from acme.tar", "what the provider does with it"),
      Example(
        "custody init acme-2 --organization \"Acme\" --as acme/bo --recovery recovery.txt --successor-of acme-store",
        "every administrator's key is lost, and there is no recovery page"),
    ],
    parameters: [
      .positional(
        "STORE", help: "Folder to make; with --output or --from the file's name without '.tar' unless stated.",
        required: false, completion: .folder, into: \.path, parse: CommandText.text),
      .option(
        "organization", value: "NAME",
        help: "The client's name; its id is made from it, or said with --as PARTY/PERSON. Needed but for --from.",
        into: \.organization, parse: CommandText.text),
      .option("id", value: "ID", help: "The client's id, as in acme.", into: \.id, parse: CommandText.identifier),
      .option("origin", value: "TEXT", help: "The log's name, for ever.", into: \.origin, parse: CommandText.origin),
      .option(
        "name", value: "NAME", help: "The administrator's name, for people.", into: \.name, parse: CommandText.text),
      .option(
        "algorithm", value: "ed25519|ecdsa-p256", help: "Kind of key; ed25519 unless stated.",
        completion: .words(KeyAlgorithm.allCases.map(\.rawValue)), replacing: \.algorithm, parse: CommandText.algorithm),
      .option(
        "recovery", value: "FILE",
        help:
          "Make a key for when all else is lost, and write it here, to be printed and kept elsewhere. A file that is there "
          + "is taken for such a key's card.",
        completion: .file, into: \.recovery, parse: CommandText.text),
      .option(
        "effective", value: "DAY", help: "The day from which the IT functions are adopted; today unless stated.",
        into: \.effective, parse: CommandText.day),
      .flag(
        "network-store", help: "Make it on a network file system, whose locks and renames you rely on.",
        into: \.allowsNetworkStore),
      .option(
        "provider", value: "CARD", help: "Key card of the first administrator of a provider that is to keep the store.",
        completion: .file, into: \.provider, parse: CommandText.text),
      .option(
        "provider-name", value: "NAME", help: "The provider's name; its id unless stated.", into: \.providerName,
        parse: CommandText.text),
      .option(
        "output", value: "FILE", help: "With --provider: write the store into one file, to be mailed.",
        completion: .file,
        into: \.output, parse: CommandText.text),
      .option(
        "from", value: "FILE", help: "Unpack a store that came in one file, verify it, and go on from it.",
        completion: .file, into: \.from, parse: CommandText.text),
      .option(
        "successor-of", value: "OLD",
        help:
          "The store that this one goes on from, whose keys are all lost: an entry names its origin, size and root. It is "
          + "verified first, and you are asked where its entries say that somebody can still act.",
        completion: .folder, into: \.successorOf, parse: CommandText.text),
      .flag(
        "keep", help: "With --from: append to it here from now on, though another party kept it so far.",
        into: \.isToKeep),
    ],
    initial: Arguments.init
  ) { arguments, global, console in
    try arguments.from == nil ? run(arguments, global, console) : InitFromCommand.run(arguments, global, console)
  }

  private static func run(_ arguments: Arguments, _ global: GlobalArguments, _ console: Console) throws -> ExitStatus {
    if arguments.organization == nil, let path = arguments.path, path.hasSuffix(".tar") {
      throw Failure(
        .usage, "'\(path)' is a file, and 'init' makes a store in a folder",
        hint: "to go on from a store that came in it: custody init --from \(ShellWord.quoted(path))")
    }
    guard let organization = arguments.organization else {
      throw Failure(.usage, "'init' needs --organization NAME", hint: "see 'custody init --help'")
    }
    guard !arguments.isToKeep else { throw Failure(.usage, "--keep goes with --from") }
    let keeper = try keeper(arguments)
    guard let path = try arguments.path ?? keeper.map({ try StoreFolder.name(for: $0.output) }) else {
      throw Failure(.usage, "'init' needs STORE", hint: "see 'custody init --help'")
    }
    let (client, person) = try identity(arguments, global, organization: organization)
    try confirmIdentity(client, person, arguments, global, console)
    var new = NewStore(client: client, organization: organization, person: person)
    new.name = arguments.name
    new.origin = arguments.origin
    new.algorithm = arguments.algorithm
    // A page that is there was written by a run that was broken off: it is gone on with.
    let hasCard =
      try arguments.recovery.map {
        try RegularFile.sizeWithoutFollowing($0) != nil && !KeySheet.isPage($0)
      } ?? false
    if hasCard { new.recoveryCard = arguments.recovery } else { new.recoverySheet = arguments.recovery }
    new.effective = arguments.effective
    new.allowsNetworkStore = arguments.allowsNetworkStore
    new.keeper = keeper
    let desk = try Desk(global, console)
    guard arguments.successorOf == nil || keeper == nil else {
      throw Failure(
        .usage, "--successor-of does not go with --provider", hint: "make the store, and hand it over later")
    }
    let old = try arguments.successorOf.map { try desk.predecessor($0) }
    if let old, old.origin == new.origin {
      throw Failure(.usage, "a successor cannot have the origin '\(old.origin)' of the store it follows")
    }
    var made = try desk.make(new, at: path)
    if let old {
      made.checkpoint = try desk.signing(as: made.member).name(old, aheadOf: path, arguments.allowsNetworkStore)
    }
    return try tell(made, at: path, arguments, global, console)
  }

  /// The provider that is to keep the store; nil where it stays here.
  private static func keeper(_ arguments: Arguments) throws -> StoreKeeper? {
    guard let card = arguments.provider, let output = arguments.output else {
      guard arguments.provider == nil, arguments.output == nil, arguments.providerName == nil else {
        throw Failure(
          .usage, "--provider and --output go together: the provider that keeps the store gets it in that file",
          hint: "a provider that does not keep it joins later: custody party add")
      }
      return nil
    }
    return StoreKeeper(card: card, name: arguments.providerName, output: output)
  }

  /// The client's id and the person's.
  private static func identity(
    _ arguments: Arguments, _ global: GlobalArguments, organization: String
  ) throws -> (client: String, person: String) {
    var client = arguments.id ?? IdentifierText.id(from: organization)
    var person = global.person ?? IdentifierText.id(from: Environment.process["USER"] ?? "")
    if let slash = person.firstIndex(of: "/") {
      let party = String(person[..<slash])
      if let id = arguments.id, id != party {
        throw Failure(.usage, "--as names the party '\(party)', and --id says '\(id)'")
      }
      client = party
      person = String(person[person.index(after: slash)...])
    }
    if person.isEmpty { person = "admin" }
    return (client, person)
  }

  /// Says which ids were made up, before they stand in the log for ever; asks where there is somebody to ask.
  private static func confirmIdentity(
    _ client: String, _ person: String, _ arguments: Arguments, _ global: GlobalArguments, _ console: Console
  ) throws {
    guard global.person?.contains("/") != true else { return }
    console.say(
      "for ever: the client is '\(client)'\(arguments.id == nil ? ", from its name" : ""), its first administrator "
        + "'\(client)/\(person)'; say others with --as PARTY/PERSON")
    guard console.canAsk else { return }
    guard try console.confirm("Are these ids right?", assumesYes: global.assumesYes) else {
      throw Failure(.answerNo, "nothing was made", hint: "say who you are: --as PARTY/PERSON")
    }
  }

  private static func tell(
    _ made: MadeStore, at path: String, _ arguments: Arguments, _ global: GlobalArguments, _ console: Console
  ) throws -> ExitStatus {
    let noteKey = NoteKey(log: made.key, name: made.checkpoint.origin)
    if global.format == .json {
      var more = made.recoveryKeyID.map { [("recovery", JSONOutput.string($0.hex))] } ?? []
      if let keeper = made.keeper, let output = arguments.output {
        more.append(("keeper", .object([("member", .string(keeper.member)), ("keyid", .string(keeper.keyID.hex))])))
        more.append(("output", .string(output)))
      }
      try console.print(
        .object(
          [
            ("checkpoint", CheckpointOutput.json(made.checkpoint)), ("store", .string(made.path)),
            ("member", .string(made.member)),
            ("keyid", .string(made.key.keyID.hex)), ("verifierKey", .string(noteKey.text)),
          ] + more))
      return .success
    }
    try console.print("store \(made.path)")
    try console.print(
      "log \(made.checkpoint.origin), \(Wording.entries(made.checkpoint.size)), root \(made.checkpoint.root.hex)")
    try console.print("administrator \(made.member), key \(made.key.keyID.hex)")
    if let recovery = made.recoveryKeyID, let sheet = arguments.recovery {
      try console.print("recovery key \(recovery.hex)")
      console.say("print '\(sheet)', keep the page away from this machine, and delete the file")
    }
    if made.key.algorithm == .ecdsaP256 {
      console.warn(
        "checkpoints are signed with ECDSA (note type 02), which tile-log clients that know Ed25519 alone cannot check: "
          + "golang.org/x/mod/sumdb and most witnesses among them")
    }
    guard let keeper = made.keeper, let output = arguments.output else {
      try tellNext(made, at: path, arguments, console)
      return .success
    }
    try console.print("keeper \(keeper.member), key \(keeper.keyID.hex)")
    if made.recoveryKeyID == nil, arguments.recovery == nil {
      console.warn(
        "there is no recovery key: if this key is lost, nobody can act for '\(Identifier.party(ofMember: made.member))' any more. "
          + "'custody key new --use recovery --page FILE' makes one, and 'custody member add CARD --offer FILE' asks the provider "
          + "to take it in")
    }
    tellKeeping(keeper, path, output, console)
    return .success
  }

  private static func tellNext(
    _ made: MadeStore, at path: String, _ arguments: Arguments, _ console: Console
  ) throws {
    let store = ShellWord.quoted(path)
    let client = Identifier.party(ofMember: made.member)
    if made.recoveryKeyID == nil, arguments.recovery == nil {
      console.warn("there is no recovery key: if this key is lost, nobody can act for '\(client)' any more")
      console.say("to have one on paper:")
      console.say(
        "  custody key new --as \(client) --use recovery --page recovery.txt --output recovery.card --store \(store)")
      console.say("  custody member add recovery.card --as \(made.member) --store \(store)")
    }
    guard let old = arguments.successorOf else {
      return console.say("next: custody framework adopt nist-800-171-r2 --store \(store)")
    }
    console.say(
      "'\(old)' stays as it is, to be read: its evidence and agreements count there. Here parties join, agreements are "
        + "applied and evidence is submitted anew")
    console.say("what was adopted there: custody framework list --store \(ShellWord.quoted(old))")
    console.say("next: custody framework adopt FRAMEWORK --store \(store)")
  }

  /// How a client whose provider keeps the store goes on, and stays a witness of it.
  private static func tellKeeping(
    _ keeper: (member: String, keyID: Digest), _ path: String, _ output: String, _ console: Console
  ) {
    let party = Identifier.party(ofMember: keeper.member)
    let (store, file) = (ShellWord.quoted(path), ShellWord.quoted(output))
    console.say("mail '\(output)' to \(party), who goes on from it: custody init --from \(file)")
    console.say(
      "compare the key id with them by telephone, then: custody party confirm \(party) \(keeper.keyID.hex) --store \(store)"
    )
    console.say(
      "'\(path)' is a copy from now on: what you sign here goes into a file, with --offer FILE, and to them by mail")
    console.say(
      "to stay a witness, have them send you now and then what 'custody pack --output all.zip' writes, and take it in; it "
        + "is held against all that you have seen, and whatever you sign says which log that was: custody pull all.zip \(store)"
    )
  }
}
