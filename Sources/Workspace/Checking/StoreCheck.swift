internal import Crypto
internal import Findings
internal import FoundationEssentials
internal import Ownership
public import Statements
internal import Storage
internal import TreeLog
public import Verification

/// What a verification is told beside the store and what the user remembers.
public struct CheckOptions: Sendable {
  /// Which objects are read and hashed.
  public var objects = VerificationOptions.ObjectScope.all
  /// Files with checkpoints of this log, from elsewhere: the log must extend them.
  public var checkpoints: [String] = []
  /// First keys as they were told apart, by party: the ids, or 16 of their first digits at least.
  public var toldKeys: [String: String] = [:]
  /// Files with offers that others hold: what their signers had seen must be of this log.
  public var offers: [String] = []
  /// Whether the look begins where the last one of this user's ended: what was verified then is taken as verified, and
  /// the report says so. All is looked at where nothing fits, or something is not sound.
  public var sinceVerified = false
  /// The day for which ownership is resolved; nil for today.
  public var asOf: Day?
  /// The file that what shows a fork is written to; nil for one in the user's own folder.
  public var forkProof: String?

  /// Every object is read, and nothing is told beside.
  public init() {}
}

extension Desk {
  /// Answers the six questions about a store from its bytes, what is told, and what this user remembers; a sound store
  /// is remembered, so that a later cut or fork shows.
  ///
  /// - Parameter path: The store's folder, looked at even where it has lost its `custody.json`; nil for the nearest at or
  ///   above the working folder.
  /// - Throws: Where no answer can be had. What is wrong with the store is no error.
  public func verify(_ path: String? = nil, _ asked: CheckOptions = CheckOptions()) throws -> VerificationReport {
    let layout = try path.map { StoreLayout(root: try StoreLocation.absolute($0)) } ?? StoreLocation.find(nil)
    let check = try StoreCheck(layout, at: self)
    return try check.run(asked)
  }
}

/// One verification of a store, from what is remembered to what will be.
struct StoreCheck {
  let desk: Desk
  let layout: StoreLayout
  let contents: DirectoryContents
  /// As the configuration says; nil where it cannot be read.
  let origin: String?
  let trust: TrustRecord?

  init(_ layout: StoreLayout, at desk: Desk) throws {
    self.desk = desk
    self.layout = layout
    let contents = try DirectoryContents(layout: layout)
    self.contents = contents
    try StoreCheck.refuseNoStore(contents, layout)
    origin = try contents.configuration().flatMap { StoreConfiguration(parsing: $0) }?.origin
    trust = try origin.flatMap { try TrustMemory(desk.home).record(of: $0) }
  }

  /// - Parameter isRemembered: Whether what was seen is kept for later.
  func run(_ asked: CheckOptions, isRemembered: Bool = true) throws -> VerificationReport {
    var options = VerificationOptions(asOf: asked.asOf ?? desk.clock.today)
    options.objects = asked.objects
    options.now = desk.clock.now()
    take(trust, into: &options)
    for path in asked.checkpoints { options.knownTrees.append(try knownTree(path)) }
    options.offers = try asked.offers.flatMap { try OfferFile.read($0) }
    options.ownKeys = ownKeys
    options.toldKeys = asked.toldKeys
    let progress = ProgressRelay(desk.notices)
    options.progress = progress.report
    let report = try look(asked, options)
    progress.finish()
    tellForks(report, options, asked)
    guard isRemembered, let checkpoint = report.checkpoint else { return report }
    Afterwards.telling(desk) {
      try contents.waitForCheckpoint()
      remember(checkpoint, report)
      Afterwards.remember(verified: report, of: checkpoint.origin, options.objects, at: desk)
    }
    return report
  }

  private func look(_ asked: CheckOptions, _ options: VerificationOptions) throws -> VerificationReport {
    if asked.sinceVerified, let origin {
      let depth: VerifiedMemory.Depth = asked.objects == .none ? .presence : .contents
      let since = SinceVerified(desk: desk, contents: contents, origin: origin, depth: depth)
      if let report = since.run(nil, state: nil, options) { return report }
    }
    return try Verifier(contents, options: options).verify()
  }

  /// A folder with nothing of a store in it is no store that was tampered with.
  private static func refuseNoStore(_ contents: DirectoryContents, _ layout: StoreLayout) throws {
    guard try contents.configuration() == nil, try contents.checkpoint() == nil else { return }
    guard ![layout.tiles, layout.objects].contains(where: { FileManager.default.fileExists(atPath: $0) }) else {
      return
    }
    throw Failure(
      .inputMissing,
      "there is no store at '\(layout.root)': neither 'custody.json' nor 'checkpoint' nor a folder of one",
      hint: "name the store's own folder")
  }

  private func take(_ trust: TrustRecord?, into options: inout VerificationOptions) {
    guard let trust, let root = trust.rootDigest else { return }
    options.knownGenesis = trust.genesisDigest
    options.knownTrees.append(
      .init(size: trust.size, root: root, source: "this user", isSamePlace: trust.path == layout.root))
    options.confirmedParties = trust.confirmedKeys
    options.objectsFrom = trust.size
  }

  /// Writes down what shows that this log is not the one of a signed checkpoint that somebody holds.
  private func tellForks(_ report: VerificationReport, _ options: VerificationOptions, _ asked: CheckOptions) {
    guard report.findings.contains(where: { $0.code == .historyForked }),
      let bytes = try? contents.checkpoint(), let own = try? UnverifiedCheckpoint(parsing: bytes)
    else { return }
    let members = report.state.membership.keys.filter { $0.use == .sign }
      .compactMap { try? VerificationKey(base64: $0.publicKey) }.map { NoteKey(log: $0, name: own.origin) }
    let keys = members + (trust?.noteKeys ?? [])
    let held = options.knownTrees.compactMap { $0.note.flatMap { try? UnverifiedCheckpoint(note: $0) } }
    let reader = LogReader(contents: contents, size: own.size, root: own.root)
    var place = asked.forkProof
    for foreign in held + [trust?.signedCheckpoint].compactMap({ $0 })
    where ByteOrder.areEqual(foreign.origin, own.origin) {
      guard let told = ForkRecord.tell(ForkRecord.make(foreign, against: own, reader, keys: keys), to: place, at: desk)
      else { continue }
      desk.notices.say("the log forked: \(told)")
      // One file holds one fork; further ones go where they have names of their own.
      place = nil
    }
  }

  /// A checkpoint from elsewhere: a signed note, or its three lines alone.
  private func knownTree(_ path: String) throws -> VerificationOptions.KnownTree {
    let bytes = try InputFile.read(path, limit: 1 << 16)
    let checkpoint = try CheckpointFile.read(bytes)
    guard let checkpoint else {
      throw Failure(
        .malformedInput, "'\(path)' is not a checkpoint", hint: "a checkpoint is three lines: origin, size, root")
    }
    if let origin, !ByteOrder.areEqual(checkpoint.origin, origin) {
      throw Failure(.malformedInput, "'\(path)' is of the log '\(checkpoint.origin)', and this is '\(origin)'")
    }
    return .init(
      size: checkpoint.size, root: checkpoint.root, source: "the checkpoint '\(path)'", isSamePlace: true, isTold: true,
      note: checkpoint.note.signatures.isEmpty ? nil : checkpoint.note)
  }

  /// The keys that this user might sign with.
  private var ownKeys: Set<Digest> {
    let held = (try? KeyChain(desk.home).all()) ?? []
    return Set(
      held.filter { $0.origin == origin && (desk.person == nil || $0.owner == desk.person) }.map(\.keyID))
  }

  private func remember(_ checkpoint: Checkpoint, _ report: VerificationReport) {
    guard let genesis = report.genesis else { return }
    let note = try? contents.signedNote(of: checkpoint)
    Afterwards.remember(checkpoint.origin, at: desk) { known in
      guard report.isSound else {
        // Of an unsound store nothing is believed but that it is unsound.
        guard known == nil || known?.path == layout.root else { return nil }
        var record =
          known ?? TrustRecord(origin: checkpoint.origin, genesis: "", size: 0, root: "", path: layout.root)
        record.isUnsound = true
        return record
      }
      var record =
        known ?? TrustRecord(origin: checkpoint.origin, genesis: genesis.hex, size: 0, root: "", path: layout.root)
      guard record.size <= checkpoint.size else { return nil }
      if record.genesis.isEmpty { record.genesis = genesis.hex }
      record.size = checkpoint.size
      record.root = checkpoint.root.hex
      record.note(report.state.membership)
      record.keep(note)
      record.verifiedSize = checkpoint.size
      record.verifiedOn = "\(desk.clock.today)"
      record.isUnsound = nil
      // A pack or a copy that is looked at does not become the place where the store is.
      if record.path.isEmpty || known?.path == layout.root { record.path = layout.root }
      return record
    }
  }
}
