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
        "custody init clinic --organization \"Clinic\" --as clinic/ada --recovery recovery.txt",
        "with a page to print, for the day when every key is lost"),
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
    ],
    initial: Arguments.init
  ) { arguments, global, console in
    try run(arguments, global, console)
  }

  private static func run(_ arguments: Arguments, _ global: GlobalArguments, _ console: Console) throws -> ExitStatus {
    let organization = arguments.organization ?? ""
    let (client, person) = try identity(arguments, global, organization: organization)
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
    let made = try Desk(global, console).make(new, at: arguments.path ?? "")
    return try tell(made, arguments, global, console)
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
    _ made: MadeStore, _ arguments: Arguments, _ global: GlobalArguments, _ console: Console
  ) throws -> ExitStatus {
    let noteKey = NoteKey(log: made.key, name: made.checkpoint.origin)
    if global.format == .json {
      let recovery = made.recoveryKeyID.map { [("recovery", JSONOutput.string($0.hex))] } ?? []
      try console.print(
        .object(
          [
            ("checkpoint", CheckpointOutput.json(made.checkpoint)), ("store", .string(made.path)),
            ("member", .string(made.member)),
            ("keyid", .string(made.key.keyID.hex)), ("verifierKey", .string(noteKey.text)),
          ] + recovery))
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
    console.say("next: custody framework adopt nist-800-171-r2 --store \(arguments.path ?? made.path)")
    return .success
  }
}
