internal import Crypto
internal import Findings
internal import Ownership
internal import Statements
internal import TreeLog

/// What a pack needs to know of a log: read once, from the first entry on.
struct PackedLog {
  /// Evidence that a statement brings, whether it counts or not.
  struct Brought {
    struct File {
      let name: String
      let digest: Digest
      /// In bytes; nil where a manifest lists it, which says none.
      let size: Int?
    }

    let entry: Int
    /// nil where the statement does not count.
    let record: EvidenceRecord?
    let files: [File]
  }

  /// A cosigned checkpoint, or a token.
  struct Anchored {
    let entry: Int
    let kind: Anchor.Kind
    /// The tree that is anchored.
    let size: Int
    let root: Digest
    let object: Subject
  }

  let checkpoint: Checkpoint
  let state: LogState
  /// In log order.
  let evidence: [Brought]
  /// Evidence by statement, and the entries of what took its place.
  let entriesByStatement: [Digest: Int]
  let replacements: [Digest: [Int]]
  /// Every object that a statement names and that is no evidence: catalogs, agreements, schedules, manifests, lists,
  /// cosignatures, tokens.
  let others: [Digest]
  /// Cosigned checkpoints and tokens that count, in log order.
  let anchors: [Anchored]
  /// The bytes of all entries, each with the line feed behind it.
  let lineBytes: Int
  let firstTime: Instant?
  let lastTime: Instant?
  let library: ObjectLibrary
  /// Statements of keys under suspicion, and who speaks for them.
  let disputes: [Dispute]
  /// The entries that hold no envelope that could be read.
  private let unreadable: [Int]
  /// The entries signed with each key.
  private let entriesByKey: [Digest: [Int]]

  /// - Throws: `LogReadError` where the entries are not those that the checkpoint vouches for.
  init(_ contents: any StoreContents, _ checkpoint: Checkpoint) throws {
    self.checkpoint = checkpoint
    library = ObjectLibrary(contents)
    let reader = LogReader(contents: contents, size: checkpoint.size, root: checkpoint.root)
    var walk = Walk(contents: contents, library: library)
    var batch: [[UInt8]?] = []
    var lineBytes = 0
    try reader.entries(in: 0..<checkpoint.size, authenticating: true) { _, entry in
      lineBytes += entry.count + 1
      batch.append(Array(entry))
      guard batch.count == 1024 else { return }
      try walk.take(batch)
      batch.removeAll(keepingCapacity: true)
    }
    try walk.take(batch)
    self.lineBytes = lineBytes
    state = walk.fold.state
    evidence = walk.evidence
    entriesByStatement = walk.entriesByStatement
    replacements = walk.replacements
    others = walk.others.sorted()
    anchors = try walk.anchors.flatMap { entry, anchor, subjects in
      guard anchor.size <= checkpoint.size else { return [Anchored]() }
      let root = try reader.root(at: anchor.size)
      return subjects.map { Anchored(entry: entry, kind: anchor.kind, size: anchor.size, root: root, object: $0) }
    }
    firstTime = walk.firstTime
    lastTime = walk.lastTime
    unreadable = walk.unreadable
    entriesByKey = walk.entriesByKey
    disputes = try Dispute.find(in: reader, state: walk.fold.state, library: library, refused: walk.refused)
  }

  /// The entries of which no statement can be cut out, in log order: they cannot be read, or nobody has their key.
  var entriesWithoutKey: [Int] {
    (unreadable + entriesByKey.filter { verificationKey($0.key) == nil }.flatMap(\.value)).sorted()
  }

  func verificationKey(_ id: Digest) -> VerificationKey? {
    state.membership.key(id).flatMap { try? VerificationKey(base64: $0.publicKey) }
  }

  /// The tree size from which on what a key signed is disputed, where an entry of its is.
  func disputedSince(_ key: Digest, entry: Int) -> Int? {
    state.membership.key(key)?.suspectSince.flatMap { entry >= $0 ? $0 : nil }
  }

  private struct Walk {
    let contents: any StoreContents
    let library: ObjectLibrary
    var fold: Fold<MemoryLedger>
    var evidence: [Brought] = []
    var entriesByStatement: [Digest: Int] = [:]
    var replacements: [Digest: [Int]] = [:]
    var others: Set<Digest> = []
    var anchors: [(entry: Int, anchor: Anchor, subjects: [Subject])] = []
    var firstTime: Instant?
    var lastTime: Instant?
    var refused: Set<Int> = []
    var unreadable: [Int] = []
    var entriesByKey: [Digest: [Int]] = [:]
    private var keys: [Digest: VerificationKey] = [:]

    init(contents: any StoreContents, library: ObjectLibrary) {
      self.contents = contents
      self.library = library
      fold = Fold(ledger: MemoryLedger(library: library), library: library)
    }

    mutating func take(_ batch: [[UInt8]?]) throws {
      for (parsed, isSigned) in EntryBatch.read(batch, library: library, keys: &keys) {
        guard let parsed else { continue }
        let sequence = fold.state.size
        let outcome = try fold.apply(parsed.entry, parsed.statement, isSigned: isSigned)
        if !outcome.hasEffect { refused.insert(sequence) }
        guard case .success(let entry) = parsed.entry else {
          unreadable.append(sequence)
          continue
        }
        entriesByKey[entry.envelope.keyID, default: []].append(sequence)
        if firstTime == nil { firstTime = entry.time }
        lastTime = entry.time
        guard case .success(let statement)? = parsed.statement else { continue }
        others.formUnion(statement.missingLists)
        guard case .evidence(let predicate) = statement.predicate else {
          others.formUnion(statement.subjects.map(\.digest))
          if case .anchor(let anchor) = statement.predicate, outcome.hasEffect {
            anchors.append((sequence, anchor, statement.subjects))
          }
          continue
        }
        var record: EvidenceRecord?
        if outcome.hasEffect, let signer = outcome.signer {
          record = EvidenceRecord(entry: sequence, statement, by: signer, recorded: entry.time, evidence: predicate)
          entriesByStatement[statement.id] = sequence
          for replaced in predicate.replaces { replacements[replaced, default: []].append(sequence) }
        }
        evidence.append(Brought(entry: sequence, record: record, files: try files(of: statement)))
      }
    }

    private mutating func files(of statement: Statement) throws -> [Brought.File] {
      var files: [Brought.File] = []
      for subject in statement.subjects {
        if subject.mediaType == MediaType.list, subject.name.utf8.starts(with: "list/".utf8) {
          others.insert(subject.digest)
        } else if subject.mediaType == MediaType.manifest {
          others.insert(subject.digest)
          files += try items(of: subject.digest)
        } else {
          files.append(Brought.File(name: subject.name, digest: subject.digest, size: subject.size))
        }
      }
      return files
    }

    /// What a manifest lists, as far as it can be read.
    private func items(of manifest: Digest) throws -> [Brought.File] {
      var files: [Brought.File] = []
      var reader = ManifestReader()
      do {
        _ = try unsafe contents.readObject(manifest) { chunk in
          try unsafe reader.feed(chunk) { item in
            files.append(Brought.File(name: item.name, digest: item.digest, size: nil))
          }
        }
      } catch is Manifest.SyntaxError {}
      return files
    }
  }
}
