internal import Crypto
internal import Findings
internal import FoundationEssentials
internal import Glibc
internal import Ownership
internal import Statements
internal import Storage
internal import TreeLog
internal import Verification

extension Desk {
  /// Keeps a full copy of a store, which is extended only by what was verified.
  ///
  /// What is new is fetched first, where no reader of the copy sees it; then the copy is verified as it would be, and
  /// only then does it get the new checkpoint. A run that is broken off has changed nothing that a reader sees, and the next
  /// goes on where it stopped.
  ///
  /// - Parameters:
  ///   - source: The store's folder; nil for where the copy was first pulled from.
  ///   - copy: The copy's folder, made where there is none; nil for the nearest at or above the working folder.
  /// - Throws: `answerNo` where the source is not sound, or shows another log than the copy or this user has seen.
  public func pull(from source: String?, into copy: String?, _ options: PullOptions = PullOptions()) throws -> Pulled {
    try Pull(from: source, into: copy, options, at: self).run()
  }

  /// Makes a copy the store: whoever may append does so here from now on.
  ///
  /// - Returns: The folder, from the root on.
  public func keepCopy(_ copy: String?) throws -> String {
    let layout = try CopyPlace.find(copy)
    guard try CopyMark.read(layout) != nil else {
      throw Failure(.usage, "'\(layout.root)' is no copy that was pulled", hint: "there is nothing to change")
    }
    let store = try OpenedStore.open(layout, at: self)
    try store.refuseIfOlder()
    try CopyWriter(layout: layout, allowsNetworkStore: true).endCopying()
    // It is here that the log goes on, whoever kept it before.
    try TrustMemory(home).update(store.origin) { known in
      var record = known
      record?.keptBy = nil
      record?.path = layout.root
      return record
    }
    return layout.root
  }
}

/// One pull, from what the source shows to what the copy has.
struct Pull {
  let desk: Desk
  let layout: StoreLayout
  let sourcePath: String
  let source: any StoreContents
  /// What was unpacked to be read; it stays as long as this does.
  private let unpacked: UnpackedArchive?
  let options: PullOptions
  let configuration: [UInt8]
  let origin: String

  /// A source that is written meanwhile may drop a file between two looks; so many times it is begun anew.
  private static let attempts = 8

  init(from source: String?, into copy: String?, _ options: PullOptions, at desk: Desk) throws {
    self.desk = desk
    self.options = options
    layout = try CopyPlace.find(copy)
    guard let path = try source.map({ try CopyPlace.name($0) }) ?? CopyMark.read(layout)?.source else {
      throw Failure(
        .usage, "it is not known where '\(layout.root)' was pulled from", hint: "name the store: custody pull STORE")
    }
    sourcePath = path
    guard path != layout.root else {
      throw Failure(.usage, "'\(path)' cannot be pulled into itself", hint: "name another folder for the copy")
    }
    try CopyPlace.refuseInsideStore(layout.root)
    (self.source, unpacked) = try CopyPlace.contents(of: path, in: options.temporaryFolder, at: desk)
    guard let bytes = try self.source.configuration(), let read = StoreConfiguration(parsing: bytes) else {
      throw Failure(
        .inputMissing, "there is no store at '\(path)': its 'custody.json' is missing or not what the format says",
        hint: "name the store's own folder")
    }
    configuration = bytes
    origin = read.origin
  }

  func run() throws -> Pulled {
    let isThere = try isCopyThere()
    if isThere { try checkCopy() }
    if options.isDryRun { return try preview(isThere: isThere) }
    guard !isThere else { return try extend() }
    try OutputFile.checkParent(of: layout.root)
    let beginning = CopyBeginning(layout)
    try CopyWriter.begin(layout, configuration: configuration, mark: CopyMark(source: sourcePath))
    do {
      return try extend()
    } catch let error as Failure where [.answerNo, .inputMissing, .malformedInput].contains(error.code) {
      // What is refused will be refused again: nothing of it is to lie there half made.
      beginning.undo()
      throw error
    }
  }

  private func extend() throws -> Pulled {
    var writer = try takeLock()
    try writer.mark(CopyMark(source: sourcePath))
    for _ in 1..<Pull.attempts {
      do {
        return try attempt(&writer)
      } catch is SourceChanged {
        desk.notices.detail("the source was appended to meanwhile: begun anew")
      }
    }
    throw Failure(
      .locked, "'\(sourcePath)' changes faster than it can be read", hint: "try again when less is appended to it")
  }

  /// Refuses to pull into a folder that is another log's, or a store that is appended to.
  private func checkCopy() throws {
    let contents = try DirectoryContents(layout: layout)
    guard let own = try contents.configuration().flatMap({ StoreConfiguration(parsing: $0) })?.origin else {
      return try checkNameless(contents)
    }
    try checkOrigin(own)
    guard try CopyMark.read(layout) == nil, try contents.checkpoint() != nil else { return }
    guard try TrustMemory(desk.home).record(of: origin)?.keptBy != nil else {
      throw Failure(
        .configuration, "'\(layout.root)' is a store that is appended to here, and no copy",
        hint: "name another folder for the copy: custody pull STORE COPY")
    }
  }

  /// Refuses a folder that is of another log.
  func checkOrigin(_ own: String) throws {
    guard ByteOrder.areEqual(own, origin) else {
      throw Failure(
        .answerNo, "'\(layout.root)' is of the log '\(own)', and '\(sourcePath)' of '\(origin)'",
        hint: "name another folder for the copy")
    }
  }

  private func takeLock() throws -> CopyWriter {
    let end = ContinuousClock.now + .seconds(options.patience)
    while true {
      do {
        return try CopyWriter(layout: layout, allowsNetworkStore: options.allowsNetworkStore)
      } catch let error as StorageError where error.code == .locked {
        guard ContinuousClock.now < end else { throw error }
        usleep(20_000)
      }
    }
  }

  private func preview(isThere: Bool) throws -> Pulled {
    let shown = try CopyPlace.checkpoint(of: source, origin: origin, at: sourcePath)
    let held = isThere ? try CopyPlace.held(DirectoryContents(layout: layout), at: layout.root) : nil
    if let held {
      try checkExtends(shown, held)
      try checkNotCut(shown, held)
    }
    return Pulled(
      copy: layout.root, source: sourcePath, checkpoint: shown.tree, before: held?.size ?? 0,
      isSourceOlder: shown.size < held?.size ?? 0)
  }

  // MARK: One attempt

  private func attempt(_ writer: inout CopyWriter) throws -> Pulled {
    let shown = try CopyPlace.checkpoint(of: source, origin: origin, at: sourcePath)
    let held = try CopyPlace.held(writer.contents, at: layout.root)
    if let held {
      try checkExtends(shown, held)
      try checkNotCut(shown, held)
    }
    let size = held?.size ?? 0
    var pulled = Pulled(
      copy: layout.root, source: sourcePath, checkpoint: shown.size < size ? held?.tree ?? shown.tree : shown.tree,
      before: size)
    try mendConfiguration(&writer, &pulled)
    if let held, shown.size < size || (shown.size == size && !options.readsAll) {
      pulled.isSourceOlder = shown.size < size
      guard options.readsAll else {
        try restore(held, as: shown, &writer, &pulled)
        pulled.verifiedOn = try verifiedOn(held)
        // What was fetched again is on the disk before anybody is told.
        if pulled.mended > 0 { try writer.commit(held.note.bytes, size: held.size) }
        return pulled
      }
      return try look(held, as: shown, since: size, &writer, pulled)
    }
    if shown.size > size {
      if let held, !options.readsAll { try restore(held, as: shown, &writer, &pulled) }
      try takeTiles(from: size, to: shown, &writer)
      try takeObjects(of: shown, from: size, &writer, &pulled)
    }
    return try look(shown, as: shown, since: size, &writer, pulled)
  }

  /// Verifies the copy as it would be, mends what is its own fault, and gives it the checkpoint.
  ///
  /// - Parameter shown: What the source has; smaller than the tree where the source is older.
  private func look(
    _ tree: UnverifiedCheckpoint, as shown: UnverifiedCheckpoint, since size: Int, _ writer: inout CopyWriter,
    _ before: Pulled
  ) throws -> Pulled {
    var pulled = before
    var asked = CheckOptions()
    asked.objects = options.readsAll ? .all : .new
    asked.sinceVerified = !options.readsAll
    let note = tree.note.bytes
    var check = try StoreCheck(layout, checkpoint: note, at: desk)
    var report = try check.run(asked, objectsFrom: size, pastLimit: size, isRemembered: false)
    if !report.isSound {
      var repair = CopyRepair(copy: writer.contents, source: source, shown: shown, held: tree.size)
      let paths = try repair.mendLog(&writer) + mendObjects(report, &writer)
      pulled.mended += paths.count
      pulled.mendedPaths += paths
      if !paths.isEmpty {
        check = try StoreCheck(layout, checkpoint: note, at: desk)
        asked.sinceVerified = false
        report = try check.run(asked, objectsFrom: size, isRemembered: false)
      }
      if !report.isSound { throw unsound(report, repair) }
    }
    try writer.commit(note, size: tree.size, willCommit: desk.notices.willCommit)
    if tree.size > size { desk.notices.recorded(size...(tree.size - 1)) }
    check.keep(report, asked.objects)
    pulled.look =
      report.taken.map { .new(after: $0.size, on: $0.on) } ?? (options.readsAll || size == 0 ? .everything : .log)
    let redacted = Set(report.state.redactions.filter { !$0.isAnnouncement }.flatMap(\.objects))
    for digest in redacted where try writer.contents.objectSize(digest) != nil { pulled.redacted += 1 }
    return pulled
  }

  private func unsound(_ report: VerificationReport, _ repair: CopyRepair) -> Failure {
    let wrong = report.findings.filter(\.code.isIntegrityError)
    if let path = repair.beyondMending.first {
      let more = repair.beyondMending.count - 1
      return Failure(
        .answerNo,
        "'\(path)'\(more > 0 ? " and \(Wording.count(more, "more file"))" : "") of the copy '\(layout.root)' is damaged, and "
          + "'\(sourcePath)' has not got it right either",
        hint: "the copy keeps the tree that it had; pull from another copy of the store: custody pull OTHER COPY")
    }
    let damaged = wrong.filter {
      [.objectMissing, .objectCorrupt].contains($0.code) && hasDamaged(object: $0.subject)
    }
    if let path = damaged.first?.subject {
      let more = wrong.count > 1 ? ", and \(Wording.count(wrong.count - 1, "more finding"))" : ""
      return Failure(
        .answerNo,
        "what '\(sourcePath)' shows is not sound: its '\(path)' is damaged, with other bytes than its name says\(more)",
        hint: "the copy is as it was; 'custody verify \(sourcePath)' says more, and whoever keeps that store can mend "
          + "it")
    }
    if source is PackContents, wrong.allSatisfy({ $0.code == .objectMissing }) {
      return Failure(
        .inputMissing,
        "the pack '\(sourcePath)' leaves out \(Wording.count(wrong.count, "object")), and a copy holds all that the log names",
        hint: "nothing was taken over; ask for a pack of everything: custody pack --output FILE.zip")
    }
    let first = wrong.first.map { ": \($0.message)" } ?? ""
    let more = wrong.count > 1 ? ", and \(Wording.count(wrong.count - 1, "more finding"))" : ""
    return Failure(
      .answerNo, "what '\(sourcePath)' shows is not sound\(first)\(more)",
      hint: "the copy is as it was; 'custody verify \(sourcePath)' says more, and whoever keeps that store can mend it")
  }

  /// Whether the source has something under an object's name, given that these are not the object's bytes.
  func hasDamaged(object path: String) -> Bool {
    guard let digest = ObjectPath.digest(path) else { return false }
    return ((try? source.objectSize(digest)) ?? nil) != nil
  }

  // MARK: What the source shows

  /// Refuses a source whose log does not extend the copy's, or that the copy does not extend.
  private func checkExtends(_ shown: UnverifiedCheckpoint, _ held: UnverifiedCheckpoint) throws {
    let (larger, smaller) = shown.size >= held.size ? (shown, held) : (held, shown)
    let contents: any StoreContents = shown.size >= held.size ? source : try DirectoryContents(layout: layout)
    let root: Digest
    do {
      root = try LogReader(contents: contents, size: larger.size, root: larger.root).root(at: smaller.size)
    } catch let error as LogReadError {
      if shown.size >= held.size { try noticeChange(of: shown) }
      throw Failure(
        .answerNo, "the log of '\(shown.size >= held.size ? sourcePath : layout.root)' is damaged: \(error)",
        hint: "'custody verify' on it says what is wrong and where")
    }
    guard root != smaller.root else { return }
    let fork = try PullFork(shown: shown, held: held, from: self)
    let kept = ForkRecord.tell(fork.proof, at: desk)
    throw Failure(
      .answerNo,
      "the log forked: the first \(Wording.entries(smaller.size)) of '\(sourcePath)' are not those of the copy "
        + "'\(layout.root)'" + fork.signers,
      hint: "nothing was changed; keep this copy and the checkpoint of the other, which together show what was done"
        + (kept.map { "; \($0)" } ?? ""))
  }

  /// Refuses a store that shows fewer entries than it has shown at the same place. A pack, or another place, may well be
  /// older.
  private func checkNotCut(_ shown: UnverifiedCheckpoint, _ held: UnverifiedCheckpoint) throws {
    guard shown.size < held.size, !(source is PackContents), unpacked == nil,
      try CopyMark.read(layout)?.source == sourcePath
    else { return }
    let kept = "\(layout.root)/checkpoint"
    throw Failure(
      .answerNo,
      "history-truncated: '\(sourcePath)' shows \(Wording.entries(shown.size)), and the copy '\(layout.root)' has \(held.size) "
        + "that were pulled from there: the newest were cut off, or an older copy was put back",
      hint:
        "nothing was changed; this copy has what is gone, and '\(kept)' is signed by whoever kept the store then: ask what "
        + "became of it")
  }

  /// Thrown where the source has another checkpoint than the one that was begun with.
  private struct SourceChanged: Error {}

  private func noticeChange(of shown: UnverifiedCheckpoint) throws {
    if try source.checkpoint() != shown.note.bytes { throw SourceChanged() }
  }

  private func takeTiles(
    from size: Int, to shown: UnverifiedCheckpoint, _ writer: inout CopyWriter
  ) throws {
    try writer.prepare(from: size, to: shown.size)
    let progress = desk.notices.begin("fetching the log", total: nil)
    for coordinate in TileDelta.files(from: size, to: shown.size) {
      try writer.write(coordinate, try file(coordinate, of: shown))
      progress.advance(by: 1)
    }
    progress.finish()
  }

  private func file(_ coordinate: TileCoordinate, of shown: UnverifiedCheckpoint) throws -> [UInt8] {
    do {
      if let bytes = try source.exactFile(coordinate) { return bytes }
    } catch is BundleSyntaxError {}
    try noticeChange(of: shown)
    throw Failure(
      .answerNo, "'\(sourcePath)' is damaged: '\(coordinate.path)' is missing or cannot be read",
      hint: "the copy is as it was; whoever keeps that store can restore it from a copy")
  }

  /// So many objects are fetched side by side.
  private static let batch = 64

  private func takeObjects(
    of shown: UnverifiedCheckpoint, from size: Int, _ writer: inout CopyWriter, _ pulled: inout Pulled
  ) throws {
    let progress = desk.notices.begin("fetching objects", total: nil)
    var waiting: [(digest: Digest, size: Int?)] = []
    var seen: Set<Digest> = []
    do {
      try NamedObjectWalk(contents: source, tree: shown).forEach(in: size..<shown.size) { digest, expected in
        guard seen.insert(digest).inserted else { return }
        if try writer.contents.objectSize(digest) != nil { return try writer.rely(on: digest) }
        waiting.append((digest, expected))
        guard waiting.count >= Pull.batch else { return }
        try fetch(waiting, &writer, &pulled)
        progress.advance(by: waiting.count)
        waiting = []
        // What was fetched is found in the copy from now on.
        if seen.count > 100_000 { seen = [] }
      }
      try fetch(waiting, &writer, &pulled)
    } catch let error as LogReadError {
      try noticeChange(of: shown)
      throw Failure(
        .answerNo, "'\(sourcePath)' is damaged: \(error)",
        hint: "the copy is as it was; 'custody verify' on it says more")
    }
    progress.finish()
  }

  /// What is absent, or not what its name says, is left out: whether that is right, the verification says.
  private func fetch(
    _ objects: [(digest: Digest, size: Int?)], _ writer: inout CopyWriter, _ pulled: inout Pulled
  ) throws {
    let (source, store) = (source, writer.objects)
    let width = source.readsAtOnce
    let staged = Parallel.map(objects, grain: width == nil ? 8 : 1, width: width) { object in
      Result { try store.stage(object.digest, of: source, expected: object.size) }
    }
    for result in staged {
      guard let object = try result.get() else { continue }
      try writer.bring(object)
      pulled.objects += 1
      pulled.bytes += object.size
    }
  }

  // MARK: What the copy lost

  /// Fetches anew the objects that a verification found missing or changed in the copy, where the source has them right.
  ///
  /// - Returns: Their paths.
  private func mendObjects(_ report: VerificationReport, _ writer: inout CopyWriter) throws -> [String] {
    var paths: [String] = []
    for finding in report.findings where [.objectCorrupt, .objectMissing].contains(finding.code) {
      guard let digest = ObjectPath.digest(finding.subject), let object = try writer.objects.stage(digest, of: source)
      else { continue }
      try writer.bring(object)
      paths.append(finding.subject)
    }
    return paths
  }
}
