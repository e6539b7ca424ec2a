internal import Agreements
internal import Findings
internal import Rendering
internal import Spreadsheets
internal import Workspace

/// What a responsibility matrix was understood to say, cell by cell where it was not.
struct MatrixReport: Report {
  let reading: MatrixReading
  let draft: MatrixDraft
  let source: String
  /// Where the agreement was written; nil where it was printed.
  let output: String?

  func blocks(width: Int) -> [Block] {
    let sheet = reading.sheet.isEmpty ? "" : ", sheet '\(reading.sheet)'"
    var blocks: [Block] = [
      .facts([
        Block.Fact("matrix", "\(source)\(sheet), headings in row \(reading.headerRow)"),
        Block.Fact(
          "rows",
          "\(reading.rowCount): \(Wording.count(reading.lines.count, "line")), \(reading.open.count) open, \(reading.notApplicable.count) not applicable"
        ),
        Block.Fact(
          "kept", "\(Wording.count(reading.notes.count, "note")), \(Wording.count(reading.contacts.count, "contact"))"),
      ])
    ]
    var columns = Table(["column", "heading", "read as"])
    for column in reading.columns {
      columns.add([.text(column.letters), .text(column.heading), .text(column.meaning ?? "not used")])
    }
    blocks += [.gap, .table(columns)]
    if !reading.lines.isEmpty {
      var lines = Table([Table.Column("accountable", overflow: .keep), "responsible", "for", "cells"])
      for line in reading.lines {
        lines.add([
          .text(line.scope.accountable), .list(line.scope.responsible), .text(MatrixReport.text(line.scope.target)),
          .text(MatrixReport.some(line.places.map(\.description))),
        ])
      }
      blocks += [.gap, .table(lines)]
    }
    blocks += troubles("open", reading.open.map { ($0.place.description, $0.text, $0.reason) })
    blocks += troubles("not understood", reading.unread.map { ($0.place.description, $0.text, $0.reason) })
    blocks += troubles("not applicable", reading.notApplicable.map { ($0.place.description, $0.text, $0.reason) })
    if !reading.remarks.isEmpty {
      blocks += [.gap, .heading("remarks")]
      blocks += reading.remarks.map { .paragraph($0) }
    }
    return blocks
  }

  private func troubles(_ title: String, _ rows: [(place: String, text: String, reason: String)]) -> [Block] {
    guard !rows.isEmpty else { return [] }
    var table = Table([Table.Column("cell", overflow: .keep), "says", "why"])
    for row in rows { table.add([.text(row.place), .text(String(row.text.prefix(80))), .text(row.reason)]) }
    return [.gap, .heading(title), .table(table)]
  }

  private static func some(_ texts: [String]) -> String {
    texts.prefix(8).joined(separator: ", ") + (texts.count > 8 ? " and \(texts.count - 8) more" : "")
  }

  private static func names(_ target: ScopeLine.Target) -> (kind: String, names: [String]) {
    switch target {
    case .domains(let names): ("domains", names)
    case .families(let names): ("families", names)
    case .controls(let names): ("controls", names)
    }
  }

  private static func text(_ target: ScopeLine.Target) -> String { some(names(target).names) }

  var records: Table? {
    var table = Table(["state", "cell", "text", "accountable", "responsible", "about", "reason"])
    for line in reading.lines {
      table.add([
        "line", .list(line.places.map(\.description)), .empty, .text(line.scope.accountable),
        .list(line.scope.responsible),
        .list(MatrixReport.names(line.scope.target).names), .empty,
      ])
    }
    for (state, open) in reading.open.map({ ("open", $0) }) + reading.notApplicable.map({ ("not-applicable", $0) }) {
      table.add([
        .text(state), .text(open.place.description), .text(open.text), .empty, .list(open.responsible),
        .list(open.target.map { MatrixReport.names($0).names } ?? []), .text(open.reason),
      ])
    }
    for cell in reading.unread {
      table.add([
        "not-understood", .text(cell.place.description), .text(cell.text), .empty, .empty, .empty, .text(cell.reason),
      ])
    }
    return table
  }

  var value: JSONOutput {
    .object([
      ("file", .string(source)), ("sheet", .string(reading.sheet)), ("header", .integer(reading.headerRow)),
      ("output", .optional(output)), ("rows", .integer(reading.rowCount)),
      (
        "columns",
        .array(
          reading.columns.map {
            .object([
              ("column", .string($0.letters)), ("heading", .string($0.heading)), ("meaning", .optional($0.meaning)),
            ])
          })
      ),
      (
        "lines",
        .array(
          reading.lines.map { line in
            .object([
              about(line.scope.target), ("accountable", .string(line.scope.accountable)),
              ("responsible", .strings(line.scope.responsible)), ("consulted", .strings(line.scope.consulted)),
              ("informed", .strings(line.scope.informed)), ("cells", .strings(line.places.map(\.description))),
            ])
          })
      ),
      ("open", .array(reading.open.map(open))), ("notApplicable", .array(reading.notApplicable.map(open))),
      (
        "unread",
        .array(
          reading.unread.map {
            .object([
              ("cell", .string($0.place.description)), ("text", .string($0.text)), ("reason", .string($0.reason)),
            ])
          })
      ),
      (
        "notes",
        .array(
          reading.notes.map { note in
            .object([about(note.target), ("client", .optional(note.client)), ("provider", .optional(note.provider))])
          })
      ),
      (
        "contacts",
        .array(reading.contacts.map { .object([("id", .string($0.id)), ("name", .string($0.name))]) })
      ),
      ("remarks", .strings(reading.remarks)), ("document", .string(draft.text)),
    ])
  }

  private func about(_ target: ScopeLine.Target) -> (String, JSONOutput) {
    let (kind, names) = MatrixReport.names(target)
    return (kind, .strings(names))
  }

  private func open(_ open: MatrixReading.Open) -> JSONOutput {
    let members: [(String, JSONOutput)] = [
      ("cell", .string(open.place.description)), ("text", .string(open.text)), ("reason", .string(open.reason)),
      ("responsible", .strings(open.responsible)),
    ]
    return .object(members + (open.target.map { [about($0)] } ?? []))
  }
}
