package import Obligations
public import Ownership
internal import Statements

/// The papers that agreements name: what is in force, from when, till when, between whom, and under which digest.
public struct PapersReport: Sendable {
  /// What it was folded from.
  public let stamp: ReportStamp
  /// By agreement, then in the document's order; those that are over or still to come, too.
  package let papers: [HeldPapers.Entry]
  /// In force, about to end, and followed by none.
  package let ending: [HeldPapers.Entry]
  /// Papers that nobody, or only one side, has accepted: what is said of each.
  let waiting: [String]

  /// The papers of a snapshot.
  public init(_ snapshot: Snapshot) {
    stamp = ReportStamp(snapshot)
    papers = HeldPapers.list(snapshot)
    ending = HeldPapers.ending(papers, on: snapshot.asOf)
    waiting = snapshot.matrix.lines.filter { $0.key.kind == .paper && $0.finding != nil }.map(\.sentence)
  }

  /// `in force`, `ends soon`, `ended`, `to come`.
  func state(_ paper: HeldPapers.Entry) -> String {
    if paper.from > stamp.asOf { return "to come" }
    if paper.through < stamp.asOf { return "ended" }
    return ending.contains(paper) ? "ends soon" : "in force"
  }
}
