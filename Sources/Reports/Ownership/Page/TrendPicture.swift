internal import Findings
internal import Ownership
internal import Rendering
internal import Statements

/// How much was owned and how much had current evidence, over the points of a trend.
struct TrendPicture {
  let trend: Trend

  private static let (left, width, height) = (40, 640, 200)

  func add(to body: inout HTMLFragment) {
    let points = trend.points
    guard points.count > 1 else { return }
    func x(_ index: Int) -> Int { TrendPicture.left + index * TrendPicture.width / (points.count - 1) }
    func y(_ part: Int, of whole: Int) -> Int {
      20 + TrendPicture.height - (whole == 0 ? 0 : part * TrendPicture.height / whole)
    }
    func path(_ value: (Trend.Point) -> Int) -> String {
      points.enumerated().map { "\(x($0.offset)),\(y(value($0.element), of: $0.element.applicable))" }.joined(
        separator: " ")
    }
    body.element("figure") { figure in
      figure.element(
        "svg",
        [
          "viewBox": "0 0 \(TrendPicture.left + TrendPicture.width + 60) \(TrendPicture.height + 50)", "role": "img",
          "aria-label": "Coverage over time; the table below has the numbers",
        ]
      ) { picture in
        for part in [0, 25, 50, 75, 100] {
          let level = y(part, of: 100)
          picture.element(
            "line",
            [
              "class": "axis", "x1": "\(TrendPicture.left)", "x2": "\(TrendPicture.left + TrendPicture.width)",
              "y1": "\(level)", "y2": "\(level)",
            ], "")
          picture.element("text", ["x": "0", "y": "\(level + 4)"], "\(part) %")
        }
        picture.element("polyline", ["class": "line", "points": path { $0.units.owned }], "")
        picture.element("polyline", ["class": "second", "points": path { $0.current }], "")
        for (index, point) in points.enumerated() {
          let isSigned = point.size <= trend.signedByAll
          picture.element(
            "circle",
            [
              "class": isSigned ? "met" : "open", "cx": "\(x(index))", "r": "4",
              "cy": "\(y(point.units.owned, of: point.applicable))",
            ]
          ) {
            $0.element(
              "title", [:], "\(point.day), \(isSigned ? "signed by every party" : "not signed by every party")")
          }
        }
        for (index, point) in points.enumerated()
        where index % max(1, points.count / 6) == 0 || index == points.count - 1 {
          picture.element(
            "text", ["x": "\(x(index) - 30)", "y": "\(TrendPicture.height + 40)"], "\(point.day)")
        }
      }
      figure.element(
        "figcaption", [:],
        "Whole line: units that somebody answers for. Dashed: those with current evidence. Each point is what was known then; a "
          + "filled dot is a tree that every party has signed for by now, a hollow one is not."
      )
    }
    if let table = trend.records { HTMLTable.add(TrendPicture.short(table), caption: "The same in numbers", to: &body) }
  }

  /// The columns that the picture shows.
  private static func short(_ table: Table) -> Table {
    let wanted = ["day", "entries", "units", "units_owned", "units_current_evidence", "errors", "warnings"]
    let places = table.columns.indices.filter { wanted.contains(table.columns[$0].title) }
    var short = Table(places.map { Table.Column(table.columns[$0].title.replacingUnderscores, isRightAligned: $0 > 0) })
    for case .cells(let cells) in table.rows { short.add(places.map { cells[$0] }) }
    return short
  }
}

extension String {
  /// As people read a column's name.
  fileprivate var replacingUnderscores: String { String(map { $0 == "_" ? " " : $0 }) }
}
