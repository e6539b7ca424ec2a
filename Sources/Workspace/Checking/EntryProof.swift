public import Crypto
internal import Findings
package import TreeLog

/// That an entry stands in a log: a c2sp.org/tlog-proof file, and what it is made of.
public struct EntryProof: Sendable {
  /// The entry's number, counted from 0.
  public let entry: Int
  /// The entry's leaf hash.
  public let leaf: Digest
  /// From the leaf to the root.
  public let hashes: [Digest]
  /// The file: the entry, the hashes and the signed checkpoint.
  public let bytes: [UInt8]
  /// The entry's own bytes.
  package let content: [UInt8]

  /// Proves that an entry stands in a tree.
  ///
  /// - Parameter note: The tree's signed checkpoint.
  package init(_ number: Int, _ reader: LogReader, note: [UInt8]) throws {
    entry = number
    content = try reader.entry(at: number)
    hashes = try reader.inclusionProof(for: number)
    leaf = MerkleHash.leaf(content)
    guard
      InclusionProof.verify(index: number, size: reader.size, leaf: leaf, proof: hashes, root: reader.root)
    else {
      throw Failure(.bug, "the proof for entry \(number) does not hold", hint: "'custody verify' says more")
    }
    bytes = ProofBundle.encode(index: number, hashes: hashes, checkpoint: note, extra: content)
  }
}

extension OpenedStore {
  /// Proves that an entry stands in the log.
  ///
  /// - Precondition: It is one of the tree.
  public func proof(ofEntry number: Int) throws -> EntryProof {
    try EntryProof(number, reader, note: checkpointNote.bytes)
  }
}
