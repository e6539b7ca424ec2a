public import Findings
public import Crypto
public import Ownership
public import Statements
public import TreeLog

/// One of the six questions, and how it was answered.
public struct CheckResult: Sendable, Equatable {
  /// The six questions, in the order in which they are answered, and a seventh of packs.
  public enum Name: String, Sendable, CaseIterable {
    case chain, tree, statements, objects, history, ownership
    /// Of a pack only: whether the files beside the log say what the log says.
    case pack
  }

  /// Which question it is.
  public var name: Name
  /// Whether no finding of an error is about it.
  public var isOK: Bool
  /// Entries, tiles, statements, objects, trees seen, units.
  public var count: Int
  /// Further figures, by name.
  public var figures: [(name: String, value: Int)]
  /// One line for people.
  public var summary: String

  /// Whether two results say the same; figures aside.
  public static func == (left: CheckResult, right: CheckResult) -> Bool {
    left.name == right.name && left.isOK == right.isOK && left.count == right.count && left.summary == right.summary
  }
}

/// What a verification found.
public struct VerificationReport: Sendable {
  /// What the store's checkpoint says; nil where it says nothing that could be read.
  public var checkpoint: Checkpoint?
  /// In the order of the six questions.
  public var checks: [CheckResult]
  /// Integrity first, then ownership; within each, the worst first.
  public var findings: [Finding]
  package var state: LogState
  /// Who answers for what, as the verified entries say; nil where there is no genesis.
  public var snapshot: Snapshot?
  /// Evidence that names a duty and is not replaced, in log order.
  package var dutyEvidence: [EvidenceRecord] = []
  /// The time-stamp tokens that the entries that were looked at anchor and that hold, in log order.
  public var timestamps: [JudgedTimestamp] = []
  /// What became of the offers that others hold, in the order in which they were given.
  public var offers: [JudgedOffer] = []
  /// The older log that this one goes on from, as it says; nil where it says nothing, and of a store that is not sound.
  public var succession: Succession?
  /// Statements of keys under suspicion, and who speaks for them; of a store that is not sound, none.
  public var disputes: [Dispute] = []
  /// The leaf hash of the genesis entry.
  public var genesis: Digest?
  /// What was taken as verified before and not looked at again; nil where all was looked at.
  public var taken: Taken?
  /// What a later verification may go on from; nil where nothing is to be relied on.
  package var past: VerifiedPast?

  /// A tree that an earlier verification looked at.
  public struct Taken: Sendable, Equatable {
    /// How many entries it has.
    public var size: Int
    /// Its root.
    public var root: Digest
    /// The UTC day of that verification.
    public var on: Day

    package init(_ past: VerifiedPast) { (size, root, on) = (past.size, past.root, past.on) }
  }

  /// Takes in what is to be said of the files beside the log.
  package mutating func add(pack findings: [Finding], count: Int, _ summary: String) {
    let isOK = !findings.contains { $0.severity == .error }
    checks.append(CheckResult(name: .pack, isOK: isOK, count: count, figures: [], summary: summary))
    // The bytes first, and the worst of them first, as the others stand.
    let bytes = (self.findings + findings).filter { $0.code.row.group == .store }
    let others = (self.findings + findings).filter { $0.code.row.group != .store }
    self.findings =
      bytes.enumerated().sorted { left, right in
        left.element.severity == right.element.severity
          ? left.offset < right.offset : left.element.severity > right.element.severity
      }.map(\.element) + others
    past = nil
  }

  /// Whether the store is what was written, by those entitled, and nothing is lost.
  public var isSound: Bool {
    checkpoint != nil && !findings.contains { $0.code.isIntegrityError }
  }
}
