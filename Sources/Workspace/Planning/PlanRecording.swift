package import Agreements
internal import Catalogs
internal import Findings
internal import Glibc
internal import Statements

/// Keeps a plan and its report as evidence.
package struct PlanRecording {
  private let path: String
  private let plan: Plan
  private let report: String

  /// - Parameters:
  ///   - path: The plan's file, kept as it is.
  ///   - report: Its report, as text.
  package init(_ path: String, _ plan: Plan, report: String) {
    (self.path, self.plan, self.report) = (path, plan, report)
  }

  package func perform(at place: SigningPlace, _ write: WriteOptions) throws -> Submission.Result {
    let rated = plan.domains.filter { !$0.ratings.isEmpty }.map { "\(ControlFinder.functions)/\($0.id)" }
    guard !rated.isEmpty else {
      throw Failure(
        .malformedInput, "'\(path)' rates no domain, so that it is evidence of nothing",
        hint: "rate what you know of, then record it")
    }
    var gathering = FileGathering(place)
    try gathering.add(path)
    try gathering.check()
    var evidence = Evidence(controls: try ControlChoice(place).resolve(rated))
    evidence.label = PlanFile.label
    evidence.count = rated.count
    evidence.description = "Plan of \(plan.organization), \(Wording.count(rated.count, "domain")) rated"
    let output = try CapturedOutput(in: place.desk.home.cache(origin: place.origin))
    try output.write(Array(report.utf8))
    let sources =
      gathering.files + [ArtifactSource(origin: .file(output.path), name: PlanFile.reportName, mediaType: "text/plain")]
    return try withExtendedLifetime(output) {
      try Submission(place: place, write: write).perform([EvidenceBatch(evidence: evidence, sources: sources)])
    }
  }
}

extension CapturedOutput {
  fileprivate func write(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Failure(.cannotCreate, "there is no room for the report") }
      rest = rest.dropFirst(count)
    }
  }
}
