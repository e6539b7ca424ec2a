/// Text cut to columns.
enum TextWrapping {
  /// The text's words in lines of at most so many columns; a word that is longer is broken.
  ///
  /// - Returns: At least one line, which may be empty.
  static func lines(_ text: String, width: Int) -> [String] {
    let width = max(2, width)
    var lines: [String] = []
    var line = ""
    var used = 0
    for word in text.split(separator: " ") {
      var rest = String(word)
      var length = DisplayWidth.of(rest)
      if used > 0, used + 1 + length <= width {
        line += " " + rest
        used += 1 + length
        continue
      }
      if used > 0 { lines.append(line) }
      while length > width {
        let head = prefix(rest, width: width)
        lines.append(head)
        rest.removeFirst(head.count)
        length = DisplayWidth.of(rest)
      }
      line = rest
      used = length
    }
    if used > 0 || lines.isEmpty { lines.append(line) }
    return lines
  }

  /// The text, or as much of it as fits with an ellipsis after it.
  static func shortened(_ text: String, width: Int) -> String {
    guard DisplayWidth.of(text) > width else { return text }
    return prefix(text, width: max(0, width - 1)) + "…"
  }

  /// The longest beginning that takes at most so many columns.
  private static func prefix(_ text: String, width: Int) -> String {
    var used = 0
    let end = text.firstIndex { character in
      used += DisplayWidth.of(character)
      return used > width
    }
    return String(text[..<(end ?? text.endIndex)])
  }
}
