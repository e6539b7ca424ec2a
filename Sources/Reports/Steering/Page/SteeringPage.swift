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
      for (number, part) in report.parts.enumerated() {
        page.contents.append((part.key.rawValue.lowercased(), part.question))
        add(part, number + 1, report.limits[number], to: &body)
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
        for (place, grid) in part.grids.enumerated() { add(grid, grid.shown(atMost: limits[place]), to: &box) }
        if part.key == .trend { TrendBars(report.trend).add(to: &box) }
      }
      for note in part.notes { section.element("p", ["class": "quiet"], note) }
    }
    body.newline()
  }

  /// The first rows; those of a service level with its picture, those of a decision with a box to tick.
  private func add(_ grid: SteeringPart.Grid, _ count: Int, to body: inout HTMLFragment) {
    let hasBoxes = grid.columns.first?.kind == .picture
    let hasPictures = grid.rows.contains { $0.results.count > 1 }
    let places = grid.places.filter { grid.columns[$0].kind != .picture }
    body.element("div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": grid.key]) { box in
      box.element("table") { table in
        if grid.columns.contains(where: { !$0.title.isEmpty }) {
          table.element("thead") { head in
            head.element("tr") { row in
              if hasBoxes { row.element("th", ["scope": "col"], "done") }
              for place in places {
                let column = grid.columns[place]
                row.element("th", ["scope": "col", "class": column.isNumber ? "number" : ""], column.title)
              }
              if hasPictures { row.element("th", ["scope": "col"], "its periods") }
            }
          }
        }
        table.element("tbody") { rows in
          for row in grid.rows.prefix(count) {
            rows.element("tr") { line in
              if hasBoxes { line.element("td", ["class": "box"], "☐") }
              for place in places {
                let column = grid.columns[place]
                line.element(
                  "td", ["class": column.isNumber ? "number" : ""],
                  SteeringPart.shown(row.cells[place], column.kind).text())
              }
              if hasPictures { line.element("td") { LevelSparkline(row.results).add(to: &$0) } }
            }
          }
        }
      }
      if count < grid.rows.count {
        box.element("p", ["class": "quiet"]) { line in
          line.text("and \(grid.rows.count - count) more: ")
          line.element("code", [:], grid.command)
        }
      }
    }
  }
}

extension SteeringPart.Column {
  fileprivate var isNumber: Bool { kind == .number || kind == .change }
}
