package import Crypto
package import Findings
internal import Glibc
package import Ownership
internal import Statements
package import TreeLog

/// The fold, remembered for one user and one log: a projection that is pinned to the tree it was made from.
///
/// It is disposable. What is corrupt, of another version or of another history is made anew from the entries, and
/// where the file cannot be used at all the projection is made in memory. Queries see the tree that was last followed
/// and nothing of what another process has added since. Not to be used from two threads at once.
package final class ProjectionIndex {
  let origin: String
  var database: Database
  /// How many entries this connection sees.
  private(set) var size = 0
  /// A number that every making anew changes.
  private var lineage = 0
  private var pin: Checkpoint?
  private(set) var contents: (any StoreContents)?
  private(set) var library = ObjectLibrary(source: { _, _ in nil })
  private let path: String?
  private var verified: () -> (size: Int, root: Digest)? = { nil }
  /// Why the projection is only in memory, where it was to be in a file.
  package private(set) var fallbackReason: String?

  /// How long a lock that another process holds is waited for, in milliseconds.
  private static let busyTimeout: Int32 = 3000
  /// How many entries are read, checked and folded at a time.
  private static let batch = 1024

  /// Opens `folder/index.sqlite`, and makes it and its folders (0700) where they are not there.
  package init(folder: String, origin: String) throws {
    self.origin = origin
    let path = "\(folder)/index.sqlite"
    self.path = path
    ProjectionIndex.makeFolder(folder)
    do {
      database = try ProjectionIndex.connect(path, origin: origin)
    } catch let error as DatabaseError where !error.isLock {
      ProjectionIndex.remove(path)
      database = try ProjectionIndex.connect(path, origin: origin)
    }
  }

  /// A projection that is gone with the process.
  package init(inMemory origin: String) throws {
    self.origin = origin
    path = nil
    database = try ProjectionIndex.connect(":memory:", origin: origin)
  }

  /// The user's projection, in memory where its file cannot be used: locked, not to be written, no room.
  package static func open(folder: String, origin: String) throws -> ProjectionIndex {
    do {
      return try ProjectionIndex(folder: folder, origin: origin)
    } catch let error as DatabaseError {
      let index = try ProjectionIndex(inMemory: origin)
      index.fallbackReason = error.description
      return index
    }
  }

  /// Finds earlier statements of the tree that was last followed.
  package var ledger: IndexLedger { IndexLedger(self) }

  // MARK: Following

  /// Takes in what a store's log holds up to a checkpoint.
  ///
  /// The entries are compared with the tree, and the tree that is remembered with this one: if it is no prefix of it,
  /// all is made anew. Whether the checkpoint is signed is not asked here.
  ///
  /// - Parameters:
  ///   - verified: The largest tree of this log that this user has found sound, where there is one. The entries of a tree with
  ///     the same root are the same, so that their signatures hold as they did then; asked only where much is to be read.
  ///   - progress: Is told how many entries are folded in, and how many there are.
  /// - Throws: `LogReadError` where the log cannot be read.
  package func follow(
    _ contents: any StoreContents, to checkpoint: Checkpoint, library: ObjectLibrary,
    verified: @escaping () -> (size: Int, root: Digest)? = { nil }, progress: (Int, Int) -> Void = { _, _ in }
  ) throws -> LogState {
    self.contents = contents
    self.library = library
    self.verified = verified
    defer { self.verified = { nil } }
    do {
      return try take(checkpoint, progress)
    } catch let error as DatabaseError {
      return try recover(from: error, checkpoint, progress)
    }
  }

  /// Makes the projection anew, in memory where the file cannot be used.
  private func recover(
    from error: DatabaseError, _ checkpoint: Checkpoint, _ progress: (Int, Int) -> Void
  ) throws -> LogState {
    guard let path, fallbackReason == nil else { throw error }
    if !error.isLock {
      ProjectionIndex.remove(path)
      if let fresh = try? ProjectionIndex.connect(path, origin: origin) {
        database = fresh
        do {
          return try take(checkpoint, progress)
        } catch is DatabaseError {}
      }
    }
    database = try ProjectionIndex.connect(":memory:", origin: origin)
    fallbackReason = error.description
    return try take(checkpoint, progress)
  }

  private func take(_ checkpoint: Checkpoint, _ progress: (Int, Int) -> Void) throws -> LogState {
    if let known = try Projection.read(database), known.fits(checkpoint), try !hasFoundAbsent() {
      adopt(known, checkpoint)
      if let state = known.decodedStanding { return state }
    }
    return try database.transaction {
      // Another process may have caught up meanwhile.
      guard var known = try Projection.read(database) else {
        throw DatabaseError(code: .corrupt, operation: "read the projection", detail: "its row is missing")
      }
      let isWhole = try !hasFoundAbsent()
      if known.fits(checkpoint), isWhole, let state = known.decodedStanding {
        adopt(known, checkpoint)
        return state
      }
      let reader = LogReader(contents: try followed(), size: checkpoint.size, root: checkpoint.root)
      var start = LogState()
      if isWhole, known.size > 0, known.size < checkpoint.size, let state = known.decodedStanding,
        try reader.root(at: known.size) == known.root
      {
        start = state
      } else {
        try database.execute(Schema.clear)
        known.lineage = Int(UInt32.random(in: 1...UInt32.max))
        known.rows = 0
      }
      lineage = known.lineage
      size = start.size
      let writer = RowWriter(database: database, contents: try followed(), library: library)
      let state = try fold(reader, from: start, writer, progress)
      known.rows += writer.rows
      try known.pin(checkpoint, state: state).write(database)
      adopt(known, checkpoint)
      return state
    }
  }

  private func fold(
    _ reader: LogReader, from start: LogState, _ writer: RowWriter, _ progress: (Int, Int) -> Void
  ) throws -> LogState {
    var fold = Fold(state: start, ledger: ledger, library: library)
    var keys: [Digest: VerificationKey] = [:]
    for known in start.membership.keys {
      keys[known.keyID] = try? VerificationKey(base64: known.publicKey)
    }
    let verified = try verifiedSize(reader, from: start.size)
    var next = try nextRun(reader, from: start.size).map {
      begin($0, keys, areVerified: start.size + $0.count <= verified)
    }
    while let run = next {
      // While a run's signatures are checked, the next one is read, and the one before is put into the tables, which
      // only one core can do.
      let read = run.value
      keys = read.keys
      let end = fold.state.size + read.entries.count
      next = try nextRun(reader, from: end).map { begin($0, keys, areVerified: end + $0.count <= verified) }
      for (parsed, isSigned) in read.entries {
        guard let parsed else { continue }
        let sequence = fold.state.size
        let outcome = try fold.apply(
          parsed.entry, parsed.statement, isSigned: isSigned)
        try writer.write(parsed, outcome, sequence: sequence)
      }
      // The rows are there now, in this transaction.
      size = end
      fold.ledger.clearOverlay()
      progress(end, reader.size)
    }
    return fold.state
  }

  /// How many entries are those of a tree that was found sound; 0 where none are, or too few to ask.
  private func verifiedSize(_ reader: LogReader, from first: Int) throws -> Int {
    guard reader.size - first > ProjectionIndex.batch, let past = verified(), past.size > first,
      past.size <= reader.size, try reader.root(at: past.size) == past.root
    else { return 0 }
    return past.size
  }

  /// Entries that were read, and every key that was brought until then.
  private struct ReadRun: Sendable {
    let entries: [(entry: ParsedEntry?, isSigned: Bool?)]
    let keys: [Digest: VerificationKey]
  }

  /// The bytes of the entries from one on, each held against the tree; nil where there are no more.
  private func nextRun(_ reader: LogReader, from first: Int) throws -> [[UInt8]?]? {
    guard first < reader.size else { return nil }
    let end = min(reader.size, (first / ProjectionIndex.batch + 1) * ProjectionIndex.batch)
    var raw: [[UInt8]?] = []
    raw.reserveCapacity(end - first)
    try reader.entries(in: first..<end, authenticating: true) { raw.append(Array($1)) }
    return raw
  }

  /// Begins to parse entries and to check their signatures.
  private func begin(_ raw: [[UInt8]?], _ known: [Digest: VerificationKey], areVerified: Bool) -> Ahead<ReadRun> {
    let library = library
    return Ahead {
      var keys = known
      let entries = EntryBatch.read(raw, library: library, keys: &keys, areVerified: areVerified)
      return ReadRun(entries: entries, keys: keys)
    }
  }

  // MARK: Advancing

  /// Takes in what the writer has just put into the log, without reading it again.
  ///
  /// Does nothing where another process has meanwhile moved or locked the projection: the next `follow` makes it good.
  ///
  /// - Parameters:
  ///   - entries: Those after the checkpoint that was followed, each with what the fold made of it.
  ///   - state: The fold's, after the last of them.
  ///   - checkpoint: Of the tree with them.
  package func advance(
    _ entries: [(entry: ParsedEntry, outcome: Fold<IndexLedger>.Outcome)], state: LogState, checkpoint: Checkpoint
  ) throws {
    guard let pin, pin.size + entries.count == checkpoint.size, state.size == checkpoint.size else {
      throw IndexError.notFollowed
    }
    do {
      try database.transaction {
        guard var known = try Projection.read(database), known.lineage == lineage else { return }
        if known.fits(pin) {
          let writer = RowWriter(database: database, contents: try followed(), library: library)
          for (index, (entry, outcome)) in entries.enumerated() {
            try writer.write(entry, outcome, sequence: pin.size + index)
          }
          known.rows += writer.rows
          try known.pin(checkpoint, state: state).write(database)
        }
        if known.fits(checkpoint) { adopt(known, checkpoint) }
      }
    } catch let error as DatabaseError where error.isLock {}
  }

  // MARK: Reading

  /// Runs a query on the tree that was followed, and on no other that another process has put in its place.
  ///
  /// Where the file shows itself broken, cannot be read, or was made anew by another process, all is folded anew, in
  /// memory if need be, and the query run once more.
  func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
    if path == nil || fallbackReason != nil || database.isInTransaction { return try body(database) }
    do {
      return try readFile(body)
    } catch let error as DatabaseError {
      guard let pin else { throw error }
      _ = try recover(from: error, pin) { _, _ in }
      return try body(database)
    } catch IndexError.replaced {
      guard let pin else { throw IndexError.replaced }
      try follow(pin, afterReplacement: database)
      return try body(database)
    }
  }

  /// Takes up what another process made of the same tree, or, where it stands at another, folds it for this one alone: the
  /// other needs its own.
  private func follow(_ pin: Checkpoint, afterReplacement file: Database) throws {
    if let known = try? Projection.read(file), known.fits(pin) { return adopt(known, pin) }
    database = try ProjectionIndex.connect(":memory:", origin: origin)
    fallbackReason = IndexError.replaced.description
    _ = try take(pin) { _, _ in }
  }

  private func readFile<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try database.transaction("BEGIN") {
      guard try Projection.lineage(database) == lineage else { throw IndexError.replaced }
      return try body(database)
    }
  }

  private func followed() throws -> any StoreContents {
    guard let contents else { throw IndexError.notFollowed }
    return contents
  }

  private func adopt(_ known: Projection, _ checkpoint: Checkpoint) {
    lineage = known.lineage
    size = checkpoint.size
    pin = checkpoint
  }

  /// Whether an object has come that the fold had to do without.
  private func hasFoundAbsent() throws -> Bool {
    let absent = try database.query("SELECT DISTINCT digest FROM absent LIMIT 1000").map { try $0.digest(0) }
    return try absent.contains { try followed().objectSize($0) != nil }
  }
}

/// The file.
extension ProjectionIndex {
  private static func connect(_ path: String, origin: String) throws -> Database {
    let database = try Database(path: path)
    database.setBusyTimeout(milliseconds: busyTimeout)
    try database.execute(Schema.configure)
    let isOurs = try database.integer("PRAGMA user_version") == Schema.userVersion
    if isOurs, let known = try Projection.read(database) {
      guard ByteOrder.areEqual(known.origin, origin) else {
        throw DatabaseError(code: .corrupt, operation: "open '\(path)'", detail: "it is the index of another log")
      }
      try known.checkAfterRestart(database)
      return database
    }
    try database.transaction {
      let version = try database.integer("PRAGMA user_version")
      // Another process may just have made the tables.
      guard version != Schema.userVersion else { return }
      guard try database.integer("SELECT count(*) FROM sqlite_schema") == 0 else {
        throw DatabaseError(code: .corrupt, operation: "open '\(path)'", detail: "its tables are of another version")
      }
      try database.execute(Schema.create)
      try Projection(origin: origin).write(database)
      try database.execute("PRAGMA user_version = \(Schema.userVersion)")
    }
    return database
  }

  private static func remove(_ path: String) {
    unsafe unlink("\(path)-journal")
    unsafe unlink(path)
  }

  private static func makeFolder(_ folder: String) {
    var made = folder.utf8.first == UInt8(ascii: "/") ? "" : "."
    for part in folder.split(separator: "/") {
      made += "/\(part)"
      // What is there already is not touched; what cannot be made shows when the file is opened.
      unsafe mkdir(made, 0o700)
    }
  }
}

/// Why the index cannot answer.
package enum IndexError: FailureConvertible, Sendable, Equatable, CustomStringConvertible {
  /// No tree was followed that this one continues.
  case notFollowed
  /// Another process has put the projection of another tree in its place.
  case replaced

  package var description: String {
    switch self {
    case .notFollowed: "the index stands at no tree that these entries continue"
    case .replaced: "the index was made anew by another command meanwhile: run this one again"
    }
  }

  package var failure: Failure {
    switch self {
    case .notFollowed: Failure(.bug, description)
    case .replaced: Failure(.locked, description)
    }
  }
}
