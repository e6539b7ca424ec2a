internal import Findings
internal import Obligations
internal import Ownership
internal import Rendering

/// How high the page's parts come out in print, in points, by the style of `PageStyle`: a browser sets it, and nobody has
/// one at hand who decides how much is listed. Each measure is rather too high than too low.
struct SteeringPrint {
  let report: SteeringReport

  /// Between the margins: A4 is the narrower paper, and letter the shorter.
  static let (width, height) = (515.0, 712.0)
  /// What may stay empty at the foot of the first page, where a row or a picture does not fit any more.
  private static let lost = 36.0
  /// Room for a sentence of two lines on top. Whether there is one differs by reader, and the rows listed must not.
  private static let notice = 42.0
  /// Of running text, of a table's row, of one with a picture or a box, of a question with its margins.
  private static let (line, row, tallRow, question) = (10.2, 11.0, 16.8, 19.0)
  /// Of a character, in tables and in text, and of a cell beside its text.
  private static let (narrow, wide, cell) = (3.9, 4.2, 9.0)
  /// The trend's picture with its caption.
  private static let figure = (width: 200.0, height: 82.0)
  /// Between boxes that stand beside each other.
  private static let gap = 18.0

  /// What all parts together may take.
  var room: Double { 2 * SteeringPrint.height - SteeringPrint.lost - head - foot }

  private var head: Double {
    let facts = report.facts.map { fact in
      switch fact.value {
      case .text(let text), .command(let text): lines("\(fact.name)    \(text)")
      }
    }
    return 22 + SteeringPrint.notice + facts.reduce(0) { $0 + $1 * (SteeringPrint.line + 1.2) }
  }

  private var foot: Double { 10 + report.cover.foot.reduce(0) { $0 + lines($1) * SteeringPrint.line } }

  private func lines(_ text: String) -> Double {
    max(1, (Double(DisplayWidth.of(text)) * SteeringPrint.wide / SteeringPrint.width).rounded(.up))
  }

  private func paragraph(_ text: String) -> Double { 2.4 + lines(text) * SteeringPrint.line }

  /// A part with so many rows of its grids.
  func height(_ part: SteeringPart, _ limits: [Int]) -> Double {
    var boxes = zip(part.grids, limits).map(box)
    if part.key == .trend, part.grids.contains(where: { $0.rows.count > 1 }) { boxes.append(SteeringPrint.figure) }
    return SteeringPrint.question + paragraph(part.answer) + beside(boxes)
      + part.notes.reduce(0) { $0 + paragraph($1) }
  }

  /// Boxes in rows, as many beside each other as fit.
  private func beside(_ boxes: [(width: Double, height: Double)]) -> Double {
    var (whole, width, height) = (0.0, 0.0, 0.0)
    for box in boxes {
      if width > 0, width + SteeringPrint.gap + box.width > SteeringPrint.width {
        whole += height
        (width, height) = (0, 0)
      }
      width += (width > 0 ? SteeringPrint.gap : 0) + box.width
      height = max(height, box.height)
    }
    return whole + height
  }

  /// A grid's table, and what stands under it.
  private func box(_ grid: SteeringPart.Grid, _ count: Int) -> (width: Double, height: Double) {
    let rows = grid.listed(count)
    let places = grid.places.filter { grid.columns[$0].kind != .picture }
    let hasPictures = rows.contains { $0.results.count > 1 }
    let hasBoxes = grid.columns.first?.kind == .picture
    let texts = rows.map { row in places.map { DisplayWidth.of(row.cells[$0].text()) } }
    let widths = places.indices.map { column in
      max(
        36,
        SteeringPrint.cell + SteeringPrint.narrow
          * Double(max(DisplayWidth.of(grid.columns[places[column]].title), texts.map { $0[column] }.max() ?? 0)))
    }
    let pictures = hasPictures ? 190.0 : hasBoxes ? 36.0 : 0
    let natural = widths.reduce(pictures, +)
    // What is too wide wraps in its widest column.
    let over = max(0, natural - SteeringPrint.width)
    let widest = widths.indices.max { widths[$0] < widths[$1] }
    var height = places.contains { !grid.columns[$0].title.isEmpty } && count > 0 ? SteeringPrint.row : 0
    for text in texts {
      let wrapped = widest.map { column in
        (Double(text[column]) * SteeringPrint.narrow / max(36, widths[column] - over - SteeringPrint.cell)).rounded(.up)
      }
      let own = hasPictures ? SteeringPrint.tallRow : hasBoxes ? SteeringPrint.row + 2 : SteeringPrint.row
      height += max(own, (over > 0 ? wrapped ?? 1 : 1) * SteeringPrint.row)
    }
    var width = min(SteeringPrint.width, natural)
    for text in [grid.rest(count).map { "\($0): \(grid.command)" }, grid.footnote(count)].compactMap(\.self) {
      width = max(width, min(SteeringPrint.width, Double(DisplayWidth.of(text)) * SteeringPrint.wide))
      height += paragraph(text)
    }
    return (width, height)
  }
}

extension SteeringReport {
  /// How many rows the page lists of each part's grids, so that all fits on two sheets.
  var printLimits: [[Int]] {
    let print = SteeringPrint(report: self)
    return SteeringRoom(parts: parts, room: Int(print.room)) { number, limits in
      Int(print.height(parts[number], limits).rounded(.up))
    }.limits(isStrict: true)
  }
}
