internal import Catalogs
internal import Crypto
internal import Glibc
internal import Statements
internal import Storage
internal import TreeLog

/// Appends to a store that `custody init` has made, with the key that it left, faster than one command for each entry
/// would.
final class StoreBuilder {
  private let layout: StoreLayout
  private let key: SigningKey
  private var checkpoint: Checkpoint
  private var previous: Digest
  private var time: Instant

  init(store: String, home: String) throws {
    layout = StoreLayout(root: store)
    guard let name = try Folder.names("\(home)/keys").first(where: { $0.hasSuffix(".pem") }) else {
      throw BenchmarkError("'\(home)' holds no key")
    }
    key = try SigningKey(pem: Folder.read("\(home)/keys/\(name)"))
    let contents = try DirectoryContents(layout: layout)
    guard let note = try contents.checkpoint() else { throw BenchmarkError("'\(store)' has no checkpoint") }
    let head = try UnverifiedCheckpoint(parsing: note)
    checkpoint = Checkpoint(origin: head.origin, size: head.size, root: head.root)
    let reader = LogReader(contents: contents, size: head.size, root: head.root)
    previous = try reader.leafHash(head.size - 1)
    time = try Entry(parsing: reader.entry(at: head.size - 1)).time
  }

  /// Adopts a built-in catalog.
  func adopt(_ framework: String) throws {
    guard let bytes = BundledCatalogs.bytes(of: framework) else { throw BenchmarkError("no catalog '\(framework)'") }
    let adoption = FrameworkAdoption(id: framework, catalog: SHA256.hash(bytes), effective: time.day)
    let subject = Subject(
      name: "catalog", digest: adoption.catalog, size: bytes.count, mediaType: MediaType.catalog)
    try append([(.framework(adoption), [subject])]) { writer in
      try writer.objects.publish([writer.objects.stage(bytes: bytes)])
    }
  }

  /// Appends so many statements more.
  func appendEvidence(_ count: Int) throws { try appendEvidence(upTo: checkpoint.size + count) }

  /// So many objects are made: in a longer log many statements are about the same one, so that its files are not what is
  /// measured.
  private static let objectCount = 10_000

  /// Appends statements, each with a small object, until the log has so many entries.
  func appendEvidence(upTo size: Int) throws {
    while checkpoint.size < size {
      let numbers = checkpoint.size..<min(size, checkpoint.size + 1000)
      let contents = numbers.map {
        Array("review \($0 % StoreBuilder.objectCount) of the accounts that may log on: nothing to report\n".utf8)
      }
      let drafts = zip(numbers, contents).map { number, bytes -> (Predicate, [Subject]) in
        var evidence = Evidence(controls: ["nist-800-171-r2/3.1.\(number % 22 + 1)"])
        evidence.collected = time
        evidence.source = "directory"
        evidence.description = "weekly review of accounts"
        let subject = Subject(
          name: "reviews/review-\(number).txt", digest: SHA256.hash(bytes), size: bytes.count, mediaType: "text/plain")
        return (.evidence(evidence), [subject])
      }
      try append(drafts) { writer in
        guard (numbers.first ?? 0) < StoreBuilder.objectCount + 1000 else { return [] }
        return try writer.objects.publish(contents.map { try writer.objects.stage(bytes: $0) })
      }
    }
  }

  /// Submits every file of a folder under one manifest: what `custody submit` does, for a program that lacks it.
  func submit(folder: String) throws {
    let names = try Folder.names(folder)
    var evidence = Evidence(controls: ["nist-800-171-r2/3.1.1"])
    evidence.collected = time
    let writer = try LogWriter(layout: layout)
    let staged = try writer.objects.stage(files: names.map { "\(folder)/\($0)" })
    let manifest = Manifest.encode(zip(names, staged).map { Manifest.Item(digest: $1.digest, name: $0) })
    let objects = try writer.objects.publish(staged + [writer.objects.stage(bytes: manifest)])
    let subject = Subject(
      name: "manifest", digest: SHA256.hash(manifest), size: manifest.count, mediaType: MediaType.manifest)
    try append([(.evidence(evidence), [subject])], with: writer, bringing: objects)
  }

  private func append(
    _ drafts: [(predicate: Predicate, subjects: [Subject])], storing: (borrowing LogWriter) throws -> [StoredObject]
  ) throws {
    let writer = try LogWriter(layout: layout)
    try append(drafts, with: writer, bringing: storing(writer))
  }

  private func append(
    _ drafts: [(predicate: Predicate, subjects: [Subject])], with writer: borrowing LogWriter,
    bringing objects: [StoredObject]
  ) throws {
    let origin = checkpoint.origin
    let seen = Statement.Seen(root: checkpoint.root, size: checkpoint.size)
    var entries: [[UInt8]] = []
    for draft in drafts {
      let payload = Statement.payload(
        draft.predicate, store: origin, signedAt: time, seen: seen, subjects: draft.subjects, placeholder: seen.root)
      let entry = Entry(
        by: key.verificationKey.keyID, envelope: try Envelope(signing: payload, with: key), previous: previous,
        sequence: checkpoint.size + entries.count, time: time)
      entries.append(entry.bytes)
      previous = MerkleHash.leaf(entry.bytes)
    }
    let (size, root) = try writer.append(entries, to: checkpoint, bringing: objects) { size, root in
      try SignedNote.sign(Checkpoint(origin: origin, size: size, root: root).text, name: origin, with: key).bytes
    }
    checkpoint = Checkpoint(origin: origin, size: size, root: root)
  }
}
