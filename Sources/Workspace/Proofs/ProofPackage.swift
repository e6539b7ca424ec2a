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
  private let store: OpenedStore
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
      guard hasObjects else { return left(out: "artifacts were left out") }
      guard let size = try store.contents.objectSize(item.digest) else {
        let presence = try ObjectPresence(item.digest, store)
        return left(out: presence.redactedBy.map { "redacted by entry \($0)" } ?? "missing in the store")
      }
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

/// The first page.
extension ProofPackage {
  private var readme: String {
    let first = proofs.first?.entry ?? 0
    let genesis = store.state.membership.keys.first
    var text = """
      What this is
      ============

      Proofs that something stands in the log '\(checkpoint.origin)': \(selection.reason).
      The tree that they lead to has \(Wording.entries(checkpoint.size)); its root hash is
      \(checkpoint.root.hex).

      """
    text += titles.map { "  - \($0)\n" }.joined()
    text += """

      How to check it
      ===============

      With custody, which needs no store and no network:

          custody check-proof THIS.zip --party \(store.state.client)=FINGERPRINT

      FINGERPRINT is the key that the log begins with, as '\(genesis?.owner ?? "")' tells it to you by
      telephone or on paper, not as it stands here. It is said to be
      \(genesis?.keyID.hex ?? "").

      By hand, in the folder that this was unpacked to:

      1. The entry's leaf hash is SHA-256 over a zero byte and the entry:

             (printf '\\0'; cat entries/\(first).json) | sha256sum

      2. The lines of entries/\(first).tlog-proof between 'index' and the empty line lead
         from it to the root on the third line of 'checkpoint' (RFC 6962, section
         2.1.1; the file is a c2sp.org/tlog-proof, which other programs read).

      3. The checkpoint is a signed note (c2sp.org/signed-note): the signature is
         Ed25519, or ECDSA, over its first three lines.

      4. What the entry says, with the SHA-256 of each artifact:

             jq -r .envelope.payload entries/\(first).json | base64 -d | jq .

         Artifacts lie in objects/\(first)/; sha256sum prints theirs. Where there were too
         many for the entry, it names a list in manifests/, which has them.

      5. Who signed: the entry names a key, and keys/ has the entries that brought
         each key into the log, each signed by an earlier one, back to entry 0.

      What it does not show
      =====================

      - That an entry counts: that its signer was still entitled then, and that it was
        not replaced, revoked or redacted later. That takes the whole log.
      - That it was recorded at the time that it says: that is the word of whoever
        appended it, unless a witness or a time stamp says so too.
      - That the log is complete, and that nobody was shown another one.
      - That what the artifacts say is true.
      - That the keys are those of the persons named: compare at least the first one.

      """
    let out = artifacts.filter { $0.reason != nil }
    if !out.isEmpty {
      text += "What is named and not in here\n=============================\n\n"
      for artifact in out.prefix(ProofPackage.shown) {
        text +=
          "  \(artifact.digest.hex)  entry \(artifact.entry), \(visible(artifact.name)): \(artifact.reason ?? "")\n"
      }
      if out.count > ProofPackage.shown { text += "  and \(out.count - ProofPackage.shown) more\n" }
    }
    return text
  }

  private static let shown = 1000

  private func visible(_ name: String) -> String { ByteText.visible(Array(name.utf8)) }
}
