/// What stays of a name once days, numbers and versions are taken off: `Access_Review_2026-Q1 (final).pdf` and
/// `access-review-2026-q2.pdf` are both `access review`.
struct NameStem: Hashable {
  /// In lower case, in the name's order.
  let words: [String]

  /// Words that say which of a series it is, and nothing about what it is.
  private static let series: Set<String> = [
    "q", "h", "fy", "v", "ver", "version", "rev", "revision", "final", "draft", "copy", "new", "old", "signed",
    "quarter",
    "month", "week", "year", "day", "st", "nd", "rd", "th",
  ]

  /// Words that any file may be called by: alone they tell nothing.
  private static let common: Set<String> = [
    "screenshot", "screen", "shot", "image", "img", "scan", "photo", "report", "export", "evidence", "document", "doc",
    "file", "data", "output", "untitled", "attachment", "readme", "log", "list", "index", "notes", "results",
  ]

  init(words: [String]) { self.words = words }

  /// - Parameter name: Of a file, without its folders.
  init(file name: some StringProtocol) {
    var plain = String(name)
    if let dot = plain.lastIndex(of: "."), dot != plain.startIndex, plain[dot...].count <= 6,
      plain[dot...].contains(where: \.isLetter)
    {
      plain = String(plain[..<dot])
    }
    words = NameStem.words(plain)
  }

  /// Whether it tells a file from most others.
  var isTelling: Bool { words.contains { !NameStem.common.contains($0) } }

  /// The words that tell something, each once, in order.
  var telling: [String] {
    var seen: Set<String> = []
    return words.filter { $0.count > 2 && !NameStem.common.contains($0) && seen.insert($0).inserted }
  }

  /// Runs of letters, also where a capital begins the next; digits, months and what counts a series fall out.
  static func words(_ text: some StringProtocol) -> [String] {
    var words: [String] = []
    var word = ""
    var wasSmall = false
    func close() {
      let lower = word.lowercased()
      word = ""
      if lower.isEmpty || series.contains(lower) || MonthName.number(lower) != nil { return }
      words.append(lower)
    }
    for character in text {
      guard character.isLetter else {
        close()
        wasSmall = false
        continue
      }
      if character.isUppercase, wasSmall { close() }
      word.append(character)
      wasSmall = character.isLowercase
    }
    close()
    return words
  }

  /// The stem of the folders that a name lies in; nil where there are none, or none that tells anything.
  static func folder(of name: String) -> NameStem? {
    guard let slash = name.lastIndex(of: "/") else { return nil }
    let stem = NameStem(words: name[..<slash].split(separator: "/").flatMap { words($0) })
    return stem.isTelling ? stem : nil
  }
}
