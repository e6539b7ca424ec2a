internal import Crypto
internal import Findings
internal import Ownership
internal import Verification

/// A checkpoint that a reader holds of the log which a store goes on from.
///
/// The two logs have nothing in common but what the new one says of the old: no tree of the one extends one of the other,
/// and that is no fork.
struct PredecessorTree {
  let path: String
  let size: Int
  let root: Digest

  /// Says how it stands to what the store says of the log before it.
  func tell(_ report: inout VerificationReport) {
    guard let named = report.succession else { return }
    guard size != named.size || root != named.root else {
      report.succession?.held.append(path)
      return
    }
    let message =
      size == named.size
      ? "the checkpoint '\(path)' is of another tree of \(Wording.entries(size)) of '\(named.origin)' than the one that this "
        + "store says it succeeds: one of the two was never that log's, or that log was forked; hold both against the old store"
      : "the checkpoint '\(path)' is of '\(named.origin)' at size \(size), which this store succeeds at size \(named.size): it "
        + "proves nothing of this log; hold it against the old store: custody verify OLD --trust FILE"
    report.findings.append(
      Finding(.witnessUnknown, "the checkpoint '\(path)'", expected: named.root.hex, found: root.hex, message))
  }
}
