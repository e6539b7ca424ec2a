internal import Ownership
package import TreeLog

/// Answers the six questions about a store from its bytes alone, and goes on after a failure.
///
/// Trusts the bytes as far as they check out, and the keys that it derives from the genesis entry; no index, no file
/// time, no environment.
package struct Verifier {
  private let contents: any StoreContents
  private let options: VerificationOptions

  package init(_ contents: any StoreContents, options: VerificationOptions) {
    self.contents = contents
    self.options = options
  }

  /// - Throws: Where no answer can be had: the store cannot be read at all. What is wrong with it is no error.
  package func verify() throws -> VerificationReport {
    var findings = FindingList()
    let library = ObjectLibrary(contents)
    let origin = try ConfigurationCheck.run(contents, &findings)
    let head = try HeadCheck.read(contents, origin: origin, &findings)
    var walk = LogWalk(contents: contents, library: library, options: options, size: head?.size ?? 0)
    try walk.run(&findings)
    // Objects are read, and ownership is resolved, beside all that follows.
    let reading = ObjectCheck.start(walk, options)
    let resolving = OwnershipCheck.start(walk, head, options, library)

    try walk.finishTiles(head, &findings)
    HeadCheck.check(head, walk: walk, configuredOrigin: origin, &findings)
    let extended = try HistoryCheck.run(walk, head, options, &findings)
    var paths = PathCheck(walk: walk, size: head?.size ?? 0)
    try contents.forEachPath { try paths.take($0, &findings) }
    let snapshot = try OwnershipCheck.finish(resolving, &findings)
    let objects = ObjectCheck.finish(reading, walk, paths, &findings)

    var report = VerificationReport(
      checkpoint: head?.claimed.tree, checks: [], findings: findings.sorted, state: walk.fold.state,
      snapshot: snapshot, genesis: walk.genesis)
    report.checks = CheckSummary.make(
      walk: walk, head: head, objects: objects, matrix: snapshot?.matrix, findings: findings,
      extended: extended.filter(\.isTold))
    return report
  }
}
