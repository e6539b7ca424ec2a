import TestSupport
import Testing
import TreeLog

struct TileCoordinateTests {
  private struct Vectors: Decodable {
    let invalidPaths: [String]
  }

  /// Level, index, width (0 for a full one), path.
  private static let paths: [(Int, Int, Int, String)] = [
    (0, 0, 0, "tile/0/000"), (0, 0, 255, "tile/0/000.p/255"), (1, 0, 0, "tile/1/000"),
    (15, 455_667, 0, "tile/15/x455/667"), (15, 123_456_789, 41, "tile/15/x123/x456/789.p/41"),
    (0, 1_234_067, 0, "tile/0/x001/x234/067"), (0, 1_234_067, 8, "tile/0/x001/x234/067.p/8"),
    (0, 1000, 0, "tile/0/x001/000"), (0, 999, 0, "tile/0/999"), (0, 1_000_000, 0, "tile/0/x001/x000/000"),
    (63, 7, 1, "tile/63/007.p/1"),
  ]

  @Test(arguments: paths) func `a hash tile has one path`(level: Int, index: Int, width: Int, path: String) {
    let coordinate = TileCoordinate(kind: .hashes(level: level), index: index, width: width == 0 ? 256 : width)
    #expect(coordinate.path == path)
    #expect(TileCoordinate(path: path) == coordinate)
  }

  @Test(arguments: [
    (0, 256, "tile/entries/000"), (255, 256, "tile/entries/000"), (251, 255, "tile/entries/000.p/255"),
    (256, 512, "tile/entries/001"), (3, 257, "tile/entries/000"), (256, 257, "tile/entries/001.p/1"),
    (31_604_937_984, 31_604_938_240, "tile/entries/x123/x456/789"),
  ]) func `an entry's bundle has one path`(entry: Int, size: Int, path: String) {
    #expect(TileDelta.file(.entries, index: entry / 256, size: size)?.path == path)
    #expect(TileCoordinate(path: path)?.path == path)
  }

  @Test func `no other spelling is read`() throws {
    let vectors: Vectors = try Fixtures.json("vectors/tile-paths.json")
    #expect(vectors.invalidPaths.count == 17)
    let others = [
      "", "tile", "tile/", "tile/0", "tile/0/", "/tile/0/000", "tile/0/000/", "tile/0//000", "tile/+1/000",
      "tile/0/x001/234.p/256", "tile/0/000.p/1/", "tile/0/000.p/1/2", "tile/0/x001.p/1", "tile/0/000.p/-1",
      "tile/0/x000/x001/234", "tile/entries/x000/000", "tile/Entries/000", "tile/0/x1a1/000", "tile/0/0a0",
      "tile/0/000.P/1", "tile/0/x999/x999/x999/x999/x999/x999/999", "tile/0/\u{0660}00",
      String(repeating: "tile/0/000", count: 100_000), "tile/entries" + String(repeating: "/x001", count: 10) + "/001",
    ]
    for path in vectors.invalidPaths + others { #expect(TileCoordinate(path: path) == nil, "\(path.prefix(80))") }
  }

  @Test func `the greatest index has a path, and the next has none`() {
    let last = TileCoordinate(kind: .entries, index: TileCoordinate.indexLimit)
    #expect(TileCoordinate(path: last.path) == last)
    let next = TileCoordinate(kind: .entries, index: TileCoordinate.indexLimit + 1)
    #expect(TileCoordinate(path: next.path) == nil)
  }

  @Test func `random coordinates survive the way through their path`() {
    var random = SeededRandom()
    for _ in 0..<2000 {
      let bits = Int.random(in: 0..<55, using: &random)
      let coordinate = TileCoordinate(
        kind: Bool.random(using: &random) ? .entries : .hashes(level: Int.random(in: 0...63, using: &random)),
        index: Int.random(in: 0...(1 << bits), using: &random) % TileCoordinate.indexLimit,
        width: Int.random(in: 1...256, using: &random))
      #expect(TileCoordinate(path: coordinate.path) == coordinate)
      // One character more, less or other gives another coordinate or none.
      var text = Array(coordinate.path.utf8)
      text[Int.random(in: 0..<text.count, using: &random)] = UInt8.random(in: 0x20...0x7e, using: &random)
      let changed = String(decoding: text, as: UTF8.self)
      if let other = TileCoordinate(path: changed) { #expect(other.path == changed) }
    }
  }
}
