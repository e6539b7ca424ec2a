package import Crypto
internal import Findings
package import Storage

/// Takes the bytes of redacted objects out of a store's folder; what is said of them stays.
package enum ObjectRemoval {
  /// - Parameter digests: Objects that the newest tree says are redacted; one that was brought again since stays.
  /// - Returns: Those whose bytes were there, and are gone.
  /// - Throws: `locked`, and what the disk throws.
  package static func remove(_ digests: [Digest], from layout: StoreLayout, at desk: Desk) throws -> [Digest] {
    if layout.address != nil { return try remove(digests, ofBucket: layout, at: desk) }
    // Nobody appends meanwhile, so that nobody brings an object again after it was looked up.
    let lock = try StoreLock(layout: layout, allowsNetworkStore: true)
    let store = try OpenedStore.open(layout, at: desk)
    let objects = ObjectStore(layout: layout)
    var removed: [Digest] = []
    for digest in digests {
      let presence = try ObjectPresence(digest, store)
      guard presence.redactedBy != nil, presence.size != nil else { continue }
      try objects.remove(digest)
      removed.append(digest)
    }
    _ = consume lock
    return removed
  }

  /// In a bucket somebody may bring an object again while it goes: their statement is in the log before its bytes are read
  /// here, or after; then they bring it once more.
  private static func remove(_ digests: [Digest], ofBucket layout: StoreLayout, at desk: Desk) throws -> [Digest] {
    let store = try OpenedStore.open(layout, at: desk)
    guard let writer = try store.bucketWriter(nil) else { return [] }
    return try digests.filter { digest in
      let presence = try ObjectPresence(digest, store)
      guard presence.redactedBy != nil, presence.size != nil else { return false }
      try writer.remove(digest)
      return true
    }
  }
}
