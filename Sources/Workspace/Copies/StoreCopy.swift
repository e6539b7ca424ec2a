internal import Findings
internal import FoundationEssentials
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
  public let isMarked: Bool
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
    guard layout.name != target.text else {
      throw Failure(.usage, "'\(target.text)' cannot be copied to itself", hint: "name another bucket or prefix")
    }
    // A bucket is not marked as a copy: whoever goes on appending there makes another log of the same name.
    if layout.address != nil, !isMirror {
      let question =
        "Nobody must append to '\(layout.name)' from now on, and nothing keeps them from it. Is everybody told? "
        + "(With --mirror it stays the store.)"
      guard try consent.confirm(Question(question)) else { throw Failure(.answerNo, "nothing was copied") }
    }
    // Nobody appends meanwhile.
    let lock = layout.address == nil ? try StoreLock(layout: layout, allowsNetworkStore: true) : nil
    defer { _ = lock }
    let report = try verify(layout.name)
    guard report.isSound, let checkpoint = report.checkpoint else {
      throw Failure(
        .answerNo, "the store '\(layout.name)' is not sound, and is not copied",
        hint: "'custody verify' says what is wrong and where")
    }
    let (host, place) = try bucket(target)
    let progress = notices.begin("sending files", total: 1)
    let keeping = try keeping(for: target, of: layout)
    let upload = try BucketUpload(contents(of: layout, keeps: false), to: host, layout: place, keeping: keeping)
    let done = try upload.run { done, _ in
      progress.advance(by: done - progress.count)
    }
    progress.finish()
    _ = try OpenedStore.open(place, at: self)
    let isMarked = try !isMirror && layout.address == nil && CopyMark.read(layout) == nil
    return CopiedStore(
      source: layout.name, target: target.text, checkpoint: checkpoint, done: done, isMarked: isMarked)
  }

  /// Marks a folder as a copy of what was copied to a bucket, and remembers the bucket as the place of the log.
  public func endMove(_ copied: CopiedStore) throws {
    guard copied.isMarked else { return }
    var writer = try CopyWriter(layout: StoreLayout(root: copied.source), allowsNetworkStore: true)
    try writer.mark(CopyMark(source: copied.target))
    try TrustMemory(home).update(copied.checkpoint.origin) { known in
      var record = known
      record?.path = copied.target
      return record
    }
  }

  /// For how long a bucket keeps what a store brings there.
  func keeping(for address: StoreAddress, of source: StoreLayout) throws -> BucketUpload.Keeping? {
    guard let mode = address.lock else { return nil }
    return BucketUpload.Keeping(
      mode: mode, terms: try OpenedStore.open(source, at: self).retentionTerms(on: clock.today))
  }

  /// Who holds a bucket that several writers may use, and the folder at hand.
  func bucket(_ address: StoreAddress) throws -> (any StoreHost, StoreLayout) {
    let layout = try layout(of: address)
    // It makes the folder.
    _ = try contents(of: layout)
    let host = try hosts.host(of: address.text)
    try probe(host, layout)
    return (host, layout)
  }
}
