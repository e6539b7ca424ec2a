package import Obligations
public import Rendering
package import Statements
package import TreeLog

/// What of the evidence may go, what may not yet, and why.
public struct RetentionReport: Sendable {
  package typealias Fate = RetentionRules.Fate

  /// A statement of evidence.
  package struct Row: Sendable, Equatable {
    package var entry: Int
    package var recorded: Day
    package var party: String
    package var controls: [String]
    /// What it is.
    package var text: String
    package var fate: Fate
    /// The last day on which it has to be there.
    package var until: Day?
    /// The longest reason first, after the holds.
    package var why: [String]
    /// How the store's bucket keeps it; nil where the store's place keeps nothing.
    package var bucket: BucketKept?

    package init(
      entry: Int, recorded: Day, party: String, controls: [String], text: String, fate: Fate, until: Day?,
      why: [String], bucket: BucketKept? = nil
    ) {
      self.bucket = bucket
      self.entry = entry
      self.recorded = recorded
      self.party = party
      self.controls = controls
      self.text = text
      self.fate = fate
      self.until = until
      self.why = why
    }
  }

  private let checkpoint: Checkpoint
  private let day: Day
  private let rows: [Row]
  private let counts: [Fate: Int]
  private let redacted: Int
  private let listsAll: Bool
  private let bucket: BucketSummary?

  /// - Parameters:
  ///   - rows: Those that are listed.
  ///   - counts: How many there are of each.
  ///   - redacted: How much evidence has no bytes any more.
  ///   - bucket: What the store's bucket keeps; nil where the store's place keeps nothing.
  package init(
    checkpoint: Checkpoint, day: Day, rows: [Row], counts: [Fate: Int], redacted: Int, listsAll: Bool,
    bucket: BucketSummary? = nil
  ) {
    self.bucket = bucket
    self.checkpoint = checkpoint
    self.day = day
    self.rows = rows
    self.counts = counts
    self.redacted = redacted
    self.listsAll = listsAll
  }
}

extension RetentionReport: Report {
  /// Counts, then what may go and what is held; what is kept is listed where all was asked for.
  public func blocks(width: Int) -> [Block] {
    var counted = Table([.number("submissions"), "what keeps them"])
    for fate in Fate.allCases where counts[fate, default: 0] > 0 {
      counted.add([.integer(counts[fate, default: 0]), .text(fate.title)])
    }
    if redacted > 0 { counted.add([.integer(redacted), "Redacted: their bytes are gone, and their digests stay"]) }
    let head: [Block] = [.heading("Retention, as of \(day)"), .facts(ReportStamp.facts(checkpoint)), .gap]
    guard !counted.isEmpty else { return head + [.paragraph("Nothing was submitted yet.")] }
    var blocks = head + [.table(counted)]
    if let bucket { blocks += [.gap] + bucket.blocks }
    for fate in Fate.allCases {
      let some = rows.filter { $0.fate == fate }
      guard !some.isEmpty else { continue }
      let more: [Table.Column] = bucket == nil ? [] : ["bucket keeps", "differs"]
      var table = Table([.number("entry"), "recorded", "party", "until"] + more + ["what", "why"])
      for row in some {
        table.add(
          [
            .integer(row.entry), .day("\(row.recorded)"), .text(row.party), .optional(row.until.map { "\($0)" }),
          ] + (bucket == nil ? [] : row.bucket.cells) + [.text(row.text), .text(row.why.joined(separator: "; "))])
      }
      blocks += [.gap, .heading(fate.title), .table(table)]
    }
    if !listsAll, counts[.kept, default: 0] > 0 {
      blocks += [.gap, .paragraph("What is to be kept is listed by 'custody retention --all'.")]
    }
    return blocks
  }

  /// A row for each submission that is listed.
  public var records: Table? {
    let more: [Table.Column] =
      bucket == nil ? [] : ["bucket until", "bucket mode", "bucket legal hold", "bucket differs"]
    var table = Table(["fate", .number("entry"), "recorded", "party", "until", "controls", "what", "why"] + more)
    for row in rows {
      table.add(
        [
          .text(row.fate.rawValue), .integer(row.entry), .day("\(row.recorded)"), .text(row.party),
          .optional(row.until.map { "\($0)" }), .list(row.controls), .text(row.text), .list(row.why),
        ] + (bucket == nil ? [] : row.bucket.fields))
    }
    return table
  }

  /// For machines: the counts, and each submission that is listed.
  public var value: JSONOutput {
    let members: [(String, JSONOutput)] = [
      ("checkpoint", ReportStamp.json(checkpoint)), ("origin", .string(checkpoint.origin)),
      ("asOf", .string("\(day)")),
      (
        "counts",
        .object(
          Fate.allCases.map { ($0.rawValue, .integer(counts[$0, default: 0])) } + [("redacted", .integer(redacted))])
      ), ("submissions", .array(rows.map(json))),
    ]
    return .object(members + (bucket.map { [("bucket", $0.json)] } ?? []))
  }

  private func json(_ row: Row) -> JSONOutput {
    let members: [(String, JSONOutput)] = [
      ("entry", .integer(row.entry)), ("fate", .string(row.fate.rawValue)), ("recorded", .string("\(row.recorded)")),
      ("party", .string(row.party)), ("until", .optional(row.until.map { "\($0)" })),
      ("controls", .strings(row.controls)), ("what", .string(row.text)), ("why", .strings(row.why)),
    ]
    return .object(members + (row.bucket.map { [("bucket", $0.json)] } ?? []))
  }
}

extension RetentionRules.Fate {
  /// A heading.
  fileprivate var title: String {
    switch self {
    case .free: "May go: nothing keeps it any more"
    case .held: "Under a hold, which keeps it whatever else says"
    case .undated: "No rule names a day: whether it goes is for you to decide"
    case .kept: "To be kept"
    }
  }
}
