internal import Crypto
internal import Findings
internal import Ownership
internal import Statements
internal import TreeLog

/// What a checkpoint that the reader was given from elsewhere, and trusts, is worth against this log.
///
/// Whoever gives three lines without a signature trusts them: that is why they give them. One that only a key has signed which
/// had lost its right by that size may come from whoever got hold of the key; but a log may also have been rewritten with
/// that very revocation in it. It counts, whatever its size, and both are told: a rewritten log is not to pass quietly.
struct WordFromElsewhere {
  private let tree: VerificationOptions.KnownTree
  private let walk: LogWalk
  private let head: Head

  init(_ tree: VerificationOptions.KnownTree, _ walk: LogWalk, _ head: Head) {
    self.tree = tree
    self.walk = walk
    self.head = head
  }

  /// What is told of one that proves nothing; nil where it may prove something.
  var doubt: Finding? {
    guard tree.isTold else { return nil }
    guard tree.size > 0 else { return proves("it is of a tree of no entries, which no log has") }
    guard let note = tree.note else { return nil }
    guard let valid = note.verified(by: walk.noteKeys(origin: head.origin)) else {
      return proves("a signature under it does not hold, so that no key of this log has signed it" + cutOff)
    }
    if valid.isEmpty { return proves("no key of this log has signed it" + cutOff) }
    // Of a longer log than this one only those can speak who may append at this one's end: it contradicts nothing that is here.
    guard tree.size > head.size, !valid.contains(where: { walk.fold.state.membership.mayAppend($0.key.keyID) }) else {
      return nil
    }
    return proves((reasons(valid) ?? "the key that has signed it may not append to this log any more") + cutOff)
  }

  /// What the reader should know of one that only keys have signed which could not by its size; nil where one of them could, or
  /// nobody has signed it.
  var caveat: String? {
    guard let note = tree.note, let reason = reasons(note.verified(by: walk.noteKeys(origin: head.origin)) ?? []) else {
      return nil
    }
    return
      "\(reason): if you have held it since before that entry was recorded, this log was rewritten; if not, whoever got "
      + "hold of the key since may have made it, and it is for whoever gave it to you to say where it comes from"
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
}
