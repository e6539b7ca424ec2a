package import Crypto

/// What a log sends to a witness to have a checkpoint cosigned; nothing in it is checked yet.
///
///     old 20852014
///     PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
///     jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
///
///     example.com/behind-the-sofa
///     …the checkpoint, with its log's signature
///
/// Specification: <https://c2sp.org/tlog-witness>, "add-checkpoint".
package struct AddCheckpointRequest: Sendable {
  /// The size that the witness is taken to have cosigned last; 0 for none.
  package let old: Int
  /// That the checkpoint's tree extends the one of that size.
  package let proof: [Digest]
  package let checkpoint: UnverifiedCheckpoint

  /// The longest request that is read, in bytes.
  package static let sizeLimit = SignedNote.sizeLimit
  private static let hashLimit = 63
  private static let keyword = Array("old ".utf8)

  /// Whether a file is meant as a request, whether or not it is one.
  package static func isMeant(by bytes: [UInt8]) -> Bool { bytes.starts(with: keyword) }

  /// Reads a request in its one spelling.
  package init(parsing bytes: [UInt8]) throws(AddCheckpointSyntaxError) {
    guard bytes.count <= AddCheckpointRequest.sizeLimit else { throw .tooLong }
    var rest = bytes[...]
    // A line without its newline; nil where no newline follows any more.
    func nextLine() -> ArraySlice<UInt8>? {
      guard let end = rest.firstIndex(of: 0x0a) else { return nil }
      defer { rest = rest[(end + 1)...] }
      return rest[..<end]
    }
    guard let first = nextLine(), first.starts(with: AddCheckpointRequest.keyword),
      let old = CheckpointBody.decimal(first.dropFirst(AddCheckpointRequest.keyword.count))
    else { throw .old }
    self.old = old
    var hashes: [Digest] = []
    while true {
      guard let line = nextLine() else { throw .noCheckpoint }
      if line.isEmpty { break }
      guard hashes.count < AddCheckpointRequest.hashLimit, let hash = Base64.decode(Array(line)),
        let digest = Digest(hash)
      else { throw .hash(line: hashes.count + 1) }
      hashes.append(digest)
    }
    proof = hashes
    let note: SignedNote
    do throws(NoteSyntaxError) {
      note = try SignedNote(parsing: Array(rest))
    } catch {
      throw .checkpoint(.note(error))
    }
    checkpoint = try UnverifiedCheckpoint(unjudged: note)
  }

  /// A request's one spelling.
  ///
  /// - Parameter checkpoint: The note as its log has signed it.
  package static func encode(old: Int, proof: [Digest], checkpoint: [UInt8]) -> [UInt8] {
    let lines = ["old \(old)"] + proof.map { Base64.encode($0.bytes) }
    return Array(lines.map { $0 + "\n" }.joined().utf8) + [0x0a] + checkpoint
  }
}

/// What is wrong with the form of a request.
package enum AddCheckpointSyntaxError: Error, Equatable, Sendable {
  case tooLong
  case old
  /// Counts from 1.
  case hash(line: Int)
  case noCheckpoint
  case checkpoint(CheckpointSyntaxError)
}

extension AddCheckpointSyntaxError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .tooLong: "more than \(AddCheckpointRequest.sizeLimit) bytes"
    case .old: "the first line is not 'old' and a decimal number in its one spelling"
    case .hash(let line): "line \(line) of the proof is not the base 64 of 32 bytes, or there are more than 63"
    case .noCheckpoint: "no empty line with a checkpoint below it"
    case .checkpoint(let error): "its checkpoint does not parse: \(error)"
    }
  }
}
