internal import CommandLine
internal import Rendering

extension Console {
  /// Prints two words that belong together, each of which somebody copies: on a line, where they fit one, else the second
  /// below the first. A name of several words is broken only where it is wider than a line.
  func print(_ first: String, beside second: String) throws {
    let line = "  \(first)  \(second)"
    if DisplayWidth.of(TerminalText.visible(line)) <= columns { return try print(line) }
    try print("  \(first)")
    try print(wrapped: second, after: "    ")
  }
}
