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
    var gathering = FileGathering(place)
    let batches: [EvidenceBatch]
    if let list {
      var list = EvidenceList(path: list, defaults: details, choice: choice, earlier: earlier)
      batches = try list.read(&gathering)
    } else {
      let sources = try sources(&gathering)
      guard let evidence = try evidence(about: sources, choice, earlier, at: place, isDryRun: write.isDryRun) else {
        throw Failure(.answerNo, "nothing was submitted")
      }
      batches = [EvidenceBatch(evidence: evidence, sources: sources)]
    }
    for skipped in gathering.skipped { place.desk.notices.warn("left out: \(skipped)") }
    return try Submission(place: place, write: write).perform(batches)
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
    let readsInput = files.contains("-")
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

  /// What the statement says; nil where a guess was refused.
  private func evidence(
    about sources: [ArtifactSource], _ choice: ControlChoice, _ earlier: EarlierStatement, at place: SigningPlace,
    isDryRun: Bool
  ) throws -> Evidence? {
    var controls = try choice.resolve(details.controls)
    let duty = try details.duty.map { try earlier.duty($0) }
    if controls.isEmpty, duty == nil {
      guard let guess = try guess(sources, choice, at: place, isDryRun: isDryRun) else { return nil }
      controls = guess
    }
    return details.evidence(controls: controls, duty: duty, replaces: try earlier.evidence(details.replaces))
  }

  /// The control that file names speak of, if the user says so; nil if they say no.
  private func guess(
    _ sources: [ArtifactSource], _ choice: ControlChoice, at place: SigningPlace, isDryRun: Bool
  ) throws -> [String]? {
    let guess = ControlGuess(sources.map(\.name), try choice.everything())
    let shown = FileGathering.some(guess.candidates)
    guard guess.isUnanimous else {
      throw Failure(
        .usage, "no control is given",
        hint: guess.candidates.isEmpty
          ? "say what it is about: --control ID"
          : "the names speak of \(shown): say which with --control ID, or use --list")
    }
    if isDryRun {
      place.desk.notices.say("the names say that it is about \(shown)")
      return guess.candidates
    }
    let refusal = Failure(
      .usage, "the names only seem to speak of \(shown), which --yes does not take for granted",
      hint: "say it: --control \(guess.candidates[0])")
    let question = Question(
      "The names say that it is about \(shown). Is it?", refusingBlanketYes: guess.isExact ? nil : refusal)
    return try place.desk.consent.confirm(question) ? guess.candidates : nil
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
