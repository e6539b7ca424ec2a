package import Obligations
package import Rendering
internal import Findings
internal import Catalogs
public import Ownership
internal import Statements
internal import TreeLog

/// Who answers for what: what is nobody's first, then every control.
public struct OwnershipReport: Sendable {
  /// Which controls are listed.
  public enum Selection: Sendable {
    case all
    /// Those that nobody answers for, whatever the reason.
    case unowned
  }

  package typealias ControlRow = ResponsibilityMatrix.ControlRow
  package typealias UnitRow = ResponsibilityMatrix.UnitRow
  package typealias Totals = ResponsibilityMatrix.Totals

  /// What it was folded from.
  public let stamp: ReportStamp
  /// Of the frameworks that are reported on.
  public let matrix: ResponsibilityMatrix
  /// Which controls are listed.
  public let selection: Selection
  /// Over the frameworks that are reported on, whatever is listed.
  public let totals: (controls: ResponsibilityMatrix.Totals, units: ResponsibilityMatrix.Totals)
  /// Frameworks that were not asked for.
  public let frameworksLeftOut: [String]
  /// Whether a page lists each control; else families whose controls are alike stand in one line.
  public var listsAll = false
  /// What was assessed; nil where that is not known, and nothing is said of it.
  package var assessments: AssessmentBook?
  /// How it came along; nil where a page shows nothing of that.
  package var trend: Trend?
  /// What changed since an earlier day; nil where a page shows nothing of that.
  package var changes: Changes?
  /// Further sheets of a workbook; empty where only the matrix is asked for.
  package var companions: [WorkbookSheet] = []
  /// What is unowned, with why and what to do.
  let gaps: GapsReport
  let state: LogState
  let familyTitles: [ControlID: String]
  /// The entry with which each version of an agreement was signed, by the place that a holding names.
  let versionEntries: [Int]
  /// The entries of the newest evidence of a unit of which some is redacted, and not all.
  let partlyRedacted: Set<Int>
  private let present: Set<String>

  /// The report of a snapshot.
  ///
  /// - Parameters:
  ///   - frameworks: Those to report on; nil for all.
  public init(
    _ snapshot: Snapshot, frameworks: [String]? = nil, only selection: Selection = .all
  ) throws {
    let matrix = snapshot.matrix
    stamp = ReportStamp(snapshot)
    let shown = frameworks.map { matrix.only($0) } ?? matrix
    self.matrix = shown
    self.selection = selection
    state = snapshot.state
    familyTitles = try snapshot.familyTitles()
    versionEntries = snapshot.resolver.input.versions.map(\.entry)
    totals = shown.totals
    present = Set(shown.frameworks.map(\.id))
    let newest = Dictionary(
      shown.units.compactMap { unit in unit.newestEvidence.map { ($0.entry, $0) } },
      uniquingKeysWith: { first, _ in first })
    partlyRedacted = Set(
      try newest.values.filter { record in
        try record.isPartlyRedacted(snapshot.state.redactedObjects, on: snapshot.asOf, library: snapshot.library)
      }.map(\.entry))
    frameworksLeftOut = matrix.frameworkIDs.filter { !shown.frameworkIDs.contains($0) }
    gaps = GapsReport(snapshot, frameworks: frameworks, atLeast: .error)
  }

  /// The controls that are listed of a framework.
  func listed(_ framework: ResponsibilityMatrix.FrameworkRows) -> [ControlRow] {
    switch selection {
    case .all: framework.controls
    case .unowned: framework.controls.filter { $0.applies && $0.error != nil }
    }
  }

  func isCounted(_ row: ControlRow) -> Bool { row.isCounted(among: present) }

  /// What a selection leaves out, of the controls that totals count; nil where it leaves out nothing.
  var leftOut: (owned: Int, notApplicable: Int)? {
    selection == .all ? nil : (totals.controls.owned, totals.controls.notApplicable)
  }
}
