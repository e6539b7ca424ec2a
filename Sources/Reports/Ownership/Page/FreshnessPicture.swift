internal import Catalogs
internal import Ownership
internal import Rendering
internal import Statements

/// How fresh evidence is: for each control a bar over the days for which its newest evidence speaks, against today.
struct FreshnessPicture {
  private struct Bar {
    let name: String
    let from: Day
    let through: Day
    let isStale: Bool
  }

  private let bars: [Bar]
  private let today: Day
  /// Controls that somebody answers for and that have no evidence.
  private let bare: Int
  /// Controls whose bars would be too many to look at.
  private let leftOut: Int

  private static let (height, left, width, limit) = (14, 190, 700, 160)

  init(_ report: OwnershipReport) {
    let today = report.stamp.asOf
    self.today = today
    var bars: [Bar] = []
    var bare = 0
    for row in report.matrix.countedControls where row.isOwned {
      let dated = row.applicable.filter { $0.newestEvidence != nil }
      guard let oldest = dated.min(by: { ($0.evidenceDue ?? today) < ($1.evidenceDue ?? today) }),
        dated.count == row.applicable.count, let record = oldest.newestEvidence, let day = oldest.evidenceDay
      else {
        bare += 1
        continue
      }
      let due = oldest.evidenceDue ?? today.adding(days: 1)
      bars.append(
        Bar(
          name: row.control.id.description, from: min(record.evidence.from ?? day, day), through: due,
          isStale: today > due))
    }
    // What needs somebody first comes first.
    bars.sort { ($0.through, $0.name) < ($1.through, $1.name) }
    leftOut = max(0, bars.count - FreshnessPicture.limit)
    self.bars = Array(bars.prefix(FreshnessPicture.limit))
    self.bare = bare
  }

  func add(to body: inout HTMLFragment) {
    guard let first = bars.map(\.from).min(), let last = bars.map(\.through).max() else {
      body.element("p", [:], "No control that somebody answers for has evidence for all of it yet.")
      return
    }
    // A year back and a quarter ahead at most: what lies beyond runs out of the picture.
    let begin = max(first, today.adding(days: -366))
    let end = max(today.adding(days: 7), min(last, today.adding(days: 92)))
    let span = max(1, end.daysSinceEpoch - begin.daysSinceEpoch)
    func x(_ day: Day) -> Int {
      FreshnessPicture.left + (min(max(day, begin), end).daysSinceEpoch - begin.daysSinceEpoch) * FreshnessPicture.width
        / span
    }
    let height = bars.count * FreshnessPicture.height + 30
    let stale = bars.count(where: \.isStale)
    body.element("figure") { figure in
      figure.element(
        "svg",
        [
          "viewBox": "0 0 \(FreshnessPicture.left + FreshnessPicture.width + 10) \(height)", "role": "img",
          "aria-label": "Evidence by control: \(bars.count) with evidence, \(stale) of them stale, \(bare) without",
        ]
      ) { picture in
        for (index, bar) in bars.enumerated() {
          let y = index * FreshnessPicture.height + 20
          picture.element("text", ["x": "0", "y": "\(y + 9)"], String(bar.name.suffix(28)))
          picture.element(
            "rect",
            [
              "class": bar.isStale ? "stale" : "bar", "x": "\(x(bar.from))", "y": "\(y)",
              "width": "\(max(2, x(bar.through) - x(bar.from)))", "height": "9",
            ]
          ) { $0.element("title", [:], "\(bar.name): from \(bar.from), due anew after \(bar.through)") }
        }
        picture.element(
          "line", ["class": "gap", "x1": "\(x(today))", "x2": "\(x(today))", "y1": "14", "y2": "\(height)"], "")
        picture.element("text", ["x": "\(x(today) + 3)", "y": "11"], "\(today)")
        picture.element("text", ["x": "\(FreshnessPicture.left)", "y": "11"], "\(begin)")
      }
      let more = leftOut > 0 ? " The \(leftOut) that are due last are not drawn." : ""
      figure.element(
        "figcaption", [:],
        "From the first day that the newest evidence covers to the day after which it is stale, those due first on top; the "
          + "line is the report's day. \(stale) of \(bars.count) drawn are stale; \(bare) more controls have no evidence for all "
          + "of it.\(more)")
    }
    body.newline()
  }
}
