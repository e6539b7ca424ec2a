internal import Catalogs
internal import Findings
internal import Obligations
package import Ownership
internal import Rendering
package import Statements

/// The steering committee's paper: eleven questions with their answers, on one or two printed pages.
///
/// It puts together what other reports say, so that each number on it is one of theirs: of ownership, gaps, trend, levels,
/// hours, duties, changes, people and evidence.
public struct SteeringReport: Sendable {
  /// What it was folded from.
  public let stamp: ReportStamp
  /// First and last day of what the committee looks back on. Every part that does goes on to the paper's day, and holds
  /// itself against the day before the first.
  package let period: EvidenceCoverage.Span
  /// In words, where nobody asked for a period: which one it is.
  let periodNote: String?
  /// The day as of which service levels and hours are told: the one after the period, where that is over.
  let settledOn: Day
  let client: String
  /// What the client calls itself.
  let clientName: String
  let frameworks: [String]?
  let frameworksLeftOut: [String]
  /// The size of the tree that was known before the period; nil where the log begins later.
  let knownBefore: Int?
  let trend: Trend
  let parts: [SteeringPart]

  /// What it is put together from.
  package struct Input: Sendable {
    /// The day of the paper: its snapshot, duties, assessments and overdue requests.
    package var fold: AgendaReport.Fold
    /// What was known on the day before the period, for that day; nil where the log begins later.
    package var start: Snapshot?
    /// From that day to the paper's.
    package var changes: Changes
    /// At the ends of the periods before, and on the paper's day.
    package var trend: Trend
    /// From the period's first day to the paper's.
    package var evidence: EvidenceReport
    package var period: EvidenceCoverage.Span
    /// Which period it is, where nobody asked for one.
    package var periodNote: String?
    /// Those to report on; nil for all.
    package var frameworks: [String]?
    /// The day of the log's first entry.
    package var firstDay: Day?

    package init(
      fold: AgendaReport.Fold, start: Snapshot?, changes: Changes, trend: Trend, evidence: EvidenceReport,
      period: EvidenceCoverage.Span, periodNote: String? = nil, frameworks: [String]? = nil, firstDay: Day? = nil
    ) {
      self.fold = fold
      self.start = start
      self.changes = changes
      self.trend = trend
      self.evidence = evidence
      self.period = period
      self.periodNote = periodNote
      self.frameworks = frameworks
      self.firstDay = firstDay
    }
  }

  /// - Throws: Whatever reading an agreement throws.
  package init(_ input: Input) throws {
    let snapshot = input.fold.snapshot
    stamp = ReportStamp(snapshot)
    period = input.period
    periodNote = input.periodNote
    settledOn = input.fold.settled?.asOf ?? snapshot.asOf
    frameworks = input.frameworks
    client = snapshot.state.client
    clientName = snapshot.state.membership.party(snapshot.state.client)?.name ?? snapshot.state.client
    knownBefore = input.start?.state.size
    trend = input.trend
    let matrix = input.frameworks.map { snapshot.matrix.only($0) } ?? snapshot.matrix
    frameworksLeftOut = snapshot.matrix.frameworkIDs.filter { !matrix.frameworkIDs.contains($0) }
    let coverage = SteeringCoverage(input, matrix)
    let promises = SteeringPromises(input)
    let outlook = SteeringOutlook(input)
    parts = [
      coverage.covered(), coverage.nobody(), coverage.trend(), promises.provider(), promises.client(),
      outlook.changes(), try outlook.endings(), outlook.people(), SteeringEvidence(input, matrix).part(),
      SteeringTrust(input).part(), try SteeringDecisions(input, matrix).part(),
    ]
  }
}
