package import Crypto

/// A file by which an entry's place in a log can be checked without the log; nothing in it is checked yet.
///
///     c2sp.org/tlog-proof@v1
///     extra eyJieSI6…
///     index 4
///     yiM+eia4w1wsk/Ukx7kF56IQVkDW3MWUaUz/VtJu+yU=
///     nk9gCR+floFqznAPtqjjcnnV64dge2jQB95D5t164Hg=
///
///     example.com/log/testdata
///     …the whole checkpoint, with all its signatures
///
/// Specification: <https://c2sp.org/tlog-proof>.
package struct ProofBundle: Sendable {
  /// Where the entry stands, counted from 0.
  package let index: Int
  /// The leaf's sibling first.
  package let hashes: [Digest]
  /// The tree that the hashes lead to.
  package let checkpoint: UnverifiedCheckpoint
  /// Bytes that travel along, vouched for by nothing: custody puts the entry here. nil where there are none.
  package let extra: [UInt8]?

  /// The first line.
  package static let header = "c2sp.org/tlog-proof@v1"
  /// The longest file that is read, in bytes.
  package static let sizeLimit = 2 << 20
  /// No tree is deeper.
  private static let hashLimit = 63

  /// Reads a proof in its one spelling.
  package init(parsing bytes: [UInt8]) throws(ProofSyntaxError) {
    guard bytes.count <= ProofBundle.sizeLimit else { throw .tooLong }
    var rest = bytes[...]
    // A line without its newline; nil where no newline follows any more.
    func nextLine() -> ArraySlice<UInt8>? {
      guard let end = rest.firstIndex(of: 0x0a) else { return nil }
      defer { rest = rest[(end + 1)...] }
      return rest[..<end]
    }
    guard let first = nextLine(), first.elementsEqual(ProofBundle.header.utf8) else { throw .header }
    guard var line = nextLine() else { throw .index }
    if line.starts(with: "extra ".utf8) {
      guard let extra = Base64.decode(Array(line.dropFirst("extra ".utf8.count))), let next = nextLine() else {
        throw .extra
      }
      self.extra = extra
      line = next
    } else {
      extra = nil
    }
    guard line.starts(with: "index ".utf8),
      let index = CheckpointBody.decimal(line.dropFirst("index ".utf8.count))
    else { throw .index }
    self.index = index
    var hashes: [Digest] = []
    while true {
      guard let line = nextLine() else { throw .noCheckpoint }
      if line.isEmpty { break }
      guard hashes.count < ProofBundle.hashLimit, let hash = Base64.decode(Array(line)), let digest = Digest(hash)
      else { throw .hash(line: hashes.count + 1) }
      hashes.append(digest)
    }
    self.hashes = hashes
    do throws(CheckpointSyntaxError) {
      checkpoint = try UnverifiedCheckpoint(parsing: Array(rest))
    } catch {
      throw .checkpoint(error)
    }
  }

  /// Whether the hashes lead from a leaf to the checkpoint's root.
  ///
  /// Says nothing about who signed the checkpoint.
  package func includes(leaf: Digest) -> Bool {
    InclusionProof.verify(
      index: index, size: checkpoint.size, leaf: leaf, proof: hashes, root: checkpoint.root)
  }

  /// A proof's one spelling.
  ///
  /// - Parameter checkpoint: The note as it lies in the store.
  package static func encode(
    index: Int, hashes: [Digest], checkpoint: [UInt8], extra: [UInt8]? = nil
  ) -> [UInt8] {
    var lines = [header]
    if let extra { lines.append("extra \(Base64.encode(extra))") }
    lines.append("index \(index)")
    lines += hashes.map { Base64.encode($0.bytes) }
    return Array(lines.map { $0 + "\n" }.joined().utf8) + [0x0a] + checkpoint
  }
}

/// What is wrong with the form of a proof.
package enum ProofSyntaxError: Error, Equatable, Sendable {
  case tooLong
  case header
  case extra
  case index
  /// Counts from 1.
  case hash(line: Int)
  case noCheckpoint
  case checkpoint(CheckpointSyntaxError)
}

extension ProofSyntaxError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .tooLong: "more than \(ProofBundle.sizeLimit) bytes"
    case .header: "the first line is not '\(ProofBundle.header)'"
    case .extra: "the line 'extra' is not followed by base 64 and a line 'index'"
    case .index: "no line 'index' with a decimal number in its one spelling where it is to stand"
    case .hash(let line): "line \(line) of the proof is not the base 64 of 32 bytes, or there are more than 63"
    case .noCheckpoint: "no empty line with a checkpoint below it"
    case .checkpoint(let error): "its checkpoint does not parse: \(error)"
    }
  }
}
