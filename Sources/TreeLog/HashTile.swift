package import Crypto

/// The bytes of a hash tile: up to 256 hashes of 32 bytes, one after the other.
///
/// Specification: <https://c2sp.org/tlog-tiles>, "Merkle Tree".
package enum HashTile {
  /// The bytes of some hashes.
  package static func encode(_ hashes: some Collection<Digest>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(hashes.count * 32)
    for hash in hashes { hash.append(to: &bytes) }
    return bytes
  }

  /// The first `width` hashes of a tile.
  ///
  /// - Returns: nil where there are fewer bytes.
  package static func decode(_ bytes: [UInt8], width: Int) -> [Digest]? {
    guard width >= 0, bytes.count / 32 >= width else { return nil }
    var hashes: [Digest] = []
    hashes.reserveCapacity(width)
    for index in 0..<width {
      guard let hash = Digest(bytes[(32 * index)..<(32 * index + 32)]) else { return nil }
      hashes.append(hash)
    }
    return hashes
  }

  /// The roots of the perfect subtrees of a tile's hashes, largest first: what a partial tile adds to a tree's peaks.
  static func peaks(_ hashes: [Digest]) -> [Digest] {
    var peaks: [Digest] = []
    var start = 0
    for bit in (0..<9).reversed() where hashes.count >> bit & 1 == 1 {
      peaks.append(MerkleHash.perfectRoot(hashes[start..<(start + 1 << bit)]))
      start += 1 << bit
    }
    return peaks
  }
}
