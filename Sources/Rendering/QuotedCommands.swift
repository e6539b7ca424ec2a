/// Commands within a text that a person is to paste: `run 'custody party confirm onsite 1b9d…'`.
///
/// A line break within one would end it too early for a shell. So it moves to the next line whole, and one that is wider
/// than a line is broken as a shell reads on: with a backslash.
enum QuotedCommands {
  private static let opening = "'custody "

  /// The text's words; a command within quotes is one of them, with what stands right before and behind its quotes.
  static func words(_ text: String) -> [Substring] {
    let words = text.split(separator: " ")
    guard text.contains(opening) else { return words }
    var found: [Substring] = []
    var index = 0
    while index < words.count {
      let end = begins(words[index]) ? end(of: words[index...]) : nil
      let last = end ?? index
      found.append(text[words[index].startIndex..<words[last].endIndex])
      index = last + 1
    }
    return found
  }

  /// The lines of one word that is such a command, the first of them without its margin; nil for any other word, and
  /// where a part of the command alone is wider than a line.
  static func lines(_ word: Substring, width: Int) -> [String]? {
    guard word.contains(" "), let open = word.firstIndex(of: "'"), let close = word.lastIndex(of: "'"), open < close
    else { return nil }
    let (head, tail) = (word[...open], word[close...])
    let room = width - DisplayWidth.of(String(head)) - DisplayWidth.of(String(tail))
    var lines = TextWrapping.command(String(word[word.index(after: open)..<close]), width: room)
    guard lines.allSatisfy({ DisplayWidth.of($0) <= room }) else { return nil }
    lines[0] = head + lines[0]
    lines[lines.count - 1] += tail
    return lines
  }

  private static func begins(_ word: Substring) -> Bool {
    word == "'custody" || word == "('custody"
  }

  /// The word with which a command ends: with a quote, behind which only marks stand, and every quote within closed.
  private static func end(of words: ArraySlice<Substring>) -> Int? {
    var quotes = 0
    for (index, word) in zip(words.indices, words) {
      quotes += word.count { $0 == "'" }
      let bare = word.reversed().drop { ".,;:)".contains($0) }
      if index > words.startIndex, bare.first == "'", quotes.isMultiple(of: 2) { return index }
    }
    return nil
  }
}
