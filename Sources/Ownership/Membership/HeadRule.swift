package import Crypto

/// Who may sign a log's newest checkpoint: whoever appended the last entry, if that member may append before or after it.
package enum HeadRule {
  /// Why a checkpoint is not the log's.
  package enum Fault: Sendable, Equatable {
    /// A signature in the name of a key that may sign it does not hold.
    case broken
    /// None of the keys that may has signed it.
    case nobody
    /// Others who may append have signed it, and not the last entry's appender.
    case others([Digest])
  }

  /// What is wrong with the signatures under a checkpoint; nil where they are right.
  ///
  /// - Parameters:
  ///   - appenders: The keys whose members may append before or after the last entry.
  ///   - last: The last entry's appender; nil where that entry cannot be read, so that any of them may have signed.
  package static func fault(
    _ note: SignedNote, origin: String, appenders: [VerificationKey], last: Digest?
  ) -> Fault? {
    guard let valid = note.verified(by: appenders.map { NoteKey(log: $0, name: origin) }) else { return .broken }
    guard !valid.isEmpty else { return .nobody }
    guard let last, !valid.contains(where: { $0.key.keyID == last }) else { return nil }
    return .others(valid.map(\.key.keyID))
  }
}
