package import Crypto

/// Answers for the root of the perfect subtree of 2^level leaves that begins at leaf index * 2^level.
package typealias HashSource = (_ level: Int, _ index: Int) throws -> Digest

/// Roots over parts of a tree, from those of its perfect subtrees.
enum SubtreeHashes {
  /// The roots of the perfect subtrees that a range of leaves falls into, from the left, largest first.
  ///
  /// - Precondition: The range begins at a multiple of a power of two that is at least its length, as every subtree
  ///   that RFC 6962 cuts a tree into does.
  static func peaks(_ range: Range<Int>, _ source: HashSource) throws -> [Digest] {
    var peaks: [Digest] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let level = Int.bitWidth - 1 - (range.upperBound - start).leadingZeroBitCount
      peaks.append(try source(level, start >> level))
      start += 1 << level
    }
    return peaks
  }

  /// The root over a range of leaves.
  static func root(_ range: Range<Int>, _ source: HashSource) throws -> Digest {
    MerkleHash.fold(try peaks(range, source))
  }

  /// The largest power of two below a number of at least two.
  static func split(_ count: Int) -> Int {
    1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)
  }
}
