package import Crypto
internal import Findings
internal import Storage

/// Takes the bytes of redacted objects out of a store's folder; what is said of them stays.
package enum ObjectRemoval {
  /// - Parameter digests: Objects that the newest tree says are redacted; one that was brought again since stays.
  /// - Returns: Those whose bytes were there, and are gone.
  /// - Throws: `locked`, and what the disk throws.
  package static func remove(_ digests: [Digest], from path: String, at desk: Desk) throws -> [Digest] {
    let layout = StoreLayout(root: path)
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
}
