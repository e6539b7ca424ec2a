internal import Crypto
internal import FoundationEssentials
internal import Statements
internal import Storage
internal import TreeLog
internal import Verification

extension ForkRecord {
  /// The proofs of forks of a log that lie in the user's own folder, each with its file.
  ///
  /// What lies there and shows nothing is passed over.
  private static func kept(of origin: String, _ home: Home) -> [(path: String, proof: ForkProof)] {
    let folder = "\(home.trust)/forks"
    let prefix = SHA256.hash(origin).hex + "-"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasPrefix(prefix) && $0.hasSuffix(".fork") }.sorted().compactMap { name in
      let path = "\(folder)/\(name)"
      guard let bytes = (try? RegularFile.read(path, limit: ForkProof.sizeLimit)) ?? nil,
        let proof = try? ForkProof(parsing: bytes), ByteOrder.areEqual(proof.earlier.origin, origin)
      else { return nil }
      if case .nothing = proof.verdict() { return nil }
      return (path, proof)
    }
  }

  /// The forks of a log that this user has caught, and which side of each is the log that was seen.
  static func known(of trust: TrustRecord, at desk: Desk) -> [VerificationOptions.KnownFork] {
    kept(of: trust.origin, desk.home).map { path, proof in
      .init(path: path, size: proof.earlier.size, root: seenRoot(proof, trust, at: desk))
    }
  }

  /// The root that the log which was seen has where a fork's sides differ; nil where that cannot be told.
  private static func seenRoot(_ proof: ForkProof, _ trust: TrustRecord, at desk: Desk) -> Digest? {
    guard let root = trust.rootDigest else { return nil }
    if (trust.size, root) == (proof.earlier.size, proof.earlier.root) { return root }
    if (trust.size, root) == (proof.later.size, proof.later.root) { return proof.otherRoot ?? root }
    // What was seen has grown since.
    if let known = trust.forkRoots?["\(proof.earlier.size)"].flatMap({ Digest(hex: $0) }) { return known }
    // Where it still lies, it says itself which side it is.
    guard proof.earlier.size <= trust.size, !trust.path.isEmpty, StoreAddress(trust.path) == nil,
      let contents = try? desk.contents(of: StoreLayout(root: trust.path), keeps: false),
      let bytes = (try? contents.checkpoint()) ?? nil, let head = try? UnverifiedCheckpoint(parsing: bytes)
    else { return nil }
    let reader = LogReader(contents: contents, size: head.size, root: head.root)
    guard head.size >= trust.size, (try? reader.root(at: trust.size)) == root else { return nil }
    return try? reader.root(at: proof.earlier.size)
  }

  /// Keeps which side of each fork a log is that was verified, and extends what was seen: its later trees alone do not say.
  static func note(_ reader: LogReader, in record: inout TrustRecord, _ home: Home) {
    for (_, proof) in kept(of: record.origin, home) where proof.earlier.size <= reader.size {
      guard let root = try? reader.root(at: proof.earlier.size) else { continue }
      record.forkRoots = (record.forkRoots ?? [:]).merging(["\(proof.earlier.size)": root.hex]) { $1 }
    }
  }
}
