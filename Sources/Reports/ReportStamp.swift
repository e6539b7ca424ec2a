public import Rendering
internal import Findings
package import Ownership
internal import Crypto
public import Statements
public import TreeLog

/// What a report was folded from: with these it can be folded again, and must come out the same.
public struct ReportStamp: Sendable {
  /// The newest tree.
  public let checkpoint: Checkpoint
  /// The day for which ownership is resolved.
  public let asOf: Day
  /// The size of the tree that was known.
  public let knownAt: Int

  /// What a reader has to know of the store before all else.
  let standing: Snapshot.Standing

  package init(_ snapshot: Snapshot) {
    standing = snapshot.standing
    checkpoint = snapshot.checkpoint
    asOf = snapshot.asOf
    knownAt = snapshot.state.size
  }

  /// `{"origin","size","root"}`.
  static func json(_ checkpoint: Checkpoint) -> JSONOutput {
    [
      "origin": .string(checkpoint.origin), "size": .integer(checkpoint.size),
      "root": .string(checkpoint.root.hex),
    ]
  }

  /// The members that every report begins with.
  var members: [(String, JSONOutput)] {
    [
      ("checkpoint", ReportStamp.json(checkpoint)), ("rules", .integer(FoldRules.version)),
      ("asOf", .string("\(asOf)")), ("knownAt", .integer(knownAt)),
    ]
  }

  /// In a line, where nothing else names it: `checkpoint 12 root 9f86…, as of 2026-06-30, known at 12`.
  package var line: String {
    "checkpoint \(checkpoint.size) root \(checkpoint.root.hex), as of \(asOf), known at \(knownAt)"
  }

  static let columns: [Table.Column] = ["as_of", "known_at", "rules", "origin", "size", "root"]

  /// What the columns of that name hold.
  var cells: [Cell] {
    [
      .day("\(asOf)"), .integer(knownAt), .integer(FoldRules.version), .text(checkpoint.origin),
      .integer(checkpoint.size), .text(checkpoint.root.hex),
    ]
  }

  /// The first heading of a page.
  func heading(_ title: String) -> Block { .heading("\(title), as of \(asOf)") }

  /// What every page begins with.
  var facts: [Block.Fact] {
    ReportStamp.facts(checkpoint) + [
      Block.Fact("known from", "the first \(Wording.entries(knownAt)), by rules \(FoldRules.version)")
    ]
  }

  /// What stands around every format of a report.
  ///
  /// - Parameter again: The options with which the same command makes the report again.
  package func cover(again: String? = nil) -> ReportCover {
    let notices: [ReportCover.Notice] =
      switch standing {
      case .sound: []
      case .unverified(let notice): [ReportCover.Notice(notice, isAlarm: false)]
      case .unsound(let notice): [ReportCover.Notice(notice, isAlarm: true)]
      }
    return ReportCover(notices: notices, foot: foot(again ?? "--as-of \(asOf) --known-at \(knownAt)"))
  }

  /// From where the report comes, and how that is checked.
  private func foot(_ again: String) -> [String] {
    [
      "Made from the checkpoint of '\(checkpoint.origin)' with \(Wording.entries(checkpoint.size)) and root "
        + "\(checkpoint.root.hex). 'custody verify' says whether the log is sound and still extends it; the same command with "
        + "'\(again)' makes this report again."
    ]
  }

  /// When what it tells was so, in seconds since 1970: the first of its day.
  package var time: Int { asOf.daysSinceEpoch * 86_400 }

  /// The tree, where nothing is folded for a day.
  static func facts(_ checkpoint: Checkpoint) -> [Block.Fact] {
    [
      Block.Fact("log", checkpoint.origin),
      Block.Fact("checkpoint", "\(Wording.entries(checkpoint.size)), root \(checkpoint.root.hex)"),
    ]
  }
}

/// A report that was folded from a checkpoint, and says so.
public protocol StampedReport: Report {
  /// What it was folded from.
  var stamp: ReportStamp { get }
  /// The options with which the same command makes it again; nil for those that the stamp gives.
  var again: String? { get }
}

extension StampedReport {
  /// As the stamp gives them.
  public var again: String? { nil }

  /// What stands around it in every format.
  package var cover: ReportCover { stamp.cover(again: again) }
}
