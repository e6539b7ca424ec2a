internal import CommandLine
internal import Crypto
internal import Findings
internal import Rendering
internal import Statements
internal import Workspace

extension Submission.Result {
  /// How many files of a batch are listed.
  private static let shown = 3

  private var isOffer: Bool { offer != nil }

  /// The entry that holds a batch's statement, or would.
  private func entry(_ batch: Int) -> Int? {
    places[batch].flatMap { $0 < entries.count ? entries[$0] : nil }
  }

  // MARK: For a machine

  /// `{"checkpoint":…,"entries":[n],"artifacts":[{"name","sha256","size","new":bool}]}`, and more.
  func json(_ more: [(String, JSONOutput)] = []) -> JSONOutput {
    var artifacts: [JSONOutput] = []
    for (index, batch) in batches.enumerated() {
      for artifact in batch.artifacts {
        var members: [(String, JSONOutput)] = [
          ("name", .string(artifact.name)), ("sha256", .string(artifact.digest.hex)),
          ("size", .integer(artifact.size)), ("new", .bool(artifact.isNew)),
          ("recorded", .bool(artifact.earlierEntry == nil)),
        ]
        if let entry = artifact.earlierEntry ?? entry(index) { members.append(("entry", .integer(entry))) }
        members.append(("controls", .strings(batch.evidence.controls)))
        artifacts.append(.object(members))
      }
    }
    var members: [(String, JSONOutput)] = [
      ("checkpoint", CheckpointOutput.json(checkpoint)), ("entries", .array(entries.map { .integer($0) })),
      ("artifacts", .array(artifacts)),
    ]
    if !isDryRun { members.append(("statements", .strings(statements.map(\.hex)))) }
    if let offer { members.append(("offer", .string(offer))) }
    if isDryRun { members.append(("dryRun", true)) }
    return .object(members + more)
  }

  // MARK: For people

  /// A line for each entry with the first of its files, then what was there already.
  func tell(_ console: Console, next: String?) throws {
    for (index, batch) in batches.enumerated() {
      let fresh = batch.artifacts.filter { $0.earlierEntry == nil }
      if !fresh.isEmpty {
        let size = fresh.reduce(0) { $0 + $1.size }
        try console.print(
          wrapped:
            "\(place(index)): \(Wording.count(fresh.count, "file")), \(Wording.count(size, "byte")), for \(subject(batch.evidence))"
        )
        for artifact in fresh.prefix(limit) { try console.print(artifact.digest.hex, beside: artifact.name) }
        if fresh.count > limit { try console.print("  and \(fresh.count - limit) more") }
      }
      try tellKnown(batch.artifacts.filter { $0.earlierEntry != nil }, console)
    }
    if isDryRun {
      console.say("nothing was written")
    } else if let offer {
      OfferAdvice.tell(offer, console)
    } else if statements.isEmpty {
      console.say(
        "nothing was added: to enter it again, say a new period with --from and --through, or what it --replaces")
    } else if let next {
      console.say("next: \(next)")
    }
  }

  /// A rehearsal shows everything.
  private var limit: Int { isDryRun ? Int.max : Submission.Result.shown }

  private func place(_ batch: Int) -> String {
    if let entry = entry(batch) { return isDryRun ? "would become entry \(entry)" : "entry \(entry)" }
    return isDryRun ? "would go into the offer" : "in the offer"
  }

  private func subject(_ evidence: Evidence) -> String {
    let controls = FileGathering.some(evidence.controls, limit: 6)
    guard let duty = evidence.duty else { return controls }
    return controls.isEmpty ? "the duty \(duty)" : "\(controls) and the duty \(duty)"
  }

  private func tellKnown(_ known: [Artifact], _ console: Console) throws {
    var told: Int?
    for artifact in known.prefix(limit) {
      if artifact.earlierEntry != told {
        try console.print("already there as entry \(artifact.earlierEntry ?? 0), not entered again:")
      }
      told = artifact.earlierEntry
      try console.print(artifact.digest.hex, beside: artifact.name)
    }
    if known.count > limit {
      try console.print("and \(Wording.count(known.count - limit, "more file")) already there, not entered again")
    }
  }
}
