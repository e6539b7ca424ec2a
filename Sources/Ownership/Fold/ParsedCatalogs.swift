package import Catalogs
package import Crypto
internal import Synchronization

/// Catalogs by their digests: what many stores have adopted is parsed once for all of them.
///
/// It gives no bytes, and asks for those of the store itself each time: a store that lacks a catalog, or has another in its
/// place, must not be read as if it had it because some other store does.
package final class ParsedCatalogs: Sendable {
  private struct Key: Hashable {
    let digest: Digest
    let framework: String
  }

  private let known = Mutex<[Key: Catalog?]>([:])

  package init() {}

  /// - Parameters:
  ///   - digest: That of the bytes, which the caller has checked.
  ///   - bytes: As they lie in a store.
  /// - Returns: nil where they are no catalog.
  package func catalog(_ digest: Digest, framework: String, bytes: [UInt8]) -> Catalog? {
    let key = Key(digest: digest, framework: framework)
    if let catalog = known.withLock({ $0[key] }) { return catalog }
    // Not under the lock: whoever asks for another catalog need not wait, and the same comes out twice.
    let catalog = try? Catalog(parsing: bytes, framework: framework)
    known.withLock { $0[key] = .some(catalog) }
    return catalog
  }

  /// How many catalogs are kept.
  package var count: Int { known.withLock { $0.count } }
}
