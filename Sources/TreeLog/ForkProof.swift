package import Crypto

/// Two checkpoints of one log of which neither extends the other, and what shows that: whoever signed both is convicted
/// by this file alone.
///
///     custody.fork-proof/v1
///     key acme/7f3a9c01+d2f9b1c4+AYE5dw6o…
///     root 1vkuyR0h…
///     hash yiM+eia4…
///     checkpoint 178
///     …the checkpoint of the smaller tree, 178 bytes, with its signatures
///     checkpoint 178
///     …that of the larger one
///
/// Of two trees of one size there are no lines `root` and `hash`: the roots differ. Of two sizes m < n, `root` is the
/// root at m of the tree that the larger checkpoint names, and the hashes are the consistency proof for it (RFC 6962
/// section 2.1.2): it leads to the signed root at n, and is not the signed root at m, so that the tree of n does not
/// extend the one of m. The keys are whose signatures are claimed; a reader compares them with what they know.
package struct ForkProof: Sendable {
  /// The keys that are said to have signed, in byte order of their spelling.
  package let keys: [NoteKey]
  /// The smaller tree first; of two of one size, the one whose root comes first.
  package let earlier: UnverifiedCheckpoint
  package let later: UnverifiedCheckpoint
  /// The root at the smaller size of the tree that the larger checkpoint names; nil where the sizes are the same.
  package let otherRoot: Digest?
  /// From that root to the larger checkpoint's.
  package let hashes: [Digest]

  /// The first line.
  package static let header = "custody.fork-proof/v1"
  /// The longest file that is read, in bytes.
  package static let sizeLimit = 3 << 20
  private static let keyLimit = 64
  private static let hashLimit = 130

  /// Puts two checkpoints into their order.
  ///
  /// - Parameters:
  ///   - otherRoot: Of two sizes, the root that the tree of the larger has at the smaller.
  ///   - hashes: The consistency proof from there.
  package init(
    _ one: UnverifiedCheckpoint, _ other: UnverifiedCheckpoint, keys: [NoteKey], otherRoot: Digest? = nil,
    hashes: [Digest] = []
  ) {
    let isInOrder = (one.size, one.root) <= (other.size, other.root)
    (earlier, later) = isInOrder ? (one, other) : (other, one)
    self.otherRoot = otherRoot
    self.hashes = hashes
    self.keys = Set(keys).sorted { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
  }
}

/// What two checkpoints amount to.
extension ForkProof {
  package enum Verdict: Sendable, Equatable {
    /// Each of these keys has signed both trees, and neither extends the other.
    case convicts([NoteKey])
    /// Neither tree extends the other, and no key that counts has signed both: these signed the one, and those the other.
    case divided([NoteKey], [NoteKey])
    /// Why nothing is shown: a clause.
    case nothing(String)
  }

  /// Holds the file to what it claims.
  ///
  /// - Parameter told: The keys that count; nil for those that the file brings.
  package func verdict(told: [NoteKey]? = nil) -> Verdict {
    if let reason = whyNotApart { return .nothing(reason) }
    // A key signs under its log's name; a witness may have a name of its own.
    let keys = (told ?? self.keys).filter { $0.type == .cosignature || $0.name.utf8.elementsEqual(earlier.origin.utf8) }
    let first = ForkProof.signers(of: earlier, among: keys)
    let second = ForkProof.signers(of: later, among: keys)
    let both = first.filter { second.contains($0) }
    guard both.isEmpty else { return .convicts(both) }
    guard !first.isEmpty, !second.isEmpty else {
      let whose = told == nil ? "that it brings" : "that you gave"
      return .nothing("of the keys \(whose) none has signed the tree of \((first.isEmpty ? earlier : later).size)")
    }
    return .divided(first, second)
  }

  /// Why one of the trees may extend the other; nil where neither does.
  private var whyNotApart: String? {
    guard earlier.origin.utf8.elementsEqual(later.origin.utf8) else {
      return "the checkpoints are of two logs, '\(earlier.origin)' and '\(later.origin)'"
    }
    guard earlier.size > 0 else { return "every tree extends the one of no entries" }
    if earlier.size == later.size {
      guard earlier.root != later.root else { return "both checkpoints are of the same tree" }
      return otherRoot == nil && hashes.isEmpty ? nil : "two trees of one size need no hashes, and it has some"
    }
    guard let otherRoot else { return "it does not say which root the larger tree has at the smaller size" }
    guard otherRoot != earlier.root else { return "the larger tree extends the smaller one" }
    let leads = ConsistencyProof.verify(
      from: earlier.size, to: later.size, oldRoot: otherRoot, newRoot: later.root, proof: hashes)
    return leads ? nil : "its hashes do not lead to the root of the larger tree"
  }

  /// Whose signature under a checkpoint holds. One that does not in the name of a key takes nothing from the others.
  package static func signers(of checkpoint: UnverifiedCheckpoint, among keys: [NoteKey]) -> [NoteKey] {
    keys.filter { key in
      if key.type == .cosignature {
        return checkpoint.note.signatures.contains {
          Cosignature.time(of: $0, by: key, text: checkpoint.note.text) != nil
        }
      }
      return checkpoint.note.verified(by: [key])?.isEmpty == false
    }
  }
}

/// The file.
extension ForkProof {
  /// Its one spelling.
  package var bytes: [UInt8] {
    var lines = [ForkProof.header]
    lines += keys.map { "key \($0.text)" }
    if let otherRoot { lines.append("root \(Base64.encode(otherRoot.bytes))") }
    lines += hashes.map { "hash \(Base64.encode($0.bytes))" }
    var bytes = Array(lines.map { $0 + "\n" }.joined().utf8)
    for checkpoint in [earlier, later] {
      let note = checkpoint.note.bytes
      bytes += Array("checkpoint \(note.count)\n".utf8) + note
    }
    return bytes
  }

  /// Whether bytes begin as such a file does.
  package static func begins(_ bytes: some Sequence<UInt8>) -> Bool { bytes.starts(with: Array("\(header)\n".utf8)) }

  /// Reads a file in its one spelling.
  package init(parsing bytes: [UInt8]) throws(ForkProofSyntaxError) {
    guard bytes.count <= ForkProof.sizeLimit else { throw ForkProofSyntaxError("it has more than 3 MiB") }
    guard ForkProof.begins(bytes) else {
      throw ForkProofSyntaxError("the first line is not '\(ForkProof.header)'")
    }
    var reader = Lines(bytes: bytes, position: ForkProof.header.utf8.count + 1)
    var keys: [NoteKey] = []
    while let text = try reader.next("key") {
      guard keys.count < ForkProof.keyLimit, let text = String(validating: text, as: UTF8.self),
        let key = NoteKey(text: text), key.text.utf8.elementsEqual(text.utf8)
      else { throw reader.fault("is not the verifier key of a known kind, or there are more than 64") }
      if let last = keys.last, !last.text.utf8.lexicographicallyPrecedes(text.utf8) {
        throw reader.fault("is a key out of byte order")
      }
      keys.append(key)
    }
    self.keys = keys
    otherRoot = try reader.next("root").map { text throws(ForkProofSyntaxError) in try reader.digest(text) }
    var hashes: [Digest] = []
    while let text = try reader.next("hash") {
      guard hashes.count < ForkProof.hashLimit else { throw reader.fault("is one hash too many") }
      hashes.append(try reader.digest(text))
    }
    self.hashes = hashes
    earlier = try reader.checkpoint()
    later = try reader.checkpoint()
    guard reader.isAtEnd else { throw reader.fault("stands behind the second checkpoint") }
    guard (earlier.size, earlier.root) <= (later.size, later.root) else {
      throw ForkProofSyntaxError("its checkpoints are not in their order")
    }
  }

  /// A file that is read line by line.
  private struct Lines {
    let bytes: [UInt8]
    var position: Int
    /// Counts from 1.
    var line = 1

    var isAtEnd: Bool { position == bytes.count }

    func fault(_ reason: String) -> ForkProofSyntaxError { ForkProofSyntaxError("line \(line) \(reason)") }

    /// What a line says behind a word; nil, and nothing is read, where the next line begins with another.
    mutating func next(_ word: String) throws(ForkProofSyntaxError) -> ArraySlice<UInt8>? {
      let rest = bytes[position...]
      guard rest.starts(with: Array("\(word) ".utf8)) else { return nil }
      guard let end = rest.firstIndex(of: 0x0a) else { throw fault("is not ended") }
      let text = rest[(position + word.utf8.count + 1)..<end]
      position = end + 1
      line += 1
      return text
    }

    func digest(_ text: ArraySlice<UInt8>) throws(ForkProofSyntaxError) -> Digest {
      guard let hash = Base64.decode(Array(text)), let digest = Digest(hash) else {
        throw fault("is not the base 64 of 32 bytes")
      }
      return digest
    }

    mutating func checkpoint() throws(ForkProofSyntaxError) -> UnverifiedCheckpoint {
      guard let text = try next("checkpoint"), let count = CheckpointBody.decimal(text),
        count <= bytes.count - position
      else { throw fault("is not 'checkpoint' with the number of its bytes, which follow") }
      let note = Array(bytes[position..<(position + count)])
      let checkpoint: UnverifiedCheckpoint
      do throws(CheckpointSyntaxError) {
        checkpoint = try UnverifiedCheckpoint(parsing: note)
      } catch {
        throw fault("begins a checkpoint that does not parse: \(error)")
      }
      // A second spelling of a signature would be another file with the same word.
      guard checkpoint.note.bytes == note else { throw fault("begins a checkpoint in a second spelling") }
      position += count
      line += note.count { $0 == 0x0a }
      return checkpoint
    }
  }
}

/// What is wrong with the form of a fork proof.
package struct ForkProofSyntaxError: Error, Equatable, Sendable, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }
}
