internal import Crypto

/// Numbers under digests, at twelve bytes a place: a log of a million entries has a million of them.
///
/// Of a digest a keyed hash of 64 bits is kept, and not the digest itself: that of `Hasher` (SipHash, with a key that each
/// process draws anew). So nobody can choose two digests that are taken for one; that two of a million are by chance has
/// odds of one in thirty million.
struct DigestTable: Sendable {
  /// A number that stands for none.
  private static let free = UInt32.max

  private(set) var count = 0
  private var hashes: [UInt64]
  private var values: [UInt32]

  init() { self.init(capacity: 64) }

  private init(capacity: Int) {
    hashes = Array(repeating: 0, count: capacity)
    values = Array(repeating: DigestTable.free, count: capacity)
  }

  /// The number under a digest; nil where there is none.
  subscript(_ digest: Digest) -> UInt32? {
    let value = values[place(of: DigestTable.hash(digest))]
    return value == DigestTable.free ? nil : value
  }

  /// Puts a number under a digest, in the place of an earlier one.
  ///
  /// - Parameter value: Below `UInt32.max`.
  mutating func set(_ digest: Digest, to value: UInt32) {
    precondition(value != DigestTable.free, "this number stands for none")
    // Four fifths full at most, and half as much room again then: what is not used is small, and so are the runs.
    if count * 5 >= values.count * 4 { grow() }
    put(value, under: DigestTable.hash(digest))
  }

  private static func hash(_ digest: Digest) -> UInt64 { UInt64(bitPattern: Int64(digest.hashValue)) }

  private mutating func put(_ value: UInt32, under hash: UInt64) {
    let place = place(of: hash)
    if values[place] == DigestTable.free { count += 1 }
    (hashes[place], values[place]) = (hash, value)
  }

  /// Where a hash lies, or would.
  private func place(of hash: UInt64) -> Int {
    var place = Int(hash.multipliedFullWidth(by: UInt64(values.count)).high)
    while values[place] != DigestTable.free, hashes[place] != hash {
      place = place + 1 == values.count ? 0 : place + 1
    }
    return place
  }

  private mutating func grow() {
    var larger = DigestTable(capacity: values.count + values.count / 2)
    for place in values.indices where values[place] != DigestTable.free {
      larger.put(values[place], under: hashes[place])
    }
    self = larger
  }
}
