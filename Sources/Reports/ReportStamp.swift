internal import Rendering
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

  package init(_ snapshot: Snapshot) {
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

  /// The tree, where nothing is folded for a day.
  static func facts(_ checkpoint: Checkpoint) -> [Block.Fact] {
    [
      Block.Fact("log", checkpoint.origin),
      Block.Fact("checkpoint", "\(Wording.entries(checkpoint.size)), root \(checkpoint.root.hex)"),
    ]
  }
}
