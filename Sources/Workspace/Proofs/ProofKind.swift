internal import Findings
internal import Storage
package import TreeLog

/// What a file that is to prove something is, by how it begins.
package enum ProofKind: Sendable, Equatable {
  /// A c2sp.org/tlog-proof file of one entry.
  case entry
  /// A zip file of several, with what they are about.
  case package
  /// Two checkpoints that cannot both be of one log.
  case fork

  /// Looks at a file's first bytes.
  package init(_ path: String) throws {
    guard let head = try RegularFile.read(path, limit: 31) else {
      throw Failure(.inputMissing, "there is no file '\(path)'")
    }
    self = ProofArchive.isZip(head) ? .package : ForkProof.begins(head) ? .fork : .entry
  }
}

extension ForkProof {
  /// Reads a file that a user names.
  package static func read(_ path: String) throws -> ForkProof {
    let bytes = try InputFile.read(path, limit: sizeLimit)
    do throws(ForkProofSyntaxError) {
      return try ForkProof(parsing: bytes)
    } catch {
      throw Failure(
        .malformedInput, "'\(path)' is not a fork proof: \(error)",
        hint: "it was cut or changed on its way: have it sent again")
    }
  }
}
