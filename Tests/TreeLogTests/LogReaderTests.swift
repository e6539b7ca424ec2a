import Crypto
import TestSupport
import Testing
import TreeLog

struct LogReaderTests {
  private let leaves = (0..<70_000).map { Array("leaf \($0)".utf8) }

  private func store(_ size: Int) throws -> (MemoryStore, Digest) {
    let store = MemoryStore()
    return (store, try store.grow(from: 0, Array(leaves[..<size])))
  }

  @Test func `a missing partial file is cut from a wider one`() throws {
    let store = MemoryStore()
    let at200 = try store.grow(from: 0, Array(leaves[..<200]))
    let at300 = try store.grow(from: 200, root: at200, Array(leaves[200..<300]))
    try store.grow(from: 300, root: at300, Array(leaves[300..<310]))
    for path in ["tile/0/000.p/200", "tile/entries/000.p/200", "tile/0/001.p/44", "tile/entries/001.p/44"] {
      #expect(store[path] != nil)
      store[path] = nil
    }
    for (size, root) in [(200, at200), (300, at300)] {
      let reader = LogReader(contents: store, size: size, root: root)
      for authenticating in [false, true] {
        var count = 0
        try reader.entries(in: 0..<size, authenticating: authenticating) { index, entry in
          #expect(Array(entry) == leaves[index])
          count += 1
        }
        #expect(count == size)
      }
      #expect(try reader.root(at: size) == root)
      #expect(try reader.growth().root == root)
    }
    store["tile/entries/001.p/54"] = nil
    #expect(throws: LogReadError.missing(path: "tile/entries/001.p/44")) {
      try LogReader(contents: store, size: 300, root: at300).entries(in: 299..<300) { _, _ in }
    }
    // A full tile is replaced by nothing.
    store["tile/0/000"] = nil
    #expect(throws: LogReadError.missing(path: "tile/0/000")) {
      try LogReader(contents: store, size: 300, root: at300).leafHash(0)
    }
  }

  @Test func `a root costs a few tiles, however long the log`() throws {
    let (store, root) = try store(70_000)
    let naive = NaiveTree(leaves)
    for size in [1, 255, 256, 65_536, 69_888, 69_999, 70_000] {
      _ = store.takeReads()
      #expect(try LogReader(contents: store, size: 70_000, root: root).root(at: size) == naive.root(size: size))
      #expect(store.takeReads().count <= 6)
    }
  }

  @Test func `every flipped bit in a tile is noticed, and named`() throws {
    var random = SeededRandom()
    let (store, root) = try store(66_000)
    let tiles = store.paths.filter { !$0.hasPrefix("tile/entries") }
    for path in ["tile/0/000", "tile/0/256", "tile/0/257.p/208", "tile/1/000", "tile/1/001.p/1", "tile/2/000.p/1"] {
      #expect(tiles.contains(path))
      let whole = try #require(store[path])
      var broken = whole
      broken[Int.random(in: 0..<whole.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      store[path] = broken
      let reader = LogReader(contents: store, size: 66_000, root: root)
      let error = #expect(throws: LogReadError.self) {
        for index in [0, 65_600, 65_999] { _ = try reader.leafHash(index) }
      }
      switch try #require(error) {
      case .notAuthentic(let found, _, _): #expect(found == path)
      case .rootMismatch(let found, _, _): #expect(found.contains(path))
      default: Issue.record("\(path)")
      }
      for bytes in [Array(whole.dropLast()), whole + [0], []] {
        store[path] = bytes
        let error = #expect(throws: LogReadError.self) {
          let reader = LogReader(contents: store, size: 66_000, root: root)
          for index in [0, 65_600, 65_999] { _ = try reader.leafHash(index) }
        }
        #expect(error?.path == path)
      }
      store[path] = whole
    }
  }

  @Test func `a changed entry is noticed where it is asked for`() throws {
    let (store, root) = try store(300)
    var bundle = try #require(store["tile/entries/000"])
    bundle[4] ^= 1
    store["tile/entries/000"] = bundle
    let reader = LogReader(contents: store, size: 300, root: root)
    try reader.entries(in: 0..<1) { _, entry in #expect(Array(entry) != leaves[0]) }
    let error = #expect(throws: LogReadError.self) { try reader.entry(at: 0) }
    #expect(error?.path == "tile/entries/000")
    #expect(try reader.entry(at: 1) == leaves[1])
    store["tile/entries/001.p/44"]?.removeLast()
    #expect(throws: LogReadError.self) { try reader.growth() }
  }

  @Test func `a size that the store cannot have ends in an error`() throws {
    let (store, root) = try store(300)
    for size in [301, 1 << 40, Int.max] {
      let reader = LogReader(contents: store, size: size, root: root)
      #expect(throws: LogReadError.self) { try reader.root(at: size) }
      #expect(throws: LogReadError.self) { try reader.leafHash(size - 1) }
      #expect(throws: LogReadError.self) { try reader.entries(in: (size - 1)..<size) { _, _ in } }
      #expect(throws: LogReadError.self) { try reader.growth() }
    }
    let reader = LogReader(contents: store, size: 300, root: root)
    for index in [-1, 300, Int.max] {
      #expect(throws: LogReadError.outOfRange(asked: index, size: 300)) { try reader.inclusionProof(for: index) }
      #expect(throws: LogReadError.outOfRange(asked: index, size: 300)) { try reader.entry(at: index) }
    }
    #expect(throws: LogReadError.self) { try reader.root(at: 301) }
    #expect(throws: LogReadError.self) { try reader.consistencyProof(from: 0) }
    #expect(throws: LogReadError.self) { try LogReader(contents: store, size: 0, root: root).growth() }
    #expect(try LogReader(contents: store, size: 0, root: MerkleHash.empty).growth().root == MerkleHash.empty)
  }
}
