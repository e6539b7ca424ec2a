internal import Findings
internal import Obligations
internal import Ownership
public import Rendering
internal import Statements

extension LevelsReport {
  /// The blocks, under a table with a picture of each level.
  public func page(_ cover: ReportCover) throws -> HTMLPage {
    var page = HTMLRenderer.page(blocks(width: 160), cover: cover)
    let all = Part.allCases.flatMap(levels)
    guard !all.isEmpty else { return page }
    var pictures = HTMLFragment()
    pictures.element("section", ["id": "levels-at-a-glance"]) { section in
      section.element("h2", [:], "At a glance")
      section.element("div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": "Levels"]) { box in
        box.element("table") { table in
          table.element("thead") { head in
            head.element("tr") { row in
              for title in ["level", "party", "target", "periods", "met", "missed", "not measured", "newest value"] {
                row.element("th", ["scope": "col"], title)
              }
            }
          }
          table.element("tbody") { rows in
            for level in all { add(level.map(\.result), to: &rows) }
          }
        }
      }
      section.element(
        "p", ["class": "quiet"],
        "A dot is a period in which the target was met, a hollow square one in which it was missed, a cross one that nobody "
          + "measured; the dashed line is the target. At most the last \(drawn) periods are drawn.")
    }
    pictures.newline()
    pictures.add(page.main)
    page.main = pictures
    page.contents.insert(("levels-at-a-glance", "At a glance"), at: 0)
    return page
  }

  /// So many periods of a level are drawn.
  private var drawn: Int { 24 }

  private func add(_ all: [LevelResults.Result], to rows: inout HTMLFragment) {
    let over = all.filter { $0.state != .open }
    guard let last = all.last else { return }
    rows.element("tr") { row in
      row.element("th", ["scope": "row"], last.name)
      row.element("td", [:], last.party)
      row.element("td", [:], "\(last.target) \(last.unit) every \(last.every)")
      row.element("td") { LevelSparkline(over.suffix(drawn)).add(to: &$0) }
      for state in [LevelResults.State.met, .missed, .unmeasured] {
        row.element("td", ["class": "number"], "\(over.count { $0.state == state }) of \(over.count)")
      }
      let newest = over.last { $0.measured != nil }
      row.element(
        "td", [:], newest.map { "\($0.measured?.measurement.value ?? "") \($0.unit), \($0.period)" } ?? "none")
    }
  }
}
