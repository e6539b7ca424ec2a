internal import CommandLine
internal import Findings
internal import Catalogs
internal import Crypto
internal import Index
internal import Ownership
internal import Statements
internal import Storage
internal import TreeLog
internal import Verification
internal import Reports

/// A store that was opened for reading, as of one checkpoint: signed by somebody who may append, and consistent with
/// what this user remembers of the log.
struct Session {
  let home: Home
  let layout: StoreLayout
  let contents: DirectoryContents
  let origin: String
  let checkpoint: Checkpoint
  /// The checkpoint as it lies in the store.
  let checkpointNote: SignedNote
  let library: ObjectLibrary
  let index: ProjectionIndex
  let state: LogState
  let trust: TrustRecord?

  /// Opens the store that the arguments name.
  static func open(_ global: GlobalArguments, _ console: Console) throws -> Session {
    try open(StoreLocation.find(global), home: Home(environment: .process), console)
  }

  static func open(_ layout: StoreLayout, home: Home, _ console: Console) throws -> Session {
    let contents = try DirectoryContents(layout: layout)
    guard let bytes = try contents.configuration(), let configuration = StoreConfiguration(parsing: bytes) else {
      throw damaged("'\(layout.configuration)' is not what the format says")
    }
    let origin = configuration.origin
    let index = try ProjectionIndex.open(folder: home.cache(origin: origin), origin: origin)
    let library = ObjectLibrary(contents)
    let (note, unverified) = try readCheckpoint(contents, origin: origin)
    let checkpoint = Checkpoint(origin: unverified.origin, size: unverified.size, root: unverified.root)
    let trust = try TrustMemory(home).record(of: origin)
    try check(trust, checkpoint, contents, layout)
    let progress = console.progress("reading the log", total: checkpoint.size)
    let state = try index.follow(contents, to: checkpoint, library: library) { done, _ in
      progress.advance(by: done - progress.count)
    }
    progress.finish()
    try checkSignature(note, state, origin: origin)
    return Session(
      home: home, layout: layout, contents: contents, origin: origin, checkpoint: checkpoint, checkpointNote: note,
      library: library, index: index, state: state, trust: trust)
  }

  private static func readCheckpoint(
    _ contents: DirectoryContents, origin: String
  ) throws -> (SignedNote, UnverifiedCheckpoint) {
    guard let bytes = try contents.checkpoint() else { throw damaged("'checkpoint' is missing") }
    do {
      let unverified = try UnverifiedCheckpoint(parsing: bytes)
      guard ByteOrder.areEqual(unverified.origin, origin), unverified.extensions.isEmpty, unverified.size > 0 else {
        throw damaged("'checkpoint' is not one of the log '\(origin)'")
      }
      return (unverified.note, unverified)
    } catch let error as CheckpointSyntaxError {
      throw damaged("'checkpoint' does not parse: \(error)")
    }
  }

  /// A store at its remembered path that shrank, or any that forked, is caught here.
  private static func check(
    _ trust: TrustRecord?, _ checkpoint: Checkpoint, _ contents: DirectoryContents, _ layout: StoreLayout
  ) throws {
    guard let trust, let root = trust.rootDigest else { return }
    let reader = LogReader(contents: contents, size: checkpoint.size, root: checkpoint.root)
    if let genesis = trust.genesisDigest, try reader.leafHash(0) != genesis {
      throw Failure(
        .answerNo, "this is another log than the one you know as '\(checkpoint.origin)': it begins with another entry",
        hint: "somebody replaced it, or reused its name; ask the other party for their checkpoint")
    }
    guard trust.size <= checkpoint.size else {
      guard trust.path == layout.root else { return }
      throw Failure(
        .answerNo,
        "the store shrank: you have seen \(Wording.entries(trust.size)) at '\(layout.root)', and \(checkpoint.size) are left",
        hint: "entries were cut off, or an old copy was put back; 'custody verify' says more")
    }
    guard try reader.root(at: trust.size) == root else {
      throw Failure(
        .answerNo, "the log forked: its first \(Wording.entries(trust.size)) are not those that you have seen",
        hint: "somebody rewrote it; keep this copy, and ask the other party for their checkpoint")
    }
  }

  private static func checkSignature(_ note: SignedNote, _ state: LogState, origin: String) throws {
    // Whoever appended the last entry may have lost their right by it, and not before.
    let keys = state.membership.keys.filter {
      $0.use == .sign && $0.keyID == state.lastBy && state.lastMayAppend
    }
    let noteKeys = keys.compactMap { try? VerificationKey(base64: $0.publicKey) }.map { NoteKey(log: $0, name: origin) }
    guard let valid = note.verified(by: noteKeys), valid.contains(where: { $0.key.keyID == state.lastBy }) else {
      throw damaged("'checkpoint' is not signed by the member who appended the last entry")
    }
  }

  private static func damaged(_ what: String) -> Failure {
    Failure(.answerNo, "the store is damaged: \(what)", hint: "'custody verify' says what is wrong and where")
  }
}

extension Session {
  /// The catalogs adopted on a day.
  func catalogs(on day: Day) throws -> [Catalog] {
    try Session.catalogs(on: day, state: state, library: library)
  }

  static func catalogs(on day: Day, state: LogState, library: ObjectLibrary) throws -> [Catalog] {
    var adoptions: [String: LogState.Adoption] = [:]
    for adoption in state.adoptions where adoption.effective <= day {
      if let known = adoptions[adoption.framework], known.effective > adoption.effective { continue }
      adoptions[adoption.framework] = adoption
    }
    return try adoptions.keys.sorted().compactMap { framework in
      guard let adoption = adoptions[framework] else { return nil }
      return try library.catalog(adoption.catalog, framework: framework)
    }
  }

  /// Finds controls in every spelling among the catalogs adopted today.
  func finder() throws -> ControlFinder { ControlFinder(catalogs: try catalogs(on: Clock.now().day)) }

  /// The key that signs, by `--as`.
  func signer(_ global: GlobalArguments) throws -> SessionSigner {
    try SessionSigner.pick(
      global, home: home, origin: origin,
      isLive: { key in
        guard let speaking = state.membership.speakingKey(key.keyID) else { return false }
        return speaking.member.map { $0.id == key.owner } ?? (speaking.key.owner == key.owner)
      })
  }

  /// The party whose key this user would sign with, where that is clear.
  func ownParty(_ global: GlobalArguments) -> String? {
    let held = (try? KeyChain(home).all()) ?? []
    let parties = Set(
      held.filter { key in
        key.origin == origin && (global.person == nil || key.owner == global.person)
          && state.membership.key(key.keyID) != nil
      }.map { Identifier.party(ofMember: $0.owner) })
    return parties.count == 1 ? parties.first : nil
  }

  /// What was folded of the log up to an earlier size, with the evidence until then.
  func folding(to size: Int) throws -> LogFolding {
    var folding = LogFolding(library: library)
    try folding.run(LogReader(contents: contents, size: checkpoint.size, root: checkpoint.root), to: size)
    return folding
  }
}

/// Who signs: a member, and their private key.
struct SessionSigner {
  let member: String
  let key: SigningKey

  var party: String { Identifier.party(ofMember: member) }

  static func pick(
    _ global: GlobalArguments, home: Home, origin: String, isLive: (HeldKey) -> Bool
  ) throws -> SessionSigner {
    let chain = KeyChain(home)
    let held = try chain.pick(person: global.person, origin: origin, isLive: isLive)
    return SessionSigner(
      member: held.owner, key: try chain.open(held, passphrase: { Environment.process["CUSTODY_PASSPHRASE"] }))
  }
}
