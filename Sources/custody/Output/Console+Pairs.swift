internal import CommandLine
internal import Rendering

extension Console {
  /// Prints two words that belong together, each of which somebody copies: on a line, where they fit one, else the second
  /// below the first. A name is broken between words alone, and only where it is wider than a line.
  func print(_ first: String, beside second: String) throws {
    let line = "  \(first)  \(second)"
    if DisplayWidth.of(TerminalText.visible(line)) <= columns { return try print(line) }
    try print("  \(first)")
    let below = HangingLines.lines(
      TerminalText.visible(second), lead: "    ", margin: 4, width: columns, breaksWords: false)
    for line in below { try print(line) }
  }
}
