internal import Crypto

/// Numbers under digests, at twelve bytes a place: a log of a million entries has a million of them.
///
/// Of a digest a keyed hash of 64 bits is kept, and not the digest itself: that of `Hasher` (SipHash, with a key that each
/// process draws anew). So nobody can choose two digests that are taken for one; that two of a million are by chance has
/// odds of one in thirty million.
///
/// It is made of parts that grow one after the other, so that no moment needs twice the room.
struct DigestTable: Sendable {
  private static let partBits = 4

  private var parts = Array(repeating: Part(capacity: 16), count: 1 << partBits)

  var count: Int { parts.reduce(0) { $0 + $1.count } }

  /// The number under a digest; nil where there is none.
  subscript(_ digest: Digest) -> UInt32? {
    let hash = DigestTable.hash(digest)
    return parts[DigestTable.part(of: hash)][hash]
  }

  /// Puts a number under a digest, in the place of an earlier one.
  ///
  /// - Parameter value: Below `UInt32.max`.
  mutating func set(_ digest: Digest, to value: UInt32) {
    let hash = DigestTable.hash(digest)
    parts[DigestTable.part(of: hash)].set(hash, to: value)
  }

  private static func hash(_ digest: Digest) -> UInt64 { UInt64(bitPattern: Int64(digest.hashValue)) }

  /// By the lowest bits; a part goes by the highest.
  private static func part(of hash: UInt64) -> Int { Int(hash & (1 << partBits - 1)) }

  private struct Part: Sendable {
    /// A number that stands for none.
    private static let free = UInt32.max

    private(set) var count = 0
    private var hashes: [UInt64]
    private var values: [UInt32]

    init(capacity: Int) {
      hashes = Array(repeating: 0, count: capacity)
      values = Array(repeating: Part.free, count: capacity)
    }

    subscript(_ hash: UInt64) -> UInt32? {
      let value = values[place(of: hash)]
      return value == Part.free ? nil : value
    }

    mutating func set(_ hash: UInt64, to value: UInt32) {
      precondition(value != Part.free, "this number stands for none")
      // Four fifths full at most, and a quarter as much room again then: what is not used is small, and so are the runs.
      if count * 5 >= values.count * 4 { grow() }
      put(value, under: hash)
    }

    private mutating func put(_ value: UInt32, under hash: UInt64) {
      let place = place(of: hash)
      if values[place] == Part.free { count += 1 }
      (hashes[place], values[place]) = (hash, value)
    }

    /// Where a hash lies, or would.
    private func place(of hash: UInt64) -> Int {
      var place = Int(hash.multipliedFullWidth(by: UInt64(values.count)).high)
      while values[place] != Part.free, hashes[place] != hash {
        place = place + 1 == values.count ? 0 : place + 1
      }
      return place
    }

    private mutating func grow() {
      var larger = Part(capacity: values.count + values.count / 4)
      for place in values.indices where values[place] != Part.free {
        larger.put(values[place], under: hashes[place])
      }
      self = larger
    }
  }
}
