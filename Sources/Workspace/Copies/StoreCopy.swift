internal import Crypto
internal import Findings
internal import FoundationEssentials
internal import Index
internal import Ownership
package import Storage
public import TreeLog
internal import Verification

/// A store that was copied to a bucket.
public struct CopiedStore: Sendable {
  /// Where it was.
  public let source: String
  /// Where it is.
  public let target: String
  /// Its tree.
  public let checkpoint: Checkpoint
  /// What was sent; nothing where it lay there already.
  package let done: BucketUpload.Done
  /// Whether the folder that it came from is a copy of it from now on, to which nobody appends.
  public internal(set) var isMarked: Bool
  /// How many objects the log redacts that lie there all the same, from before.
  public var redactedThere: Int { done.redacted }
}

extension Desk {
  /// Copies a store to a bucket, verified before and opened there afterwards; it is the store from then on, and a folder that
  /// it came from becomes a copy of it.
  ///
  /// - Parameters:
  ///   - source: A folder, or an address.
  ///   - address: `s3://…`.
  ///   - isMirror: Whether the source stays what it is, and the bucket is for reading.
  /// - Throws: `answerNo` where the source is not sound, `cannotCreate` where another store lies there.
  public func copy(from source: String?, to address: String, isMirror: Bool = false) throws -> CopiedStore {
    guard let target = StoreAddress(address), target.isBucket else {
      throw Failure(.usage, "'\(address)' is not the address of a bucket", hint: "write it as in s3://BUCKET/PREFIX")
    }
    try target.check()
    let layout = try find(source)
    guard try layout.address == nil || layout.root != self.layout(of: target).root else {
      throw Failure(.usage, "'\(target.text)' cannot be copied to itself", hint: "name another bucket or prefix")
    }
    try refuseNesting(target)
    if !isMirror { try askWhetherItMoves(layout, to: target) }
    // What stays the store is only read, as from a disk that nobody can write to.
    guard layout.address == nil, !isMirror else { return try copy(layout, to: target) }
    // One lock, from before anything is read until the folder is marked: who waits for it meanwhile finds a copy.
    let lock = try StoreLock(layout: layout, allowsNetworkStore: true)
    defer { _ = lock }
    var copied = try copy(layout, to: target)
    let mark = CopyMark(source: target.text)
    copied.isMarked = try CopyMark.read(layout) != mark
    // Also one that was a copy of another store: that is no store any more.
    if copied.isMarked { try lock.mark(mark, layout, replacing: true) }
    return copied
  }

  /// Refuses a new place in another store's, or around one. Where a store lies already, that is asked no more: whether it is this
  /// one, the upload asks.
  private func refuseNesting(_ target: StoreAddress) throws {
    let layout = try self.layout(of: target)
    _ = try contents(of: layout)
    let there = try BucketContents(hosts.host(of: target.text), layout: layout, keeps: false)
    guard try there.configuration() == nil, try there.checkpoint() == nil else { return }
    try refuseNesting(target, there)
  }

  /// Asks where nothing will keep others from going on elsewhere: a bucket is not marked as a copy, and a folder that is a copy
  /// itself has a store behind it.
  private func askWhetherItMoves(_ layout: StoreLayout, to target: StoreAddress) throws {
    let question: String
    if layout.address != nil {
      question =
        "Nobody must append to '\(layout.name)' from now on, and nothing keeps them from it. Is everybody told? "
    } else if let mark = try CopyMark.read(layout), mark.source != target.text {
      question =
        "'\(layout.name)' is a copy: the store is '\(mark.source)'. Nobody must append there from now on, and nothing keeps "
        + "them from it. Is everybody told? "
    } else {
      return
    }
    guard try consent.confirm(Question(question + "(With --mirror it stays the store.)")) else {
      throw Failure(.answerNo, "nothing was copied")
    }
  }

  /// Brings what was verified to a bucket, and opens it there.
  private func copy(_ layout: StoreLayout, to target: StoreAddress) throws -> CopiedStore {
    let report = try verify(layout.name)
    guard report.isSound, let checkpoint = report.checkpoint else {
      throw Failure(
        .answerNo, "the store '\(layout.name)' is not sound, and is not copied",
        hint: "'custody verify' says what is wrong and where")
    }
    let store = try OpenedStore.open(layout, at: self)
    guard store.checkpoint.size == checkpoint.size, store.checkpoint.root == checkpoint.root else {
      throw Failure(
        .locked, "somebody has appended to '\(layout.name)' while it was verified, and it is not copied",
        hint: "run it again; where others append all day: 'custody pull' into a folder, and copy that with --mirror")
    }
    let (host, place) = try bucket(target)
    let progress = notices.begin("sending files", total: 1)
    let upload = try BucketUpload(
      contents(of: layout, keeps: false), note: store.checkpointNote.bytes, objects: store.namedObjects(), to: host,
      layout: place, keeping: keeping(for: target, of: store), mark: target.mark, hasHeadElsewhere: target.head != nil)
    let done = try upload.run { done, _ in
      progress.advance(by: done - progress.count)
    }
    progress.finish()
    _ = try OpenedStore.open(place, at: self)
    return CopiedStore(
      source: layout.name, target: target.text, checkpoint: checkpoint, done: done, isMarked: false)
  }

  /// Remembers the bucket as the place of the log from which a folder was moved.
  public func endMove(_ copied: CopiedStore) throws {
    guard copied.isMarked else { return }
    try TrustMemory(home).update(copied.checkpoint.origin) { known in
      var record = known
      record?.path = copied.target
      return record
    }
  }

  /// For how long a bucket keeps what a store brings there.
  func keeping(for address: StoreAddress, of source: OpenedStore) throws -> BucketUpload.Keeping? {
    guard let mode = address.lock else { return nil }
    return BucketUpload.Keeping(mode: mode, terms: try source.retentionTerms(on: clock.today))
  }

  /// Who holds a bucket that several writers may use, and the folder at hand.
  func bucket(_ address: StoreAddress) throws -> (any StoreHost, StoreLayout) {
    let layout = try layout(of: address)
    // It makes the folder.
    if let contents = try contents(of: layout, keeps: false) as? BucketContents { try address.check(against: contents) }
    let host = try hosts.host(of: address.text)
    try probe(host, layout)
    return (host, layout)
  }
}

extension OpenedStore {
  /// What a whole of it consists of beside the log.
  func namedObjects() throws -> LogObjects {
    var named: [LogObjects.Named] = []
    try index.forEachObject { named.append(LogObjects.Named(digest: $0, size: $1)) }
    return LogObjects(named: named, redacted: Set(state.redactedObjects.keys))
  }
}
