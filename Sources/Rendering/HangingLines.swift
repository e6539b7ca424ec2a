/// Words in lines of which all but the first begin at a margin.
///
/// A word that fits a line is never broken: where the margin leaves it no room, it begins further to the left. Nor is a
/// command within quotes broken, but so that a shell reads on.
public enum HangingLines: Sendable {
  /// The lines, each at most so many columns wide unless a word alone is wider than a line.
  ///
  /// - Parameters:
  ///   - lead: What stands before the first word as it is.
  ///   - margin: Columns that later lines leave free; as wide as the lead unless stated.
  ///   - breaksWords: Whether a word that is wider than a line is broken; what is to be copied is not.
  /// - Returns: At least one line, without spaces at the end.
  public static func lines(
    _ text: String, lead: String = "", margin: Int? = nil, width: Int, breaksWords: Bool = true
  ) -> [String] {
    let margin = min(margin ?? DisplayWidth.of(lead), max(0, width - 2))
    if DisplayWidth.of(lead) > width {
      return HangingLines.lines(
        "\(lead) \(text)", margin: min(margin, width / 4), width: width, breaksWords: breaksWords)
    }
    var lines: [String] = []
    var line = lead
    var used = DisplayWidth.of(lead)
    var isEmpty = true
    for word in words(text, width: width, margin: margin) {
      let length = DisplayWidth.of(String(word))
      let gap = isEmpty ? 0 : 1
      if used + gap + length <= width {
        line += (isEmpty ? "" : " ") + word
        used += gap + length
        isEmpty = false
        continue
      }
      if !isEmpty || line.contains(where: { $0 != " " }) { lines.append(trimmed(line)) }
      if let command = word.contains(" ") ? QuotedCommands.lines(word, width: width - margin) : nil {
        let laid = command.map { String(repeating: " ", count: margin) + $0 }
        lines += laid.dropLast()
        line = laid.last ?? ""
        used = DisplayWidth.of(line)
      } else if length > width, breaksWords {
        let pieces = TextWrapping.lines(String(word), width: width)
        lines += pieces.dropLast()
        line = pieces.last ?? ""
        used = DisplayWidth.of(line)
      } else {
        let space = max(0, min(margin, width - length))
        line = String(repeating: " ", count: space) + word
        used = space + length
      }
      isEmpty = false
    }
    return lines + [trimmed(line)]
  }

  /// The text's words; of a command that is wider than a line and of which no lines can be made, its own.
  private static func words(_ text: String, width: Int, margin: Int) -> [Substring] {
    QuotedCommands.words(text).flatMap { word -> [Substring] in
      guard word.contains(" "), DisplayWidth.of(String(word)) > width - margin,
        QuotedCommands.lines(word, width: width - margin) == nil
      else { return [word] }
      return word.split(separator: " ")
    }
  }

  /// The first of some lines; the last of them ends with an ellipsis behind a whole word where others are left out.
  public static func first(_ limit: Int, of lines: [String], width: Int) -> [String] {
    guard lines.count > limit, limit > 0 else { return lines }
    var last = lines[limit - 1]
    while DisplayWidth.of(last) + 2 > width, let space = last.lastIndex(of: " ") {
      last = trimmed(String(last[..<space]))
    }
    return lines[..<(limit - 1)] + [TextWrapping.shortened(last + " …", width: width)]
  }

  private static func trimmed(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }
}
