internal import Crypto
internal import Findings
internal import Obligations
public import Rendering
internal import Statements

extension PapersReport: StampedReport {
  /// A table of the papers, and how one is read.
  public func blocks(width: Int) -> [Block] {
    let head = [stamp.heading("Papers"), .facts(stamp.facts), .gap]
    let wait = waiting.map { Block.paragraph("not in force: \($0)") }
    guard !papers.isEmpty else { return head + [.paragraph("No paper holds.")] + wait }
    var table = Table(["engagement", "kind", "from", "through", "state", "file", "sha256"])
    for paper in papers {
      table.add([
        .text(paper.engagement), .text(paper.kind), .text("\(paper.from)"), .text("\(paper.through)"),
        .text(state(paper)), .text(paper.file), .optional(paper.digest.map { String($0.hex.prefix(12)) }),
      ])
    }
    var blocks = head + [.table(table)]
    if !wait.isEmpty { blocks += [.gap] + wait }
    if let digest = papers.first(where: { $0.digest != nil })?.digest {
      blocks += [.gap, .paragraph("To read one: custody cat \(digest.hex.prefix(12))")]
    }
    return blocks
  }

  /// A row for each paper.
  public var records: Table? {
    let titles = ["engagement", "kind", "file", "parties", "from", "through", "state", "sha256", "entry"]
    var table = Table(titles.map { Table.Column($0) } + ReportStamp.columns)
    for paper in papers {
      table.add(
        [
          .text(paper.engagement), .text(paper.kind), .text(paper.file), .list(paper.parties), .day("\(paper.from)"),
          .day("\(paper.through)"), .text(state(paper)), .optional(paper.digest?.hex), .integer(paper.version),
        ] + stamp.cells)
    }
    return table
  }

  /// For machines: every paper, whole digests.
  public var value: JSONOutput {
    let rows = papers.map { paper -> JSONOutput in
      [
        "engagement": .string(paper.engagement), "kind": .string(paper.kind), "file": .string(paper.file),
        "parties": .strings(paper.parties), "from": .string("\(paper.from)"), "through": .string("\(paper.through)"),
        "state": .string(state(paper)), "sha256": .optional(paper.digest?.hex), "entry": .integer(paper.version),
      ]
    }
    return .object(stamp.members + [("papers", .array(rows)), ("waiting", .strings(waiting))])
  }
}
