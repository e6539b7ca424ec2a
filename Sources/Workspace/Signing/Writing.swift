internal import Crypto
internal import Findings
internal import Index
internal import Ownership
package import Statements
package import TreeLog

/// Where signed statements go: into the log, into a file for somebody else to append, or nowhere, to see what they would
/// do.
package enum Writing {
  /// What became of some statements.
  package struct Written {
    /// The newest checkpoint: the new one where something was appended.
    package var checkpoint: Checkpoint
    /// The entries that they became, or would become; empty for an offer.
    package var entries: [Int]
    package var statements: [Statement]
    /// The file that they were written to.
    package var offer: String?
    package var isDryRun: Bool

    package init(
      checkpoint: Checkpoint, entries: [Int], statements: [Statement], offer: String? = nil, isDryRun: Bool
    ) {
      self.checkpoint = checkpoint
      self.entries = entries
      self.statements = statements
      self.offer = offer
      self.isDryRun = isDryRun
    }
  }

  /// Takes in the objects that statements bring.
  package final class ObjectSink {
    /// In the order in which they came, and by their digests.
    fileprivate private(set) var kept: [[UInt8]] = []
    fileprivate private(set) var places: [Digest: Int] = [:]
    fileprivate var store: (([UInt8]) throws -> Void)?

    /// Keeps an object, and gives the subject that names it.
    package func keep(_ bytes: [UInt8], name: String, mediaType: String) throws -> Subject {
      let digest = SHA256.hash(bytes)
      if let store {
        try store(bytes)
      } else {
        places[digest] = kept.count
        kept.append(bytes)
      }
      return Subject(name: name, digest: digest, size: bytes.count, mediaType: mediaType)
    }
  }

  /// Signs statements one after the other: a later one may name the earlier by their ids.
  ///
  /// - Parameter next: Gives the next statement to sign, told those that are signed; nil when there is none.
  package static func perform(
    at place: SigningPlace, _ write: WriteOptions,
    next: (ObjectSink, [Statement]) throws -> Draft?
  ) throws -> Written {
    if let offer = write.offer { return try makeOffer(place, offer, isDryRun: write.isDryRun, next) }
    guard let store = place.store else { throw Failure(.bug, "there is no store to append to") }
    let signer = place.signer
    if write.isDryRun { return try rehearse(store, signer, next) }
    let appending = try Appending(store, appender: place.appender ?? signer, write)
    let sink = ObjectSink()
    sink.store = { appending.keep($0) }
    let first = appending.nextEntry
    var statements: [Statement] = []
    while let draft = try next(sink, statements) {
      statements.append(try appending.add(draft, signer: signer))
    }
    let checkpoint = try appending.commit()
    let start = first + appending.moved
    return Written(
      checkpoint: checkpoint, entries: Array(start..<(start + statements.count)), statements: statements, offer: nil,
      isDryRun: false)
  }

  /// Signs for a file, and touches no log.
  private static func makeOffer(
    _ place: SigningPlace, _ path: String, isDryRun: Bool,
    _ next: (ObjectSink, [Statement]) throws -> Draft?
  ) throws -> Written {
    let sink = ObjectSink()
    var statements: [Statement] = []
    var envelopes: [Envelope] = []
    let lists: (Digest) -> [UInt8]? = { digest in sink.places[digest].map { sink.kept[$0] } }
    var rehearsal = OfferRehearsal(place)
    while let draft = try next(sink, statements) {
      let envelope = try sign(draft, at: place, sink)
      try rehearsal?.take(envelope, objects: sink.kept)
      envelopes.append(envelope)
      statements.append(try Statement(payload: envelope.payload, lists: lists))
    }
    if !isDryRun {
      try OfferFile.tellReplaced(path, place.desk.notices)
      try OfferFile.write(path, envelopes, objects: sink.kept)
    }
    return Written(
      checkpoint: place.checkpoint, entries: [], statements: statements, offer: path, isDryRun: isDryRun)
  }

  /// Signs, holds the statements against the rules, and throws them away.
  private static func rehearse(
    _ store: OpenedStore, _ signer: Signatory, _ next: (ObjectSink, [Statement]) throws -> Draft?
  ) throws -> Written {
    let sink = ObjectSink()
    let shelf = Shelf()
    let contents = store.contents
    let library = ObjectLibrary(over: store.library) { digest, limit in
      try shelf.bytes(digest) ?? contents.smallObject(digest, limit: limit)
    }
    sink.store = { shelf.put($0) }
    var fold = Fold(state: store.state, ledger: store.index.ledger, library: library)
    var statements: [Statement] = []
    while let draft = try next(sink, statements) {
      let envelope = try sign(draft, at: SigningPlace(store, signer: signer), sink)
      let entry = Entry(
        by: signer.key.verificationKey.keyID, envelope: envelope, previous: .zero, sequence: fold.state.size,
        time: store.desk.clock.now())
      let parsed = ParsedEntry(entry.bytes, library: library)
      let outcome = try fold.apply(parsed.entry, parsed.statement)
      guard outcome.hasEffect, case .success(let statement)? = parsed.statement else {
        let finding = outcome.findings.last { $0.code != .clockDisorder }
        let told = finding?.message ?? "the statement does not count"
        let parts = told.split(separator: " does not count: ", maxSplits: 1)
        throw Failure(
          finding?.code == .notEntitled ? .notEntitled : .malformedInput,
          parts.count == 2 ? "this would not count: \(parts[1])" : told, hint: Writing.hint(told, signer, store))
      }
      statements.append(statement)
    }
    let first = store.state.size
    return Written(
      checkpoint: store.checkpoint, entries: Array(first..<(first + statements.count)), statements: statements,
      offer: nil, isDryRun: true)
  }

  /// Who can sign what the signer may not, where it is the client.
  static func hint(_ told: String, _ signer: Signatory, _ store: OpenedStore) -> String? {
    let client = store.state.client
    guard told.contains("is no administrator of the client"), signer.party != client else { return nil }
    return
      "an administrator of '\(client)' signs it: they give the same command with --offer FILE, and mail you the file"
  }

  private static func sign(_ draft: Draft, at place: SigningPlace, _ sink: ObjectSink) throws -> Envelope {
    let last = place.membership?.key(place.signer.key.verificationKey.keyID)?.lastSignedAt
    let now = place.desk.clock.now()
    let payload = try draft.payload(
      store: place.origin, signedAt: max(now, last ?? now), seen: place.seen, placeholder: place.seen.root,
      keep: { bytes in _ = try sink.keep(bytes, name: "list", mediaType: MediaType.list) })
    return try Envelope(signing: payload, with: place.signer.key)
  }
}

extension Writing {
  /// Refuses what would not count, before anybody is warned of what it does or asked whether they mean it.
  package static func check(_ predicate: Predicate, at place: SigningPlace, _ write: WriteOptions) throws {
    var trial = write
    trial.isDryRun = true
    _ = try perform(predicate, at: place, trial)
  }

  /// One statement that brings no object of its own.
  package static func perform(
    _ predicate: Predicate, at place: SigningPlace, _ write: WriteOptions
  ) throws -> Written {
    try perform(at: place, write) { _, signed in
      signed.isEmpty ? Draft(predicate: predicate) : nil
    }
  }
}
