internal import Crypto
internal import RemoteWire
package import TreeLog

/// Brings the whole of a store to a bucket: objects, bundles and tiles first, which no reader sees, then `custody.json`, and
/// the checkpoint last, which is the commit. A run that was broken off is gone on with: what lies there is not sent again.
package struct BucketUpload {
  private let source: any StoreContents
  private let host: any StoreHost
  private let patient: PatientHost
  private let target: BucketContents
  private let layout: StoreLayout
  private let keeping: Keeping?

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
  }

  /// So many files are read before they are sent together, and so many bytes at most.
  private static let batch = (files: 64, bytes: 4 << 20)

  /// - Parameters:
  ///   - source: The store as it was verified; nobody appends to it meanwhile.
  ///   - layout: The folder at hand of the bucket.
  ///   - keeping: For how long what is sent is kept there; nil where the bucket keeps nothing.
  package init(
    _ source: any StoreContents, to host: any StoreHost, layout: StoreLayout, keeping: Keeping? = nil
  ) {
    self.keeping = keeping
    self.source = source
    self.host = host
    self.layout = layout
    patient = PatientHost(host)
    target = BucketContents(host, layout: layout, keeps: false)
  }

  /// - Parameter progress: Told how many files are done, of how many.
  /// - Throws: `notEmpty` where another log lies there, or more of this one.
  package func run(progress: (Int, Int) -> Void) throws -> Done {
    guard let note = try source.checkpoint(), let tree = try? UnverifiedCheckpoint(parsing: note),
      let configuration = try source.configuration()
    else { throw StorageError(.noStore, "there is no store at '\(source.location)'") }
    var done = Done()
    done.before = try checkTarget(tree)
    let tag = target.checkpointTag
    guard done.before < tree.size else { return done }
    var there: [String: Int] = [:]
    try target.list("") { there[$0.name] = $0.size }
    var names: [String] = []
    try source.forEachPath { path in
      guard path.kind == .file, BucketUpload.isSent(path.path, tree.size) else { return }
      names.append(path.path)
    }
    var waiting: [HostRequest] = []
    var objects: [(request: HostRequest, copy: TemporaryDownload?)] = []
    var size = 0
    var found: [String] = []
    for (index, name) in names.enumerated() {
      if let digest = ObjectPath.digest(name) {
        guard let own = try source.objectSize(digest) else { continue }
        if there[name] == own {
          found.append(name)
          continue
        }
        try take(digest, name, &objects)
        if objects.count >= BucketUpload.batch.files { try flush(&objects) }
        done.objects += 1
        (done.files, done.bytes) = (done.files + 1, done.bytes + own)
      } else if let coordinate = TileCoordinate(path: name) {
        guard let bytes = try source.file(at: coordinate, limit: coordinate.sizeLimit) else { continue }
        if there[name] == bytes.count, try target.read(name, limit: bytes.count)?.body == bytes {
          found.append(name)
          continue
        }
        waiting.append(put(bytes, at: name, isNew: there[name] == nil))
        size += bytes.count
        (done.files, done.bytes) = (done.files + 1, done.bytes + bytes.count)
      }
      if waiting.count >= BucketUpload.batch.files || size >= BucketUpload.batch.bytes {
        try flush(&waiting)
        size = 0
      }
      progress(index + 1, names.count)
    }
    try flush(&objects)
    try flush(&waiting)
    if there["custody.json"] == nil { try flush([put(configuration, at: "custody.json", isNew: true)]) }
    try keep(found)
    let swap = CheckpointSwap(contents: target, note: note, size: tree.size, root: tree.root, tag: tag)
    guard case .won = try swap.perform(host) else {
      throw StorageError(.stale, "somebody else writes to '\(host.address)'", hint: "find out who, and try again")
    }
    done.files += 1
    return done
  }

  /// Only what a store of this tree consists of: nothing beyond the checkpoint, and nothing that is somebody's own.
  private static func isSent(_ name: String, _ size: Int) -> Bool {
    if ObjectPath.digest(name) != nil { return true }
    guard let coordinate = TileCoordinate(path: name) else { return false }
    return TileDelta.file(coordinate.kind, index: coordinate.index, size: size) == coordinate
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

  private func flush(_ waiting: inout [HostRequest]) throws {
    try flush(waiting)
    waiting = []
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

  /// Prepares an object to be sent: from its own file where it has one, else from a copy of it.
  private func take(
    _ digest: Digest, _ name: String, _ objects: inout [(request: HostRequest, copy: TemporaryDownload?)]
  ) throws {
    var request = HostRequest(.put, name)
    request.wire.digest = digest.hex
    if let keeping { request.keep(keeping.terms.term(of: digest), keeping.mode) }
    if let folder = source as? DirectoryContents {
      request.wire.file = folder.layout.object(digest)
      objects.append((request, nil))
      return
    }
    let copy = try TemporaryDownload(in: target.downloads)
    request.wire.file = copy.path
    objects.append((request, copy))
    try unsafe copy.write { write in
      _ = try unsafe source.readObject(digest) { try unsafe write($0) }
    }
  }

  private func flush(_ objects: inout [(request: HostRequest, copy: TemporaryDownload?)]) throws {
    defer {
      for object in objects { object.copy?.remove() }
      objects = []
    }
    try flush(objects.map(\.request))
  }
}
