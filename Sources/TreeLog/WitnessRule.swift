package import Crypto

/// What a witness does about a request to cosign a checkpoint: pure, so that whoever remembers, and however the request
/// came, nothing but this decides.
///
/// Specification: <https://c2sp.org/tlog-witness>, "add-checkpoint".
package enum WitnessRule {
  /// What a witness knows of a log.
  package struct Log: Sendable {
    /// The keys that it trusts to sign for the log.
    package var keys: [NoteKey]
    /// The tree that it has cosigned last; nil for none.
    package var last: Checkpoint?

    package init(keys: [NoteKey], last: Checkpoint?) {
      self.keys = keys
      self.last = last
    }
  }

  /// What it answers, with the protocol's meaning.
  package enum Answer: Sendable {
    /// 200: the checkpoint may be cosigned, once it is remembered.
    case ok(UnverifiedCheckpoint)
    /// 400: a clause.
    case malformed(String)
    /// 403: no key that is trusted has signed it, or a signature does not hold; a clause.
    case forbidden(String)
    /// 404: nothing is known of such a log.
    case notFound(origin: String)
    /// 409: the size that was cosigned last is another.
    case conflict(size: Int)
    /// 422: it is not shown to extend what was cosigned last; a clause.
    case unprocessable(String)

    /// The status by which the protocol says it.
    package var status: Int {
      switch self {
      case .ok: 200
      case .malformed: 400
      case .forbidden: 403
      case .notFound: 404
      case .conflict: 409
      case .unprocessable: 422
      }
    }
  }

  /// Weighs a request.
  ///
  /// - Parameter log: What is known of the log of an origin; nil for nothing.
  package static func addCheckpoint(_ bytes: [UInt8], log: (String) throws -> Log?) rethrows -> Answer {
    let request: AddCheckpointRequest
    do throws(AddCheckpointSyntaxError) {
      request = try AddCheckpointRequest(parsing: bytes)
    } catch .checkpoint(.note(.malformedSignature(let line))) {
      // The protocol tells a checkpoint that is none from one that nobody has signed: a line that cannot be read signs it
      // no more than one that does not hold.
      return .forbidden("signature line \(line) under the checkpoint cannot be read")
    } catch {
      return .malformed("\(error)")
    }
    let checkpoint = request.checkpoint
    guard request.old <= checkpoint.size else {
      return .malformed("it is to extend a tree of \(request.old), and has \(checkpoint.size)")
    }
    guard let log = try log(checkpoint.origin) else { return .notFound(origin: checkpoint.origin) }
    guard let signers = checkpoint.note.verified(by: log.keys) else {
      return .forbidden("a signature under the checkpoint does not hold: it is forged or broken")
    }
    guard !signers.isEmpty else {
      return .forbidden("no key that is known to sign for this log has signed the checkpoint")
    }
    let last = log.last?.size ?? 0
    guard request.old == last else { return .conflict(size: last) }
    guard checkpoint.size > 0 || checkpoint.root == MerkleHash.empty else {
      return .unprocessable("its tree has no entries, and another root than that of no entries")
    }
    guard let tree = log.last, tree.size > 0 else {
      // Every tree extends the empty one: there is nothing to prove.
      return request.proof.isEmpty ? .ok(checkpoint) : .unprocessable("nothing is to be proven, and there is a proof")
    }
    let isExtended = ConsistencyProof.verify(
      from: tree.size, to: checkpoint.size, oldRoot: tree.root, newRoot: checkpoint.root, proof: request.proof)
    guard isExtended else {
      return .unprocessable(
        tree.size == checkpoint.size && request.proof.isEmpty
          ? "it is another tree of \(tree.size) than the one that was cosigned"
          : "the consistency proof does not show that it extends the tree of \(tree.size) that was cosigned")
    }
    return .ok(checkpoint)
  }
}
