internal import Findings
internal import Ownership
internal import Rendering
internal import Statements

/// Owned and freshly shown, at each period's end: a filled bar and a hollow one, with their shares beside them.
struct TrendBars {
  private let points: [Trend.Point]

  private static let (left, width, row) = (84, 300, 34)

  init(_ trend: Trend) { points = trend.points.filter { $0.applicable > 0 } }

  func add(to body: inout HTMLFragment) {
    guard points.count > 1 else { return }
    let height = points.count * TrendBars.row
    body.element("figure") { figure in
      figure.element(
        "svg",
        [
          "viewBox": "0 0 \(TrendBars.left + TrendBars.width + 60) \(height)",
          "width": "\(TrendBars.left + TrendBars.width + 60)", "height": "\(height)", "role": "img",
          "aria-label": "Shares at \(Wording.count(points.count, "day")); the table beside has the numbers",
        ]
      ) { picture in
        for (place, point) in points.enumerated() {
          let y = place * TrendBars.row
          picture.element("text", ["x": "0", "y": "\(y + 18)"], "\(point.day)")
          add(point.units.owned, point, "bar", y + 2, to: &picture)
          add(point.current, point, "hollow", y + 16, to: &picture)
        }
      }
      figure.element("figcaption", [:], "Filled: units owned. Hollow: owned units with current evidence.")
    }
  }

  private func add(_ count: Int, _ point: Trend.Point, _ style: String, _ y: Int, to picture: inout HTMLFragment) {
    let length = count == 0 ? 0 : max(2, count * TrendBars.width / point.applicable)
    picture.element(
      "rect",
      ["class": style, "x": "\(TrendBars.left)", "y": "\(y)", "width": "\(length)", "height": "11"], "")
    picture.element(
      "text", ["x": "\(TrendBars.left + length + 5)", "y": "\(y + 10)"], Wording.percent(count, of: point.applicable))
  }
}
