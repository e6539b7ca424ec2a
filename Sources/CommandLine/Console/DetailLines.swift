internal import Rendering

/// Labels and texts below each other, the texts in one column.
package struct DetailLines {
  private var lines: [(label: String, text: String)] = []

  package init() {}

  package mutating func add(_ label: String, _ text: String) {
    lines.append((label, text))
  }

  /// Adds a line where there is something to say.
  package mutating func add(_ label: String, _ text: String?) {
    if let text { lines.append((label, text)) }
  }

  package func print(to console: Console) throws {
    let width = min(26, lines.map { DisplayWidth.of(TerminalText.visible($0.label)) }.max() ?? 0)
    for line in lines {
      let label = TextWrapping.padded(TerminalText.visible(line.label), to: width)
      let text = TerminalText.visible(line.text)
      for part in HangingLines.lines(text, lead: label + "  ", width: console.columns) { try console.print(part) }
    }
  }
}
