import TestSupport
import Testing
import TreeLog

struct EntryBundleTests {
  private let entries: [[UInt8]] = [[], [1], Array(repeating: 7, count: 300), Array(repeating: 9, count: 65_535)]

  @Test func `entries survive the way through a bundle`() throws {
    let bundle = EntryBundle.encode(entries)
    #expect(bundle.prefix(5) == [0, 0, 0, 1, 1])
    #expect(try EntryBundle.decode(bundle, width: 4).map { Array($0) } == entries)
    for width in 0...4 {
      let (found, prefix) = try EntryBundle.decodePrefix(bundle, width: width)
      #expect(found.map { Array($0) } == Array(entries.prefix(width)))
      #expect(Array(prefix) == EntryBundle.encode(Array(entries.prefix(width))))
    }
  }

  @Test func `a bundle of another width is refused`() throws {
    let bundle = EntryBundle.encode(entries)
    #expect(throws: BundleSyntaxError(offset: 5, reason: .trailingBytes)) { try EntryBundle.decode(bundle, width: 2) }
    #expect(throws: BundleSyntaxError(offset: bundle.count, reason: .cutShort)) {
      try EntryBundle.decode(bundle, width: 5)
    }
    #expect(throws: BundleSyntaxError.self) { try EntryBundle.decode(bundle.dropLast(), width: 4) }
    #expect(throws: BundleSyntaxError(offset: 0, reason: .cutShort)) { try EntryBundle.decode([0], width: 1) }
    #expect(throws: BundleSyntaxError(offset: 0, reason: .cutShort)) { try EntryBundle.decode([255, 255], width: 1) }
  }

  @Test func `random bytes never crash it`() {
    var random = SeededRandom()
    for _ in 0..<2000 {
      let noise = random.bytes(Int.random(in: 0...64, using: &random)).map { $0 & 3 }
      let width = Int.random(in: 0...256, using: &random)
      if let found = try? EntryBundle.decode(noise, width: width) {
        #expect(EntryBundle.encode(found.map { Array($0) }) == noise)
      }
    }
  }
}
