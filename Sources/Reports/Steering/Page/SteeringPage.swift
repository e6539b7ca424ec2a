internal import Catalogs
internal import Crypto
internal import Findings
internal import Obligations
internal import Ownership
public import Rendering
internal import Statements
internal import TreeLog

extension SteeringReport {
  /// Two printed pages with pictures.
  public func page(_ cover: ReportCover) throws -> HTMLPage { SteeringPage(report: self).page(cover) }
}

/// The paper as a page that is handed round: figures on top, a picture where one says more, and lines to tick.
struct SteeringPage {
  let report: SteeringReport

  func page(_ cover: ReportCover) -> HTMLPage {
    var page = HTMLPage(title: report.title)
    page.notices = cover.notices
    page.header.element("h1", [:], report.title)
    page.header.element("div", ["class": "paper"]) { HTMLRenderer.add(.facts(report.facts), to: &$0) }
    page.main.element("div", ["class": "paper"]) { body in
      let limits = report.printLimits
      for (number, part) in report.parts.enumerated() {
        page.contents.append((part.key.rawValue.lowercased(), part.question))
        add(part, number + 1, limits[number], to: &body)
      }
    }
    page.footer = HTMLRenderer.footer(cover)
    return page
  }

  private func add(_ part: SteeringPart, _ number: Int, _ limits: [Int], to body: inout HTMLFragment) {
    body.element("section", ["id": part.key.rawValue.lowercased()]) { section in
      section.element("h2", [:], "\(number). \(part.question)")
      section.element("p", ["class": "answer \(part.tone.name)"], part.answer)
      section.element("div", ["class": "beside"]) { box in
        for (place, grid) in part.grids.enumerated() { add(grid, limits[place], to: &box) }
        if part.key == .trend { TrendBars(report.trend).add(to: &box) }
      }
      for note in part.notes { section.element("p", ["class": "quiet"], note) }
    }
    body.newline()
  }

  /// So many rows, and the command that shows the others.
  private func add(_ grid: SteeringPart.Grid, _ count: Int, to body: inout HTMLFragment) {
    body.element("div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": grid.key]) { box in
      if count > 0 { addTable(grid, count, to: &box) }
      if let rest = grid.rest(count) {
        box.element("p", ["class": "quiet"]) { line in
          line.text("\(rest): ")
          line.element("code", [:], grid.command)
        }
      }
      if let footnote = grid.footnote(count) { box.element("p", ["class": "quiet"], footnote) }
    }
  }

  /// Rows of a service level have its picture, those of a decision a box to tick.
  private func addTable(_ grid: SteeringPart.Grid, _ count: Int, to body: inout HTMLFragment) {
    let hasBoxes = grid.columns.first?.kind == .picture
    let hasPictures = grid.rows.contains { $0.results.count > 1 }
    let columns = grid.places.filter { grid.columns[$0].kind != .picture }.map { ($0, grid.columns[$0]) }
    body.element("table") { table in
      if columns.contains(where: { !$0.1.title.isEmpty }) {
        table.element("thead") { head in
          head.element("tr") { row in
            if hasBoxes { row.element("th", ["scope": "col"], "done") }
            for (_, column) in columns {
              row.element("th", ["scope": "col", "class": column.isNumber ? "number" : ""], column.title)
            }
            if hasPictures { row.element("th", ["scope": "col"], "its periods") }
          }
        }
      }
      table.element("tbody") { rows in
        for row in grid.listed(count) {
          rows.element("tr") { line in
            if hasBoxes { line.element("td", ["class": "box"], "☐") }
            for (place, column) in columns {
              line.element(
                "td", ["class": column.isNumber ? "number" : ""],
                SteeringPart.shown(row.cells[place], column.kind).text())
            }
            if hasPictures { line.element("td") { LevelSparkline(row.results).add(to: &$0) } }
          }
        }
      }
    }
  }
}

extension SteeringPart.Column {
  fileprivate var isNumber: Bool { kind == .number || kind == .change }
}
