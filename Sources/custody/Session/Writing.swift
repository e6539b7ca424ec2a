internal import CommandLine
internal import Rendering
internal import Findings
internal import Crypto
internal import Index
internal import Ownership
internal import Statements
internal import TreeLog
internal import Reports

/// Where signed statements go: into the log, into a file for somebody else to append, or nowhere, to see what they would
/// do.
enum Writing {
  /// What became of some statements.
  struct Written {
    /// The newest checkpoint: the new one where something was appended.
    var checkpoint: Checkpoint
    /// The entries that they became, or would become; empty for an offer.
    var entries: [Int]
    var statements: [Statement]
    /// The file that they were written to.
    var offer: String?
    /// Whether objects lie beside that file.
    var hasObjects = false
    var isDryRun: Bool
  }

  /// Takes in the objects that statements bring.
  final class ObjectSink {
    fileprivate(set) var kept: [(digest: Digest, bytes: [UInt8])] = []
    fileprivate var store: (([UInt8]) throws -> Void)?

    /// Keeps an object, and gives the subject that names it.
    func keep(_ bytes: [UInt8], name: String, mediaType: String) throws -> Subject {
      let digest = SHA256.hash(bytes)
      if let store {
        try store(bytes)
      } else {
        kept.append((digest, bytes))
      }
      return Subject(name: name, digest: digest, size: bytes.count, mediaType: mediaType)
    }
  }

  /// Signs statements one after the other: a later one may name the earlier by their ids.
  ///
  /// - Parameter next: Gives the next statement to sign, told those that are signed; nil when there is none.
  static func perform(
    at place: SigningPlace, _ write: WriteArguments, _ global: GlobalArguments, _ console: Console,
    next: (ObjectSink, [Statement]) throws -> Draft?
  ) throws -> Written {
    if let offer = write.offer { return try makeOffer(place, offer, isDryRun: write.isDryRun, next) }
    guard let session = place.session else { throw Failure(.bug, "there is no store to append to") }
    let signer = place.signer
    if write.isDryRun { return try rehearse(session, signer, next) }
    let appending = try Appending(session, appender: signer, write.lock, global, console)
    let sink = ObjectSink()
    sink.store = { appending.keep($0) }
    let first = appending.nextEntry
    var statements: [Statement] = []
    while let draft = try next(sink, statements) {
      statements.append(try appending.add(draft, signer: signer))
    }
    let checkpoint = try appending.commit()
    return Written(
      checkpoint: checkpoint, entries: Array(first..<(first + statements.count)), statements: statements, offer: nil,
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
    let lists: (Digest) -> [UInt8]? = { digest in sink.kept.first { $0.digest == digest }?.bytes }
    while let draft = try next(sink, statements) {
      let envelope = try sign(draft, at: place, sink)
      envelopes.append(envelope)
      statements.append(try Statement(payload: envelope.payload, lists: lists))
    }
    if !isDryRun {
      try OfferFile.write(path, envelopes, objects: sink.kept.map { ($0.digest, .bytes($0.bytes)) })
    }
    return Written(
      checkpoint: place.checkpoint, entries: [], statements: statements, offer: path, hasObjects: !sink.kept.isEmpty,
      isDryRun: isDryRun)
  }

  /// Signs, holds the statements against the rules, and throws them away.
  private static func rehearse(
    _ session: Session, _ signer: SessionSigner, _ next: (ObjectSink, [Statement]) throws -> Draft?
  ) throws -> Written {
    let sink = ObjectSink()
    let shelf = Shelf()
    let contents = session.contents
    let library = ObjectLibrary(over: session.library) { digest, limit in
      try shelf.bytes(digest) ?? contents.smallObject(digest, limit: limit)
    }
    sink.store = { shelf.put($0) }
    var fold = Fold(state: session.state, ledger: session.index.ledger, library: library)
    var statements: [Statement] = []
    while let draft = try next(sink, statements) {
      let envelope = try sign(draft, at: SigningPlace(session, signer: signer), sink)
      let entry = Entry(
        by: signer.key.verificationKey.keyID, envelope: envelope, previous: .zero, sequence: fold.state.size,
        time: Clock.now())
      let parsed = ParsedEntry(entry.bytes, library: library)
      let outcome = try fold.apply(parsed.entry, parsed.statement)
      guard outcome.hasEffect, case .success(let statement)? = parsed.statement else {
        let finding = outcome.findings.last { $0.code != .clockDisorder }
        throw Failure(
          finding?.code == .notEntitled ? .notEntitled : .malformedInput,
          finding?.message ?? "the statement does not count")
      }
      statements.append(statement)
    }
    let first = session.state.size
    return Written(
      checkpoint: session.checkpoint, entries: Array(first..<(first + statements.count)), statements: statements,
      offer: nil, isDryRun: true)
  }

  private static func sign(_ draft: Draft, at place: SigningPlace, _ sink: ObjectSink) throws -> Envelope {
    let last = place.membership?.key(place.signer.key.verificationKey.keyID)?.lastSignedAt
    let now = Clock.now()
    let payload = try draft.payload(
      store: place.origin, signedAt: max(now, last ?? now), seen: place.seen, placeholder: place.seen.root,
      keep: { bytes in _ = try sink.keep(bytes, name: "list", mediaType: MediaType.list) })
    return try Envelope(signing: payload, with: place.signer.key)
  }
}

extension Writing {
  /// One statement that brings no object of its own.
  static func perform(
    _ predicate: Predicate, at place: SigningPlace, _ write: WriteArguments, _ global: GlobalArguments,
    _ console: Console
  ) throws -> Written {
    try perform(at: place, write, global, console) { _, signed in
      signed.isEmpty ? Draft(predicate: predicate) : nil
    }
  }
}

extension Writing.Written {
  /// `entry 12`, `entries 12 to 14`, `the offer 'x'`.
  var place: String {
    if let offer { return "the offer '\(offer)'" }
    guard let first = entries.first, let last = entries.last else { return "no entry" }
    return first == last ? "entry \(first)" : "entries \(first) to \(last)"
  }

  /// Says what was written, and where.
  func tell(_ what: String, _ global: GlobalArguments, _ console: Console, _ more: [(String, JSONOutput)] = []) throws {
    if global.format == .json {
      var members: [(String, JSONOutput)] = [
        ("checkpoint", CheckpointOutput.json(checkpoint)), ("entries", .array(entries.map { .integer($0) })),
        ("statements", .array(statements.map { .string($0.id.hex) })),
      ]
      if let offer { members.append(("offer", .string(offer))) }
      if isDryRun { members.append(("dryRun", true)) }
      try console.print(.object(members + more))
      return
    }
    let verb = isDryRun ? "would become " : offer == nil ? "" : "in "
    try console.print("\(what): \(verb)\(place)")
    if let offer, !isDryRun {
      let what = hasObjects ? "'\(offer)' and the folder '\(OfferFile.folder(offer))'" : "the offer"
      console.say("send \(what) to whoever appends: custody append \(offer)")
    }
  }
}

/// A checkpoint, as results show it.
enum CheckpointOutput {
  static func json(_ checkpoint: Checkpoint) -> JSONOutput {
    .object([
      ("origin", .string(checkpoint.origin)), ("size", .integer(checkpoint.size)),
      ("root", .string(checkpoint.root.hex)),
    ])
  }
}
