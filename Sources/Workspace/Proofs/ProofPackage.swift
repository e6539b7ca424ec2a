package import Crypto
internal import Findings
internal import Ownership
internal import Statements
internal import Storage
internal import TreeLog

/// A file that shows somebody without the store what stands in the log: the entries with their proofs, the artifacts, and
/// how each key came into the log. A zip file that opens by hand; the same tree and selection give the same bytes.
package struct ProofPackage {
  /// An artifact that an entry names.
  package struct Artifact {
    package let entry: Int
    package let name: String
    package let digest: Digest
    /// Where it lies in the file; nil where it is not in it.
    package let path: String?
    package let size: Int?
    /// Why it is not in the file: a clause.
    package let reason: String?
  }

  package let tree: ProofTree
  private var checkpoint: Checkpoint { tree.checkpoint }
  package let selection: ProofSelection
  /// Of the entries that were chosen.
  package let proofs: [EntryProof]
  /// Of those that brought the keys.
  package let introductions: [EntryProof]
  package let artifacts: [Artifact]
  let store: OpenedStore
  private let papers: [(name: String, content: ProofArchive.Content)]
  private let statements: [(entry: Entry, statement: Statement?)]

  /// Gathers what is needed.
  ///
  /// - Parameters:
  ///   - tree: What the proofs lead to; nil for the newest.
  ///   - hasObjects: Whether the artifacts themselves go in.
  package init(
    _ selection: ProofSelection, in tree: ProofTree? = nil, hasObjects: Bool, _ store: OpenedStore
  ) throws {
    self.store = store
    self.selection = selection
    let tree = tree ?? ProofTree(newest: store)
    self.tree = tree
    let (reader, note) = (tree.reader, tree.note)
    proofs = try selection.entries.map { try EntryProof($0, reader, note: note.bytes) }
    statements = try proofs.map { proof in
      let entry = try Entry(parsing: proof.content)
      return (entry, try? Statement(payload: entry.envelope.payload, lists: store.library.lists))
    }
    var keys = Set(statements.flatMap { [$0.entry.envelope.keyID, $0.entry.by] })
    for known in store.state.membership.keys where known.use == .sign {
      guard let key = try? VerificationKey(base64: known.publicKey) else { continue }
      if note.verified(by: [NoteKey(log: key, name: store.origin)])?.isEmpty == false { keys.insert(known.keyID) }
    }
    for known in store.state.membership.keys where known.use == .witness {
      let isThere = note.signatures.contains { line in
        line.keyID == known.noteID && known.keyName.map { ByteOrder.areEqual($0, line.name) } ?? false
      }
      if isThere { keys.insert(known.keyID) }
    }
    let chosen = Set(selection.entries)
    introductions = try LineageEntries(store, reader).entries(for: keys).filter { !chosen.contains($0) }
      .map { try EntryProof($0, reader, note: note.bytes) }

    var papers: [String: ProofArchive.Content] = [:]
    var artifacts: [Artifact] = []
    for (entry, statement) in statements {
      guard let statement else { continue }
      artifacts += try ProofPackage.artifacts(
        of: statement, entry.sequence, selection, hasObjects: hasObjects, store, &papers)
    }
    for token in tree.tokens {
      guard let size = try store.contents.objectSize(token.digest) else { continue }
      papers[ProofNames.token(token.digest)] = .object(token.digest, size: size, store.contents)
      if let earlier = token.earlier { papers[ProofNames.earlierTree(of: token.digest)] = .bytes(earlier.bytes) }
    }
    self.papers = papers.sorted { ByteOrder.precedes($0.key, $1.key) }.map { ($0.key, $0.value) }
    self.artifacts = artifacts
  }

  private static func artifacts(
    of statement: Statement, _ entry: Int, _ selection: ProofSelection, hasObjects: Bool, _ store: OpenedStore,
    _ papers: inout [String: ProofArchive.Content]
  ) throws -> [Artifact] {
    var named: [(name: String, digest: Digest)] = []
    for subject in statement.subjects {
      let size = try store.contents.objectSize(subject.digest)
      if subject.mediaType == MediaType.manifest {
        if let size {
          papers[ProofNames.manifest(subject.digest)] = .object(subject.digest, size: size, store.contents)
        }
        _ = try ManifestItems.forEach(subject.digest, store) { named.append(($0.name, $0.digest)) }
      } else if subject.mediaType == MediaType.list, subject.name.utf8.starts(with: "list/".utf8) {
        if let size { papers[ProofNames.list(subject.digest)] = .object(subject.digest, size: size, store.contents) }
      } else {
        named.append((subject.name, subject.digest))
      }
    }
    let paths = ProofNames.paths(of: named, entry: entry)
    return try zip(named, paths).compactMap { item, path in
      if let wanted = selection.objects, !wanted.contains(item.digest) { return nil }
      func left(out reason: String) -> Artifact {
        Artifact(entry: entry, name: item.name, digest: item.digest, path: nil, size: nil, reason: reason)
      }
      // Its bytes may lie here still, in a copy above all: who redacted it has said that nobody gets them any more.
      if let entry = store.redaction(of: item.digest) { return left(out: "redacted by entry \(entry)") }
      guard hasObjects else { return left(out: "artifacts were left out") }
      guard let size = try store.contents.objectSize(item.digest) else { return left(out: "missing in the store") }
      return Artifact(
        entry: entry, name: item.name, digest: item.digest, path: path, size: size, reason: nil)
    }
  }

  /// Writes the file, durably, in the place of an earlier one.
  package func write(_ path: String) throws {
    var members: [(name: String, content: ProofArchive.Content)] = [
      (ProofNames.readme, .bytes(Array(readme.utf8))), (ProofNames.checkpoint, .bytes(tree.note.bytes)),
    ]
    for (folder, proofs) in [(ProofNames.Folder.entries, proofs), (.keys, introductions)] {
      for proof in proofs {
        members.append((ProofNames.entry(proof.entry, in: folder), .bytes(proof.content)))
        members.append((ProofNames.proof(proof.entry, in: folder), .bytes(proof.bytes)))
      }
    }
    members += papers
    for artifact in artifacts {
      guard let place = artifact.path, let size = artifact.size else { continue }
      members.append((place, .object(artifact.digest, size: size, store.contents)))
    }
    try OutputFile.check(path)
    do {
      try OutputFile.telling(path) { try ProofArchive.write(path, members) }
    } catch let error as ObjectChanged {
      throw Failure(
        .answerNo, "the object \(error.digest.short) in the store is not what was submitted: nothing was written",
        hint: "restore it from a copy; 'custody verify' says what else is wrong")
    }
  }

  /// In the order of the entries, what each says in a line for people.
  package var titles: [String] {
    statements.map { entry, statement in
      let signer = store.state.membership.key(entry.envelope.keyID)?.owner ?? "key \(entry.envelope.keyID.short)"
      return "entry \(entry.sequence): \(statement?.predicate.typeName ?? "a statement") of \(signer), \(entry.time)"
    }
  }
}
