/// One line of the table.
struct Figure {
  let name: String
  let unit: String
  let values: [Double]
  /// What the median should be below; nil for a figure that is only told.
  let target: Double?

  init(_ name: String, _ unit: String, _ values: [Double], below target: Double? = nil) {
    self.name = name
    self.unit = unit
    self.values = values
    self.target = target
  }

  var median: Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  /// By how much the median may lie above its target without saying anything: half of what the runs differ by, and a
  /// twentieth of the target at least.
  private var noise: Double { max(((values.max() ?? 0) - (values.min() ?? 0)) / 2, (target ?? 0) / 20) }

  /// Whether the target is missed by more than noise.
  var isMissed: Bool { target.map { values.isEmpty || median > $0 + noise } ?? false }

  var cells: [String] {
    guard let least = values.min(), let most = values.max() else { return [name, "not measured", "", "", "", "", ""] }
    return [
      name, "\(text(median)) \(unit)", String(values.count), text(least), text(most),
      target.map { "< \(text($0))" } ?? "", target.map { median < $0 ? "yes" : isMissed ? "NO" : "nearly" } ?? "",
    ]
  }

  private func text(_ value: Double) -> String {
    let digits = unit == "×" ? 100.0 : value < 100 ? 10.0 : 1
    let scaled = Int((value * digits).rounded())
    let whole = scaled / Int(digits)
    guard digits > 1 else { return String(whole) }
    let rest = String(scaled % Int(digits))
    return "\(whole).\(String(repeating: "0", count: (digits == 100 ? 2 : 1) - rest.count))\(rest)"
  }
}

/// The figures as they come, and what is to be said of them.
struct FigureTable {
  private var figures: [Figure] = []
  private var notes: [String] = []
  private var hasFailed = false

  mutating func add(_ figure: Figure) {
    figures.append(figure)
    say("  \(figure.cells.joined(separator: "  "))")
  }

  mutating func note(_ text: String) {
    notes.append(text)
    say("  note: \(text)")
  }

  /// Says why something could not be measured.
  mutating func fail(_ text: String) {
    hasFailed = true
    note(text)
  }

  /// Whether all was measured and every target met, noise aside.
  var isMet: Bool { !hasFailed && !figures.contains(where: \.isMissed) }

  /// The table in Markdown.
  func page(size: Int) -> String {
    let head = ["figure", "median", "n", "min", "max", "target", "met"]
    let rows = [head, head.map { _ in "---" }] + figures.map(\.cells)
    let lines = rows.map { "| \($0.joined(separator: " | ")) |" }
    return (["# Figures of a log of \(size) entries", ""] + lines + [""] + notes.map { "- \($0)" })
      .joined(separator: "\n") + "\n"
  }

  /// The whole table, aligned.
  var text: String {
    let rows = [["figure", "median", "n", "min", "max", "target", "met"]] + figures.map(\.cells)
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let lines = rows.map { row in
      row.enumerated().map { column, cell in
        let space = String(repeating: " ", count: widths[column] - cell.count)
        return column == 0 ? cell + space : space + cell
      }.joined(separator: "  ")
    }
    return (lines + notes.map { "note: \($0)" }).joined(separator: "\n")
  }
}
