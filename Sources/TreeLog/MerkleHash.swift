package import Crypto

/// The hashes of a log's tree.
///
/// A leaf is `SHA-256(0x00 || entry)`, a node `SHA-256(0x01 || left || right)`: no entry can pass for a node.
///
/// Specification: RFC 6962 section 2.1.
package enum MerkleHash {
  /// The root of the tree without leaves: SHA-256 of nothing.
  package static let empty = SHA256.hash([])

  /// The hash of an entry, without the length that stands before it in a bundle.
  package static func leaf(_ entry: borrowing [UInt8]) -> Digest {
    var hasher = SHA256Hasher()
    hasher.update(byte: 0)
    hasher.update(entry)
    return hasher.finalize()
  }

  /// The hash of an entry that lies within a bundle.
  package static func leaf(_ entry: ArraySlice<UInt8>) -> Digest {
    var hasher = SHA256Hasher()
    hasher.update(byte: 0)
    unsafe entry.withUnsafeBytes { unsafe hasher.update($0) }
    return hasher.finalize()
  }

  /// The hash of a node from those of its two children.
  package static func node(_ left: Digest, _ right: Digest) -> Digest {
    var hasher = SHA256Hasher()
    hasher.update(byte: 1)
    hasher.update(left)
    hasher.update(right)
    return hasher.finalize()
  }

  /// The root over hashes whose number is a power of two, 1 among them.
  static func perfectRoot(_ hashes: ArraySlice<Digest>) -> Digest {
    precondition(hashes.count.nonzeroBitCount == 1, "a perfect tree has a power of two of leaves")
    var level = Array(hashes)
    var count = level.count
    while count > 1 {
      count /= 2
      for index in 0..<count { level[index] = node(level[2 * index], level[2 * index + 1]) }
    }
    return level[0]
  }

  /// The root over the roots of perfect subtrees, from the left, each smaller than the one before.
  static func fold(_ peaks: some BidirectionalCollection<Digest>) -> Digest {
    guard var root = peaks.last else { return empty }
    for peak in peaks.dropLast().reversed() { root = node(peak, root) }
    return root
  }
}
