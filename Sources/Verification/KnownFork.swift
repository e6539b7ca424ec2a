package import Crypto
internal import Findings
internal import TreeLog

extension VerificationOptions {
  /// A fork of this log that this reader has caught before, and that a file of theirs shows.
  package struct KnownFork: Sendable, Equatable {
    /// The file.
    package var path: String
    /// The size at which the two histories differ.
    package var size: Int
    /// The root at that size of the history that this reader has seen; nil where neither is known to be that one, so that
    /// a log of either is one of the two.
    package var root: Digest?

    package init(path: String, size: Int, root: Digest?) {
      self.path = path
      self.size = size
      self.root = root
    }
  }
}

extension HistoryCheck {
  /// The fork that a log is a side of which is not the one that this reader has seen, as a file of theirs shows; nil where
  /// none does.
  ///
  /// A log that is shorter than what was seen may be an older copy of it. That it is not cannot be told from the larger
  /// tree's root, but from what convicted it before.
  static func convicted(
    _ forks: [VerificationOptions.KnownFork], _ roots: inout RootHistory, _ head: Head
  ) throws -> OtherTree? {
    for fork in forks where fork.size <= head.size {
      guard let root = try roots.root(at: fork.size), root != fork.root else { continue }
      let whose =
        fork.root == nil
        ? "and which of them you have seen cannot be told from here"
        : "and this one is not the one that you have seen"
      return OtherTree(
        size: fork.size, root: fork.root ?? root,
        finding: Finding(
          .historyForked, "checkpoint", expected: fork.root?.hex, found: root.hex,
          "the log forked: '\(fork.path)' shows two histories that differ in the first \(Wording.entries(fork.size)), \(whose); "
            + "'custody check-proof' says who signed them"))
    }
    return nil
  }
}
