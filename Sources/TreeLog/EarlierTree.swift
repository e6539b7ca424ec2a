package import Crypto

/// An earlier tree of a log, and the hashes that show that a later one goes on from it: so that a time stamp over the
/// earlier one speaks for what lies in both.
///
///     custody.earlier-tree/v1
///     acme/7f3a9c01
///     9
///     0rwIml3TYnMaB…=
///     yiM+eia4w1wsk/Ukx7kF56IQVkDW3MWUaUz/VtJu+yU=
///
/// Lines 2 to 4 are the checkpoint's, over which the token is; those after them the consistency proof (RFC 6962, section
/// 2.1.2) to whatever tree the file lies beside.
package struct EarlierTree: Sendable, Equatable {
  package let checkpoint: Checkpoint
  package let hashes: [Digest]

  package static let header = "custody.earlier-tree/v1"
  /// The longest file that is read, in bytes.
  package static let sizeLimit = 1 << 14
  /// No tree is deeper.
  private static let hashLimit = 127

  package init(_ checkpoint: Checkpoint, hashes: [Digest]) {
    self.checkpoint = checkpoint
    self.hashes = hashes
  }

  /// The file.
  package var bytes: [UInt8] {
    Array("\(EarlierTree.header)\n".utf8) + Array(checkpoint.text)
      + Array(hashes.map { Base64.encode($0.bytes) + "\n" }.joined().utf8)
  }

  /// Reads a file in its one spelling; nil for what is none.
  package init?(parsing bytes: [UInt8]) {
    guard bytes.count <= EarlierTree.sizeLimit else { return nil }
    let lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false).map(Array.init)
    guard lines.count >= 5, lines.count - 5 <= EarlierTree.hashLimit, lines.last?.isEmpty == true,
      let origin = String(validating: lines[1], as: UTF8.self),
      let size = CheckpointBody.decimal(lines[2][...]), let root = EarlierTree.digest(lines[3])
    else { return nil }
    var hashes: [Digest] = []
    for line in lines[4..<(lines.count - 1)] {
      guard let hash = EarlierTree.digest(line) else { return nil }
      hashes.append(hash)
    }
    self.init(Checkpoint(origin: origin, size: size, root: root), hashes: hashes)
    guard self.bytes == bytes else { return nil }
  }

  private static func digest(_ line: [UInt8]) -> Digest? { Base64.decode(line).flatMap { Digest($0) } }

  /// Whether a later tree of the same log goes on from it.
  package func leads(to later: Checkpoint) -> Bool {
    checkpoint.origin.utf8.elementsEqual(later.origin.utf8)
      && ConsistencyProof.verify(
        from: checkpoint.size, to: later.size, oldRoot: checkpoint.root, newRoot: later.root, proof: hashes)
  }
}
