/// The bytes of up to 256 entries: for each, its length in two bytes, big-endian, and the entry.
///
/// Specification: <https://c2sp.org/tlog-tiles>, "Log Entries".
package enum EntryBundle {
  /// The longest entry, in bytes.
  package static let entryLimit = 65_535

  /// The bundle of some entries.
  ///
  /// - Precondition: No entry is longer than `entryLimit`.
  package static func encode(_ entries: [[UInt8]]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(entries.reduce(0) { $0 + 2 + $1.count })
    for entry in entries { append(entry, to: &bytes) }
    return bytes
  }

  /// Adds an entry to a bundle.
  ///
  /// - Precondition: The entry is not longer than `entryLimit`.
  package static func append(_ entry: borrowing [UInt8], to bundle: inout [UInt8]) {
    let length = entry.count
    precondition(length <= entryLimit, "an entry has at most 65,535 bytes")
    bundle.append(UInt8(length >> 8))
    bundle.append(UInt8(length & 255))
    bundle.append(contentsOf: copy entry)
  }

  /// The entries of a bundle that holds exactly `width` of them, and nothing after.
  package static func decode(_ bytes: [UInt8], width: Int) throws(BundleSyntaxError) -> [ArraySlice<UInt8>] {
    let (entries, end) = try read(bytes, count: width)
    guard end == bytes.count else { throw BundleSyntaxError(offset: end, reason: .trailingBytes) }
    return entries
  }

  /// The first `width` entries of a bundle that may hold more.
  ///
  /// - Returns: The entries, and the bytes that a bundle of that width has.
  package static func decodePrefix(
    _ bytes: [UInt8], width: Int
  ) throws(BundleSyntaxError) -> (entries: [ArraySlice<UInt8>], bytes: ArraySlice<UInt8>) {
    let (entries, end) = try read(bytes, count: width)
    return (entries, bytes[..<end])
  }

  /// The first `width` entries of a file: all of them where it is of exactly that width, and nothing after.
  package static func decode(_ file: TileFile, width: Int) throws(BundleSyntaxError) -> [ArraySlice<UInt8>] {
    file.isExact ? try decode(file.bytes, width: width) : try decodePrefix(file.bytes, width: width).entries
  }

  private static func read(
    _ bytes: [UInt8], count: Int
  ) throws(BundleSyntaxError) -> ([ArraySlice<UInt8>], end: Int) {
    var entries: [ArraySlice<UInt8>] = []
    entries.reserveCapacity(Swift.min(Swift.max(count, 0), 256))
    var offset = 0
    while entries.count < count {
      guard bytes.count - offset >= 2 else { throw BundleSyntaxError(offset: offset, reason: .cutShort) }
      let length = Int(bytes[offset]) << 8 | Int(bytes[offset + 1])
      guard bytes.count - offset - 2 >= length else { throw BundleSyntaxError(offset: offset, reason: .cutShort) }
      entries.append(bytes[(offset + 2)..<(offset + 2 + length)])
      offset += 2 + length
    }
    return (entries, offset)
  }
}

/// Where a bundle breaks off, and how.
package struct BundleSyntaxError: Error, Equatable, Sendable {
  /// What is wrong.
  package enum Reason: Sendable {
    /// The bundle ends before its last entry does.
    case cutShort
    /// Bytes follow the last entry.
    case trailingBytes
  }

  /// In bytes from the start.
  package let offset: Int
  package let reason: Reason

  package init(offset: Int, reason: Reason) {
    self.offset = offset
    self.reason = reason
  }
}

extension BundleSyntaxError: CustomStringConvertible {
  package var description: String {
    switch reason {
    case .cutShort: "the entry at byte \(offset) is cut short"
    case .trailingBytes: "bytes follow the last entry, from byte \(offset) on"
    }
  }
}
