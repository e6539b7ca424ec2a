public import Crypto

/// The tree that a log had at some size: its origin, its size and its root.
///
///     acme/7f3a9c01
///     9
///     0ryAmq0x9iKLJQeTJkAmgabxuRgaK2xzGekT2zuPPfA=
///
/// Specification: <https://c2sp.org/tlog-checkpoint>.
public struct Checkpoint: Sendable {
  /// The log's name, for ever.
  public let origin: String
  /// The number of entries.
  public let size: Int
  /// The hash over all entries.
  public let root: Digest

  /// A tree of a log; whether there is such a tree is another question.
  public init(origin: String, size: Int, root: Digest) {
    self.origin = origin
    self.size = size
    self.root = root
  }

  /// The three lines, each ended: what a log signs.
  public var text: [UInt8] {
    Array("\(origin)\n\(size)\n\(Base64.encode(root.bytes))\n".utf8)
  }
}

extension Checkpoint: Hashable {
  // Origins are compared as bytes: Swift's own equality takes other spellings of a character for the same.
  /// Whether they are of one log, one size and one root.
  public static func == (left: Checkpoint, right: Checkpoint) -> Bool {
    left.size == right.size && left.root == right.root && left.origin.utf8.elementsEqual(right.origin.utf8)
  }

  /// Feeds its size and root to a hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(size)
    hasher.combine(root)
  }
}

/// A checkpoint that was read and whose signatures nobody has checked.
package struct UnverifiedCheckpoint: Sendable {
  /// The note as it was read, with all its signatures.
  package let note: SignedNote
  package let origin: String
  package let size: Int
  package let root: Digest
  /// The lines after the root. Custody writes none; they are covered by the log's signature.
  package let extensions: [String]

  /// Reads a checkpoint in its one spelling.
  package init(parsing bytes: [UInt8]) throws(CheckpointSyntaxError) {
    let note: SignedNote
    do throws(NoteSyntaxError) {
      note = try SignedNote(parsing: bytes)
    } catch {
      throw .note(error)
    }
    try self.init(note: note)
  }

  /// Reads the text of a note as that of a checkpoint.
  package init(note: SignedNote) throws(CheckpointSyntaxError) {
    self.note = note
    let body = try CheckpointBody(parsing: note.text)
    origin = body.checkpoint.origin
    size = body.checkpoint.size
    root = body.checkpoint.root
    extensions = body.extensions
  }

  /// Reads the text of a note as that of a checkpoint, whose root may be any where it is of a tree of no entries: for a
  /// witness, who has to tell whoever asks what of the two is wrong.
  init(unjudged note: SignedNote) throws(AddCheckpointSyntaxError) {
    self.note = note
    do throws(CheckpointSyntaxError) {
      let body = try CheckpointBody(parsing: note.text, isEmptyRootChecked: false)
      origin = body.checkpoint.origin
      size = body.checkpoint.size
      root = body.checkpoint.root
      extensions = body.extensions
    } catch {
      throw .checkpoint(error)
    }
  }

  /// The tree that it claims, for whoever holds it against others before, or without, a signature: the one way from here
  /// to a `Checkpoint` that nobody has vouched for.
  package var tree: Checkpoint { Checkpoint(origin: origin, size: size, root: root) }

  /// The checkpoint, if at least one of the keys has signed it.
  ///
  /// - Returns: The keys whose signatures hold; nil where there are none, and where a line under the name and id of one
  ///   of the keys does not hold.
  package func verified(by keys: [NoteKey]) -> (checkpoint: Checkpoint, signers: [NoteKey])? {
    guard let signers = note.verified(by: keys), !signers.isEmpty else { return nil }
    return (tree, signers)
  }
}

/// The text of a checkpoint, taken apart.
struct CheckpointBody {
  let checkpoint: Checkpoint
  let extensions: [String]

  init(parsing text: [UInt8], isEmptyRootChecked: Bool = true) throws(CheckpointSyntaxError) {
    guard text.last == 0x0a else { throw .lineCount }
    let lines = text.dropLast().split(separator: 0x0a, omittingEmptySubsequences: false)
    guard lines.count >= 3 else { throw .lineCount }
    guard (1...255) ~= lines[0].count, let origin = String(validating: lines[0], as: UTF8.self) else { throw .origin }
    guard let size = CheckpointBody.decimal(lines[1]) else { throw .size }
    guard let bytes = Base64.decode(Array(lines[2])), let root = Digest(bytes) else { throw .root }
    guard size > 0 || root == MerkleHash.empty || !isEmptyRootChecked else { throw .root }
    var extensions: [String] = []
    for line in lines.dropFirst(3) {
      guard !line.isEmpty, let text = String(validating: line, as: UTF8.self) else { throw .emptyExtension }
      extensions.append(text)
    }
    checkpoint = Checkpoint(origin: origin, size: size, root: root)
    self.extensions = extensions
  }

  /// The number that decimal digits spell without a leading zero; nil for anything else, and where it is too large.
  static func decimal(_ text: ArraySlice<UInt8>) -> Int? {
    guard let first = text.first, text.count == 1 || first != UInt8(ascii: "0") else { return nil }
    var value = 0
    for digit in text {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")) ~= digit else { return nil }
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(Int(digit - UInt8(ascii: "0")))
      guard !overflow, !carry else { return nil }
      value = sum
    }
    return value
  }
}

/// What is wrong with the form of a checkpoint.
package enum CheckpointSyntaxError: Error, Equatable, Sendable {
  case note(NoteSyntaxError)
  case lineCount
  case origin
  case size
  case root
  case emptyExtension
}

extension CheckpointSyntaxError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .note(let error): "\(error)"
    case .lineCount: "fewer than the three lines of origin, size and root"
    case .origin: "the origin on line 1 has not 1 to 255 bytes"
    case .size: "the size on line 2 is not a decimal number in its one spelling"
    case .root: "the root on line 3 is not the base 64 of 32 bytes, or not that of the empty tree for size 0"
    case .emptyExtension: "an empty line among the extension lines"
    }
  }
}
