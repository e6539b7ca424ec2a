public import Crypto
internal import Findings
internal import Ownership
package import Statements
internal import Storage
public import TreeLog

/// Takes files in, and says about them what is to be said: into the log, into an offer, or nowhere.
public struct Submission {
  /// What became of some files.
  public struct Result: Sendable {
    /// The newest checkpoint.
    public internal(set) var checkpoint: Checkpoint
    /// One for each batch of which something was entered, or would be; empty for an offer.
    public internal(set) var entries: [Int] = []
    /// The ids of the statements, in their order; empty for a rehearsal.
    public internal(set) var statements: [Digest] = []
    /// The files of each batch.
    package var batches: [(evidence: Evidence, artifacts: [Artifact])] = []
    /// For each batch, its statement's place among those that were made; nil where everything was there already.
    package var places: [Int?] = []
    /// Controls of other adopted frameworks that the files may also show something of.
    package var proposals: [CrosswalkProposal] = []
    /// The file that the statements were written to, instead of the log.
    public internal(set) var offer: String?
    /// Whether nothing was written.
    public internal(set) var isDryRun: Bool

    /// Every file, in the order in which they were taken in.
    public var artifacts: [Artifact] { batches.flatMap(\.artifacts) }
  }

  package let place: SigningPlace
  package var write: WriteOptions
  /// Whether what the store has already is not entered again.
  package var skipsKnown = true
  /// Whether empty files are worth a word; what a program printed may well be nothing.
  package var remarksOnEmpty = true

  package init(place: SigningPlace, write: WriteOptions) {
    self.place = place
    self.write = write
  }

  package func perform(_ batches: [EvidenceBatch]) throws -> Result {
    try refuseEarly(batches)
    if let offer = write.offer, !write.isDryRun { return try makeOffer(batches, offer) }
    if write.isDryRun { return try rehearse(batches) }
    return try append(batches)
  }

  /// Says no before anything is read or run, if the rules would say it afterwards.
  package func refuseEarly(_ batches: [EvidenceBatch]) throws {
    guard let store = place.store else { return }
    if !store.state.membership.mayAppend(place.signer.key.verificationKey.keyID) {
      guard store.state.membership.key(place.signer.key.verificationKey.keyID)?.use != .recovery else {
        throw Failure(
          .notEntitled,
          "a recovery key signs for members who come back, and nothing else: such evidence would never count",
          hint: "have it bring an administrator back: custody member add CARD --as PARTY")
      }
      // Somebody else will append the offer, and the rules are asked then.
      guard write.offer == nil else { return }
      guard store.state.membership.member(place.signer.member)?.role == .auditor else {
        throw Failure(
          .notEntitled, "\(place.signer.member) may not append",
          hint: "make an offer with --offer FILE, for somebody who may: custody append FILE")
      }
    }
    var rehearsal = write
    rehearsal.isDryRun = true
    rehearsal.offer = nil
    let stand = Subject(name: "artifact", digest: .zero, size: 0, mediaType: MediaType.binary)
    _ = try Writing.perform(at: SigningPlace(store, signer: place.signer), rehearsal) { _, signed in
      guard signed.count < batches.count else { return nil }
      return Draft(predicate: .evidence(batches[signed.count].evidence), subjects: [stand])
    }
  }

  // MARK: Into the log

  private func append(_ batches: [EvidenceBatch]) throws -> Result {
    guard let opened = place.store else { throw Failure(.bug, "there is no store to append to") }
    // Before the lock is taken: a slow pipe keeps nobody from writing.
    let objects = ObjectStore(layout: opened.layout)
    let staged = try stage(batches.flatMap(\.sources), in: objects)
    let appending = try Appending(opened, appender: place.signer, staging: objects, write)
    let entering = Entering(batches: batches, staged: staged, objects: objects, appending: appending)
    var result = try enter(entering)
    var before = appending.moved
    // What it holds would hold this append, and with it the store's lock.
    defer { appending.revise = nil }
    appending.revise = {
      guard try isOtherwise(result, in: appending) else { return false }
      var silent = self
      silent.remarksOnEmpty = false
      result = try silent.enter(entering)
      before = appending.moved
      return true
    }
    result.checkpoint = try appending.commit()
    result.entries = result.entries.map { $0 + appending.moved - before }
    return result
  }

  /// What goes into the log, each time that others were faster.
  private final class Entering {
    let batches: [EvidenceBatch]
    let staged: [StagedObject]
    let objects: ObjectStore
    let appending: Appending
    /// What lies in the store by now, and is staged no more.
    var published: Set<Digest> = []

    init(batches: [EvidenceBatch], staged: [StagedObject], objects: ObjectStore, appending: Appending) {
      (self.batches, self.staged, self.objects, self.appending) = (batches, staged, objects, appending)
    }
  }

  /// Takes in a statement for each batch of which the store has not everything, and publishes what it brings.
  private func enter(_ entering: Entering) throws -> Result {
    let appending = entering.appending
    var result = Result(checkpoint: appending.store.checkpoint, isDryRun: false)
    let earlier = try EarlierEvidence(appending.store, party: place.signer.party, of: entering.staged.map(\.digest))
    var staged = entering.staged[...]
    var wanted: [StagedObject] = []
    for batch in entering.batches {
      let before = wanted.count
      let artifacts = try artifacts(of: batch, &staged, earlier, &wanted)
      appending.bring(wanted[before...])
      let entry = appending.nextEntry
      let isEntered = try enter(batch.evidence, artifacts, &result) { draft in
        try appending.add(draft, signer: place.signer).id
      } keep: { bytes in
        let object = try entering.objects.stage(bytes: bytes)
        appending.bring([object])
        wanted.append(object)
      }
      if isEntered { result.entries.append(entry) }
    }
    // Nothing that a refusal would leave behind is published before the last statement is signed.
    appending.discard(wanted.filter { entering.published.contains($0.digest) })
    try appending.publish(wanted.filter { !entering.published.contains($0.digest) })
    entering.published.formUnion(wanted.map(\.digest))
    return result
  }

  /// Whether the log has of some files by now what it had not, or has it no more.
  private func isOtherwise(_ result: Result, in appending: Appending) throws -> Bool {
    guard skipsKnown else { return false }
    let digests = result.artifacts.map(\.digest)
    let earlier = try EarlierEvidence(appending.store, party: place.signer.party, of: digests)
    for (evidence, artifacts) in result.batches where evidence.replaces.isEmpty {
      for artifact in artifacts where try earlier.look(up: artifact, for: evidence).entry != artifact.earlierEntry {
        return true
      }
    }
    return false
  }

  /// What the files of a batch are, and which of them have to be stored.
  ///
  /// - Parameters:
  ///   - staged: What was staged for it and for those after it; what is the batch's own is taken off.
  ///   - earlier: What the store has; nil far from it.
  private func artifacts(
    of batch: EvidenceBatch, _ staged: inout ArraySlice<StagedObject>, _ earlier: EarlierEvidence?,
    _ wanted: inout [StagedObject]
  ) throws -> [Artifact] {
    let own = staged.prefix(batch.sources.count)
    staged.removeFirst(own.count)
    return try zip(batch.sources, own).map { source, object in
      var artifact = Artifact(source, digest: object.digest, size: object.size)
      if let earlier { try look(up: &artifact, for: batch.evidence, earlier) }
      if artifact.earlierEntry == nil { wanted.append(object) }
      return artifact
    }
  }

  /// Copies and hashes all sources. What is not used goes with the staging.
  private func stage(_ sources: [ArtifactSource], in store: ObjectStore) throws -> [StagedObject] {
    let large = try largeSize(sources)
    let progress = place.desk.notices.begin(
      large == nil ? "taking in files" : "taking in megabytes", total: large.map { $0 >> 20 } ?? sources.count)
    defer { progress.finish() }
    var staged: [StagedObject] = []
    let keys = try PrivateKeyGuard(place)
    var store = store
    store.search = keys.search
    if sources.contains(where: { $0.origin == .standardInput || $0.isBlind }) {
      for source in sources {
        staged.append(try stageOne(source, in: store))
        if large == nil { progress.advance(by: 1) }
      }
    } else if large != nil {
      var bytes = 0
      for source in sources {
        staged.append(
          try store.stage(file: source.path) { count in
            bytes += count
            progress.advance(by: bytes >> 20)
            bytes &= (1 << 20) - 1
          })
      }
    } else {
      staged = try store.stage(files: sources.map(\.path), progress: progress.advance)
    }
    try Submission.compare(sources, staged.map(\.digest))
    for (source, object) in zip(sources, staged) {
      try keys.check(source, found: object.found)
      // What is in the archive around it may be packed itself.
      if source.isBlind {
        try keys.check(fileOf: source)
        if try RegularFile.sizeWithoutFollowing(source.path) == 0 {
          place.desk.notices.warn("\(source.title) is empty")
        }
      }
      if let bytes = try store.bytes(of: object, limit: PrivateKeyGuard.limit(isPacked: object.isPacked)) {
        try keys.check(source, bytes)
      }
    }
    return staged
  }

  /// How many bytes some files have, if they are few and large, so that a count of files would stand still; nil otherwise.
  private func largeSize(_ sources: [ArtifactSource]) throws -> Int? {
    guard sources.count <= 4 else { return nil }
    var size = 0
    for source in sources {
      guard case .file(let path) = source.origin, !source.isBlind,
        let own = try RegularFile.sizeWithoutFollowing(path)
      else { return nil }
      size += own
    }
    return size >= 64 << 20 ? size : nil
  }

  private func stageOne(_ source: ArtifactSource, in store: ObjectStore) throws -> StagedObject {
    if source.origin == .standardInput { return try store.stageStandardInput() }
    return try source.isBlind ? store.stage(salted: source.path) : store.stage(file: source.path)
  }

  /// Says which files are empty: that there was nothing may be what they show, or a mistake.
  private func remark(onEmpty artifacts: [Artifact]) {
    let empty = artifacts.filter { $0.size == 0 && $0.earlierEntry == nil }.map { "'\($0.name)'" }
    guard remarksOnEmpty, !empty.isEmpty else { return }
    place.desk.notices.warn("\(FileGathering.some(empty)) \(empty.count == 1 ? "is" : "are") empty")
  }

  /// Holds what was read against what a manifest says.
  package static func compare(_ sources: [ArtifactSource], _ digests: [Digest]) throws {
    let wrong = zip(sources, digests).filter { source, digest in source.expected.map { $0 != digest } ?? false }
    guard let (first, found) = wrong.first, let expected = first.expected else { return }
    let more = wrong.count > 1 ? ", and \(wrong.count - 1) more do not match either" : ""
    throw Failure(
      .malformedInput,
      "\(first.title) is not what the manifest lists: it hashes to \(found.hex), and \(expected.hex) is expected\(more)",
      hint: "nothing was submitted; find out which is right, and make the manifest anew if it is the file")
  }

  /// Finds out whether the store has it.
  private func look(up artifact: inout Artifact, for evidence: Evidence, _ earlier: EarlierEvidence) throws {
    let (isNew, entry) = try earlier.look(up: artifact, for: evidence)
    artifact.isNew = isNew
    if skipsKnown, evidence.replaces.isEmpty { artifact.earlierEntry = entry }
  }

  /// Makes the statement about what is not there already.
  ///
  /// - Returns: Whether there was anything to say.
  private func enter(
    _ evidence: Evidence, _ artifacts: [Artifact], _ result: inout Result, sign: (Draft) throws -> Digest,
    keep: ([UInt8]) throws -> Void
  ) throws -> Bool {
    result.batches.append((evidence, artifacts))
    let fresh = artifacts.filter { $0.earlierEntry == nil }
    remark(onEmpty: fresh)
    guard !fresh.isEmpty else {
      result.places.append(nil)
      return false
    }
    let draft = try EvidenceBatch.draft(evidence, fresh, at: place, keep: keep)
    result.places.append(result.statements.count)
    result.statements.append(try sign(draft))
    return true
  }

  // MARK: Nowhere

  private func rehearse(_ batches: [EvidenceBatch]) throws -> Result {
    var result = Result(checkpoint: place.checkpoint, offer: write.offer, isDryRun: true)
    for batch in batches {
      var artifacts = try read(batch.sources)
      let earlier = try place.store.map {
        try EarlierEvidence($0, party: place.signer.party, of: artifacts.map(\.digest))
      }
      for index in artifacts.indices {
        if let earlier { try look(up: &artifacts[index], for: batch.evidence, earlier) }
      }
      let isEntered = try enter(batch.evidence, artifacts, &result, sign: { _ in .zero }, keep: { _ in })
      if isEntered, write.offer == nil { result.entries.append(place.checkpoint.size + result.entries.count) }
    }
    result.statements = []
    return result
  }

  private func read(_ sources: [ArtifactSource]) throws -> [Artifact] {
    let progress = place.desk.notices.begin("reading files", total: sources.count)
    defer { progress.finish() }
    let keys = try PrivateKeyGuard(place)
    let artifacts = try sources.map { source in
      defer { progress.advance(by: 1) }
      let (artifact, found) = try ArtifactReader.read(source, keys.search)
      try keys.check(source, found: found)
      return artifact
    }
    try Submission.compare(sources, artifacts.map(\.digest))
    for source in sources { try keys.check(fileOf: source) }
    return artifacts
  }

  // MARK: Into an offer

  private func makeOffer(_ batches: [EvidenceBatch], _ path: String) throws -> Result {
    try OfferFile.tellReplaced(path, place.desk.notices)
    return try OfferFile.whileStaging(for: path) { try makeOffer(batches, path, staging: $0) }
  }

  private func makeOffer(_ batches: [EvidenceBatch], _ path: String, staging: ObjectStore) throws -> Result {
    var result = Result(checkpoint: place.checkpoint, offer: path, isDryRun: false)
    var staged = try stage(batches.flatMap(\.sources), in: staging)[...]
    let earlier = try place.store.map {
      try EarlierEvidence($0, party: place.signer.party, of: staged.map(\.digest))
    }
    var envelopes: [Envelope] = []
    var wanted: [StagedObject] = []
    for batch in batches {
      let artifacts = try artifacts(of: batch, &staged, earlier, &wanted)
      var kept: [[UInt8]] = []
      _ = try enter(batch.evidence, artifacts, &result) { draft in
        let payload = try draft.payload(
          store: place.origin, signedAt: place.desk.clock.now(), seen: place.seen, placeholder: place.seen.root,
          keep: { kept.append($0) })
        envelopes.append(try Envelope(signing: payload, with: place.signer.key))
        return SHA256.hash(payload)
      } keep: { bytes in
        kept.append(bytes)
      }
      for bytes in kept { wanted.append(try staging.stage(bytes: bytes)) }
    }
    guard !envelopes.isEmpty else {
      result.offer = nil
      return result
    }
    try OfferFile.write(path, envelopes, objects: wanted, in: staging)
    return result
  }
}

extension ArtifactSource {
  /// The path of a file; empty for standard input.
  fileprivate var path: String {
    if case .file(let path) = origin { path } else { "" }
  }
}

@available(*, unavailable)
extension Submission: Sendable {}
