internal import Crypto
internal import RemoteWire
internal import TreeLog

/// Puts a checkpoint in the place of the one that it was prepared for: the commit of an append to a bucket.
///
/// An answer that was lost is looked up, never guessed: as long as nobody knows what came of the swap, only the same bytes
/// are put again, so that whichever try wins, it is the same tree.
struct CheckpointSwap {
  let contents: BucketContents
  let note: [UInt8]
  let size: Int
  let root: Digest
  /// The entity tag of the checkpoint that it replaces; nil where there is none yet.
  let tag: String?
  /// For how long to wait between tries, all in all.
  var patience = Patience()

  private static let tries = 8

  enum Outcome {
    case won
    /// Another tree is in its place, of which this one is no part.
    case lost
  }

  /// - Parameter host: The host itself: nobody else may try again.
  /// - Throws: What the host refuses: then it did not go in. `unavailable` where nobody can tell whether it did.
  func perform(_ host: any StoreHost) throws -> Outcome {
    var attempt = 0
    var patience = patience
    // Whether any try may have gone in, or may do so yet.
    var isUncertain = false
    do {
      while true {
        attempt += 1
        var request = HostRequest(.put, "checkpoint", body: note)
        request.wire.digest = SHA256.hash(note).hex
        request.wire.condition = tag.map { .unchanged($0) } ?? .absent
        let wasUncertain = isUncertain
        isUncertain = true
        let begun = ContinuousClock.now
        let answer = try host.perform(request).wire
        if answer.status == 0 { patience.spend(begun.duration(to: .now)) }
        if answer.isDone { return .won }
        isUncertain = wasUncertain || answer.isWorthAnotherTry && answer.isUnsent != true
        let error = StorageError(answer, "replace 'checkpoint'", at: host.address)
        guard answer.isWorthAnotherTry || isUncertain || [409, 412].contains(answer.status) else { throw error }
        // A request that went there twice is refused the second time, and so is one that somebody else was faster than.
        if let outcome = try lookUp() { return outcome }
        guard answer.isWorthAnotherTry || [409, 412].contains(answer.status), attempt < CheckpointSwap.tries,
          patience.pause(attempt, asked: answer.pause)
        else { throw error }
      }
    } catch let error as StorageError where isUncertain {
      throw StorageError(
        .unavailable, "nobody answers at '\(host.address)' whether 'checkpoint' was replaced: \(error.message)",
        hint: "'custody log' says whether the entries are there; do not submit again before it does")
    }
  }

  /// What became of it; nil where the checkpoint is still the one that it was prepared for.
  private func lookUp() throws -> Outcome? {
    guard let found = try contents.checkpoint() else { return tag == nil ? nil : .lost }
    if found == note { return .won }
    if contents.checkpointTag == tag, tag != nil { return nil }
    // Somebody may have gone on from it already.
    guard let other = try? UnverifiedCheckpoint(parsing: found), other.size >= size else { return .lost }
    let reader = LogReader(contents: contents, size: other.size, root: other.root)
    return try reader.root(at: size) == root ? .won : .lost
  }
}
