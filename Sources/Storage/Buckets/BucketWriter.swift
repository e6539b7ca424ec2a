package import Crypto
internal import RemoteWire
package import TreeLog

/// Appends to a store in a bucket, beside any number of others: what is new is staged under a name of its own, the
/// checkpoint is swapped, which is the commit, and the files get the names that everybody reads.
///
/// Nothing under such a name is written twice with other bytes: a swap has one winner, and only what has won is published.
/// A winner that dies before is helped by whoever comes next.
package final class BucketWriter: LogWriting {
  package let objects: ObjectStore
  private let contents: BucketContents
  private let host: any StoreHost
  private let patient: PatientHost
  private let patience: Patience
  private let layout: StoreLayout
  /// What nobody may delete is kept so; nil where the bucket keeps nothing.
  private let lock: LockMode?
  package var terms = RetentionTerms()

  /// - Parameters:
  ///   - contents: The store as it was opened.
  ///   - host: Who holds it.
  ///   - layout: The folder at hand.
  ///   - lock: How what is written is kept from being deleted.
  ///   - patience: For how long to wait for a host that fails.
  package init(
    _ contents: BucketContents, host: any StoreHost, layout: StoreLayout, objects: ObjectStore? = nil,
    lock: LockMode? = nil, patience: Patience = Patience()
  ) throws {
    self.lock = lock
    self.patience = patience
    self.contents = contents
    self.host = host
    self.layout = layout
    patient = PatientHost(host, patience: patience)
    try Syscalls().mkdir(layout.inbox)
    self.objects = objects ?? ObjectStore(layout: layout)
  }

  package var sharesHead: Bool { true }
  package var keepsThings: Bool { lock != nil }
  package private(set) var isCommitted: Bool?

  // MARK: Objects

  package func publish(_ staged: [StagedObject]) throws -> [StoredObject] {
    let there = try keepThose(of: staged)
    let fresh = staged.filter { !there.contains($0.digest) }
    let answers = try patient.perform(
      fresh.map { object in
        var request = put(object)
        request.wire.condition = .absent
        return request
      })
    var stored = try zip(fresh, answers).map { object, answer in
      let wasThere = answer.wire.status == 412
      guard answer.wire.isDone || wasThere else {
        throw StorageError(answer.wire, "store '\(ObjectPath.path(object.digest))'", at: host.address)
      }
      return StoredObject(digest: object.digest, size: object.size, wasThere: wasThere)
    }
    try mend(zip(fresh, stored).filter { $0.1.wasThere }.map(\.0) + staged.filter { there.contains($0.digest) })
    // What somebody else has stored a moment ago may be kept for less time.
    _ = try keepThose(of: zip(fresh, stored).filter { $0.1.wasThere }.map(\.0))
    objects.discard(staged)
    guard !there.isEmpty else { return stored }
    stored += staged.filter { there.contains($0.digest) }.map {
      StoredObject(digest: $0.digest, size: $0.size, wasThere: true)
    }
    let byDigest = Dictionary(stored.map { ($0.digest, $0) }, uniquingKeysWith: { first, _ in first })
    return staged.compactMap { byDigest[$0.digest] }
  }

  private func put(_ object: StagedObject) -> HostRequest {
    var request = HostRequest(.put, ObjectPath.path(object.digest))
    request.wire.file = object.path
    request.wire.digest = object.digest.hex
    if let lock { request.keep(terms.term(of: object.digest), lock) }
    return request
  }

  /// A bucket with versions may pass over that a name is there already, and a new version would be kept by itself alone: what
  /// is there is looked for, and kept for longer where it has to be.
  ///
  /// - Returns: Those that are there.
  private func keepThose(of staged: [StagedObject]) throws -> Set<Digest> {
    guard let lock, !staged.isEmpty else { return [] }
    let keeper = ObjectLock(patient, mode: lock)
    let found = try keeper.look(staged.map { ObjectPath.path($0.digest) })
    let there = zip(staged, found).filter { $0.1?.size == $0.0.size }.map(\.0)
    let changes = try keeper.keep(
      there.map { (ObjectPath.path($0.digest), terms.term(of: $0.digest)) }, lifts: false)
    if let refused = changes.refused.first {
      throw StorageError(
        .notConfigured,
        "'\(refused.name)' cannot be kept at '\(host.address)' for as long as it has to be: \(refused.reason)",
        hint: "look at what the credentials are allowed to do: s3:PutObjectRetention, s3:PutObjectLegalHold")
    }
    return Set(there.map(\.digest)).subtracting(
      changes.missing.compactMap { ObjectPath.digest($0) })
  }

  /// Replaces those whose bytes at the host are not their own: somebody has spoilt them, or they are gone by now.
  private func mend(_ objects: [StagedObject]) throws {
    let right = try IntactObjects(host: patient, downloads: contents.downloads)
      .among(objects.map { ($0.digest, $0.size) })
    let wrong = objects.filter { !right.contains($0.digest) }
    for (object, answer) in zip(wrong, try patient.perform(wrong.map(put))) where !answer.wire.isDone {
      throw StorageError(answer.wire, "replace '\(ObjectPath.path(object.digest))'", at: host.address)
    }
  }

  /// Others may have found them there by now, and rely on them.
  package func withdraw(_ stored: [StoredObject]) {}

  // MARK: The append

  package func append(
    _ entries: [[UInt8]], to previous: Checkpoint?, bringing objects: [StoredObject], relyingOn others: [Digest],
    willCommit: () -> Void, didSync: (SyncWay) -> Void,
    makeCheckpoint: (_ size: Int, _ root: Digest) throws -> [UInt8]
  ) throws -> (size: Int, root: Digest) {
    isCommitted = false
    guard let previous else { throw StorageError(.noStore, "there is no log at '\(host.address)'") }
    for (index, entry) in entries.enumerated() where entry.count > EntryBundle.entryLimit {
      throw StorageError(
        .entryTooLong, "entry \(previous.size + index) has \(entry.count) bytes, at most 65535 fit",
        hint: "name many artifacts by a manifest")
    }
    guard let tag = contents.checkpointTag else {
      throw StorageError(.unavailable, "'\(host.address)' gives no entity tag with 'checkpoint'")
    }
    try finish(previous)
    var growth = try LogReader(contents: contents, size: previous.size, root: previous.root).growth()
    var staged = StagedTree(files: [])
    for entry in entries { growth.append(entry) { staged.files.append(($0.path, $1)) } }
    let (size, root) = (growth.size, growth.root)
    growth.finish { staged.files.append(($0.path, $1)) }
    let name = StagedTree.name(size: size, root: root)
    let bytes = staged.bytes
    guard bytes.count <= StagedTree.limit else {
      throw StorageError(
        .entryTooLong, "\(entries.count) entries of \(bytes.count) bytes are too much for one append to a bucket",
        hint: "append them in several parts, of at most \(StagedTree.limit >> 20) MB each")
    }
    try put(bytes, at: name)

    let note = try makeCheckpoint(size, root)
    willCommit()
    let swap = CheckpointSwap(
      contents: contents, note: note, size: size, root: root, tag: tag, patience: patience)
    // What it throws says that nothing went in, or that nobody knows; neither is told as recorded.
    guard case .won = try swap.perform(host) else {
      _ = try? patient.perform(HostRequest(.delete, name))
      throw StorageError(
        .stale, "somebody else has appended to '\(host.address)' meanwhile", hint: "try again, or wait longer: --wait")
    }
    // From here on the entries are in the log; whoever comes next would publish them too.
    isCommitted = true
    try publish(staged, name)
    if size >> 8 != previous.size >> 8 { sweep(from: previous.size, to: size) }
    return (size, root)
  }

  /// Publishes what a writer before has committed and not published.
  private func finish(_ previous: Checkpoint) throws {
    let name = StagedTree.name(size: previous.size, root: previous.root)
    guard let answer = try contents.read(name, limit: StagedTree.limit), let staged = StagedTree(parsing: answer.body)
    else {
      return
    }
    try publish(staged.genuine(over: contents, size: previous.size, root: previous.root), name)
  }

  /// - Parameter staged: Files that the tree of the checkpoint in place vouches for.
  private func publish(_ staged: StagedTree, _ name: String) throws {
    let answers = try patient.perform(
      staged.files.map { file in
        var request = HostRequest(.put, file.path, body: file.bytes)
        request.wire.digest = SHA256.hash(file.bytes).hex
        request.wire.condition = .absent
        if let lock { request.keep(KeepingTerm(until: terms.log), lock) }
        return request
      })
    for (file, answer) in zip(staged.files, answers) {
      if answer.wire.isDone { continue }
      guard answer.wire.status == 412 else {
        throw StorageError(answer.wire, "write '\(file.path)'", at: host.address)
      }
      guard try contents.read(file.path, limit: file.bytes.count)?.body != file.bytes else { continue }
      // The checkpoint vouches for these bytes: what lies there was spoilt, or is of a tree that a checkpoint from a backup
      // took the place of.
      var request = HostRequest(.put, file.path, body: file.bytes)
      request.wire.digest = SHA256.hash(file.bytes).hex
      if let lock { request.keep(KeepingTerm(until: terms.log), lock) }
      let again = try patient.perform(request).wire
      guard again.isDone else { throw StorageError(again, "replace '\(file.path)'", at: host.address) }
    }
    for file in staged.files { contents.keep(file.bytes, as: file.path) }
    _ = try patient.perform(HostRequest(.delete, name))
  }

  private func put(_ bytes: [UInt8], at name: String) throws {
    var request = HostRequest(.put, name, body: bytes)
    request.wire.digest = SHA256.hash(bytes).hex
    let answer = try patient.perform(request).wire
    guard answer.isDone else { throw StorageError(answer, "write '\(name)'", at: host.address) }
  }

  /// Removes the partial files of indexes that are full by now, and what writers who died or lost have staged; where things
  /// are kept, to remove a name only hides what it named. Failing to is
  /// no error: the append is done, and the next that fills a tile comes by here.
  private func sweep(from old: Int, to new: Int) {
    var gone: [String] = []
    for coordinate in TileDelta.files(from: old & ~255, to: new) where !coordinate.isPartial {
      try? contents.list("\(coordinate.fullPath).p/") { gone.append($0.name) }
    }
    // No tree of a size that the log has reached can win any more; that of the checkpoint itself is published.
    try? contents.list(StagedTree.names) { entry in
      if let size = StagedTree.size(of: entry.name), size <= new { gone.append(entry.name) }
    }
    _ = try? patient.perform(gone.map { HostRequest(.delete, $0) })
  }

  /// Removes an object: what a redaction is for.
  ///
  /// - Parameter bypassesGovernance: Whether what is kept in the mode `governance` goes all the same, if the credentials
  ///   have that right.
  package func remove(_ digest: Digest, bypassesGovernance: Bool = false) throws -> RemovedObject {
    defer { contents.forget([digest]) }
    let remover = ObjectRemover(host: patient, bypassesGovernance: bypassesGovernance)
    // A bucket with versions has them whether its address speaks of a lock or not.
    if try lock != nil || remover.hasVersions(digest) { return try remover.remove(digest) }
    let answer = try patient.perform(HostRequest(.delete, ObjectPath.path(digest))).wire
    guard answer.isDone || answer.status == 404 else {
      throw StorageError(answer, "delete '\(ObjectPath.path(digest))'", at: host.address)
    }
    return answer.isDone ? .gone : .absent
  }
}
