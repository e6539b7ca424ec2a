internal import Findings
internal import Crypto
internal import Ownership
internal import Statements
internal import TreeLog

/// Whether this log is the one that signers, this reader and others have seen before.
enum HistoryCheck {
  /// A tree of this log's past that is not that of the entries.
  struct OtherTree {
    let size: Int
    let root: Digest
    /// What it means, unless the entries were changed since.
    let finding: Finding
  }

  /// Holds a tree that a signer had seen against this log's at that size.
  ///
  /// - Returns: The tree, where it is another.
  static func check(
    _ seen: Statement.Seen, sequence: Int, roots: inout RootHistory, owner: String, _ findings: inout FindingList
  ) throws -> OtherTree? {
    guard seen.size <= sequence else {
      return OtherTree(
        size: seen.size, root: seen.root,
        finding: Finding(
          .historyTruncated, "entry \(sequence)", entry: sequence, expected: Wording.entries(seen.size),
          found: Wording.entries(sequence),
          "\(owner) had seen \(Wording.entries(seen.size)) when signing entry \(sequence): entries were cut off before it"
        ))
    }
    guard let root = try roots.root(at: seen.size), root != seen.root else { return nil }
    return OtherTree(
      size: seen.size, root: seen.root,
      finding: Finding(
        .historyForked, "entry \(sequence)", entry: sequence, expected: seen.root.hex, found: root.hex,
        "\(owner) had seen another log of \(Wording.entries(seen.size)) when signing entry \(sequence): what they saw was replaced"
      ))
  }

  /// Holds the trees that this reader, a checkpoint at hand and offers speak of against this log.
  ///
  /// - Returns: Those of the known trees that this log extends.
  static func run(
    _ walk: LogWalk, _ head: Head?, _ options: VerificationOptions, _ findings: inout FindingList
  ) throws -> [VerificationOptions.KnownTree] {
    guard let head else { return [] }
    var others = walk.otherTrees
    var extended: [VerificationOptions.KnownTree] = []
    var roots = walk.roots
    // Of a genesis entry that the checkpoint vouches for, it is the bundle that was changed.
    if let known = options.knownGenesis, let genesis = walk.genesis, known != genesis,
      (try? reader(walk, head)?.leafHash(0)) != known
    {
      findings.add(
        .history,
        Finding(
          .historyForked, "entry 0", entry: 0, expected: known.hex, found: genesis.hex,
          "this log begins with another genesis entry than the one seen before under its name"))
    }
    for tree in options.knownTrees {
      if let doubt = WordFromElsewhere(tree, walk, head).doubt {
        findings.add(.history, doubt)
        continue
      }
      guard tree.size <= head.size else {
        if let side = try convicted(options.knownForks, &roots, head) {
          findings.add(.history, side.finding)
        } else {
          findings.add(.history, shorter(tree, walk, head))
        }
        continue
      }
      guard let root = try roots.root(at: tree.size) else { continue }
      guard root != tree.root else {
        extended.append(tree)
        continue
      }
      others.append(
        OtherTree(
          size: tree.size, root: tree.root,
          finding: Finding(
            .historyForked, "checkpoint", expected: tree.root.hex, found: root.hex,
            "\(tree.source) has seen another log of \(Wording.entries(tree.size)) under this name"
              + provenance(tree, walk, head))))
    }
    for offer in walk.watch.watched {
      if let other = try check(offer, walk, head, &roots, &findings) { others.append(other) }
    }
    for other in others where !isCommitted(other.size, other.root, walk, head) {
      findings.add(.history, other.finding)
    }
    return extended
  }

  /// A larger tree that somebody has seen: entries were cut off, or this is an older copy.
  private static func shorter(_ tree: VerificationOptions.KnownTree, _ walk: LogWalk, _ head: Head) -> Finding {
    Finding(
      tree.isSamePlace ? .historyTruncated : .olderThanSeen, "checkpoint", expected: Wording.entries(tree.size),
      found: Wording.entries(head.size),
      (tree.isSamePlace
        ? "\(tree.source) has seen \(Wording.entries(tree.size)) of this log, and \(head.size) are left: entries were cut off"
        : "this is an older copy: \(tree.source) has seen \(Wording.entries(tree.size)), and it has \(head.size)")
        + "; that these are the first of those cannot be told from here"
        + provenance(tree, walk, head))
  }

  /// Whether a tree is the one that the checkpoint commits to, so that only the entries' files were changed.
  private static func isCommitted(_ size: Int, _ root: Digest, _ walk: LogWalk, _ head: Head) -> Bool {
    guard size <= head.size else { return false }
    return (try? reader(walk, head)?.root(at: size)) == root
  }

  /// Reads the tree that the checkpoint commits to, where the entries lead to another.
  private static func reader(_ walk: LogWalk, _ head: Head) -> LogReader? {
    guard !walk.tiles.hasGap, walk.tiles.range.root != head.root else { return nil }
    return LogReader(contents: walk.contents, size: head.size, root: head.root)
  }

  /// Whose word a checkpoint from elsewhere is, and what that is worth: a clause behind what it says; empty for what this
  /// reader has seen.
  private static func provenance(_ tree: VerificationOptions.KnownTree, _ walk: LogWalk, _ head: Head) -> String {
    guard tree.isTold else { return "" }
    guard let note = tree.note else {
      return "; it bears no signature, and is worth what whoever gave it to you is worth"
    }
    if let caveat = WordFromElsewhere(tree, walk, head).caveat { return "; \(caveat)" }
    let membership = walk.fold.state.membership
    let clauses = (note.verified(by: walk.noteKeys(origin: head.origin)) ?? []).compactMap { key -> String? in
      guard let known = membership.key(key.key.keyID) else { return nil }
      if let revoked = known.revoked {
        return "\(known.owner), whose key entry \(revoked) revoked, so that anybody may have signed with it since"
      }
      if let left = membership.member(known.owner)?.left {
        return "\(known.owner), who left with entry \(left), and may have signed it since"
      }
      return known.owner
    }
    return clauses.isEmpty ? "" : "; it is signed by " + Wording.list(clauses)
  }

  /// An envelope that another party holds says which tree its signer had seen.
  private static func check(
    _ offer: OfferWatch.Watched, _ walk: LogWalk, _ head: Head, _ roots: inout RootHistory,
    _ findings: inout FindingList
  ) throws -> OtherTree? {
    guard let known = walk.fold.state.membership.key(offer.offer.envelope.keyID),
      let statement = OfferCheck.statement(offer, known, walk), let seen = statement.seen
    else { return nil }
    let signer = known.owner
    guard seen.size <= head.size else {
      findings.add(
        .history,
        Finding(
          .historyTruncated, "offer \(offer.id.short)", expected: Wording.entries(seen.size),
          found: Wording.entries(head.size),
          "\(signer) has signed for a tree of \(Wording.entries(seen.size)), and this log has \(head.size)"))
      return nil
    }
    guard let root = try roots.root(at: seen.size), root != seen.root else { return nil }
    return OtherTree(
      size: seen.size, root: seen.root,
      finding: Finding(
        .historyForked, "offer \(offer.id.short)", expected: seen.root.hex, found: root.hex,
        "\(signer) has signed for another log of \(Wording.entries(seen.size)) under this name: either this one was rewritten, "
          + "or that is not so; ask for the checkpoint that they saw, which shows whose word it is"))
  }
}
