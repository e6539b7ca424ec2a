internal import Findings
internal import Index
public import Ownership
public import Statements
internal import TreeLog

/// A tree, by its size or by the last UTC day of its entries.
public enum KnownAt: Sendable, Equatable {
  case size(Int)
  case day(Day)
}

extension OpenedStore {
  /// What the log amounts to: all that reports are made from.
  ///
  /// - Parameters:
  ///   - day: The day for which ownership is resolved; nil for today.
  ///   - known: As far as which tree knew; nil for the checkpoint's. A report names the tree that it was folded from,
  ///     whatever has been appended since.
  public func snapshot(asOf day: Day? = nil, knownAt known: KnownAt? = nil) throws -> Snapshot {
    var snapshot = try fold(asOf: day, knownAt: known)
    snapshot.standing = standing
    return snapshot
  }

  private func fold(asOf day: Day?, knownAt known: KnownAt?) throws -> Snapshot {
    let day = day ?? desk.clock.today
    guard let known else {
      // The index may have gone on with what this very process appended since.
      return try Snapshot(
        checkpoint: checkpoint, state: state, evidence: IndexedEvidence(index, upTo: checkpoint.size),
        promises: try index.promiseBook(upTo: checkpoint.size), asOf: day, library: library)
    }
    let size = try size(known)
    var folding = LogFolding(library: library)
    try folding.run(reader, to: size)
    return try Snapshot(
      checkpoint: Checkpoint(origin: origin, size: size, root: reader.root(at: size)), state: folding.fold.state,
      evidence: folding.evidence, promises: folding.promises, asOf: day, library: library)
  }

  /// The UTC day of the first entry; nil where it cannot be read.
  package func firstDay() throws -> Day? {
    var day: Day?
    try reader.entries(in: 0..<min(1, checkpoint.size)) { _, bytes in
      day = (try? Entry(parsing: Array(bytes)))?.time.day
    }
    return day
  }

  /// The longest prefix with no entry later than a UTC day, or the size that is said.
  private func size(_ known: KnownAt) throws -> Int {
    switch known {
    case .size(let size):
      guard size <= checkpoint.size else {
        throw Failure(.usage, "--known-at \(size): the log has \(Wording.entries(checkpoint.size))")
      }
      return size
    case .day(let day):
      var size = 0
      var isOver = false
      try reader.entries(in: 0..<checkpoint.size) { sequence, bytes in
        guard !isOver else { return }
        guard let entry = try? Entry(parsing: Array(bytes)), entry.time.day <= day else {
          isOver = true
          return
        }
        size = sequence + 1
      }
      guard size > 0 else { throw Failure(.usage, "--known-at \(day): the log begins later") }
      return size
    }
  }
}
