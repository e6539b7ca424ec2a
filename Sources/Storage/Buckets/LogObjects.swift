package import Crypto
internal import TreeLog

/// The objects that a store has to hold beside its log: those that its entries name, not those that a listing shows, which may
/// leave some out.
package struct LogObjects: Sendable {
  package struct Named: Sendable {
    package let digest: Digest
    /// In bytes, where a statement says it.
    package let size: Int?

    package init(digest: Digest, size: Int?) {
      self.digest = digest
      self.size = size
    }

    var name: String { ObjectPath.path(digest) }
  }

  /// Each once.
  package let named: [Named]
  /// What the log redacts, and nobody has brought again since: it may be gone, and is not brought anywhere.
  package let redacted: Set<Digest>

  package init(named: [Named], redacted: Set<Digest> = []) {
    var sizes: [Digest: Int] = [:]
    for object in named { if let size = object.size { sizes[object.digest] = size } }
    var seen = redacted
    self.named = named.compactMap { object in
      guard seen.insert(object.digest).inserted else { return nil }
      return Named(digest: object.digest, size: sizes[object.digest])
    }
    self.redacted = redacted
  }
}
