internal import Crypto
internal import Findings
internal import Ownership
internal import Statements
internal import TreeLog
internal import Verification

/// A source and a copy that cannot both be the log: who signed which of the two trees, and the file that shows it.
///
/// The trees may be signed by different keys. Then neither signer is convicted alone, but both were entitled to append, each as
/// the entries of its own tree say, and one of the two trees was made to deceive.
struct PullFork {
  /// nil where one of the trees bears no signature of a key that might append to it.
  let proof: ForkProof?
  /// A clause that names the signers; empty without a proof.
  let signers: String

  init(shown: UnverifiedCheckpoint, held: UnverifiedCheckpoint, from pull: Pull) throws {
    let trust = try TrustMemory(pull.desk.home).record(of: pull.origin)
    let today = pull.desk.clock.today
    let copy = PullFork.appenders(
      held, CheckpointOverlay(try CopyPlace.copied(pull.layout), checkpoint: held.note.bytes), on: today,
      genesis: nil)
    let source = PullFork.appenders(
      shown, CheckpointOverlay(pull.source, checkpoint: shown.note.bytes), on: today,
      genesis: trust?.genesisDigest ?? copy.genesis)
    let known = trust?.noteKeys ?? []
    let keys = Set(known + copy.keys.map(\.key) + source.keys.map(\.key))
    let (larger, smaller) = shown.size >= held.size ? (shown, held) : (held, shown)
    let contents: any StoreContents = shown.size >= held.size ? pull.source : try CopyPlace.copied(pull.layout)
    let reader = LogReader(contents: contents, size: larger.size, root: larger.root)
    proof = ForkRecord.make(smaller, against: larger, reader, keys: Array(keys))
    guard proof != nil else {
      signers = ""
      return
    }
    let owners = copy.keys + source.keys
    func who(_ tree: UnverifiedCheckpoint) -> String {
      let own = ForkProof.signers(of: tree, among: Array(keys)).map { key in
        owners.first { $0.key == key }?.owner ?? "the key \(key.key.keyID.short)"
      }
      return Wording.list(Set(own).sorted())
    }
    signers = "; \(who(held)) signed the copy's tree of \(held.size), and \(who(shown)) the other's of \(shown.size)"
  }

  /// The keys that have signed a store's checkpoint and might, as its own entries say.
  ///
  /// - Parameter genesis: How the log began; one that began otherwise has only invented its keys.
  static func appenders(
    _ tree: UnverifiedCheckpoint, _ contents: any StoreContents, on today: Day, genesis: Digest?
  ) -> (keys: [(key: NoteKey, owner: String)], genesis: Digest?) {
    var options = VerificationOptions(asOf: today)
    options.objects = .none
    options.resolvesOwnership = false
    guard let report = try? Verifier(contents, options: options).verify(),
      !report.findings.contains(where: { $0.code == .checkpointUnsigned }), genesis == nil || report.genesis == genesis
    else { return ([], nil) }
    let keys = report.state.membership.keys.filter { $0.use == .sign }.compactMap { known in
      (try? VerificationKey(base64: known.publicKey)).map {
        (key: NoteKey(log: $0, name: tree.origin), owner: known.owner)
      }
    }
    let signers = ForkProof.signers(of: tree, among: keys.map(\.key))
    return (keys.filter { signers.contains($0.key) }, report.genesis)
  }
}
