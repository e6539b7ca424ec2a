import Crypto
import TestSupport
import Testing
import TreeLog

/// Everything that is computed cleverly, against RFC 6962 word for word.
struct TreeTests {
  private static let boundaries = [255, 256, 257, 511, 512, 513]

  private func entries(_ count: Int) -> [[UInt8]] {
    (0..<count).map { Array("entry \($0)".utf8) }
  }

  /// Every one below a limit, and a few above it.
  private func sample(_ count: Int, all: Bool, _ random: inout SeededRandom) -> [Int] {
    if all || count <= 130 { return Array(0..<count) }
    return [0, 1, 127, 128, 254, 255, 256, 257, 511, 512, count / 2, count - 2, count - 1]
      .filter { $0 < count } + (0..<6).map { _ in Int.random(in: 0..<count, using: &random) }
  }

  @Test func `roots of all sizes up to 600 are those of the definition`() throws {
    let leaves = entries(600)
    let naive = NaiveTree(leaves)
    var range = CompactRange()
    var growth = TreeGrowth()
    for size in 0...600 {
      #expect(range.size == size)
      #expect(range.root == naive.root(size: size))
      #expect(growth.root == range.root)
      #expect(CompactRange(size: size, peaks: range.peaks) == range)
      guard size < 600 else { break }
      range.append(MerkleHash.leaf(leaves[size]))
      growth.append(leaves[size]) { _, _ in }
    }
    #expect(CompactRange(size: 3, peaks: []) == nil)
    #expect(CompactRange(size: -1, peaks: []) == nil)
  }

  @Test func `proofs up to 600 leaves are those of the definition, and hold`() throws {
    var random = SeededRandom()
    let leaves = entries(600)
    let naive = NaiveTree(leaves)
    let source: HashSource = { level, index in naive.root((index << level)..<((index + 1) << level)) }
    for size in 1...600 {
      let all = TreeTests.boundaries.contains(size)
      let root = naive.root(size: size)
      for index in sample(size, all: all, &random) {
        let proof = try InclusionProof.make(index: index, size: size, from: source)
        let leaf = naive.root(index..<(index + 1))
        guard proof == naive.path(index, size: size),
          InclusionProof.verify(index: index, size: size, leaf: leaf, proof: proof, root: root)
        else {
          Issue.record("inclusion of \(index) in \(size)")
          continue
        }
      }
      for old in sample(size, all: all, &random).map({ $0 + 1 }) {
        let proof = try ConsistencyProof.make(from: old, to: size, from: source)
        guard proof == naive.proof(from: old, to: size),
          ConsistencyProof.verify(from: old, to: size, oldRoot: naive.root(size: old), newRoot: root, proof: proof)
        else {
          Issue.record("consistency of \(old) with \(size)")
          continue
        }
      }
    }
  }

  @Test func `a proof holds for nothing but what it is for`() throws {
    var random = SeededRandom()
    let naive = NaiveTree(entries(130))
    for _ in 0..<400 {
      let size = Int.random(in: 2...130, using: &random)
      let index = Int.random(in: 0..<size, using: &random)
      let root = naive.root(size: size)
      let leaf = naive.root(index..<(index + 1))
      let path = naive.path(index, size: size)
      for other in 0..<size where other != index {
        #expect(!InclusionProof.verify(index: other, size: size, leaf: leaf, proof: path, root: root))
      }
      #expect(!InclusionProof.verify(index: index, size: size, leaf: .zero, proof: path, root: root))
      #expect(!InclusionProof.verify(index: index, size: size, leaf: leaf, proof: path + [.zero], root: root))
      #expect(!InclusionProof.verify(index: index, size: size, leaf: leaf, proof: path.dropLast(), root: root))
      #expect(!InclusionProof.verify(index: -1, size: size, leaf: leaf, proof: path, root: root))
      let old = Int.random(in: 1..<size, using: &random)
      let proof = naive.proof(from: old, to: size)
      let oldRoot = naive.root(size: old)
      for position in proof.indices {
        var broken = proof
        broken[position] = .zero
        #expect(!ConsistencyProof.verify(from: old, to: size, oldRoot: oldRoot, newRoot: root, proof: broken))
      }
      #expect(!ConsistencyProof.verify(from: old, to: size, oldRoot: .zero, newRoot: root, proof: proof))
      #expect(!ConsistencyProof.verify(from: old, to: size, oldRoot: oldRoot, newRoot: .zero, proof: proof))
      #expect(!ConsistencyProof.verify(from: old, to: size, oldRoot: oldRoot, newRoot: root, proof: proof + [.zero]))
      #expect(!ConsistencyProof.verify(from: 0, to: size, oldRoot: MerkleHash.empty, newRoot: root, proof: []))
    }
  }

  @Test func `growing one by one leaves exactly the files of every size`() throws {
    let store = MemoryStore()
    let leaves = entries(600)
    var root = MerkleHash.empty
    for size in 0..<600 {
      let before = Set(store.paths)
      root = try store.grow(from: size, root: root, [leaves[size]])
      let delta = TileDelta.files(from: size, to: size + 1).map(\.path)
      #expect(Set(store.paths).subtracting(before) == Set(delta))
      #expect(Set(delta).isDisjoint(with: before))
    }
    #expect(Set(TileDelta.files(for: 600).map(\.path)).isSubset(of: Set(store.paths)))
    // Any leap gives the same bytes as single steps.
    var random = SeededRandom()
    for _ in 0..<30 {
      let old = Int.random(in: 0...600, using: &random)
      let new = Int.random(in: old...600, using: &random)
      let other = MemoryStore()
      let first = try other.grow(from: 0, Array(leaves[..<old]))
      let before = Set(other.paths)
      #expect(before == Set(TileDelta.files(for: old).map(\.path)))
      try other.grow(from: old, root: first, Array(leaves[old..<new]))
      let added = TileDelta.files(from: old, to: new)
      #expect(Set(other.paths) == before.union(added.map(\.path)))
      for path in other.paths { #expect(other[path] == store[path], "\(path) after \(old) and \(new)") }
    }
  }

  @Test func `sizes around 65,536 agree with the definition`() throws {
    let leaves = entries(65_537)
    let naive = NaiveTree(leaves)
    let store = MemoryStore()
    var root = try store.grow(from: 0, Array(leaves[..<65_535]))
    for size in [65_535, 65_536, 65_537] {
      if size > 65_535 { root = try store.grow(from: size - 1, root: root, [leaves[size - 1]]) }
      #expect(root == naive.root(size: size))
      let reader = LogReader(contents: store, size: size, root: root)
      for index in [0, 255, 256, 32_767, 65_279, 65_280, 65_534, size - 1] {
        #expect(try reader.inclusionProof(for: index) == naive.path(index, size: size))
        #expect(try reader.entry(at: index) == leaves[index])
        #expect(try reader.leafHash(index) == naive.root(index..<(index + 1)))
      }
      for old in [1, 255, 256, 257, 65_279, 65_280, 65_534, 65_535, size] {
        #expect(try reader.consistencyProof(from: old) == naive.proof(from: old, to: size))
        #expect(try reader.root(at: old) == naive.root(size: old))
      }
    }
  }

  @Test func `the files of a size are those of the table`() throws {
    #expect(TileDelta.files(from: 0, to: 0).isEmpty)
    #expect(TileDelta.files(from: 5, to: 5).isEmpty)
    #expect(TileDelta.files(from: 0, to: 1).map(\.path) == ["tile/entries/000.p/1", "tile/0/000.p/1"])
    #expect(TileDelta.files(for: 255).map(\.path) == ["tile/entries/000.p/255", "tile/0/000.p/255"])
    #expect(TileDelta.files(for: 256).map(\.path) == ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"])
    #expect(
      TileDelta.files(from: 255, to: 257).map(\.path) == [
        "tile/entries/000", "tile/entries/001.p/1", "tile/0/000", "tile/0/001.p/1", "tile/1/000.p/1",
      ])
    #expect(
      TileDelta.partials(for: 70_000).map(\.path) == [
        "tile/entries/273.p/112", "tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1",
      ])
    for (size, counts) in [(65_536, [256, 256, 1, 1]), (70_000, [274, 274, 2, 1])] {
      let files = Array(TileDelta.files(for: size))
      #expect(files.count { $0.kind == .entries } == counts[0])
      for level in 0..<3 { #expect(files.count { $0.kind == .hashes(level: level) } == counts[level + 1]) }
    }
    // Asking for a file of a tree that claims to be huge costs nothing and overflows nowhere.
    var huge = TileDelta.files(for: Int.max)
    #expect(huge.next()?.path == "tile/entries/000")
    #expect(TileDelta.partials(for: Int.max).count == 9)
  }
}
