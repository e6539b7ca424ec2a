public import Crypto
internal import Findings
internal import TreeLog

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
}

extension OpenedStore {
  /// Proves that an entry stands in the log.
  ///
  /// - Precondition: It is one of the tree.
  public func proof(ofEntry number: Int) throws -> EntryProof {
    let reader = reader
    let entry = try reader.entry(at: number)
    let hashes = try reader.inclusionProof(for: number)
    let leaf = MerkleHash.leaf(entry)
    guard
      InclusionProof.verify(index: number, size: reader.size, leaf: leaf, proof: hashes, root: reader.root)
    else {
      throw Failure(.bug, "the proof for entry \(number) does not hold", hint: "'custody verify' says more")
    }
    let bytes = ProofBundle.encode(index: number, hashes: hashes, checkpoint: checkpointNote.bytes, extra: entry)
    return EntryProof(entry: number, leaf: leaf, hashes: hashes, bytes: bytes)
  }
}
