import Crypto
import TestSupport
import Testing
import TreeLog

struct VectorTests {
  @Test func `the reference tree of eight leaves comes out`() throws {
    struct Vectors: Decodable {
      struct Hasher: Decodable {
        let op: String
        let dataUtf8: String?
        let want: String?
        let wantBase64: String?
      }
      struct Inclusion: Decodable { let leafIndex: Int; let treeSize: Int; let proof: [String] }
      struct Consistency: Decodable { let size1: Int; let size2: Int; let proof: [String] }
      let hasher: [Hasher]
      let leafInputsHex: [String]
      let nodeHashesByLevel: [[String]]
      let rootsBySize: [String]
      let inclusion: [Inclusion]
      let consistency: [Consistency]
    }
    let vectors: Vectors = try Fixtures.json("vectors/rfc6962-tree.json")
    for hasher in vectors.hasher where !hasher.op.hasPrefix("node") {
      let found = hasher.op == "leaf" ? MerkleHash.leaf(Array((hasher.dataUtf8 ?? "").utf8)) : MerkleHash.empty
      #expect(hasher.want == nil || found.hex == hasher.want)
      #expect(hasher.wantBase64 == nil || Base64.encode(found.bytes) == hasher.wantBase64)
    }
    let leaves = vectors.leafInputsHex.map { bytes(hex: $0) }
    let source: HashSource = { level, index in
      Digest(hex: vectors.nodeHashesByLevel[level][index]) ?? .zero
    }
    var range = CompactRange()
    #expect(range.root.hex == vectors.rootsBySize[0])
    for (index, leaf) in leaves.enumerated() {
      range.append(MerkleHash.leaf(leaf))
      #expect(range.root.hex == vectors.rootsBySize[index + 1])
    }
    for probe in vectors.inclusion {
      let proof = try InclusionProof.make(index: probe.leafIndex, size: probe.treeSize, from: source)
      #expect(proof.map(\.hex) == probe.proof)
    }
    for probe in vectors.consistency {
      let proof = try ConsistencyProof.make(from: probe.size1, to: probe.size2, from: source)
      #expect(proof.map(\.hex) == probe.proof)
    }
  }

  @Test func `inclusion probes are taken and refused as the reference does`() throws {
    struct Vectors: Decodable {
      struct Probe: Decodable {
        let leafIdx: UInt64
        let treeSize: UInt64
        let root: String?
        let leafHash: String?
        let proof: [String]?
        let desc: String
        let wantErr: Bool
      }
      let probes: [Probe]
    }
    let vectors: Vectors = try Fixtures.json("vectors/merkle-probes-inclusion.json")
    #expect(vectors.probes.count == 98)
    for probe in vectors.probes {
      let found =
        if let proof = digests(probe.proof), let leaf = digest(probe.leafHash), let root = digest(probe.root),
          let index = Int(exactly: probe.leafIdx), let size = Int(exactly: probe.treeSize)
        {
          InclusionProof.verify(index: index, size: size, leaf: leaf, proof: proof, root: root)
        } else {
          false
        }
      #expect(found == !probe.wantErr, "\(probe.desc)")
    }
  }

  @Test func `consistency probes are taken and refused as the reference does`() throws {
    struct Vectors: Decodable {
      struct Probe: Decodable {
        let size1: UInt64
        let size2: UInt64
        let root1: String?
        let root2: String?
        let proof: [String]?
        let desc: String
        let wantErr: Bool
      }
      let probes: [Probe]
    }
    let vectors: Vectors = try Fixtures.json("vectors/merkle-probes-consistency.json")
    #expect(vectors.probes.count == 98)
    for probe in vectors.probes {
      let found =
        if let proof = digests(probe.proof), let root1 = anyRoot(probe.root1), let root2 = anyRoot(probe.root2),
          let size1 = Int(exactly: probe.size1), let size2 = Int(exactly: probe.size2)
        {
          ConsistencyProof.verify(from: size1, to: size2, oldRoot: root1, newRoot: root2, proof: proof)
        } else {
          false
        }
      #expect(found == !probe.wantErr, "\(probe.desc)")
    }
  }

  @Test func `a tree of 70,000 leaves comes out to the byte`() throws {
    struct Vectors: Decodable {
      struct Root: Decodable { let hex: String }
      struct Inclusion: Decodable { let index: Int; let size: Int; let proof: [String] }
      struct Consistency: Decodable { let size1: Int; let size2: Int; let proof: [String] }
      let roots: [String: Root]
      let tileSha256: [String: [String: String]]
      let entryBundleSha256: [String: String]
      let bundle000FirstBytesHex: String
      let inclusion: [Inclusion]
      let consistency: [Consistency]
    }
    let vectors: Vectors = try Fixtures.json("vectors/synthetic-tree-70000.json")
    let store = MemoryStore()
    var size = 0
    var root = MerkleHash.empty
    let sizes = Set(vectors.roots.keys.compactMap { Int($0) } + vectors.inclusion.map(\.size)).sorted()
    #expect(sizes.last == 70_000)
    var roots: [Int: Digest] = [:]
    for next in sizes {
      root = try store.grow(from: size, root: root, (size..<next).map { Array("leaf \($0)".utf8) })
      size = next
      roots[size] = root
      if let expected = vectors.roots[String(size)] { #expect(root.hex == expected.hex) }
    }
    for (_, tiles) in vectors.tileSha256 {
      for (path, expected) in tiles { #expect(store[path].map { SHA256.hash($0).hex } == expected, "\(path)") }
    }
    for (name, expected) in vectors.entryBundleSha256 {
      let path = String(name.prefix { $0 != " " })
      #expect(store[path].map { SHA256.hash($0).hex } == expected, "\(path)")
    }
    let start = bytes(hex: vectors.bundle000FirstBytesHex)
    #expect(store["tile/entries/000"]?.starts(with: start) == true)
    for probe in vectors.inclusion {
      let reader = LogReader(contents: store, size: probe.size, root: try #require(roots[probe.size]))
      let proof = try reader.inclusionProof(for: probe.index)
      #expect(proof.map(\.hex) == probe.proof)
      let leaf = MerkleHash.leaf(Array("leaf \(probe.index)".utf8))
      #expect(
        InclusionProof.verify(index: probe.index, size: probe.size, leaf: leaf, proof: proof, root: reader.root))
    }
    for probe in vectors.consistency {
      let last = LogReader(contents: store, size: 70_000, root: root)
      let newRoot = try last.root(at: probe.size2)
      let oldRoot = try last.root(at: probe.size1)
      let reader = LogReader(contents: store, size: probe.size2, root: newRoot)
      let proof = try reader.consistencyProof(from: probe.size1)
      #expect(proof.map(\.hex) == probe.proof)
      #expect(
        ConsistencyProof.verify(
          from: probe.size1, to: probe.size2, oldRoot: oldRoot, newRoot: newRoot, proof: proof))
    }
  }

  private func digest(_ text: String?) -> Digest? {
    text.flatMap { Base64.decode($0) }.flatMap { Digest($0) }
  }

  /// Some probes are about sizes alone and have a few words for a root.
  private func anyRoot(_ text: String?) -> Digest? {
    text.flatMap { Base64.decode($0) }.map { Digest($0) ?? SHA256.hash($0) }
  }

  private func digests(_ texts: [String]?) -> [Digest]? {
    let found = (texts ?? []).map { digest($0) }
    return found.contains(nil) ? nil : found.compactMap { $0 }
  }
}
