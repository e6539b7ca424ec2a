package import Obligations
public import Ownership
internal import Statements

/// Hours: what blocks gave, what was drawn and what it served, what was lost, and where the scope is vague.
public struct HoursReport: Sendable {
  /// What it was folded from.
  public let stamp: ReportStamp
  /// The blocks, month by month, and hours outside of them.
  package let ledger: HourLedger
  /// Hours in domains that are not their party's own.
  package let foreign: [DoubleWork.Foreign]
  /// Domains in which several parties worked in the same month.
  package let overlaps: [DoubleWork.Overlap]

  /// The hours of a snapshot.
  public init(_ snapshot: Snapshot) {
    stamp = ReportStamp(snapshot)
    ledger = HourLedger(snapshot)
    foreign = DoubleWork.foreign(snapshot)
    overlaps = DoubleWork.overlaps(snapshot)
  }

  /// Whether there is anything to tell.
  var isEmpty: Bool { ledger.blocks.isEmpty && ledger.outside.isEmpty && foreign.isEmpty && overlaps.isEmpty }
}
