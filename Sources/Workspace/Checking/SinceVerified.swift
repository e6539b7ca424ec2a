internal import Index
internal import Ownership
internal import Statements
internal import Storage
internal import TreeLog
internal import Verification

/// Goes on from an earlier verification of this user's, where its tree is the beginning of the log of now.
struct SinceVerified {
  let desk: Desk
  let contents: any StoreContents
  let origin: String
  let depth: VerifiedMemory.Depth
  /// A larger tree than this is not gone on from.
  var pastLimit = Int.max

  /// - Parameters:
  ///   - index: The user's index, where it is at hand and stands at the store's checkpoint.
  ///   - options: What is asked. Objects are read, or looked for, from what was verified on.
  /// - Returns: What was found; nil where all has to be looked at: nothing was verified before, what was does not fit
  ///   the store of now, or something is not sound, of which a look at the whole says more.
  func run(_ index: ProjectionIndex?, state: LogState?, _ options: VerificationOptions) -> VerificationReport? {
    guard let past = VerifiedMemory(desk.home).past(of: origin, depth: depth),
      past.size <= pastLimit, let report = try? verify(after: past, index, state, options), report.isSound
    else { return nil }
    return report
  }

  private func verify(
    after past: VerifiedPast, _ opened: ProjectionIndex?, _ known: LogState?, _ options: VerificationOptions
  ) throws -> VerificationReport? {
    guard let bytes = try contents.checkpoint() else { return nil }
    let head = try UnverifiedCheckpoint(parsing: bytes)
    guard ByteOrder.areEqual(head.origin, origin), head.size >= past.size else { return nil }
    // The index holds every entry against the tree that it follows; that this tree extends the verified one is what
    // makes its rows those of the verified entries.
    guard try LogReader(contents: contents, size: head.size, root: head.root).root(at: past.size) == past.root else {
      return nil
    }
    let index = try opened ?? ProjectionIndex.open(folder: desk.home.cache(origin: origin), origin: origin)
    let state =
      try known
      ?? index.follow(
        contents, to: head.tree, library: ObjectLibrary(contents), verified: { (past.size, past.root) })
    let tables = VerifiedTables(
      ledger: IndexLedger(index, upTo: past.size), evidence: IndexedEvidence(index, upTo: head.size),
      promises: try index.promiseBook(upTo: head.size), dutyEvidence: try index.evidenceForDuties(upTo: head.size))
    let report = try Verifier(contents, options: options).verify(after: past, tables)
    // Two folds of the same entries: where they differ, one began from something that was changed.
    guard report.state == state else { return nil }
    return report
  }
}
