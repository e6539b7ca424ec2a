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
  /// Files with offers that others hold, folders of them, and patterns: what their signers had seen must be of this log,
  /// and which entry each became is told.
  public var offers: [String] = []
  /// A file with the certificates by which anchored timestamps are judged, and revocation lists, in PEM; nil to judge none.
  public var timestampRoots: String?
  /// A file with a policy (c2sp.org/tlog-policy): whose word is asked for on the log's past; nil for nobody's.
  public var policy: String?
  /// Whether the look begins where the last one of this user's ended: what was verified then is taken as verified, and
  /// the report says so. All is looked at where nothing fits, or something is not sound.
  public var sinceVerified = false
  /// The day for which ownership is resolved; nil for today.
  public var asOf: Day?
  /// Where a pack in one file is unpacked, in a folder that is the user's alone and that goes afterwards.
  public var temporaryFolder = "/tmp"
  /// The file that what shows a fork is written to; nil for one in the user's own folder.
  public var forkProof: String?

  /// Every object is read, and nothing is told beside.
  public init() {}
}

extension Desk {
  /// Answers the six questions about a store from its bytes, what is told, and what this user remembers; a sound store
  /// is remembered, so that a later cut or fork shows.
  ///
  /// - Parameter path: The store's folder, looked at even where it has lost its `custody.json`, or a pack, in one file or
  ///   unpacked; nil for the nearest store at or above the working folder.
  /// - Throws: Where no answer can be had. What is wrong with the store is no error.
  public func verify(_ path: String? = nil, _ asked: CheckOptions = CheckOptions()) throws -> VerificationReport {
    if let path, StoreAddress(path) == nil {
      if let pack = try ReceivedPack.find(path) { return try pack.verify(asked, at: self) }
      guard FileManager.default.fileExists(atPath: try StoreLocation.absolute(path)) else {
        throw try StoreLocation.noStore(path)
      }
    }
    let layout =
      if let path, StoreAddress(path) == nil { StoreLayout(root: try StoreLocation.absolute(path)) } else {
        try find(path)
      }
    let check = try StoreCheck(layout, at: self)
    return try check.run(asked)
  }
}

/// One verification of a store, from what is remembered to what will be.
struct StoreCheck {
  let desk: Desk
  /// Where the store lies; nil where a pack is looked at, which never becomes the place of its log.
  let layout: StoreLayout?
  let contents: any StoreContents
  /// The folder that is looked at, whose checkpoint may be newer than the disk; nil for what is none.
  private let folder: (any StoreContents)?
  /// As the configuration says; nil where it cannot be read.
  let origin: String?
  let trust: TrustRecord?

  /// - Parameter checkpoint: The checkpoint to look at, in the place of the store's own.
  init(_ layout: StoreLayout, checkpoint: [UInt8]? = nil, at desk: Desk) throws {
    let folder = try desk.contents(of: layout, keeps: false)
    let contents: any StoreContents = checkpoint.map { CheckpointOverlay(folder, checkpoint: $0) } ?? folder
    try StoreCheck.refuseNoStore(contents, layout)
    if layout.address != nil, try contents.checkpoint() == nil,
      let hint = try StoreAddress.explainMissingCheckpoint(layout, folder)
    {
      desk.notices.warn("there is no checkpoint at '\(layout.name)', or it lies in a bucket of its own: \(hint)")
    }
    try self.init(contents, layout, folder, at: desk)
  }

  /// What is no store's folder.
  init(_ contents: any StoreContents, at desk: Desk) throws { try self.init(contents, nil, nil, at: desk) }

  private init(
    _ contents: any StoreContents, _ layout: StoreLayout?, _ folder: (any StoreContents)?, at desk: Desk
  ) throws {
    self.desk = desk
    self.layout = layout
    self.folder = folder
    self.contents = contents
    origin = try contents.configuration().flatMap { StoreConfiguration(parsing: $0) }?.origin
    trust = try origin.flatMap { try TrustMemory(desk.home).record(of: $0) }
  }

  /// - Parameters:
  ///   - objectsFrom: With `new`: the size from which on objects are read; nil for what this user remembers.
  ///   - pastLimit: What was verified is gone on from where its tree is no larger.
  ///   - isRemembered: Whether what was seen is kept for later.
  ///   - withheld: Objects that are left out on purpose.
  func run(
    _ asked: CheckOptions, objectsFrom: Int? = nil, pastLimit: Int = .max, isRemembered: Bool = true,
    withheld: Set<Digest> = []
  ) throws -> VerificationReport {
    var options = VerificationOptions(asOf: asked.asOf ?? desk.clock.today)
    options.objects = asked.objects
    options.now = desk.clock.now()
    take(trust, into: &options)
    if let objectsFrom { options.objectsFrom = objectsFrom }
    var predecessors: [PredecessorTree] = []
    for path in asked.checkpoints {
      let checkpoint = try StoreCheck.checkpoint(path)
      if let tree = try predecessor(checkpoint, path) {
        predecessors.append(tree)
      } else {
        options.knownTrees.append(try knownTree(checkpoint, path))
      }
    }
    options.offers = try HeldOfferFiles.read(asked.offers, desk.notices)
    if let path = asked.timestampRoots { options.timestampRoots = try StoreCheck.roots(path) }
    options.policy = try asked.policy.map { try PolicyFile.read($0) }
    options.ownKeys = ownKeys
    options.toldKeys = asked.toldKeys
    options.asksForClient = layout == nil
    options.withheld = withheld
    let progress = ProgressRelay(desk.notices)
    options.progress = progress.report
    var report = try look(asked, options, pastLimit)
    progress.finish()
    for tree in predecessors { tree.tell(&report) }
    tellForks(report, options, asked)
    if isRemembered { keep(report, options.objects) }
    return report
  }

  /// Keeps what was seen for later.
  func keep(_ report: VerificationReport, _ objects: VerificationOptions.ObjectScope) {
    guard let checkpoint = report.checkpoint else { return }
    Afterwards.telling(desk) {
      try folder?.waitForCheckpoint()
      remember(checkpoint, report)
      Afterwards.remember(verified: report, of: checkpoint.origin, objects, at: desk)
    }
  }

  private func look(
    _ asked: CheckOptions, _ options: VerificationOptions, _ pastLimit: Int
  ) throws -> VerificationReport {
    // Tokens and offers are held against all entries, and what is anchored among the older ones counts as well.
    if asked.sinceVerified, options.timestampRoots == nil, asked.policy == nil, asked.offers.isEmpty, let origin {
      let depth: VerifiedMemory.Depth = asked.objects == .none ? .presence : .contents
      let since = SinceVerified(desk: desk, contents: contents, origin: origin, depth: depth, pastLimit: pastLimit)
      if let report = since.run(nil, state: nil, options) { return report }
    }
    return try Verifier(contents, options: options).verify()
  }

  private static func roots(_ path: String) throws -> TimestampRoots {
    guard let roots = TimestampRoots(pem: try InputFile.read(path, limit: TimestampRoots.sizeLimit)) else {
      throw Failure(
        .malformedInput, "'\(path)' holds no certificates in PEM, or one that cannot be read",
        hint: "a certificate begins with a line '-----BEGIN CERTIFICATE-----'; DER is turned into PEM by 'openssl x509 "
          + "-inform der'")
    }
    return roots
  }

  /// A folder with nothing of a store in it is no store that was tampered with.
  private static func refuseNoStore(_ contents: any StoreContents, _ layout: StoreLayout) throws {
    guard try contents.configuration() == nil, try contents.checkpoint() == nil else { return }
    guard
      layout.address != nil
        || ![layout.tiles, layout.objects].contains(where: { FileManager.default.fileExists(atPath: $0) })
    else {
      return
    }
    throw Failure(
      .inputMissing,
      "there is no store at '\(layout.name)': neither 'custody.json' nor 'checkpoint' nor a folder of one",
      hint: "name the store's own folder")
  }

  private func take(_ trust: TrustRecord?, into options: inout VerificationOptions) {
    guard let trust, let root = trust.rootDigest else { return }
    options.knownGenesis = trust.genesisDigest
    options.knownTrees.append(
      .init(size: trust.size, root: root, source: "this user", isSamePlace: trust.path == layout?.name))
    options.knownForks = ForkRecord.known(of: trust, at: desk)
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
    let reader = LogReader(contents: contents, size: own.size, root: own.root)
    // A proof convicts by itself: nobody else can say how long the reader has held what a revoked key has signed.
    let held = options.knownTrees.compactMap { tree -> UnverifiedCheckpoint? in
      guard let note = tree.note, let signers = note.verified(by: keys) else { return nil }
      let speaks = signers.contains { signer in
        let reason = report.state.membership.whyNotItsWord(signer.key.keyID, size: tree.size) { entry in
          (try? Entry(parsing: reader.entry(at: entry)))?.by
        }
        return reason == nil
      }
      return speaks ? try? UnverifiedCheckpoint(note: note) : nil
    }
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
  private static func checkpoint(_ path: String) throws -> UnverifiedCheckpoint {
    guard let checkpoint = try CheckpointFile.read(InputFile.read(path, limit: 1 << 16)) else {
      throw Failure(
        .malformedInput, "'\(path)' is not a checkpoint", hint: "a checkpoint is three lines: origin, size, root")
    }
    return checkpoint
  }

  /// A checkpoint of the log that this store goes on from; nil where it is of another log, or of this one.
  private func predecessor(_ checkpoint: UnverifiedCheckpoint, _ path: String) throws -> PredecessorTree? {
    guard let origin, !ByteOrder.areEqual(checkpoint.origin, origin), let bytes = try contents.checkpoint(),
      let head = try? UnverifiedCheckpoint(parsing: bytes)
    else { return nil }
    let reader = LogReader(contents: contents, size: head.size, root: head.root)
    // What is wrong with the store is for the verification to say.
    guard let succession = (try? Succession.find(in: reader, library: ObjectLibrary(contents))) ?? nil,
      ByteOrder.areEqual(succession.origin, checkpoint.origin)
    else { return nil }
    return PredecessorTree(path: path, size: checkpoint.size, root: checkpoint.root)
  }

  private func knownTree(
    _ checkpoint: UnverifiedCheckpoint, _ path: String
  ) throws -> VerificationOptions.KnownTree {
    if let origin, !ByteOrder.areEqual(checkpoint.origin, origin) {
      throw Failure(.malformedInput, "'\(path)' is of the log '\(checkpoint.origin)', and this is '\(origin)'")
    }
    // A pack or a copy is of some day: that the log went on since takes nothing from it.
    let isSamePlace = try layout.map { try CopyMark.read($0) == nil } ?? false
    return .init(
      size: checkpoint.size, root: checkpoint.root, source: "the checkpoint '\(path)'", isSamePlace: isSamePlace,
      isTold: true,
      note: checkpoint.note.signatures.isEmpty ? nil : checkpoint.note)
  }

  /// The keys that this user might sign with.
  private var ownKeys: Set<Digest> {
    let held = (try? KeyChain(desk.home).all()) ?? []
    return Set(
      held.filter { $0.origin == origin && (desk.person == nil || $0.owner == desk.person) }.map(\.keyID))
  }

  /// Keeps of a pack that was found sound which tree its log has: not that all of it was looked at, for it need not carry
  /// all, and not where it lies.
  func rememberPack(_ report: VerificationReport) {
    guard report.isSound, let genesis = report.genesis, let checkpoint = report.checkpoint else { return }
    // Whoever invents a client would else come first, and the true log would be the one that is refused.
    let client = report.state.client
    guard trust != nil || !report.findings.contains(where: { $0.code == .partyUnconfirmed && $0.subject == client })
    else { return }
    Afterwards.remember(checkpoint.origin, at: desk) { known in
      var record =
        known ?? TrustRecord(origin: checkpoint.origin, genesis: genesis.hex, size: 0, root: "", path: "")
      guard record.size < checkpoint.size else { return nil }
      if record.genesis.isEmpty { record.genesis = genesis.hex }
      (record.size, record.root) = (checkpoint.size, checkpoint.root.hex)
      record.note(report.state.membership)
      return record
    }
  }

  private func remember(_ checkpoint: Checkpoint, _ report: VerificationReport) {
    guard let genesis = report.genesis, let layout else { return }
    let note = try? contents.signedNote(of: checkpoint)
    Afterwards.remember(checkpoint.origin, at: desk) { known in
      guard report.isSound else {
        // Of an unsound store nothing is believed but that it is unsound.
        var record =
          known ?? TrustRecord(origin: checkpoint.origin, genesis: "", size: 0, root: "", path: layout.name)
        record.note(isSound: false, at: layout.name)
        return record
      }
      var record =
        known ?? TrustRecord(origin: checkpoint.origin, genesis: genesis.hex, size: 0, root: "", path: layout.name)
      record.note(isSound: true, at: layout.name)
      guard record.size <= checkpoint.size else { return record == known ? nil : record }
      if record.genesis.isEmpty { record.genesis = genesis.hex }
      record.size = checkpoint.size
      record.root = checkpoint.root.hex
      record.note(report.state.membership)
      record.keep(note)
      ForkRecord.note(
        LogReader(contents: contents, size: checkpoint.size, root: checkpoint.root), in: &record, desk.home)
      record.verifiedSize = checkpoint.size
      record.verifiedOn = "\(desk.clock.today)"
      // A pack or a copy that is looked at does not become the place where the store is.
      if record.path.isEmpty || known?.path == layout.name { record.path = layout.name }
      return record
    }
  }
}
