internal import Crypto
package import Findings
package import Statements
package import TreeLog

/// Folds a log from its first entry on, for those who keep nothing: reports on an earlier tree, a first look.
package struct LogFolding {
  package private(set) var fold: Fold<MemoryLedger>
  package private(set) var evidence = EvidenceBook()
  /// Values of service levels, and hours.
  package private(set) var promises = PromiseBook()
  package private(set) var assessments: [AssessmentRecord] = []
  /// Why entries do not count, and what else is to be said of them, in log order.
  package private(set) var findings: [Finding] = []
  private var keys: [Digest: VerificationKey] = [:]
  private let library: ObjectLibrary

  /// - Parameter now: The reader's clock, for warnings about the clocks of others.
  package init(library: ObjectLibrary, now: Instant? = nil) {
    self.library = library
    fold = Fold(ledger: MemoryLedger(library: library), library: library, now: now)
  }

  /// Takes in the entries up to a size, each authenticated against the reader's root.
  ///
  /// - Parameter progress: Told how many entries of how many are done.
  package mutating func run(
    _ reader: LogReader, to size: Int, progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws {
    var batch: [[UInt8]?] = []
    try reader.entries(in: fold.state.size..<size, authenticating: true) { _, entry in
      batch.append(Array(entry))
      guard batch.count == 1024 else { return }
      try take(batch)
      batch.removeAll(keepingCapacity: true)
      progress(fold.state.size, size)
    }
    try take(batch)
  }

  private mutating func take(_ batch: [[UInt8]?]) throws {
    for (parsed, isSigned) in EntryBatch.read(batch, library: library, keys: &keys) {
      guard let parsed else { continue }
      let sequence = fold.state.size
      let outcome = try fold.apply(parsed.entry, parsed.statement, isSigned: isSigned)
      findings += outcome.findings
      guard outcome.hasEffect, let signer = outcome.signer, case .success(let entry) = parsed.entry,
        case .success(let statement)? = parsed.statement
      else { continue }
      switch statement.predicate {
      case .evidence(let predicate):
        let record = EvidenceRecord(entry: sequence, statement, by: signer, recorded: entry.time, evidence: predicate)
        evidence.add(record)
        promises.add(record)
      case .assessment(let predicate):
        assessments.append(
          AssessmentRecord(entry: sequence, member: signer.name, recorded: entry.time, assessment: predicate))
      case .measurement(let predicate):
        promises.add(predicate, entry: sequence, by: signer, recorded: entry.time)
      case .usage(let predicate):
        promises.add(predicate, entry: sequence, by: signer, recorded: entry.time)
      default: break
      }
    }
  }
}

/// An assessment that counts.
package struct AssessmentRecord: Sendable, Equatable {
  package var entry: Int
  package var member: String
  package var recorded: Instant
  package var assessment: Assessment

  package init(entry: Int, member: String, recorded: Instant, assessment: Assessment) {
    self.entry = entry
    self.member = member
    self.recorded = recorded
    self.assessment = assessment
  }
}
