package import Crypto
internal import Findings
package import Statements
package import Storage

/// Takes the bytes of redacted objects out of a store; what is said of them stays.
package enum ObjectRemoval {
  /// What became of them.
  package struct Done: Sendable {
    /// Those whose bytes were there, and are gone.
    package var removed: [Digest] = []
    /// Those that no reader sees any more, and that the store's bucket keeps nevertheless: through which day, and whether a
    /// legal hold keeps them beyond it.
    package var hidden: [(object: Digest, until: Day?, isHeld: Bool)] = []

    package init() {}
  }

  /// - Parameters:
  ///   - digests: Objects that the newest tree says are redacted; one that was brought again since stays.
  ///   - overridesRetention: Whether what a bucket keeps in the mode `governance` goes, where the credentials may.
  /// - Throws: `locked`, and what the disk throws.
  package static func remove(
    _ digests: [Digest], from layout: StoreLayout, at desk: Desk, overridesRetention: Bool = false
  ) throws -> Done {
    if layout.address != nil {
      return try remove(digests, ofBucket: layout, at: desk, overridesRetention: overridesRetention)
    }
    // Nobody appends meanwhile, so that nobody brings an object again after it was looked up.
    let lock = try StoreLock(layout: layout, allowsNetworkStore: true)
    let store = try OpenedStore.open(layout, at: desk)
    let objects = ObjectStore(layout: layout)
    var done = Done()
    for digest in digests {
      let presence = try ObjectPresence(digest, store)
      guard presence.redactedBy != nil, presence.size != nil else { continue }
      try objects.remove(digest)
      done.removed.append(digest)
    }
    _ = consume lock
    return done
  }

  /// In a bucket somebody may bring an object again while it goes: their statement is in the log before its bytes are read
  /// here, or after; then they bring it once more.
  private static func remove(
    _ digests: [Digest], ofBucket layout: StoreLayout, at desk: Desk, overridesRetention: Bool
  ) throws -> Done {
    let store = try OpenedStore.open(layout, at: desk)
    var done = Done()
    guard let writer = try store.bucketWriter(nil) else { return done }
    for digest in digests {
      let presence = try ObjectPresence(digest, store)
      // What is kept was hidden by an earlier redaction, and may be free by now.
      guard presence.redactedBy != nil, presence.size != nil || writer.keepsThings else { continue }
      switch try writer.remove(digest, bypassesGovernance: overridesRetention) {
      case .gone: done.removed.append(digest)
      case .absent: break
      case .hidden(let until, let isHeld): done.hidden.append((digest, until.map { Day(lastBefore: $0) }, isHeld))
      }
    }
    try warn(of: done.removed, layout, at: desk)
    return done
  }

  /// Says which objects somebody brought again while they went: their bytes may be gone for both.
  private static func warn(of removed: [Digest], _ layout: StoreLayout, at desk: Desk) throws {
    guard !removed.isEmpty else { return }
    let store = try OpenedStore.open(layout, at: desk)
    for digest in removed {
      let presence = try ObjectPresence(digest, store)
      guard presence.redactedBy == nil, presence.size == nil else { continue }
      desk.notices.warn(
        "somebody has submitted \(digest.hex) again while its bytes were removed: have them submit it once more, or the "
          + "store lacks what its log names")
    }
  }
}
