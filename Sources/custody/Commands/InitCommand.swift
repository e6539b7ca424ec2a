internal import CommandLine
internal import Rendering
internal import Findings
internal import Catalogs
internal import Crypto
internal import FoundationEssentials
internal import Ownership
internal import Statements
internal import Storage
internal import TreeLog
internal import Verification
internal import Reports

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
  }

  static let spec = CommandSpec<Arguments>(
    name: "init", abstract: "Make a store: the client, its first administrator and the IT functions.",
    discussion: """
      Makes a key for the administrator under CUSTODY_HOME, unless that person has one for this origin, and writes the \
      genesis entry with it. The built-in catalog of IT functions is adopted at once, so that a function that nobody has \
      shows up as unowned like any control.

      The origin names the log for ever. Without --origin it is the client's id, a slash, and eight digits of the key.
      """,
    examples: [
      Example(
        "custody init acme-store --organization \"Acme Manufacturing\" --as acme/bo", "a store for the client 'acme'"),
      Example(
        "custody init store --organization \"Acme\" --as acme/bo --algorithm ecdsa-p256",
        "with keys of FIPS 140 modules"),
    ],
    parameters: [
      .positional("STORE", help: "Folder to make.", completion: .folder, into: \.path, parse: CommandText.text),
      .option(
        "organization", value: "NAME",
        help: "The client's name; its id is made from it, or said with --as PARTY/PERSON.",
        required: true, into: \.organization, parse: CommandText.text),
      .option("id", value: "ID", help: "The client's id, as in acme.", into: \.id, parse: CommandText.identifier),
      .option("origin", value: "TEXT", help: "The log's name, for ever.", into: \.origin, parse: CommandText.origin),
      .option(
        "name", value: "NAME", help: "The administrator's name, for people.", into: \.name, parse: CommandText.text),
      .option(
        "algorithm", value: "ed25519|ecdsa-p256", help: "Kind of key; ed25519 unless said.",
        completion: .words(KeyAlgorithm.allCases.map(\.rawValue)), replacing: \.algorithm, parse: CommandText.algorithm),
      .option(
        "recovery", value: "CARD", help: "Key card of an offline key that may bring new members if all else is lost.",
        completion: .file, into: \.recovery, parse: CommandText.text),
      .option(
        "effective", value: "DAY", help: "The day from which the IT functions are adopted; today unless said.",
        into: \.effective, parse: CommandText.day),
      .flag(
        "network-store", help: "Make it on a network file system, whose locks and renames you rely on.",
        into: \.allowsNetworkStore),
    ],
    initial: Arguments.init
  ) { arguments, global, console in
    try run(arguments, global, console)
  }

  private static func run(_ arguments: Arguments, _ global: GlobalArguments, _ console: Console) throws -> ExitStatus {
    let organization = arguments.organization ?? ""
    let (client, person) = try identity(arguments, global, organization: organization)
    let home = try Home(environment: .process)
    let key = try SigningKey.generate(arguments.algorithm)
    let keyID = key.verificationKey.keyID
    let origin = arguments.origin ?? "\(client)/\(keyID.short)"
    if try KeyChain(home).all().contains(where: { $0.origin == origin }) {
      throw Failure(
        .cannotCreate, "you hold a key for a store '\(origin)' already: an origin names one log for ever",
        hint: "choose another --origin")
    }
    let recovery = try arguments.recovery.map { path in
      let card = try KeyCard.read(path, origin: origin)
      return RecoveryKey(publicKey: card.publicKey, proof: Base64.decode(card.proof) ?? [])
    }
    let now = Clock.now()
    let genesis = Genesis(
      clientID: client, clientName: organization, administratorID: person,
      administratorName: arguments.name ?? person, publicKey: key.verificationKey.base64, recovery: recovery)
    let genesisPayload = Statement.payload(
      .genesis(genesis), store: origin, signedAt: now, seen: nil, subjects: [], placeholder: keyID)
    guard let catalog = BundledCatalogs.bytes(of: "it-functions") else {
      throw Failure(.bug, "the catalog of IT functions is missing from this program")
    }

    let path = StoreLocation.absolute(arguments.path ?? "")
    let member = "\(client)/\(person)"
    try OutputFile.checkParent(of: path)
    var checkpoint: Checkpoint?
    var genesisLeaf = Digest.zero
    try StoreCreation.create(
      at: path, configuration: StoreConfiguration(origin: origin).bytes,
      allowsNetworkStore: arguments.allowsNetworkStore
    ) { writer in
      let sign: (Int, Digest) throws -> [UInt8] = { size, root in
        try SignedNote.sign(Checkpoint(origin: origin, size: size, root: root).text, name: origin, with: key).bytes
      }
      let first = Entry(
        by: keyID, envelope: try Envelope(signing: genesisPayload, with: key), previous: .zero, sequence: 0, time: now)
      genesisLeaf = MerkleHash.leaf(first.bytes)
      try writer.append([first.bytes], to: nil, makeCheckpoint: sign)

      let seen = Statement.Seen(root: genesisLeaf, size: 1)
      let stored = try writer.objects.publish([writer.objects.stage(bytes: catalog)])
      let adoption = FrameworkAdoption(
        id: "it-functions", catalog: SHA256.hash(catalog), effective: arguments.effective ?? now.day)
      let payload = Statement.payload(
        .framework(adoption), store: origin, signedAt: now, seen: seen,
        subjects: [
          Subject(name: "catalog", digest: adoption.catalog, size: catalog.count, mediaType: MediaType.catalog)
        ], placeholder: seen.root)
      let second = Entry(
        by: keyID, envelope: try Envelope(signing: payload, with: key), previous: genesisLeaf, sequence: 1, time: now)
      let (size, root) = try writer.append(
        [second.bytes], to: Checkpoint(origin: origin, size: 1, root: genesisLeaf), bringing: stored,
        makeCheckpoint: sign)
      checkpoint = Checkpoint(origin: origin, size: size, root: root)
      // The key is kept before the store has its name: a store without its key would be of no use.
      try KeyChain(home).keep(
        key, owner: member, origin: origin, use: "sign", passphrase: Environment.process["CUSTODY_PASSPHRASE"])
    }
    guard let checkpoint else { throw Failure(.bug, "the store has no checkpoint") }
    try TrustMemory(home).remember(
      TrustRecord(
        origin: origin, genesis: genesisLeaf.hex, size: checkpoint.size, root: checkpoint.root.hex, path: path))
    return try tell(arguments, path, member, key, checkpoint, global, console)
  }

  /// The client's id and the person's.
  private static func identity(
    _ arguments: Arguments, _ global: GlobalArguments, organization: String
  ) throws -> (client: String, person: String) {
    var client = arguments.id ?? slug(organization)
    var person = global.person ?? slug(Environment.process["USER"] ?? "")
    if let slash = person.firstIndex(of: "/") {
      let party = String(person[..<slash])
      if let id = arguments.id, id != party {
        throw Failure(.usage, "--as names the party '\(party)', and --id says '\(id)'")
      }
      client = party
      person = String(person[person.index(after: slash)...])
    }
    if person.isEmpty { person = "admin" }
    guard Identifier.isValid(client) else {
      throw Failure(
        .usage, "'\(client)' is no id: 1 to 32 of a-z, 0-9 and hyphens", hint: "say the client's id with --id")
    }
    guard Identifier.isValid(person) else {
      throw Failure(
        .usage, "'\(person)' is no id: 1 to 32 of a-z, 0-9 and hyphens", hint: "say who you are: --as \(client)/NAME")
    }
    return (client, person)
  }

  /// An id made from a name: `Acme Manufacturing` becomes `acme-manufacturing`.
  private static func slug(_ name: String) -> String {
    var bytes: [UInt8] = []
    for byte in name.lowercased().utf8 {
      let isPlain =
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      if isPlain {
        bytes.append(byte)
      } else if let last = bytes.last, last != UInt8(ascii: "-") {
        bytes.append(UInt8(ascii: "-"))
      }
    }
    bytes = Array(bytes.prefix(32))
    while bytes.last == UInt8(ascii: "-") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func tell(
    _ arguments: Arguments, _ path: String, _ member: String, _ key: SigningKey, _ checkpoint: Checkpoint,
    _ global: GlobalArguments, _ console: Console
  ) throws -> ExitStatus {
    let noteKey = NoteKey(log: key.verificationKey, name: checkpoint.origin)
    if global.format == .json {
      try console.print(
        .object([
          ("checkpoint", CheckpointOutput.json(checkpoint)), ("store", .string(path)), ("member", .string(member)),
          ("keyid", .string(key.verificationKey.keyID.hex)), ("verifierKey", .string(noteKey.text)),
        ]))
      return .success
    }
    try console.print("store \(path)")
    try console.print("log \(checkpoint.origin), \(Wording.entries(checkpoint.size)), root \(checkpoint.root.hex)")
    try console.print("administrator \(member), key \(key.verificationKey.keyID.hex)")
    if key.verificationKey.algorithm == .ecdsaP256 {
      console.warn(
        "checkpoints are signed with ECDSA (note type 02), which tile-log clients that know Ed25519 alone cannot check: "
          + "golang.org/x/mod/sumdb and most witnesses among them")
    }
    console.say("next: custody framework adopt nist-800-171-r2 --store \(arguments.path ?? path)")
    return .success
  }
}
