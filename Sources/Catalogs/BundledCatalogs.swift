internal import CCatalogs
package import Crypto

/// The catalogs that are built into the program, from `Controls/`.
package enum BundledCatalogs {
  /// The frameworks' ids, none before one that it leans on.
  package static let names: [String] = (0..<custody_catalog_count()).compactMap { index in
    // The name is a literal of the C target, ended by a zero.
    unsafe custody_catalog_name(index).map { unsafe String(cString: $0) }
  }

  /// Digests of catalogs that earlier releases carried under an id, and that this one carries no more.
  private static let formerDigests: [String: Set<String>] = [:]

  /// Whether some release of custody has carried this catalog under this id; nil for an id that is not a built-in's.
  package static func hasCarried(_ digest: Digest, as framework: String) -> Bool? {
    guard let bytes = bytes(of: framework) else { return nil }
    return SHA256.hash(bytes) == digest || formerDigests[framework]?.contains(digest.hex) ?? false
  }

  /// The bytes of a catalog, an OSCAL file.
  ///
  /// - Returns: nil if no such catalog is built in.
  package static func bytes(of framework: String) -> [UInt8]? {
    guard let index = names.firstIndex(of: framework), let start = unsafe custody_catalog_bytes(index) else {
      return nil
    }
    // Length and start belong to one constant array of the C target, which is never freed.
    return unsafe Array(UnsafeBufferPointer(start: start, count: custody_catalog_length(index)))
  }
}
