internal import Findings
internal import Rendering

/// How many units somebody has, beside a bar.
struct UnitShare {
  let name: String
  let units: Int
  var note = ""

  /// The longest bar, and the shortest that still says something.
  private static let bars = 8...30

  /// A row for each, with bars as long as the width leaves room for: where there is little, bars give way, never numbers.
  static func table(_ shares: [UnitShare], of total: Int, width: Int) -> Table {
    let rows = shares.map { ($0, "\($0.units)", Wording.percent($0.units, of: total)) }
    let names = max(16, rows.map { DisplayWidth.of($0.0.name) }.max() ?? 0)
    let numbers = [rows.map { $0.1.count }, rows.map { $0.2.count }, rows.map { DisplayWidth.of($0.0.note) }]
    // Two columns between each, two at the left, and the brackets.
    let room = width - names - numbers.reduce(0) { $0 + ($1.max() ?? 0) } - 5 * 2 - 2
    let length = room < bars.lowerBound ? 0 : min(room, bars.upperBound)
    var columns: [Table.Column] = [
      .init("party", preferredWidth: names), .number("units"), .number("share"), "evidence",
    ]
    if length > 0 { columns.insert("bar", at: 1) }
    var table = Table(columns)
    table.isTitled = false
    table.indentation = 2
    for (share, number, percent) in rows {
      let bar: [Cell] = length > 0 ? [.text("[\(plot(share.units, of: total, length))]")] : []
      let name = TextWrapping.padded(share.name, to: names)
      table.add([.text(name)] + bar + [.text(number), .text(percent), .text(share.note)])
    }
    return table
  }

  /// At least one character is filled where there is anything.
  private static func plot(_ part: Int, of whole: Int, _ length: Int) -> String {
    let filled = part == 0 || whole == 0 ? 0 : max(1, (part * 2 * length + whole) / (whole * 2))
    let shown = min(length, filled)
    return String(repeating: "#", count: shown) + String(repeating: ".", count: length - shown)
  }
}
