internal import Agreements
internal import Catalogs
package import Crypto
internal import Findings
internal import Glibc
internal import Index
package import Ownership
package import Statements
package import Storage
package import TreeLog

/// One append: statements are signed, held against the rules, and all put into the log in one step, or none.
package final class Appending {
  private var writer: any LogWriting
  package private(set) var store: OpenedStore
  private var fold: Fold<IndexLedger>
  private var entries: [[UInt8]] = []
  private var outcomes: [(entry: ParsedEntry, outcome: Fold<IndexLedger>.Outcome)] = []
  private var objects: [StoredObject] = []
  /// Objects that statements refer to, and that need not have come with them.
  private var relied: Set<Digest> = []
  /// Objects that statements bring, which go to the store with the commit and not before: a refused statement leaves
  /// nothing behind.
  private let shelf: Shelf
  private var kept: [[UInt8]] = []
  /// The sizes of objects that this append brings: of these nothing is looked up.
  private var broughtSizes: [Digest: Int] = [:]
  /// The checkpoint that was written last.
  private var note: SignedNote?
  /// What was taken in, to be taken in anew where somebody else was faster.
  private var envelopes: [Envelope] = []
  /// Asked where others were faster, once the newest log is opened: whether something has to be said otherwise now. If so, it
  /// takes everything in anew itself; else the same signed statements are.
  package var revise: (() throws -> Bool)?
  /// Told which of the statements, by their places, do not count any more as the newest log stands; the others go in without
  /// them. Nil where all of them go in, or none.
  package var drop: (([(place: Int, reason: any Error)]) throws -> Void)?
  /// By how many entries everything moved on, for others were faster.
  package private(set) var moved = 0
  /// What can be read: the store's objects, and those on the shelf.
  package let library: ObjectLibrary
  private var previous: Digest
  private let appender: Signatory
  /// What the place keeps from being deleted, where it does.
  private var keeping = KeepingAppend()
  /// Whether the log has changed, as far as anybody can tell.
  private var isRecorded = false
  private var time: Instant
  private let options: WriteOptions

  /// Takes the store's lock, and looks at the store anew under it.
  ///
  /// - Parameter staging: Where artifacts were staged before, without the lock.
  package init(
    _ opened: OpenedStore, appender: Signatory, staging: ObjectStore? = nil, _ options: WriteOptions
  ) throws {
    try opened.refuseIfKeptElsewhere()
    self.options = options
    writer = try Appending.writer(of: opened, staging, options)
    // Who had the lock may have moved the store elsewhere meanwhile.
    try opened.refuseIfKeptElsewhere()
    // Between opening and locking somebody else may have appended. Without a lock they may at any moment.
    let isUnchanged = try writer.sharesHead || opened.contents.checkpoint() == opened.checkpointNote.bytes
    store = isUnchanged ? opened : try OpenedStore.open(opened.layout, at: opened.desk)
    try store.refuseIfOlder()
    self.appender = appender
    time = opened.desk.clock.now()
    let keyID = appender.key.verificationKey.keyID
    // A key that the log does not know yet may come with the first statement: the rules say so then.
    guard store.state.membership.mayAppend(keyID) || store.state.membership.key(keyID) == nil else {
      throw Failure(
        .notEntitled, "\(appender.member) may not append to this log",
        hint: "sign into a file with --offer FILE, and have it appended by somebody who may")
    }
    let reader = store.reader
    previous = try reader.leafHash(store.checkpoint.size - 1)
    let shelf = Shelf()
    let contents = store.contents
    self.shelf = shelf
    library = ObjectLibrary(over: store.library) { digest, limit in
      try shelf.bytes(digest) ?? contents.smallObject(digest, limit: limit)
    }
    fold = Fold(state: store.state, ledger: store.index.ledger, library: library, now: time)
    try checkClock()
  }

  /// Who writes. Of a folder the lock is taken: scripts that submit at the same time wait for each other.
  private static func writer(
    of store: OpenedStore, _ staging: ObjectStore?, _ options: WriteOptions
  ) throws -> any LogWriting {
    if let writer = try store.bucketWriter(staging, patience: options.patience) { return writer }
    let end = ContinuousClock.now + .seconds(options.patience)
    var isWaiting = false
    while true {
      do {
        return FolderWriter(
          try LogWriter(layout: store.layout, objects: staging, allowsNetworkStore: options.allowsNetworkStore))
      } catch let error as StorageError where error.code == .locked {
        guard ContinuousClock.now < end else { throw error }
        if !isWaiting { store.desk.notices.say("somebody else appends: waiting") }
        isWaiting = true
        usleep(20_000)
      }
    }
  }

  /// A clock that lags far behind would put entries into disorder.
  private func checkClock() throws {
    guard let last = store.state.lastTime, time.adding(milliseconds: 15 * 60_000) < last else { return }
    let question = "This clock says \(time), and the last entry is of \(last). Append all the same?"
    guard try store.desk.consent.confirm(Question(question)) else {
      throw Failure(
        .configuration, "this clock is behind the last entry's time", hint: "set the clock, then try again")
    }
  }

  package var state: LogState { fold.state }

  /// The entry that the next statement would become.
  package var nextEntry: Int { fold.state.size }

  /// The entry that has a statement already, in the log or in this append; nil where none has, or its word has no effect.
  package func entry(of statement: Digest) throws -> Int? { try fold.ledger.record(of: statement)?.entry }

  // MARK: Objects

  /// Takes in a file; nothing refers to it before a statement does.
  package func stage(file path: String) throws -> StagedObject { try writer.objects.stage(file: path) }

  package func stageStandardInput() throws -> StagedObject { try writer.objects.stageStandardInput() }

  /// The staging that several threads may use at once.
  package var objectStore: ObjectStore { writer.objects }

  /// Notes an object that the store has, and that a statement rests on: it is waited for with the rest, for whoever put
  /// it there may have died before it was on the disk.
  package func rely(on digest: Digest) { relied.insert(digest) }

  /// Notes what will be published before the commit.
  package func bring(_ staged: some Sequence<StagedObject>) {
    for object in staged { broughtSizes[object.digest] = object.size }
    if writer.keepsThings { keeping.bring(staged.map(\.digest)) }
  }

  @discardableResult
  package func publish(_ staged: [StagedObject]) throws -> [StoredObject] {
    try tellTerms()
    let stored = try writer.publish(staged)
    objects += stored
    return stored
  }

  /// Takes in a small object that a statement will bring; it is stored with the commit.
  package func keep(_ bytes: [UInt8]) {
    shelf.put(bytes)
    kept.append(bytes)
  }

  /// How many kept objects there are, to go back to where a statement is refused.
  package var keptCount: Int { kept.count }

  /// Forgets the objects kept since.
  package func forgetKept(since count: Int) { kept.removeLast(max(0, kept.count - count)) }

  /// Removes what was staged and will not be used.
  package func discard(_ staged: [StagedObject]) { writer.objects.discard(staged) }

  // MARK: Statements

  /// Signs a statement and takes it in.
  ///
  /// - Throws: `Refusal` as a user's error, where the rules do not let it count.
  @discardableResult
  package func add(_ draft: Draft, signer: Signatory) throws -> Statement {
    let seen = Statement.Seen(root: store.checkpoint.root, size: store.checkpoint.size)
    let payload = try draft.payload(
      store: store.origin, signedAt: signedAt(signer), seen: seen, placeholder: seen.root, keep: { keep($0) })
    return try add(Envelope(signing: payload, with: signer.key))
  }

  /// Not before what the same key has signed already.
  private func signedAt(_ signer: Signatory) -> Instant {
    max(time, fold.state.membership.key(signer.key.verificationKey.keyID)?.lastSignedAt ?? time)
  }

  /// Takes in an envelope, of whoever signed it.
  @discardableResult
  package func add(_ envelope: Envelope) throws -> Statement {
    let entry = Entry(
      by: appender.key.verificationKey.keyID, envelope: envelope, previous: previous, sequence: nextEntry, time: time)
    let bytes = entry.bytes
    guard bytes.count <= Entry.sizeLimit else {
      throw Failure(.malformedInput, "the statement is too long for an entry, which holds 65,535 bytes")
    }
    let parsed = ParsedEntry(bytes, library: library)
    if case .success(let statement)? = parsed.statement {
      try StatementCheck(
        store: store, fold: fold, library: library,
        broughtSize: { [shelf, broughtSizes] in shelf.bytes($0)?.count ?? broughtSizes[$0] }
      ).check(statement)
    }
    let outcome = try fold.applyIfItCounts(parsed.entry, parsed.statement)
    guard outcome.hasEffect, case .success(let statement)? = parsed.statement else {
      let code = outcome.findings.first?.code ?? .entryMalformed
      let told = outcome.findings.last { $0.code != .clockDisorder }?.message ?? "the statement does not count"
      // There is no such entry: it was not written.
      let parts = told.split(separator: " does not count: ", maxSplits: 1)
      let message = parts.count == 2 ? "this would not count: \(parts[1])" : told
      throw Failure(
        code == .notEntitled ? .notEntitled : .malformedInput, message, hint: Writing.hint(told, appender, store))
    }
    for finding in outcome.findings where finding.code == .clockDisorder { store.desk.notices.warn(finding.message) }
    for subject in statement.subjects { rely(on: subject.digest) }
    if writer.keepsThings { try keeping.take(statement, entry, fold.state, library) }
    entries.append(bytes)
    envelopes.append(envelope)
    outcomes.append((parsed, outcome))
    previous = parsed.leafHash
    return statement
  }

  /// How many statements wait to be written.
  package var count: Int { entries.count }

  // MARK: The commit

  /// Puts everything into the log.
  ///
  /// - Returns: The new checkpoint, once it is on the disk.
  package func commit() throws -> Checkpoint {
    guard !entries.isEmpty else {
      try settle()
      return store.checkpoint
    }
    do {
      let checkpoint = try writeUntilDone()
      if writer.keepsThings { keeping.follow(store, published: Set(objects.map(\.digest))) }
      return checkpoint
    } catch {
      // What failed before the commit leaves nothing behind.
      if !isRecorded { writer.withdraw(objects) }
      throw error
    }
  }

  /// Writes; where another host was faster, holds everything against the rules anew as they stand then, and tries again.
  private func writeUntilDone() throws -> Checkpoint {
    let end = ContinuousClock.now + .seconds(options.patience)
    var attempt = 0
    while true {
      do {
        return try write()
      } catch let error as StorageError where error.code == .stale && writer.sharesHead {
        guard ContinuousClock.now < end else { throw error }
        if attempt == 0 { store.desk.notices.detail("somebody else has appended: trying again") }
        attempt += 1
        // Not the same time for everybody, so that somebody is alone.
        usleep(UInt32.random(in: 0...20_000 << UInt32(min(attempt, 5))))
        try rehearseAnew()
        // What was to be said the others have said.
        guard !entries.isEmpty else {
          try settle()
          return store.checkpoint
        }
      }
    }
  }

  /// Takes the same signed statements in on the newest head, or what has to be said in their place.
  private func rehearseAnew() throws {
    let before = store.checkpoint.size
    let redacted = store.state.redactedObjects
    store = try OpenedStore.open(store.layout, at: store.desk)
    try store.refuseIfOlder()
    // They were found there or brought, and a redaction may have taken them away since.
    for object in objects where redacted[object.digest] == nil && store.state.redactedObjects[object.digest] != nil {
      guard try store.contents.objectSize(object.digest) == nil else { continue }
      throw Failure(
        .locked, "what this brings was redacted meanwhile: \(object.digest.hex)",
        hint: "nothing was recorded; if it is to be there all the same, do it again")
    }
    writer = try Appending.writer(of: store, writer.objects, options)
    time = max(time, store.desk.clock.now())
    previous = try store.reader.leafHash(store.checkpoint.size - 1)
    fold = Fold(state: store.state, ledger: store.index.ledger, library: library, now: time)
    moved += store.checkpoint.size - before
    let again = envelopes
    (entries, envelopes, outcomes) = ([], [], [])
    if try revise?() == true { return }
    var dropped: [(place: Int, reason: any Error)] = []
    for (place, envelope) in again.enumerated() {
      do {
        try add(envelope)
      } catch {
        guard drop != nil else { throw error }
        dropped.append((place, error))
      }
    }
    if !dropped.isEmpty { try drop?(dropped) }
  }

  /// Waits for what is there already: whoever put it there may have died before it was on the disk, and whoever is told that
  /// it is there relies on it.
  private func settle() throws {
    try store.contents.waitForCheckpoint()
    if let genesis = try? store.genesis() { remember(store.checkpoint, genesis) }
  }

  /// Tells the writer for how long what comes now has to stay, as it stands with all that was taken in.
  private func tellTerms() throws {
    guard writer.keepsThings else { return }
    writer.terms = try keeping.terms(fold.state, library, on: time.day)
  }

  private func write() throws -> Checkpoint {
    try tellTerms()
    try publish(kept.map { try writer.objects.stage(bytes: $0) })
    kept = []
    let notices = store.desk.notices
    let origin = store.origin
    let key = appender.key
    let first = store.checkpoint.size
    let (size, root) = try failingAfterCommit {
      try writer.append(
        entries, to: store.checkpoint, bringing: objects,
        relyingOn: relied.subtracting(objects.map(\.digest)).sorted(), willCommit: notices.willCommit,
        didSync: { notices.detail($0.text) }
      ) { size, root in
        let signed = try SignedNote.sign(
          Checkpoint(origin: origin, size: size, root: root).text, name: origin, with: key)
        note = signed
        return signed.bytes
      }
    }
    let checkpoint = Checkpoint(origin: origin, size: size, root: root)
    isRecorded = true
    notices.recorded(first...(size - 1))
    // What follows is memory, not the store: losing it loses nothing.
    Afterwards.advance(store.index, outcomes, state: fold.state, checkpoint: checkpoint)
    if let genesis = try? store.genesis() { remember(checkpoint, genesis) }
    return checkpoint
  }

  /// An error after the rename leaves the new tree in place: then the entries are told as recorded, so that nobody says
  /// the same twice.
  private func failingAfterCommit<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch {
      if let isRecorded = writer.isCommitted {
        self.isRecorded = isRecorded
        if isRecorded {
          store.desk.notices.recorded(store.checkpoint.size...(store.checkpoint.size + entries.count - 1))
        } else {
          store.desk.notices.didNotCommit()
        }
        throw error
      }
      let now = (try? store.contents.checkpoint()).flatMap { $0 }.flatMap { try? UnverifiedCheckpoint(parsing: $0) }
      // One that cannot be read may be the new one.
      isRecorded = now?.size != store.checkpoint.size
      if isRecorded {
        store.desk.notices.recorded(store.checkpoint.size...(store.checkpoint.size + entries.count - 1))
      } else {
        store.desk.notices.didNotCommit()
      }
      throw error
    }
  }

  private func remember(_ checkpoint: Checkpoint, _ genesis: Digest) {
    let note = try? note ?? store.contents.signedNote(of: checkpoint)
    Afterwards.remember(store.origin, at: store.desk) { known in
      var record =
        known ?? TrustRecord(origin: store.origin, genesis: genesis.hex, size: 0, root: "", path: store.layout.name)
      // Another command may have appended since, and an older copy must not make this user forget what they have seen.
      guard checkpoint.size >= record.size else { return nil }
      record.size = checkpoint.size
      record.root = checkpoint.root.hex
      record.path = store.layout.name
      record.keep(note)
      record.note(fold.state.membership)
      return record == known ? nil : record
    }
  }
}
