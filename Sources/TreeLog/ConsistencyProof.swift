package import Crypto

/// The proof that a tree extends an earlier one.
///
/// Specification: RFC 6962 section 2.1.2, RFC 9162 section 2.1.4.2.
package enum ConsistencyProof {
  /// Whether the hashes show that the tree of the old size is a beginning of the new one.
  ///
  /// An old size of 0 is refused: every tree extends the empty one, so nothing is proven.
  package static func verify(
    from old: Int, to new: Int, oldRoot: Digest, newRoot: Digest, proof: [Digest]
  ) -> Bool {
    guard old >= 1, old <= new else { return false }
    if old == new { return proof.isEmpty && oldRoot == newRoot }
    guard !proof.isEmpty else { return false }
    // Where the old tree is perfect, its root is a node of the new one and is left out of the proof.
    let hashes = old.nonzeroBitCount == 1 ? [oldRoot] + proof : proof
    var node = old - 1
    var last = new - 1
    while node & 1 == 1 {
      node >>= 1
      last >>= 1
    }
    var oldHash = hashes[0]
    var newHash = hashes[0]
    for hash in hashes.dropFirst() {
      guard last > 0 else { return false }
      if node & 1 == 1 || node == last {
        oldHash = MerkleHash.node(hash, oldHash)
        newHash = MerkleHash.node(hash, newHash)
        while node & 1 == 0, node != 0 {
          node >>= 1
          last >>= 1
        }
      } else {
        newHash = MerkleHash.node(newHash, hash)
      }
      node >>= 1
      last >>= 1
    }
    return oldHash == oldRoot && newHash == newRoot && last == 0
  }

  /// The root of the old size that a proof leads from, where it leads to the new root: a proof of another tree shows
  /// which one that is.
  ///
  /// - Returns: nil where it does not lead there, and for an old size that is a power of two, whose root no proof holds.
  package static func oldRoot(from old: Int, to new: Int, newRoot: Digest, proof: [Digest]) -> Digest? {
    guard old >= 1, old < new, old.nonzeroBitCount > 1, let first = proof.first else { return nil }
    var (node, last) = (old - 1, new - 1)
    while node & 1 == 1 { (node, last) = (node >> 1, last >> 1) }
    var hash = first
    for sibling in proof.dropFirst() {
      guard last > 0 else { return nil }
      if node & 1 == 1 || node == last {
        hash = MerkleHash.node(sibling, hash)
        while node & 1 == 0, node != 0 { (node, last) = (node >> 1, last >> 1) }
      }
      (node, last) = (node >> 1, last >> 1)
    }
    return verify(from: old, to: new, oldRoot: hash, newRoot: newRoot, proof: proof) ? hash : nil
  }

  /// The proof between two sizes of a tree.
  ///
  /// - Precondition: 1 <= old <= new.
  package static func make(from old: Int, to new: Int, from source: HashSource) throws -> [Digest] {
    precondition(old >= 1 && old <= new, "a consistency proof is between two sizes of at least 1")
    var proof: [Digest] = []
    var range = 0..<new
    // Whether all of the old tree lies in the range: then its root needs no place in the proof.
    var isWhole = true
    while range.upperBound != old {
      let middle = range.lowerBound + SubtreeHashes.split(range.count)
      if old <= middle {
        proof.append(try SubtreeHashes.root(middle..<range.upperBound, source))
        range = range.lowerBound..<middle
      } else {
        proof.append(try SubtreeHashes.root(range.lowerBound..<middle, source))
        range = middle..<range.upperBound
        isWhole = false
      }
    }
    if !isWhole { proof.append(try SubtreeHashes.root(range, source)) }
    return proof.reversed()
  }
}
