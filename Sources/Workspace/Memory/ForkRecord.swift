package import Crypto
internal import Findings
internal import Statements
internal import Storage
package import TreeLog

/// Keeps what shows that a log forked: a file that convicts whoever signed both trees, made the moment that it is noticed.
package enum ForkRecord {
  /// What two checkpoints amount to, one of them of the log that can be read.
  ///
  /// - Parameters:
  ///   - foreign: The checkpoint that the log does not extend.
  ///   - own: The checkpoint that the log is read by; of `foreign`'s size at least.
  ///   - keys: Who may have signed.
  /// - Returns: nil where neither has a signature that holds, or the log does extend it.
  package static func make(
    _ foreign: UnverifiedCheckpoint, against own: UnverifiedCheckpoint, _ reader: LogReader, keys: [NoteKey]
  ) -> ForkProof? {
    guard foreign.size > 0, foreign.size <= own.size else { return nil }
    let signers = Set(
      ForkProof.signers(of: foreign, among: keys) + ForkProof.signers(of: own, among: keys))
    var proof = ForkProof(foreign, own, keys: Array(signers))
    if foreign.size < own.size {
      guard let root = try? reader.root(at: foreign.size), let hashes = try? reader.consistencyProof(from: foreign.size)
      else { return nil }
      proof = ForkProof(foreign, own, keys: Array(signers), otherRoot: root, hashes: hashes)
    }
    switch proof.verdict() {
    case .convicts, .divided: return proof
    case .nothing: return nil
    }
  }

  /// Writes it into the user's own folder, durably; what lies there already is never written over.
  ///
  /// - Returns: The file.
  package static func keep(_ proof: ForkProof, _ home: Home) throws -> String {
    let folder = "\(home.trust)/forks"
    let bytes = proof.bytes
    return try Home.using(folder) {
      try PrivateFile.makeFolder(folder)
      let name = "\(SHA256.hash(proof.earlier.origin).hex)-\(proof.earlier.size)-\(proof.later.size)"
      for number in 1...ForkRecord.limit {
        let path = "\(folder)/\(name)\(number == 1 ? "" : "-\(number)").fork"
        guard let known = try RegularFile.read(path, limit: ForkProof.sizeLimit) else {
          try PrivateFile.create(path, bytes: bytes)
          return path
        }
        if known == bytes {
          // Whoever wrote it may have died before it was on the disk.
          try PrivateFile.wait(for: path)
          return path
        }
      }
      throw Failure(.cannotCreate, "the folder '\(folder)' has \(ForkRecord.limit) forks of these sizes already")
    }
  }

  /// So many different pairs of two sizes are kept.
  private static let limit = 100

  /// Writes it where it can, and says where.
  ///
  /// - Parameter path: Where the user wants it; nil for their own folder.
  /// - Returns: A clause for a hint; nil where there is nothing to keep.
  package static func tell(_ proof: ForkProof?, to path: String? = nil, at desk: Desk) -> String? {
    guard let proof else { return nil }
    do {
      if let path { try OutputFile.write(path, proof.bytes) }
      let place = try path ?? keep(proof, desk.home)
      let what = if case .convicts = proof.verdict() { "convicts whoever signed both" } else { "shows both trees" }
      return "'\(place)' \(what): 'custody check-proof' says what it shows"
    } catch {
      desk.notices.warn("what shows the fork could not be kept: \(Failure(describing: error).message)")
      return nil
    }
  }
}

extension TrustRecord {
  /// The newest checkpoint that was verified, as it was signed; nil where it was not kept, or is of another tree.
  package var signedCheckpoint: UnverifiedCheckpoint? {
    guard let checkpoint, let parsed = try? UnverifiedCheckpoint(parsing: Array(checkpoint.utf8)),
      parsed.size == size, parsed.root == rootDigest, ByteOrder.areEqual(parsed.origin, origin)
    else { return nil }
    return parsed
  }

  /// Keeps the signed note of the tree that is remembered.
  package mutating func keep(_ note: SignedNote?) {
    checkpoint = note.map { String(decoding: $0.bytes, as: UTF8.self) }
  }
}
