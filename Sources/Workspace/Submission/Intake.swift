internal import Findings
package import Statements

/// What a user has at hand to submit — files and folders, a manifest or a list — and what they say about it.
package struct Intake: Sendable {
  /// Files and folders; `-` for standard input.
  package var files: [String]
  /// A list as `sha256sum` writes it, of files beside it.
  package var manifest: String?
  /// A table that says of each file what it is about.
  package var list: String?
  /// What standard input is called; nil for `stdin`.
  package var inputName: String?
  package var details: EvidenceDetails
  /// How the list writes days; nil for what it says itself.
  package var dates: DateOrder?
  /// Whether each file goes in beside random bytes.
  package var isBlind = false
  /// Patterns of names that are left out of folders.
  package var excluded: [String] = []
  /// Which controls of other frameworks are taken as well.
  package var also = CrosswalkWish()

  package init(
    files: [String], manifest: String? = nil, list: String? = nil, inputName: String? = nil, details: EvidenceDetails
  ) {
    self.files = files
    self.manifest = manifest
    self.list = list
    self.inputName = inputName
    self.details = details
  }

  /// Takes it in, and says about it what is to be said.
  ///
  /// - Throws: `answerNo` where the user refused what the files' names seem to say.
  package func submit(at place: SigningPlace, _ write: WriteOptions) throws -> Submission.Result {
    try check(now: place.desk.clock.now())
    let choice = ControlChoice(place)
    let earlier = EarlierStatement(place: place)
    var gathering = FileGathering(place, excluding: excluded)
    var batches: [EvidenceBatch]
    if let list {
      var list = EvidenceList(path: list, dates: dates, defaults: details, choice: choice, earlier: earlier)
      batches = try list.read(&gathering)
    } else {
      let sources = try sources(&gathering)
      guard let found = try self.batches(about: sources, choice, earlier, at: place, isDryRun: write.isDryRun) else {
        throw Failure(.answerNo, "nothing was submitted")
      }
      batches = found
    }
    for skipped in gathering.skipped { place.desk.notices.warn("left out: \(skipped)") }
    for pattern in gathering.idlePatterns {
      place.desk.notices.warn(
        "nothing was left out by --exclude '\(pattern)': it matches nothing that lies in a folder given")
    }
    let proposals = try CrosswalkOffer(place, choice).take(also, into: &batches, isDryRun: write.isDryRun)
    guard try SubmissionRemarks(place).agrees(to: batches, isDryRun: write.isDryRun) else {
      throw Failure(.answerNo, "nothing was submitted")
    }
    try RequestRemark(place).tell(batches.compactMap(\.evidence.label))
    var result = try Submission(place: place, write: write).perform(isBlind ? batches.map(blinded) : batches)
    result.proposals = proposals
    return result
  }

  /// The batch with names that say what the objects are: archives with the file and some salt in them.
  private func blinded(_ batch: EvidenceBatch) -> EvidenceBatch {
    var batch = batch
    for index in batch.sources.indices {
      batch.sources[index].isBlind = true
      batch.sources[index].name += ".blind.tar"
      batch.sources[index].mediaType = nil
    }
    return batch
  }

  /// Refuses what cannot be meant, before the store is opened.
  package func check(now: Instant) throws {
    try details.checkDates(now: now)
    let ways = [
      files.isEmpty ? nil : "FILE", manifest.map { _ in "--manifest" },
      list.map { _ in "--list" },
    ].compactMap { $0 }
    guard ways.count == 1 else {
      throw Failure(
        .usage,
        ways.isEmpty ? "there is nothing to submit" : "\(Wording.list(ways)) say twice what is submitted",
        hint: "name files or folders, '-' for standard input, --manifest FILE or --list CSV")
    }
    guard dates == nil || list != nil else {
      throw Failure(.usage, "--dates says how a list writes days, and no --list is given")
    }
    let readsInput = files.contains("-")
    guard !isBlind || !(readsInput || manifest != nil) else {
      throw Failure(
        .usage,
        "--blind is for files: \(readsInput ? "nobody knows how much comes in by a pipe" : "a manifest says what they hash to")",
        hint: readsInput ? "write it to a file first, and name that" : "name the files themselves, or a --list")
    }
    guard inputName == nil || readsInput else {
      throw Failure(.usage, "--name names standard input, and '-' is not among the files")
    }
  }

  private func sources(_ gathering: inout FileGathering) throws -> [ArtifactSource] {
    if let manifest = manifest { return try ManifestList.read(manifest) }
    var sources: [ArtifactSource] = []
    for file in files {
      if file == "-" {
        sources.append(ArtifactSource(origin: .standardInput, name: inputName ?? "stdin"))
      } else {
        try gathering.add(file)
      }
    }
    try gathering.check()
    sources += gathering.files
    try FileGathering.checkClashes(sources)
    guard !sources.isEmpty else {
      throw Failure(.inputMissing, "there are no files in \(FileGathering.some(files.map { "'\($0)'" }))")
    }
    return sources
  }

  /// What the statements say; nil where a guess was refused.
  private func batches(
    about sources: [ArtifactSource], _ choice: ControlChoice, _ earlier: EarlierStatement, at place: SigningPlace,
    isDryRun: Bool
  ) throws -> [EvidenceBatch]? {
    let controls = try choice.resolve(details.controls)
    let duty = try details.duty.map { try earlier.duty($0) }
    let replaces = try earlier.evidence(details.replaces)
    func batch(_ controls: [String], _ sources: [ArtifactSource]) throws -> EvidenceBatch {
      EvidenceBatch(
        evidence: try details.evidence(controls: controls, duty: duty, replaces: replaces), sources: sources)
    }
    guard controls.isEmpty, duty == nil else { return [try batch(controls, sources)] }
    let guess = try NameGuess(sources, try choice.everything())
    return try guess.isConfirmed(at: place, isDryRun: isDryRun)
      ? guess.parts.map { try batch($0.controls, $0.sources) } : nil
  }
}

extension Desk {
  /// Records files as evidence.
  ///
  /// - Parameters:
  ///   - files: Files and folders.
  ///   - details: What they show; controls in any spelling that the adopted catalogs know.
  ///   - person: Whose key signs, as in `acme/bo`; nil for the desk's own.
  /// - Returns: The entries that they became, and what was there already.
  public func submit(
    _ files: [String], _ details: EvidenceDetails, to store: OpenedStore, as person: String? = nil,
    _ write: WriteOptions = WriteOptions()
  ) throws -> Submission.Result {
    let desk = signing(as: person)
    let own = store.at(desk)
    let place = SigningPlace(own, signer: try own.signer())
    return try Intake(files: files, details: details).submit(at: place, write)
  }
}
