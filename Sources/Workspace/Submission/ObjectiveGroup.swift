/// Several objectives of one control in one word: `3.8.3[ab]`, `3.8.3[a,b]`, `3.1.18[a-c]`, `3.5.3[a][b]`, `3.5.3[a]-[c]`.
enum ObjectiveGroup {
  /// Each objective written for itself, as in `3.8.3[a]`.
  ///
  /// - Returns: nil for one objective, and for anything else. Whether there are such objectives is another question.
  static func spelled(_ word: some StringProtocol) -> [String]? {
    guard let open = word.firstIndex(of: "["), open != word.startIndex, word.last == "]" else { return nil }
    let control = String(word[..<open])
    guard control.contains(where: \.isNumber) else { return nil }
    let inner = word[open...].lowercased().filter { !$0.isWhitespace }.map {
      "\u{2013}\u{2014}".contains($0) ? "-" : $0
    }
    guard let letters = letters(String(inner)), letters.count > 1, Set(letters).count == letters.count else {
      return nil
    }
    return letters.map { "\(control)[\($0)]" }
  }

  /// The letters that `[ab]`, `[a,b]`, `[a-c]`, `[a][b]` and `[a]-[c]` stand for; nil for anything else.
  private static func letters(_ text: String) -> [Character]? {
    // `[a]-[c]` is `[a-c]`, and `[a][b]`, `[a]/[b]`, `[a]&[b]`, `[a],[b]` are `[a,b]`.
    var plain = text.replacing("]-[", with: "-")
    for between in ["][", "]/[", "]&[", "],[", "];[", "]+["] { plain = plain.replacing(between, with: ",") }
    guard plain.hasPrefix("["), plain.hasSuffix("]") else { return nil }
    let bytes = Array(plain.dropFirst().dropLast().utf8)
    func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
    var letters: [Character] = []
    for part in bytes.split(omittingEmptySubsequences: false, whereSeparator: { ",;&/".utf8.contains($0) }) {
      let part = Array(part)
      if part.count == 3, part[1] == UInt8(ascii: "-"), isLetter(part[0]), isLetter(part[2]), part[0] < part[2] {
        letters += (part[0]...part[2]).map { Character(Unicode.Scalar($0)) }
      } else if !part.isEmpty, part.allSatisfy(isLetter) {
        letters += part.map { Character(Unicode.Scalar($0)) }
      } else {
        return nil
      }
    }
    return letters
  }
}
