/// The controls that one field of a list names: `3.1.1; 3.1.2`, `3.1.1 and 3.1.2`, `3.1.18[a], [b]`, `3.1.1 - 3.1.4`.
enum ControlField {
  /// The text of each, to be looked up for itself.
  ///
  /// - Parameter isKnown: Whether a text leads to a control: what does, is not taken apart.
  static func texts(_ field: String, isKnown: (String) -> Bool) -> [String] {
    var found: [String] = []
    for piece in pieces(field) {
      let plain = trimmed(piece)
      guard !plain.isEmpty else { continue }
      if plain.hasPrefix("["), let last = found.last, let open = last.firstIndex(of: "[") {
        // `3.1.18[a], [b]`
        found.append(last[..<open] + plain)
      } else {
        found += isKnown(plain) ? [plain] : words(plain, isKnown)
      }
    }
    return found
  }

  /// Split at commas, semicolons, bars and line breaks, but not within brackets.
  private static func pieces(_ field: String) -> [String] {
    var pieces = [""]
    var depth = 0
    for character in field {
      if character == "[" { depth += 1 }
      if character == "]" { depth = max(0, depth - 1) }
      if character.isNewline || "|".contains(character) || (depth == 0 && ",;".contains(character)) {
        depth = 0
        pieces.append("")
      } else {
        pieces[pieces.count - 1].append(character)
      }
    }
    return pieces
  }

  /// Split at blanks, `and`, `&` and slashes; `3.1.1 [a]` is one, and so is what lies between two with a dash.
  private static func words(_ piece: String, _ isKnown: (String) -> Bool) -> [String] {
    var words: [String] = []
    var joins = false
    var group: [String] = []
    func close() {
      let whole = group.joined(separator: " ")
      // `3.1.1 Authorized access` is one control with its title behind it, and told as a whole; `3.8.9 backup-recovery`
      // are two.
      let hasProse =
        group.count > 1 && isKnown(group[0]) && group.contains { !$0.contains(where: \.isNumber) && !isKnown($0) }
      if group.count > 1, hasProse || isKnown(whole) { words.append(whole) } else { words += group }
      group = []
    }
    let all = spaced(piece)
    for (index, word) in all.enumerated() {
      let isBeforeID = index + 1 < all.count && all[index + 1].contains(where: \.isNumber) || all.last?.first == "["
      if ["and", "&", "+", "/"].contains(word.lowercased()) {
        close()
        joins = false
      } else if ["-", "\u{2013}", "\u{2014}", "to", "through", "thru"].contains(word.lowercased()),
        isBeforeID, let last = group.popLast()
      {
        group.append("\(last)-")
        joins = true
      } else if joins || (word.first == "[" && !group.isEmpty), let last = group.popLast() {
        group.append(last + word)
        joins = false
      } else {
        group.append(word)
      }
    }
    close()
    return words.flatMap { slashed($0, isKnown) }
  }

  /// At blanks that are not within brackets.
  private static func spaced(_ text: String) -> [String] {
    var words = [""]
    var depth = 0
    for character in text {
      if character == "[" { depth += 1 }
      if character == "]" { depth = max(0, depth - 1) }
      if character.isWhitespace, depth == 0 { words.append("") } else { words[words.count - 1].append(character) }
    }
    return words.filter { !$0.isEmpty }
  }

  /// `3.1.1/3.1.2`, where what stands before the slash is no framework.
  private static func slashed(_ word: String, _ isKnown: (String) -> Bool) -> [String] {
    let parts = word.split { "/&+".contains($0) }.map(String.init)
    guard parts.count > 1, !isKnown(word), parts.allSatisfy(isKnown) else { return [word] }
    return parts
  }

  /// Without blanks, and without the `="…"` by which some keep a spreadsheet from reading a number.
  private static func trimmed(_ text: String) -> String {
    var plain = text[...]
    while plain.first?.isWhitespace == true { plain.removeFirst() }
    while plain.last?.isWhitespace == true { plain.removeLast() }
    guard plain.hasPrefix("=\""), plain.hasSuffix("\""), plain.count > 3 else { return String(plain) }
    return String(plain.dropFirst(2).dropLast())
  }
}
