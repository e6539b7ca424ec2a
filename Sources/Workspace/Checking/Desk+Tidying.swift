internal import Findings
internal import Ownership
internal import Storage
public import Verification

extension Desk {
  /// Removes what commands that were killed left in a store: staged files, tiles beyond the checkpoint, and objects that no
  /// statement names.
  ///
  /// - Parameters:
  ///   - path: The store's folder; nil for the nearest at or above the working folder.
  ///   - report: Of a verification that found it sound.
  /// - Returns: What was removed, as paths below the store.
  /// - Throws: `answerNo` where the store is not sound, or it cannot be said which objects are named; `locked`.
  public func tidy(_ path: String? = nil, after report: VerificationReport) throws -> [String] {
    guard report.isSound, let checkpoint = report.checkpoint else {
      throw Failure(.answerNo, "nothing is removed from a store that is not sound", hint: "mend it from a copy first")
    }
    if let path, StoreAddress(path) != nil {
      throw Failure(
        .usage, "'\(path)' is no folder, and what lies there too many stays",
        hint: "whoever owns the bucket can remove it with any client of theirs")
    }
    let layout = try path.map { StoreLayout(root: try StoreLocation.absolute($0)) } ?? StoreLocation.find(nil)
    // A list that was redacted, or a statement of a later version, may name what seems to be nobody's.
    let isKnown = report.state.redactions.isEmpty && !report.findings.contains { $0.code == .statementUnknown }
    let tidying = try Tidying(layout, at: checkpoint)
    var removed: [String] = []
    for finding in report.findings {
      guard finding.code == .strayFile || (finding.code == .objectUnreferenced && isKnown) else { continue }
      if try tidying.remove(finding.subject) { removed.append(finding.subject) }
    }
    if !isKnown, report.findings.contains(where: { $0.code == .objectUnreferenced }) {
      notices.warn(
        "objects that nobody seems to name were left: a redacted list, or a statement that is not known, may name them")
    }
    return removed
  }
}
