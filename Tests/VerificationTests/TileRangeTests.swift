import Crypto
import Testing
import TreeLog

@testable import Verification

/// The tree that is taken from the tiles while they are filled is that of all entries.
struct TileRangeTests {
  @Test func `at every size up to 600 and about the sizes where a level fills`() throws {
    var tiles = TileCheck(contents: MemoryContents(), size: 65_537)
    var findings = FindingList()
    var whole = CompactRange()
    let leaf = SHA256.hash("leaf")
    for size in 1...65_537 {
      try tiles.append(leaf, &findings)
      whole.append(leaf)
      guard size <= 600 || [65_279, 65_280, 65_281, 65_535, 65_536, 65_537].contains(size) else { continue }
      #expect(tiles.range == whole, "\(size)")
      #expect(tiles.range.root == whole.root, "\(size)")
    }
  }
}
