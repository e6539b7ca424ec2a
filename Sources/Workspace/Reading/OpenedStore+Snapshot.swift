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
  package func firstDay() throws -> Day? { try day(ofEntries: 0..<min(1, checkpoint.size)) }

  /// The UTC day of the newest entry; nil where it cannot be read.
  package func lastDay() throws -> Day? {
    try day(ofEntries: max(0, checkpoint.size - 1)..<checkpoint.size)
  }

  private func day(ofEntries range: Range<Int>) throws -> Day? {
    var day: Day?
    try reader.entries(in: range) { _, bytes in
      day = (try? Entry(parsing: Array(bytes)))?.time.day
    }
    return day
  }

  /// A tree and a day.
  package struct Stop: Sendable, Equatable {
    package var size: Int
    package var day: Day

    package init(size: Int, day: Day) {
      self.size = size
      self.day = day
    }
  }

  /// What the log amounted to at several sizes, each for its own day, told one after the other.
  ///
  /// Entries are folded once, however many sizes are asked about: a fold that stands at one goes on to the next. Before the
  /// first entry there is nobody and nothing.
  ///
  /// - Parameter stops: In order of their sizes.
  package func forEachSnapshot(_ stops: [Stop], _ body: (Snapshot) throws -> Void) throws {
    let reader = reader
    var folding = LogFolding(library: library)
    let last = stops.last { $0.size < checkpoint.size }?.size ?? 0
    let progress = last > 0 ? desk.notices.begin("reading the log", total: last) : nil
    for stop in stops {
      guard stop.size < checkpoint.size else {
        try body(snapshot(asOf: stop.day))
        continue
      }
      try folding.run(reader, to: stop.size) { done, _ in
        if let progress { progress.advance(by: done - progress.count) }
      }
      var snapshot = try Snapshot(
        checkpoint: Checkpoint(origin: origin, size: stop.size, root: reader.root(at: stop.size)),
        state: folding.fold.state, evidence: folding.evidence, promises: folding.promises, asOf: stop.day,
        library: library)
      snapshot.standing = standing
      try body(snapshot)
    }
    progress?.finish()
  }

  /// The longest prefix with no entry later than a UTC day, or the size that is said.
  package func size(_ known: KnownAt) throws -> Int {
    switch known {
    case .size(let size):
      guard size <= checkpoint.size else {
        throw Failure(.usage, "--known-at \(size): the log has \(Wording.entries(checkpoint.size))")
      }
      return size
    case .day(let day):
      guard let size = try sizes(atEndOf: [day]).first, size > 0 else {
        throw Failure(.usage, "--known-at \(day): the log begins later")
      }
      return size
    }
  }

  /// How many entries there were at the end of each of some UTC days: the longest prefix with no later entry.
  ///
  /// - Parameter days: In order.
  /// - Returns: As many sizes, 0 for a day before the first entry.
  package func sizes(atEndOf days: [Day]) throws -> [Int] {
    var sizes: [Int] = []
    // What lies after an entry that nobody can read has no day.
    var isUnreadable = false
    try reader.entries(in: 0..<checkpoint.size) { sequence, bytes in
      guard !isUnreadable, sizes.count < days.count else { return }
      guard let day = (try? Entry(parsing: Array(bytes)))?.time.day else {
        isUnreadable = true
        sizes += days.dropFirst(sizes.count).map { _ in sequence }
        return
      }
      while sizes.count < days.count, day > days[sizes.count] { sizes.append(sequence) }
    }
    return sizes + days.dropFirst(sizes.count).map { _ in checkpoint.size }
  }
}
