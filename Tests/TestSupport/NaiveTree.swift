package import Crypto

/// RFC 6962 section 2.1 word for word: the second opinion on everything that is clever elsewhere.
///
/// Hashes are made from the bytes alone, and remembered by range.
package final class NaiveTree {
  private let leaves: [[UInt8]]
  private var known: [Range<Int>: Digest] = [:]

  package init(_ leaves: [[UInt8]]) {
    self.leaves = leaves
  }

  /// MTH(D[range]).
  package func root(_ range: Range<Int>) -> Digest {
    if range.isEmpty { return SHA256.hash([]) }
    if let hash = known[range] { return hash }
    let hash: Digest
    if range.count == 1 {
      hash = SHA256.hash([0] + leaves[range.lowerBound])
    } else {
      let middle = range.lowerBound + NaiveTree.split(range.count)
      hash = SHA256.hash(
        [1] + root(range.lowerBound..<middle).bytes + root(middle..<range.upperBound).bytes)
    }
    known[range] = hash
    return hash
  }

  package func root(size: Int) -> Digest { root(0..<size) }

  /// PATH(index, D[0:size]).
  package func path(_ index: Int, size: Int) -> [Digest] { path(index, in: 0..<size) }

  private func path(_ index: Int, in range: Range<Int>) -> [Digest] {
    if range.count <= 1 { return [] }
    let middle = range.lowerBound + NaiveTree.split(range.count)
    return index < middle
      ? path(index, in: range.lowerBound..<middle) + [root(middle..<range.upperBound)]
      : path(index, in: middle..<range.upperBound) + [root(range.lowerBound..<middle)]
  }

  /// PROOF(old, D[0:new]).
  package func proof(from old: Int, to new: Int) -> [Digest] { proof(old, in: 0..<new, whole: true) }

  private func proof(_ old: Int, in range: Range<Int>, whole: Bool) -> [Digest] {
    if old == range.count { return whole ? [] : [root(range)] }
    let k = NaiveTree.split(range.count)
    let middle = range.lowerBound + k
    return old <= k
      ? proof(old, in: range.lowerBound..<middle, whole: whole) + [root(middle..<range.upperBound)]
      : proof(old - k, in: middle..<range.upperBound, whole: false) + [root(range.lowerBound..<middle)]
  }

  private static func split(_ count: Int) -> Int {
    var k = 1
    while k * 2 < count { k *= 2 }
    return k
  }
}
