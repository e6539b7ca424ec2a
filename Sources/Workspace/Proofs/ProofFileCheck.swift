package import Crypto
internal import Findings
internal import Ownership
package import Statements
package import TreeLog

/// What holds of a file of proofs, by itself and by what was told apart.
package struct ProofFileCheck {
  /// Who vouches for the tree.
  package enum Vouching: Equatable {
    /// As of a single proof.
    case direct(ProofCheck.Vouching)
    /// A member whose key goes back to the genesis key, which the reader knows.
    case chained(String)
    /// A member whose key goes back to a genesis key that nobody has compared.
    case introduced(String)
    /// The log begins with another entry than the one that the reader knows under this name.
    case otherLog

    package var isEnough: Bool {
      switch self {
      case .direct(.signed), .direct(.remembered), .chained: true
      case .direct, .introduced, .otherLog: false
      }
    }
  }

  /// An entry, and what holds of it.
  package struct Item {
    package let number: Int
    package let isIntroduction: Bool
    package let check: ProofCheck
    /// Whether it lies in the tree that all others lie in.
    package let isOfTheTree: Bool
    /// Whose key it is, as the proven entries show; nil where they do not.
    package let signer: KeyLineage.Known?
    package let appender: KeyLineage.Known?
    /// Whether the statement's signature holds; nil where its key is not known.
    package let isSigned: Bool?

    package var isIncluded: Bool { check.isIncluded && isOfTheTree }
  }

  /// An artifact in the file, and what it is.
  package struct Object {
    package enum State: Equatable {
      /// What an entry names so.
      case named(String)
      /// What an entry names otherwise.
      case renamed(String)
      /// Another than the entry names so, which hashes to this.
      case changed(String, expected: Digest)
      /// Named by no entry, or only by one that is not proven.
      case foreign
    }

    package let path: String
    package let entry: Int
    package let digest: Digest
    package let size: Int
    package let state: State
  }

  package let checkpoint: UnverifiedCheckpoint
  package let items: [Item]
  package let objects: [Object]
  /// What entries name and the file does not hold.
  package let absent: [(entry: Int, name: String, digest: Digest)]
  package let lineage: KeyLineage
  package let vouching: Vouching
  package let cosignatures: [(key: NoteKey, time: Int, isTold: Bool)]
  /// The sizes of the trees that time stamps are over, this one or those that it goes on from; whose they are is not
  /// judged.
  package let timestampSizes: [Int]
  /// Parties whose first key was told, and is the one that the proof shows.
  package let compared: [String]
  /// What is wrong: clauses.
  package let faults: [String]
  /// What is not as it should be, and takes nothing from the proof: sentences.
  package let remarks: [String]
  package let strangers: [String]

  /// The entries that are to be proven.
  package var chosen: [Item] { items.filter { !$0.isIntroduction } }

  package var holds: Bool { faults.isEmpty && vouching.isEnough }
  /// Whether nothing is wrong, whoever vouches for it.
  package var isConsistent: Bool { faults.isEmpty }

  /// Reads a file, and checks it.
  ///
  /// - Parameters:
  ///   - keys: Those that were told apart.
  ///   - parties: First keys as they were told apart, by party: the ids, or their first digits.
  ///   - home: What the user remembers; nil where they have no place for that.
  package static func read(
    _ path: String, keys: [NoteKey], parties: [String: String], home: Home?, now: Instant? = nil
  ) throws -> ProofFileCheck {
    let file = try ProofFile(path)
    let trust = try home.flatMap { try TrustMemory($0).record(of: file.checkpoint.origin) }
    return ProofFileCheck(file, keys: keys, parties: parties, trust: trust, now: now ?? WallClock.system.now())
  }

  package init(
    _ file: ProofFile, keys: [NoteKey], parties: [String: String], trust: TrustRecord?, now: Instant
  ) {
    checkpoint = file.checkpoint
    strangers = file.strangers
    let papers = file.papers
    let checks = file.items.map { item in
      ProofCheck(item.bundle, bytes: item.bytes, keys: keys, trust: trust, lists: { papers[$0] })
    }
    func isOfTheTree(_ item: ProofFile.Item) -> Bool {
      item.bundle.index == item.number && item.bundle.checkpoint.note == file.checkpoint.note
        && (item.bundle.extra.map { $0 == item.bytes } ?? true)
    }
    var proven: [KeyLineage.Proven] = []
    for (item, check) in zip(file.items, checks) where check.isIncluded && isOfTheTree(item) {
      if let entry = check.entry, let statement = check.statement {
        proven.append(KeyLineage.Proven(entry: entry, statement: statement))
      }
    }
    let lineage = KeyLineage(proven, origin: file.checkpoint.origin)
    self.lineage = lineage
    items = zip(file.items, checks).map { item, check in
      let signer = check.entry.flatMap { lineage.signer($0) }
      let byLineage = signer.flatMap { signer in check.entry.map { $0.envelope.isSigned(by: signer.key) } }
      return Item(
        number: item.number, isIntroduction: item.folder == .keys, check: check, isOfTheTree: isOfTheTree(item),
        signer: signer, appender: check.entry.flatMap { lineage.appender($0) }, isSigned: check.isSigned ?? byLineage)
    }
    var faults: [String] = []
    for item in items { ProofFileCheck.judge(item, lineage, origin: file.checkpoint.origin, &faults) }
    (objects, absent) = ProofFileCheck.tie(file, items, &faults)
    var compared: [String] = []
    for (party, digits) in parties.sorted(by: { ByteOrder.precedes($0.key, $1.key) }) {
      let own = lineage.keys.values.filter { $0.use == .sign && $0.party == party }
      guard let first = own.min(by: { ($0.entry, $0.key.keyID) < ($1.entry, $1.key.keyID) }) else {
        faults.append(
          "no key of '\(party)' is in this proof, so that it cannot be compared with the one that you were told")
        continue
      }
      if first.key.keyID.hex.hasPrefix(digits) {
        compared.append(party)
      } else {
        faults.append(
          "the first key of '\(party)' in this proof is \(first.key.keyID.hex), not the one that you were told")
      }
    }
    self.compared = compared
    vouching = ProofFileCheck.vouching(
      file, lineage, keys, trust, isGenesisTold: compared.contains(lineage.client?.id ?? ""))
    if case .otherLog = vouching {
      faults.append("the log begins with another entry than the one that you know as '\(file.checkpoint.origin)'")
    }
    if let owner = ProofFileCheck.headSigner(of: vouching, lineage, file.checkpoint),
      let reason = lineage.whyNotAppended(owner, file.checkpoint.size - 1)
    {
      faults.append("the checkpoint is signed by \(owner.owner), who \(reason)")
    }
    for key in Cosignature.broken(under: file.checkpoint.note, of: keys) {
      faults.append("the cosignature in the name of '\(key.name)', whose key you gave, does not hold")
    }
    cosignatures = ProofFileCheck.cosignatures(file.checkpoint, lineage, keys)
    remarks = ProofRemarks.times(proven.map(\.entry), cosignatures.map { ($0.key.name, $0.time) }, now: now)
    timestampSizes = ProofFileCheck.timestamps(file, &faults)
    self.faults = faults
  }

  /// Holds each token against the tree that it is over, and that against this one.
  private static func timestamps(_ file: ProofFile, _ faults: inout [String]) -> [Int] {
    var sizes: [Int] = []
    for token in file.tokens {
      var tree = file.checkpoint.tree
      if let known = file.earlierTrees[token.name] {
        guard let earlier = known, earlier.leads(to: tree) else {
          faults.append("this tree is not shown to go on from the one that the time stamp '\(token.name)' is over")
          continue
        }
        tree = earlier.checkpoint
      }
      if TimestampToken.fault(token.bytes, over: SHA256.hash(tree.text)) != nil {
        faults.append(
          "the time stamp '\(token.name)' does not hold, or is not over the checkpoint that it is said to be")
      } else {
        sizes.append(tree.size)
      }
    }
    return sizes.sorted()
  }

  private static func judge(_ item: Item, _ lineage: KeyLineage, origin: String, _ faults: inout [String]) {
    let name = "entry \(item.number)"
    guard item.isIncluded else {
      faults.append(
        item.isOfTheTree
          ? "\(name) is not in the tree: the hashes do not lead from it to the root"
          : "the proof of \(name) is of another entry or tree than this file's")
      return
    }
    guard let statement = item.check.statement else {
      faults.append("\(name) holds no statement that can be read")
      return
    }
    if !ByteOrder.areEqual(statement.store, origin) {
      faults.append("\(name) is for the log '\(statement.store)'")
    }
    if let appender = item.appender, let reason = lineage.whyNotAppended(appender, item.number) {
      faults.append("\(name) says that \(appender.owner) appended it, who \(reason)")
    }
    switch item.isSigned {
    case true?:
      guard let signer = item.signer, let reason = lineage.whyNotEntitled(signer, statement, at: item.number) else {
        break
      }
      faults.append("\(name) does not count: \(signer.owner), who signed it, \(reason)")
    case false?: faults.append("the signature of \(name) does not hold")
    case nil:
      let key = item.check.entry?.envelope.keyID.short ?? ""
      faults.append(
        "whose the key \(key) of \(name) is cannot be told: nothing that is proven here brings it, of whoever may")
    }
  }

  /// Holds each artifact against what its entry names.
  private static func tie(
    _ file: ProofFile, _ items: [Item], _ faults: inout [String]
  ) -> ([Object], [(entry: Int, name: String, digest: Digest)]) {
    var byPath: [String: (name: String, digest: Digest)] = [:]
    var byDigest: [Int: [Digest: String]] = [:]
    var named: [(entry: Int, name: String, digest: Digest)] = []
    for item in items where !item.isIntroduction && item.isIncluded && item.isSigned == true {
      guard let statement = item.check.statement else { continue }
      var artifacts: [(name: String, digest: Digest)] = []
      for subject in statement.evidenceSubjects {
        guard subject.mediaType == MediaType.manifest else {
          artifacts.append((subject.name, subject.digest))
          continue
        }
        var reader = ManifestReader()
        var listed: [(name: String, digest: Digest)] = []
        do {
          try reader.feed(file.papers[subject.digest] ?? []) { listed.append(($0.name, $0.digest)) }
          try reader.finish()
          artifacts += listed
        } catch {
          faults.append(
            "the list of what entry \(item.number) brings is not in this file, so that nothing is tied to it")
        }
      }
      for (artifact, path) in zip(artifacts, ProofNames.paths(of: artifacts, entry: item.number)) {
        byPath[path] = artifact
        byDigest[item.number, default: [:]][artifact.digest] = artifact.name
        named.append((item.number, artifact.name, artifact.digest))
      }
    }
    let objects = file.objects.map { object in
      let state: Object.State
      if let expected = byPath[object.path] {
        state =
          expected.digest == object.digest
          ? .named(expected.name) : .changed(expected.name, expected: expected.digest)
      } else {
        state = byDigest[object.entry]?[object.digest].map { .renamed($0) } ?? .foreign
      }
      switch state {
      case .named: break
      case .changed(let name, let expected):
        faults.append(
          "'\(object.path)' is not what entry \(object.entry) names '\(name)': it hashes to \(object.digest.hex), and "
            + "\(expected.hex) is expected")
      case .foreign: faults.append("'\(object.path)' is nothing that a proven entry names")
      case .renamed(let name):
        faults.append("'\(object.path)' lies under another name than entry \(object.entry) gives it: '\(name)'")
      }
      return Object(
        path: object.path, entry: object.entry, digest: object.digest, size: object.size, state: state)
    }
    let there = Dictionary(grouping: file.objects, by: \.entry).mapValues { Set($0.map(\.digest)) }
    return (objects, named.filter { !(there[$0.entry]?.contains($0.digest) ?? false) })
  }

  private static func vouching(
    _ file: ProofFile, _ lineage: KeyLineage, _ keys: [NoteKey], _ trust: TrustRecord?, isGenesisTold: Bool
  ) -> Vouching {
    let genesis = file.items.first { $0.number == 0 }.map { MerkleHash.leaf($0.bytes) }
    let isGenesisIncluded = lineage.genesis != nil
    if isGenesisIncluded, let known = trust?.genesisDigest, known != genesis { return .otherLog }
    let direct = ProofCheck.vouching(file.checkpoint, keys: keys, trust: trust)
    guard direct == .unchecked else { return .direct(direct) }
    let own = lineage.keys.values.filter { $0.use == .sign }
      .map { (NoteKey(log: $0.key, name: file.checkpoint.origin), $0.owner) }
    guard let signer = ForkProof.signers(of: file.checkpoint, among: own.map(\.0)).first,
      let owner = own.first(where: { $0.0 == signer })?.1
    else { return .direct(.unchecked) }
    let isKnown = isGenesisTold || (isGenesisIncluded && trust?.genesisDigest != nil)
    return isKnown ? .chained(owner) : .introduced(owner)
  }

  /// Whose key has signed the tree, where it is one that the proven entries brought.
  private static func headSigner(
    of vouching: Vouching, _ lineage: KeyLineage, _ checkpoint: UnverifiedCheckpoint
  ) -> KeyLineage.Known? {
    let owners: [Digest]
    switch vouching {
    case .direct(.signed(let keys)): owners = keys.map(\.key.keyID)
    case .direct, .chained, .introduced, .otherLog:
      let own = lineage.keys.values.filter { $0.use == .sign }.map { NoteKey(log: $0.key, name: checkpoint.origin) }
      owners = ForkProof.signers(of: checkpoint, among: own).map(\.key.keyID)
    }
    return owners.compactMap { lineage.keys[$0] }.first
  }

  private static func cosignatures(
    _ checkpoint: UnverifiedCheckpoint, _ lineage: KeyLineage, _ told: [NoteKey]
  ) -> [(key: NoteKey, time: Int, isTold: Bool)] {
    let registered = lineage.keys.values.filter { $0.use == .witness }
      .compactMap { known in known.keyName.flatMap { NoteKey(witness: known.key, name: $0) } }
      .filter { !told.contains($0) }
    return (told.map { ($0, true) } + registered.map { ($0, false) }).flatMap { key, isTold in
      checkpoint.note.signatures.compactMap { line in
        Cosignature.time(of: line, by: key, text: checkpoint.note.text).map { (key, $0, isTold) }
      }
    }
  }
}
