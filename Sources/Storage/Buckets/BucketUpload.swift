internal import Crypto
internal import RemoteWire
package import TreeLog

/// Brings the whole of a store to a bucket: objects, bundles and tiles first, which no reader sees, then `custody.json`, and
/// the checkpoint last, which is the commit. A run that was broken off is gone on with: what lies there is not sent again.
///
/// What has to be there the tree says and not a listing of the source, which may leave things out or be refused; and of what
/// lies at the target already the bytes are looked at, so that after a run all of it is there.
package struct BucketUpload {
  private let source: any StoreContents
  private let host: any StoreHost
  private let patient: PatientHost
  private let target: BucketContents
  private let layout: StoreLayout
  private let keeping: Keeping?
  private let note: [UInt8]?
  private let objects: LogObjects?
  private let mark: CopyMark?
  private let hasHeadElsewhere: Bool

  /// What nobody may delete once it is there.
  package struct Keeping {
    package let mode: LockMode
    package let terms: RetentionTerms

    package init(mode: LockMode, terms: RetentionTerms) {
      self.mode = mode
      self.terms = terms
    }

    func term(of name: String) -> KeepingTerm {
      ObjectPath.digest(name).map(terms.term) ?? KeepingTerm(until: terms.log)
    }
  }

  /// What was done.
  package struct Done: Sendable {
    /// Files that were sent, objects among them.
    package var files = 0
    package var objects = 0
    package var bytes = 0
    /// The size of the tree that was there before; 0 for none.
    package var before = 0
    /// Objects that the log redacts, and that lie there still.
    package var redacted = 0
  }

  /// So many files are read before they are sent together, and so many bytes at most.
  private static let batch = (files: 64, bytes: 4 << 20)

  /// - Parameters:
  ///   - source: The store as it was verified.
  ///   - note: The checkpoint to commit; nil for the source's own.
  ///   - objects: What its entries name; nil for the objects that the source lists, as a folder does.
  ///   - layout: The folder at hand of the bucket.
  ///   - keeping: For how long what is sent is kept there; nil where the bucket keeps nothing.
  ///   - mark: What tells others the store's whole address; nil where its bucket and prefix say all.
  ///   - hasHeadElsewhere: Whether the checkpoint goes to a bucket of its own.
  package init(
    _ source: any StoreContents, note: [UInt8]? = nil, objects: LogObjects? = nil, to host: any StoreHost,
    layout: StoreLayout, keeping: Keeping? = nil, mark: CopyMark? = nil, hasHeadElsewhere: Bool = false
  ) {
    self.mark = mark
    self.hasHeadElsewhere = hasHeadElsewhere
    self.keeping = keeping
    self.source = source
    self.note = note
    self.objects = objects
    self.host = host
    self.layout = layout
    patient = PatientHost(host)
    target = BucketContents(host, layout: layout, keeps: false)
  }

  /// What is under way.
  private struct Run {
    var done = Done()
    /// What lies at the target, with its length.
    var there: [String: Int] = [:]
    /// What lay there as it has to be.
    var found: [String] = []
  }

  /// - Parameter progress: Told how many files are done, of how many.
  /// - Throws: `notEmpty` where another log lies there, or more of this one; `inputOutput` where the source lacks something,
  ///   and nothing is committed.
  package func run(progress: (Int, Int) -> Void) throws -> Done {
    // The source has to have seen a checkpoint, to find what is staged for it.
    guard let newest = try source.checkpoint(), case let note = self.note ?? newest,
      let tree = try? UnverifiedCheckpoint(parsing: note), let configuration = try source.configuration()
    else { throw StorageError(.noStore, "there is no store at '\(source.location)'") }
    var run = Run()
    run.done.before = try checkTarget(tree)
    let tag = target.checkpointTag
    try target.list("") { run.there[$0.name] = $0.size }
    guard !hasHeadElsewhere || run.there["checkpoint"] == nil else {
      throw StorageError(
        .notEmpty, "'\(host.address)' holds a store whose checkpoint lies beside its files",
        hint: "leave 'head=' out of the address")
    }
    let objects = try self.objects ?? listed()
    run.done.redacted = objects.redacted.count { run.there[ObjectPath.path($0)] != nil }
    let files = Array(TileDelta.files(for: tree.size))
    let total = objects.named.count + files.count
    for start in stride(from: 0, to: objects.named.count, by: BucketUpload.batch.files) {
      let end = min(start + BucketUpload.batch.files, objects.named.count)
      try bring(Array(objects.named[start..<end]), &run)
      progress(end, total)
    }
    try bring(files, &run) { progress(objects.named.count + $0, total) }
    if let mark { try target.write(mark) }
    try bring(configuration: configuration, &run)
    try keep(run.found)
    guard run.done.before < tree.size else { return run.done }
    let swap = CheckpointSwap(contents: target, note: note, size: tree.size, root: tree.root, tag: tag)
    guard case .won = try swap.perform(host) else {
      throw StorageError(.stale, "somebody else writes to '\(host.address)'", hint: "find out who, and try again")
    }
    run.done.files += 1
    return run.done
  }

  /// The objects that lie in the source.
  private func listed() throws -> LogObjects {
    var named: [LogObjects.Named] = []
    try source.forEachPath { path in
      guard path.kind == .file, let digest = ObjectPath.digest(path.path) else { return }
      named.append(LogObjects.Named(digest: digest, size: try source.objectSize(digest)))
    }
    return LogObjects(named: named)
  }

  private func missing(_ name: String) -> StorageError {
    StorageError(
      .inputOutput,
      "'\(name)' is missing from '\(source.location)', or cannot be read: '\(host.address)' has no new checkpoint",
      hint: "'custody verify' says what is wrong with the source, and where")
  }

  // MARK: Objects

  private func bring(_ objects: [LogObjects.Named], _ run: inout Run) throws {
    let suspects: [(digest: Digest, size: Int)] = objects.compactMap { object in
      guard let size = run.there[object.name], object.size == nil || object.size == size else { return nil }
      return (object.digest, size)
    }
    let right = try IntactObjects(host: patient, downloads: target.downloads).among(suspects)
    run.found += objects.filter { right.contains($0.digest) }.map(\.name)
    let wanted = objects.filter { !right.contains($0.digest) }
    if let elsewhere = source as? BucketContents {
      let copies = CopiedObjects(source: elsewhere, folder: target.downloads)
      return try copies.forEachGroup(of: wanted, missing: { missing($0.name) }) { group in
        try send(group.map { ($0.object, $0.path, $0.size) }, &run)
      }
    }
    guard let folder = source as? DirectoryContents else {
      preconditionFailure("a store that is copied lies in a folder or elsewhere")
    }
    try send(
      wanted.map { object in
        guard let size = try folder.objectSize(object.digest) else { throw missing(object.name) }
        return (object, folder.layout.object(object.digest), size)
      }, &run)
  }

  private func send(_ objects: [(named: LogObjects.Named, path: String, size: Int)], _ run: inout Run) throws {
    try flush(
      objects.map { object in
        var request = HostRequest(.put, object.named.name)
        request.wire.file = object.path
        request.wire.digest = object.named.digest.hex
        if let keeping { request.keep(keeping.terms.term(of: object.named.digest), keeping.mode) }
        return request
      })
    run.done.objects += objects.count
    run.done.files += objects.count
    run.done.bytes += objects.reduce(0) { $0 + $1.size }
  }

  // MARK: The log

  private func bring(_ coordinates: [TileCoordinate], _ run: inout Run, progress: (Int) -> Void) throws {
    var files: [(path: String, bytes: [UInt8])] = []
    var size = 0
    for (index, coordinate) in coordinates.enumerated() {
      guard let bytes = try exactFile(coordinate) else { throw missing(coordinate.path) }
      files.append((coordinate.path, bytes))
      size += bytes.count
      guard files.count >= BucketUpload.batch.files || size >= BucketUpload.batch.bytes else { continue }
      try send(files, &run)
      (files, size) = ([], 0)
      progress(index + 1)
    }
    try send(files, &run)
    progress(coordinates.count)
  }

  private func exactFile(_ coordinate: TileCoordinate) throws -> [UInt8]? {
    do {
      return try source.exactFile(coordinate)
    } catch is BundleSyntaxError {
      return nil
    }
  }

  /// Sends those that are not there as they have to be.
  private func send(_ files: [(path: String, bytes: [UInt8])], _ run: inout Run) throws {
    let suspects = files.filter { run.there[$0.path] == $0.bytes.count }
    let answers = try patient.perform(
      suspects.map { file in
        var request = HostRequest(.get, file.path)
        request.wire.limit = file.bytes.count
        return request
      })
    var right: Set<String> = []
    for (file, answer) in zip(suspects, answers) where answer.wire.status != 404 {
      guard answer.wire.isDone else { throw StorageError(answer.wire, "read '\(file.path)'", at: host.address) }
      if answer.body == file.bytes { right.insert(file.path) }
    }
    run.found += right.sorted()
    let fresh = files.filter { !right.contains($0.path) }
    try flush(fresh.map { put($0.bytes, at: $0.path, isNew: run.there[$0.path] == nil) })
    run.done.files += fresh.count
    run.done.bytes += fresh.reduce(0) { $0 + $1.bytes.count }
  }

  private func bring(configuration bytes: [UInt8], _ run: inout Run) throws {
    let name = "custody.json"
    guard try run.there[name] == nil || target.configuration() != bytes else { return run.found.append(name) }
    try flush([put(bytes, at: name, isNew: run.there[name] == nil)])
    run.done.files += 1
  }

  /// - Returns: The size of the tree that lies there; 0 for none.
  private func checkTarget(_ tree: UnverifiedCheckpoint) throws -> Int {
    guard let bytes = try target.checkpoint() else {
      guard try target.configuration() == nil || target.configuration() == source.configuration() else {
        throw StorageError(.notEmpty, "'\(host.address)' holds another store", hint: "name another prefix")
      }
      return 0
    }
    guard let found = try? UnverifiedCheckpoint(parsing: bytes), found.origin == tree.origin else {
      throw StorageError(.notEmpty, "'\(host.address)' holds another store", hint: "name another prefix")
    }
    guard found.size <= tree.size else {
      throw StorageError(
        .notEmpty, "'\(host.address)' holds more of this log than '\(source.location)': \(found.size) entries",
        hint: "'custody pull' brings this copy up to date")
    }
    let reader = LogReader(contents: source, size: tree.size, root: tree.root)
    guard try reader.root(at: found.size) == found.root else {
      throw StorageError(
        .notEmpty, "'\(host.address)' holds another log under this one's name",
        hint: "keep both, and find out which is true")
    }
    return found.size
  }

  /// What lay there already is kept as what was sent is.
  private func keep(_ found: [String]) throws {
    guard let keeping else { return }
    let changes = try ObjectLock(host, mode: keeping.mode).keep(
      found.map { ($0, keeping.term(of: $0)) }, lifts: false)
    guard let refused = changes.refused.first else { return }
    throw StorageError(
      .notConfigured, "'\(refused.name)' cannot be kept at '\(host.address)': \(refused.reason)",
      hint: "look at what the credentials are allowed to do")
  }

  private func put(_ bytes: [UInt8], at name: String, isNew: Bool) -> HostRequest {
    var request = HostRequest(.put, name, body: bytes)
    request.wire.digest = SHA256.hash(bytes).hex
    if isNew { request.wire.condition = .absent }
    if let keeping { request.keep(keeping.term(of: name), keeping.mode) }
    return request
  }

  private func flush(_ requests: [HostRequest]) throws {
    for (request, answer) in zip(requests, try patient.perform(requests)) where !answer.wire.isDone {
      let name = request.wire.name
      guard answer.wire.status == 412 else { throw StorageError(answer.wire, "write '\(name)'", at: host.address) }
      // A request that went there twice is refused the second time; anything else there is somebody else's.
      guard try target.read(name, limit: request.body.count)?.body == request.body else {
        throw StorageError(
          .notEmpty, "'\(name)' is there at '\(host.address)' with other bytes", hint: "name another prefix")
      }
    }
  }
}
