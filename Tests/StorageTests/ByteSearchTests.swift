import Storage
import Testing

/// What is looked for is found wherever it is cut, and nothing else is.
struct ByteSearchTests {
  private static func found(_ pieces: [[UInt8]], _ needles: [String]) -> Int? {
    var run = ByteSearch(needles.map { Array($0.utf8) }).begin()
    for piece in pieces { unsafe piece.withUnsafeBytes { unsafe run.feed($0) } }
    return run.found
  }

  @Test func `it is found whatever the pieces are`() {
    let text = Array("so much before the needle, and so much behind".utf8)
    for length in 1...text.count {
      let pieces = stride(from: 0, to: text.count, by: length).map { Array(text[$0..<min($0 + length, text.count)]) }
      #expect(Self.found(pieces, ["thread", "needle"]) == 1, "\(length)")
      #expect(Self.found(pieces, ["needles", "Needle"]) == nil, "\(length)")
    }
  }

  @Test func `at the very beginning and end, and in pieces that are empty`() {
    #expect(Self.found([Array("ab".utf8), [], Array("c".utf8)], ["abc"]) == 0)
    #expect(Self.found([[], Array("xxab".utf8)], ["ab"]) == 0)
    #expect(Self.found([Array("a".utf8)], ["a"]) == 0)
  }

  @Test func `nothing is looked for where nothing is named`() {
    #expect(Self.found([Array("anything".utf8)], []) == nil)
  }
}
