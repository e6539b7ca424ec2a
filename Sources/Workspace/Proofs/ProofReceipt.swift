internal import Findings

/// What a submitter keeps of a submission: proofs of its entries, made once they are in the log.
package struct ProofReceipt: Sendable {
  /// The file that it goes to.
  package var path: String
  /// Whether the artifacts go in too: whoever submitted them has them.
  package var hasObjects = false

  package init(path: String, hasObjects: Bool = false) {
    self.path = path
    self.hasObjects = hasObjects
  }

  /// Refuses before anything is recorded what could not be written afterwards.
  package func check(_ write: WriteOptions) throws {
    guard write.offer == nil, !write.isDryRun else {
      throw Failure(
        .usage, "a receipt is for what is in the log, and nothing is put there now",
        hint: "whoever appends the offer can send you one: custody prove")
    }
    try OutputFile.check(path)
  }

  /// Writes it, from the store as it is now.
  ///
  /// - Parameter entries: Those that were recorded, and those that had what was submitted already.
  /// - Returns: Whether there was anything to prove.
  package func write(_ entries: [Int], _ store: OpenedStore) throws -> Bool {
    guard !entries.isEmpty else { return false }
    try ProofPackage(ProofSelection(entries: entries), hasObjects: hasObjects, store).write(path)
    return true
  }
}

extension Submission.Result {
  /// The entries that hold what was submitted, whether it was entered now or before.
  package var provableEntries: [Int] { Set(entries + artifacts.compactMap(\.earlierEntry)).sorted() }
}

extension TakenOffers {
  /// The entries that hold what was offered, whether it went in now or before.
  package var provableEntries: [Int] { Set(taken.compactMap { $0.entry ?? $0.duplicateOf }).sorted() }
}
