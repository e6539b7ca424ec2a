package import Crypto

/// A tree of which only the perfect subtrees' roots are kept: enough to add leaves and to know the root.
///
/// Adding a leaf costs two hashes on average, the root one for each bit set in the size.
package struct CompactRange: Sendable, Equatable {
  /// The number of leaves.
  package private(set) var size: Int
  /// The roots of the perfect subtrees from the left: one for each bit set in the size, largest first.
  package private(set) var peaks: [Digest]

  /// The tree without leaves.
  package init() {
    size = 0
    peaks = []
    peaks.reserveCapacity(24)
  }

  /// A tree of which size and peaks are known.
  ///
  /// - Returns: nil unless there is one peak for each bit set in the size.
  package init?(size: Int, peaks: [Digest]) {
    guard size >= 0, peaks.count == size.nonzeroBitCount else { return nil }
    self.size = size
    self.peaks = peaks
  }

  /// Adds a leaf on the right.
  package mutating func append(_ leafHash: Digest) {
    var hash = leafHash
    // Each trailing one bit of the size is a perfect subtree that the new leaf completes into one of twice its size.
    for _ in 0..<(~size).trailingZeroBitCount { hash = MerkleHash.node(peaks.removeLast(), hash) }
    peaks.append(hash)
    size += 1
  }

  /// The root of the tree.
  package var root: Digest { MerkleHash.fold(peaks) }
}
