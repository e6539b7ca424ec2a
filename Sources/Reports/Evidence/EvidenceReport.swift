package import Catalogs
internal import Findings
package import Ownership
package import Statements

/// The evidence of a log: each submission with its three dates, and where the days of a period are not covered.
public struct EvidenceReport: Sendable {
  /// What it was folded from.
  public let stamp: ReportStamp

  /// How it is put together.
  package enum Order: String, Sendable, CaseIterable {
    case control, age, submitter
  }

  /// One submission.
  package struct Row: Sendable {
    package var record: EvidenceRecord
    /// The files' names, the first few of many.
    package var files: [String]
    package var fileCount: Int
    /// The day on which later evidence took its place.
    package var replaced: Day?
    package var isRedacted: Bool
    /// The names of those files that are redacted, the first few of many.
    package var redactedFiles: [String]

    package init(
      record: EvidenceRecord, files: [String], fileCount: Int, replaced: Day?, isRedacted: Bool,
      redactedFiles: [String] = []
    ) {
      self.redactedFiles = redactedFiles
      self.record = record
      self.files = files
      self.fileCount = fileCount
      self.replaced = replaced
      self.isRedacted = isRedacted
    }
  }

  /// Units of one control whose evidence stands alike.
  package struct Line: Sendable {
    package var framework: String
    package var family: ControlID?
    package var control: ControlID
    package var title: String
    package var units: [ControlID]
    package var isWhole: Bool
    package var accountable: String?
    package var cadence: Cadence
    /// How much evidence shows something today.
    package var count: Int
    package var newest: EvidenceRecord?
    package var ageDay: Day?
    package var due: Day?
    /// Days of the period without current evidence.
    package var holes: [EvidenceCoverage.Span]

    /// Whether the newest is too old, or there is none.
    package func isStale(on day: Day) -> Bool { newest == nil || due.map { day > $0 } ?? false }

    /// Whether a reader would find the same beside another unit's name.
    func isLike(_ other: Line) -> Bool {
      accountable == other.accountable && cadence == other.cadence && count == other.count
        && newest?.entry == other.newest?.entry && holes == other.holes
    }
  }

  /// What one member submitted.
  package struct Submitter: Sendable, Equatable {
    package var party: String
    package var member: String
    package var count = 0
    package var replaced = 0
    package var redacted = 0
    /// Of which some files are redacted, and not all.
    package var partlyRedacted = 0
    package var first: Day
    package var last: Day
  }

  /// How much evidence that shows something is how old.
  package struct AgeBand: Sendable, Equatable {
    /// `up to 30 days`
    package var title: String
    package var count: Int
  }

  package var order: Order
  /// The days that are asked about.
  package var period: EvidenceCoverage.Span
  /// In the order of the catalogs.
  package var lines: [Line]
  package var submitters: [Submitter]
  package var ages: [AgeBand]
  /// Submissions, as many as are listed; those of the newest entries.
  package var rows: [Row]
  /// How many there are that were asked for.
  package var total: Int

  package init(
    _ stamp: ReportStamp, order: Order, period: EvidenceCoverage.Span, lines: [Line], submitters: [Submitter],
    ages: [AgeBand], rows: [Row], total: Int
  ) {
    self.stamp = stamp
    self.order = order
    self.period = period
    self.lines = lines
    self.submitters = submitters
    self.ages = ages
    self.rows = rows
    self.total = total
  }
}
