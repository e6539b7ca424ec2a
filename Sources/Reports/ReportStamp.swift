internal import Rendering
internal import Findings
package import Ownership
internal import Crypto
package import Statements
package import TreeLog

/// What a report was folded from: with these it can be folded again, and must come out the same.
package struct ReportStamp: Sendable {
  package let checkpoint: Checkpoint
  package let asOf: Day
  /// The size of the tree that was known.
  package let knownAt: Int

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

  static let columns = ["as_of", "known_at", "rules", "origin", "size", "root"]

  /// What the columns of that name hold.
  var cells: [String] {
    [
      "\(asOf)", "\(knownAt)", "\(FoldRules.version)", checkpoint.origin, "\(checkpoint.size)", checkpoint.root.hex,
    ]
  }

  func write(title: String, to page: inout TextPage) {
    page.heading("\(title), as of \(asOf)")
    page.add(checkpoint.origin, lead: "log         ")
    page.add("\(Wording.entries(checkpoint.size)), root \(checkpoint.root.hex)", lead: "checkpoint  ")
    page.add(
      "the first \(Wording.entries(knownAt)), by rules \(FoldRules.version)", lead: "known from  ")
  }
}
