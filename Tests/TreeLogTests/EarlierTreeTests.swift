import Crypto
import TestSupport
@testable import TreeLog
import Testing

/// An earlier tree, and the hashes that lead from it to a later one.
struct EarlierTreeTests {
  private static let leaves = (0..<20).map { MerkleHash.leaf(Array("entry \($0)".utf8)) }

  private static func root(_ range: Range<Int>) -> Digest {
    guard range.count > 1 else { return leaves[range.lowerBound] }
    var half = 1
    while half * 2 < range.count { half *= 2 }
    let middle = range.lowerBound + half
    return MerkleHash.node(root(range.lowerBound..<middle), root(middle..<range.upperBound))
  }

  /// RFC 6962, section 2.1.2, as it stands there.
  private static func proof(_ old: Int, _ range: Range<Int>, _ isWhole: Bool) -> [Digest] {
    if old == range.count { return isWhole ? [] : [root(range)] }
    var half = 1
    while half * 2 < range.count { half *= 2 }
    let middle = range.lowerBound + half
    return old <= half
      ? proof(old, range.lowerBound..<middle, isWhole) + [root(middle..<range.upperBound)]
      : proof(old - half, middle..<range.upperBound, false) + [root(range.lowerBound..<middle)]
  }

  private static func tree(_ size: Int, _ origin: String = "acme/1") -> Checkpoint {
    Checkpoint(origin: origin, size: size, root: root(0..<size))
  }

  @Test func `every earlier tree leads to every later one of its log, and to no other`() {
    for later in 1...20 {
      for earlier in 1...later {
        let file = EarlierTree(Self.tree(earlier), hashes: Self.proof(earlier, 0..<later, true))
        #expect(file.leads(to: Self.tree(later)))
        #expect(EarlierTree(parsing: file.bytes) == file)
        #expect(!file.leads(to: Self.tree(later, "acme/2")))
        #expect(!file.leads(to: Checkpoint(origin: "acme/1", size: later, root: SHA256.hash("other"))))
        if later < 20 { #expect(!file.leads(to: Self.tree(later + 1))) }
        #expect(!EarlierTree(Self.tree(earlier), hashes: file.hashes + [SHA256.hash("x")]).leads(to: Self.tree(later)))
      }
    }
  }

  @Test func `a file has one spelling, and what is none is nothing`() {
    let file = EarlierTree(Self.tree(5), hashes: Self.proof(5, 0..<9, true)).bytes
    #expect(EarlierTree(parsing: file) != nil)
    #expect(EarlierTree(parsing: []) == nil)
    for index in file.indices {
      #expect(EarlierTree(parsing: Array(file[..<index])) == nil || file[index - 1] == 0x0a)
      var changed = file
      changed[index] ^= 0x20
      if let read = EarlierTree(parsing: changed) { #expect(!read.leads(to: Self.tree(9))) }
    }
    let text = String(decoding: file, as: UTF8.self)
    for other in [
      text + "\n", text.replacing("\n5\n", with: "\n05\n"), "\n" + text, text.replacing("\n", with: "\r\n"),
    ] {
      #expect(EarlierTree(parsing: Array(other.utf8)) == nil)
    }
    let long = EarlierTree(Self.tree(5), hashes: Array(repeating: SHA256.hash("x"), count: 200)).bytes
    #expect(EarlierTree(parsing: long) == nil)
  }
}
