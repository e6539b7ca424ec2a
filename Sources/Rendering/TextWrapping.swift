/// Text cut to columns.
public enum TextWrapping: Sendable {
  /// The text's words in lines of at most so many columns; a word that is longer is broken, after a mark if it has one.
  ///
  /// A command within quotes is kept whole, or broken so that a shell reads on.
  ///
  /// - Returns: At least one line, which may be empty.
  public static func lines(_ text: String, width: Int) -> [String] {
    let width = max(2, width)
    var lines: [String] = []
    var line = ""
    var used = 0
    for word in QuotedCommands.words(text).flatMap({ split($0, width: width) }) {
      var rest = word
      var length = DisplayWidth.of(String(word))
      if used > 0, used + 1 + length <= width {
        line += " " + rest
        used += 1 + length
        continue
      }
      if used > 0 { lines.append(line) }
      while length > width {
        // A word may be as long as a file: what is left of it is neither copied nor measured again for each line.
        let head = breakable(prefix(rest, width: width))
        lines.append(String(head))
        rest = rest[head.endIndex...]
        length -= DisplayWidth.of(String(head))
      }
      line = String(rest)
      used = length
    }
    if used > 0 || lines.isEmpty { lines.append(line) }
    return lines
  }

  /// What a word is laid out as: itself, the lines of a command, or the words of one that no lines can be made of.
  private static func split(_ word: Substring, width: Int) -> [Substring] {
    guard word.contains(" "), DisplayWidth.of(String(word)) > width else { return [word] }
    return QuotedCommands.lines(word, width: width)?.map { $0[...] } ?? word.split(separator: " ")
  }

  /// The text, or as much of it as fits with an ellipsis after it.
  public static func shortened(_ text: String, width: Int) -> String {
    guard DisplayWidth.of(text) > width else { return text }
    return prefix(text[...], width: max(0, width - 1)) + "…"
  }

  /// The text with spaces behind it, at least that many columns wide.
  public static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - DisplayWidth.of(text)))
  }

  /// A command in lines that a shell reads as one; words and what stands within quotes stay whole, so that it can be
  /// copied.
  public static func command(_ text: String, width: Int) -> [String] {
    guard DisplayWidth.of(text) > width else { return [text] }
    var lines: [String] = []
    var line = ""
    for word in shellWords(text) {
      if !line.isEmpty, DisplayWidth.of(line) + 1 + DisplayWidth.of(word) > width - 2 {
        lines.append(line + " \\")
        line = "  " + word
      } else {
        line += (line.isEmpty ? "" : " ") + word
      }
    }
    return lines + [line]
  }

  /// A text cut at the spaces that no quotes are around.
  private static func shellWords(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    var quote: Character?
    for character in text {
      if character == " ", quote == nil {
        words.append(word)
        word = ""
        continue
      }
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "'" || character == "\"" {
        quote = character
      }
      word.append(character)
    }
    return words + [word]
  }

  /// The pieces of a text that lines keep whole: words, and parts of words up to a mark. Ids, dates, numbers and digests,
  /// which have digits in them, have no parts.
  static func unbreakable(_ text: String) -> [String] {
    text.split(separator: " ").flatMap { word -> [String] in
      guard !word.contains(where: \.isNumber) else { return [String(word)] }
      var pieces: [String] = []
      var piece = ""
      for character in word {
        piece.append(character)
        if marks.contains(character) {
          pieces.append(piece)
          piece = ""
        }
      }
      return piece.isEmpty ? pieces : pieces + [piece]
    }
  }

  /// After these a reader expects that a word goes on in the next line.
  private static let marks = "-/,_)"

  /// The longest beginning that takes at most so many columns, of at least one character.
  private static func prefix(_ text: Substring, width: Int) -> Substring {
    var used = 0
    let end = text.firstIndex { character in
      used += DisplayWidth.of(character)
      return used > width
    }
    guard let end, end > text.startIndex else { return end == nil ? text : text.prefix(1) }
    return text[..<end]
  }

  /// The beginning up to the last mark after which a reader expects a break.
  private static func breakable(_ head: Substring) -> Substring {
    head.lastIndex { marks.contains($0) }.map { head[...$0] } ?? head
  }
}
