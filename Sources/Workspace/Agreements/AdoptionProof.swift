internal import Crypto
internal import FoundationEssentials
internal import Statements
package import TreeLog

/// What shows, without the store, that a log has adopted a catalog: the entry that did, and its place in the tree.
///
/// So nobody signs for a wording that is adopted later, or never.
package struct AdoptionProof: Codable {
  /// The entry's number.
  package let entry: Int
  /// The entry as it stands in the log.
  package let text: String
  /// Hexadecimal hashes, from the leaf's sibling up (RFC 6962 section 2.1.1).
  package let proof: [String]

  package static func make(_ entry: Int, _ store: OpenedStore) throws -> AdoptionProof {
    AdoptionProof(
      entry: entry, text: String(decoding: try store.reader.entry(at: entry), as: UTF8.self),
      proof: try store.reader.inclusionProof(for: entry).map(\.hex))
  }

  /// Whether the tree holds the entry, and that adopts the catalog.
  package func holds(for catalog: AcceptanceRequest.NamedCatalog, in tree: Checkpoint) -> Bool {
    let bytes = Array(text.utf8)
    let hashes = proof.compactMap { Digest(hex: $0) }
    guard hashes.count == proof.count, entry >= 0, entry < tree.size,
      InclusionProof.verify(
        index: entry, size: tree.size, leaf: MerkleHash.leaf(bytes), proof: hashes, root: tree.root),
      let read = try? Entry(parsing: bytes),
      let statement = try? Statement(payload: read.envelope.payload, lists: { _ in nil }),
      // Of an adoption whose list is an object of its own the rest can be read all the same.
      case .framework(let adoption) = statement.predicate
    else { return false }
    return adoption.id == catalog.id && adoption.catalog.hex == catalog.sha256
  }
}
