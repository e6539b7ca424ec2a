package import Crypto

/// The proof that an entry stands at its place in a tree.
///
/// Specification: RFC 6962 section 2.1.1, RFC 9162 section 2.1.3.2.
package enum InclusionProof {
  /// Whether the hashes lead from a leaf to the root.
  ///
  /// - Parameter proof: The leaf's sibling first.
  package static func verify(index: Int, size: Int, leaf: Digest, proof: [Digest], root: Digest) -> Bool {
    guard index >= 0, index < size else { return false }
    var node = index
    var last = size - 1
    var hash = leaf
    for sibling in proof {
      guard last > 0 else { return false }
      if node & 1 == 1 || node == last {
        hash = MerkleHash.node(sibling, hash)
        // A node on the right edge without a sibling stands for its parents too.
        while node & 1 == 0, node != 0 {
          node >>= 1
          last >>= 1
        }
      } else {
        hash = MerkleHash.node(hash, sibling)
      }
      node >>= 1
      last >>= 1
    }
    return last == 0 && hash == root
  }

  /// The proof for an entry of a tree.
  ///
  /// - Precondition: 0 <= index < size.
  package static func make(index: Int, size: Int, from source: HashSource) throws -> [Digest] {
    precondition(index >= 0 && index < size, "an inclusion proof is for an entry of the tree")
    var proof: [Digest] = []
    var range = 0..<size
    while range.count > 1 {
      let middle = range.lowerBound + SubtreeHashes.split(range.count)
      let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
      let isLeft = index < middle
      proof.append(try SubtreeHashes.root(isLeft ? right : left, source))
      range = isLeft ? left : right
    }
    return proof.reversed()
  }
}
