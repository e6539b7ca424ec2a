internal import CommandLine
internal import Agreements
internal import Findings
internal import Crypto
internal import Glibc
internal import Index
internal import Ownership
internal import Statements
internal import Storage
internal import TreeLog

/// One append: statements are signed, held against the rules, and all put into the log in one step, or none.
final class Appending {
  private let writer: LogWriter
  private(set) var session: Session
  private let console: Console
  private var fold: Fold<IndexLedger>
  private var entries: [[UInt8]] = []
  private var outcomes: [(entry: ParsedEntry, outcome: Fold<IndexLedger>.Outcome)] = []
  private var objects: [StoredObject] = []
  /// Objects that statements bring, which go to the store with the commit and not before: a refused statement leaves
  /// nothing behind.
  private let shelf: Shelf
  private var kept: [[UInt8]] = []
  /// What can be read: the store's objects, and those on the shelf.
  let library: ObjectLibrary
  private var previous: Digest
  private let appender: SessionSigner
  private let time: Instant

  /// Takes the store's lock, and looks at the store anew under it.
  init(
    _ opened: Session, appender: SessionSigner, _ lock: LockArguments, _ global: GlobalArguments, _ console: Console
  ) throws {
    writer = try Appending.take(lock, of: opened.layout, console)
    // Between opening and locking somebody else may have appended.
    let isUnchanged = try opened.contents.checkpoint() == opened.checkpointNote.bytes
    session = isUnchanged ? opened : try Session.open(opened.layout, home: opened.home, console)
    self.console = console
    self.appender = appender
    time = Clock.now()
    guard session.state.membership.mayAppend(appender.key.verificationKey.keyID) else {
      throw Failure(
        .notEntitled, "\(appender.member) may not append to this log",
        hint: "sign into a file with --offer FILE, and have it appended by somebody who may")
    }
    let reader = LogReader(contents: session.contents, size: session.checkpoint.size, root: session.checkpoint.root)
    previous = try reader.leafHash(session.checkpoint.size - 1)
    let shelf = Shelf()
    let contents = session.contents
    self.shelf = shelf
    library = ObjectLibrary(over: session.library) { digest, limit in
      try shelf.bytes(digest) ?? contents.smallObject(digest, limit: limit)
    }
    fold = Fold(state: session.state, ledger: session.index.ledger, library: library)
    try checkClock(global)
  }

  /// Takes the lock; scripts that submit at the same time wait for each other.
  private static func take(
    _ lock: LockArguments, of layout: StoreLayout, _ console: Console
  ) throws -> LogWriter {
    let end = ContinuousClock.now + .seconds(lock.patience)
    var isWaiting = false
    while true {
      do {
        return try LogWriter(layout: layout, allowsNetworkStore: lock.allowsNetworkStore)
      } catch let error as StorageError where error.code == .locked {
        guard ContinuousClock.now < end else { throw error }
        if !isWaiting { console.say("somebody else appends: waiting") }
        isWaiting = true
        usleep(20_000)
      }
    }
  }

  /// A clock that lags far behind would put entries into disorder.
  private func checkClock(_ global: GlobalArguments) throws {
    guard let last = session.state.lastTime, time.adding(milliseconds: 15 * 60_000) < last else { return }
    let question = "This clock says \(time), and the last entry is of \(last). Append all the same?"
    guard try console.confirm(question, assumesYes: global.assumesYes) else {
      throw Failure(
        .configuration, "this clock is behind the last entry's time", hint: "set the clock, then try again")
    }
  }

  var state: LogState { fold.state }

  /// The entry that the next statement would become.
  var nextEntry: Int { fold.state.size }

  // MARK: Objects

  /// Takes in a file; nothing refers to it before a statement does.
  func stage(file path: String) throws -> StagedObject { try writer.objects.stage(file: path) }

  func stageStandardInput() throws -> StagedObject { try writer.objects.stageStandardInput() }

  /// The staging that several threads may use at once.
  var objectStore: ObjectStore { writer.objects }

  @discardableResult
  func publish(_ staged: [StagedObject]) throws -> [StoredObject] {
    let stored = try writer.objects.publish(staged)
    objects += stored
    return stored
  }

  /// Takes in a small object that a statement will bring; it is stored with the commit.
  func keep(_ bytes: [UInt8]) {
    shelf.put(bytes)
    kept.append(bytes)
  }

  /// How many kept objects there are, to go back to where a statement is refused.
  var keptCount: Int { kept.count }

  /// Forgets the objects kept since.
  func forgetKept(since count: Int) { kept.removeLast(max(0, kept.count - count)) }

  /// Removes what was staged and will not be used.
  func discard(_ staged: [StagedObject]) { writer.objects.discard(staged) }

  // MARK: Statements

  /// Signs a statement and takes it in.
  ///
  /// - Throws: `Refusal` as a user's error, where the rules do not let it count.
  @discardableResult
  func add(_ draft: Draft, signer: SessionSigner) throws -> Statement {
    let seen = Statement.Seen(root: session.checkpoint.root, size: session.checkpoint.size)
    let payload = try draft.payload(
      store: session.origin, signedAt: signedAt(signer), seen: seen, placeholder: seen.root, keep: { keep($0) })
    return try add(Envelope(signing: payload, with: signer.key))
  }

  /// Not before what the same key has signed already.
  private func signedAt(_ signer: SessionSigner) -> Instant {
    max(time, fold.state.membership.key(signer.key.verificationKey.keyID)?.lastSignedAt ?? time)
  }

  /// Takes in an envelope, of whoever signed it.
  @discardableResult
  func add(_ envelope: Envelope) throws -> Statement {
    let entry = Entry(
      by: appender.key.verificationKey.keyID, envelope: envelope, previous: previous, sequence: nextEntry, time: time)
    let bytes = entry.bytes
    guard bytes.count <= Entry.sizeLimit else {
      throw Failure(.malformedInput, "the statement is too long for an entry, which holds 65,535 bytes")
    }
    let parsed = ParsedEntry(bytes, library: library)
    if case .success(let statement)? = parsed.statement { try check(statement) }
    let before = fold
    let outcome = try fold.apply(parsed.entry, parsed.statement)
    guard outcome.hasEffect, case .success(let statement)? = parsed.statement else {
      fold = before
      let code = outcome.findings.first?.code ?? .entryMalformed
      let message = outcome.findings.last { $0.code != .clockDisorder }?.message ?? "the statement does not count"
      throw Failure(code == .notEntitled ? .notEntitled : .malformedInput, message)
    }
    for finding in outcome.findings where finding.code == .clockDisorder { console.warn(finding.message) }
    entries.append(bytes)
    outcomes.append((parsed, outcome))
    previous = parsed.leafHash
    return statement
  }

  /// What the fold leaves to the verifier: that the tree the signer had seen is one of this log's, and that objects have
  /// the sizes that the statement says.
  private func check(_ statement: Statement) throws {
    let checkpoint = session.checkpoint
    if let seen = statement.seen, seen.size <= checkpoint.size {
      let reader = LogReader(contents: session.contents, size: checkpoint.size, root: checkpoint.root)
      guard try seen.root == checkpoint.root || reader.root(at: seen.size) == seen.root else {
        throw Failure(
          .answerNo,
          "its signer had seen another log of \(Wording.entries(seen.size)) under the name '\(session.origin)'",
          hint: "somebody showed them another one: ask which checkpoint they had before them")
      }
    } else if let seen = statement.seen {
      throw Failure(
        .answerNo, "its signer had seen \(Wording.entries(seen.size)), and this log has \(checkpoint.size)",
        hint: "this is an older copy, or entries were cut off: run 'custody verify'")
    }
    if case .engagement(let event) = statement.predicate, let digest = event.document {
      try check(document: digest, of: event.id)
    }
    for subject in statement.subjects {
      let known = try shelf.bytes(subject.digest)?.count ?? session.contents.objectSize(subject.digest)
      guard let size = known, size != subject.size else { continue }
      throw Failure(
        .malformedInput,
        "the object '\(subject.name)' has \(Wording.bytes(size)), and the statement says \(subject.size)")
    }
  }

  /// An agreement that cannot be read would leave every unit undecided.
  private func check(document digest: Digest, of id: String) throws {
    guard let document = try library.document(digest) else {
      throw Failure(
        .malformedInput, "its document \(digest.short) cannot be read as an agreement",
        hint: "'custody engagement check FILE' says what is wrong with it")
    }
    guard document.id == id, document.client == session.state.client else {
      throw Failure(
        .malformedInput,
        "its document is of the agreement '\(document.id)' with the client '\(document.client)', not of '\(id)' with "
          + "'\(session.state.client)'")
    }
  }

  /// How many statements wait to be written.
  var count: Int { entries.count }

  // MARK: The commit

  /// Puts everything into the log.
  ///
  /// - Returns: The new checkpoint, once it is on the disk.
  func commit() throws -> Checkpoint {
    guard !entries.isEmpty else { return session.checkpoint }
    try publish(kept.map { try writer.objects.stage(bytes: $0) })
    let origin = session.origin
    let key = appender.key
    let (size, root) = try writer.append(entries, to: session.checkpoint, bringing: objects) { size, root in
      try SignedNote.sign(Checkpoint(origin: origin, size: size, root: root).text, name: origin, with: key).bytes
    }
    let checkpoint = Checkpoint(origin: origin, size: size, root: root)
    // What follows is memory, not the store: losing it loses nothing.
    try? session.index.advance(outcomes, state: fold.state, checkpoint: checkpoint)
    try? remember(checkpoint)
    return checkpoint
  }

  private func remember(_ checkpoint: Checkpoint) throws {
    let genesis = try LogReader(contents: session.contents, size: checkpoint.size, root: checkpoint.root).leafHash(0)
    var record =
      session.trust
      ?? TrustRecord(
        origin: session.origin, genesis: genesis.hex, size: 0, root: "", path: session.layout.root)
    // An older copy elsewhere must not make this user forget what they have seen.
    guard checkpoint.size >= record.size else { return }
    record.size = checkpoint.size
    record.root = checkpoint.root.hex
    record.path = session.layout.root
    record.note(fold.state.membership)
    try TrustMemory(session.home).remember(record)
  }
}
