/// Which tile or entry bundle of a log, and how wide.
///
/// Specification: <https://c2sp.org/tlog-tiles>, "Merkle Tree" and "Log Entries".
package struct TileCoordinate: Hashable, Sendable {
  /// What the file holds.
  package enum Kind: Hashable, Sendable {
    /// Hashes of a level, 0...63.
    case hashes(level: Int)
    /// Entries.
    case entries
  }

  package let kind: Kind
  /// Counts from 0 within its level.
  package let index: Int
  /// Hashes or entries in the file, 1...256; 256 is a full one.
  package let width: Int

  package init(kind: Kind, index: Int, width: Int = 256) {
    self.kind = kind
    self.index = index
    self.width = width
  }
}
