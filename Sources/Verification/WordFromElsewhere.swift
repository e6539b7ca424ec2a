internal import Crypto
internal import Findings
internal import Ownership
internal import Statements
internal import TreeLog

/// Whether a checkpoint that the reader was given from elsewhere can speak against this log.
///
/// Anybody can write three lines, and whoever gets hold of a key that was revoked can sign as many trees with it as they
/// like. Such a checkpoint accuses nobody, whether it is smaller than this log, of its size, or larger; that it contradicts the
/// log is told all the same, for the reader may know better where it comes from.
struct WordFromElsewhere {
  private let tree: VerificationOptions.KnownTree
  private let walk: LogWalk
  private let head: Head

  init(_ tree: VerificationOptions.KnownTree, _ walk: LogWalk, _ head: Head) {
    self.tree = tree
    self.walk = walk
    self.head = head
  }

  /// What is told of one that proves nothing, whatever this log's tree is; nil where it may prove something.
  var doubt: Finding? {
    guard tree.isTold else { return nil }
    guard tree.size > 0 else { return proves("it is of a tree of no entries, which no log has") }
    guard let note = tree.note else {
      guard tree.size > head.size else { return nil }
      return proves(
        "it bears no signature, so that nobody's word stands behind it, and is larger than this log, which has "
          + "\(Wording.entries(head.size)); if you wrote it down yourself as it was shown to you, entries were cut off, or this "
          + "is an older copy: ask for the signed checkpoint")
    }
    guard let valid = note.verified(by: walk.noteKeys(origin: head.origin)) else {
      return proves("a signature under it does not hold, so that no key of this log has signed it" + cutOff)
    }
    if valid.isEmpty { return proves("no key of this log has signed it" + cutOff) }
    // Of a longer log than this one only those can speak who may append at this one's end: a key that lost its right here
    // may be in anybody's hands since.
    guard tree.size > head.size, !valid.contains(where: { walk.fold.state.membership.mayAppend($0.key.keyID) }) else {
      return nil
    }
    return proves((reasons(valid) ?? "the key that has signed it may not append to this log any more") + cutOff)
  }

  /// What is told of one of another tree than this log's that convicts nobody; nil where it does.
  ///
  /// - Parameter root: This log's, at its size.
  func doubt(against root: Digest) -> Finding? {
    guard tree.isTold else { return nil }
    guard let note = tree.note else {
      return contradicts(
        root,
        "it bears no signature, so that nobody's word stands behind it; if you wrote it down yourself as it was shown to you, "
          + "this log was rewritten since: ask for the signed checkpoint")
    }
    guard let reason = reasons(note.verified(by: walk.noteKeys(origin: head.origin)) ?? []) else { return nil }
    return contradicts(
      root,
      "\(reason), so that whoever has got hold of the key may have made it; if you have held it since before that entry was "
        + "recorded, this log was rewritten: ask whoever gave it to you")
  }

  /// Why none of the keys that have signed it could sign a tree of that size; nil where one of them could.
  private func reasons(_ signers: [NoteKey]) -> String? {
    var reasons: [String] = []
    for signer in signers {
      guard
        let reason = walk.fold.state.membership.whyNotItsWord(signer.key.keyID, size: tree.size, appender: appender)
      else { return nil }
      reasons.append(reason)
    }
    return reasons.isEmpty ? nil : Wording.list(reasons)
  }

  /// Whose key appended an entry, as the tree has it; nil where it cannot be read.
  private func appender(of entry: Int) -> Digest? {
    if entry == head.size - 1 { return walk.lastBy }
    let reader = LogReader(contents: walk.contents, size: head.size, root: head.root)
    return (try? Entry(parsing: reader.entry(at: entry)))?.by
  }

  private var cutOff: String {
    tree.size > head.size
      ? "; it is larger than this log, and the key may have come with entries that were cut off: ask whoever sent it"
      : ""
  }

  private func proves(_ reason: String) -> Finding {
    Finding(.witnessUnknown, tree.source, "\(tree.source) proves nothing: \(reason)")
  }

  private func contradicts(_ root: Digest, _ reason: String) -> Finding {
    Finding(
      .witnessUnknown, tree.source, expected: tree.root.hex, found: root.hex,
      "\(tree.source) proves nothing: it is of another tree of \(Wording.entries(tree.size)) than this log's, but \(reason)"
    )
  }
}
