package import Catalogs
internal import Statements

/// Finds the controls that file names speak of: `AC.L2-3.1.1_AccessPolicy_v2_2026-03-15.pdf`, `3.1.1[a] screenshot.png`,
/// `3.8.3[ab].docx`, `3.1.18[a-c].csv`, `AC_L2_3_1_1.pdf`, or the folders that they lie in: `3.1.1/policy.pdf`.
///
/// Only whole words count, and of hyphenated ones whole parts, so that neither `v3.1.10` and `version 3.1.10`, nor a date,
/// nor an address of a network is taken for a control. It is a guess all the same, and never used unasked.
package struct ControlGuess: Equatable {
  /// The ids that were found, in byte order; none where the name speaks of nothing.
  package let ids: [String]
  /// Whether each stands there as a word of its own, as the catalog spells it.
  package let isExact: Bool

  /// - Parameter name: With the folders that it lies in: the file's own name counts, else the nearest folder's.
  package init(_ name: String, _ finder: ControlFinder) {
    let segments = name.split(separator: "/")
    for (index, segment) in segments.enumerated().reversed() {
      let matches = ControlGuess.matches(in: segment, isLast: index == segments.count - 1, finder)
      guard !matches.isEmpty else { continue }
      ids = Set(matches.flatMap(\.ids)).map(\.description).sorted(by: ByteOrder.precedes)
      // Two words of one name may be two, or one that is mentioned.
      isExact = matches.allSatisfy(\.isExact) && Set(matches.map(\.ids)).count == 1
      return
    }
    ids = []
    isExact = false
  }

  private struct Match {
    let ids: [ControlID]
    let isExact: Bool
  }

  private static func matches(in segment: Substring, isLast: Bool, _ finder: ControlFinder) -> [Match] {
    let words = words(in: Substring(NameSpelling.joiningBrackets(segment)))
    var found: [Match] = []
    for (index, word) in words.enumerated() {
      if index > 0, VersionWord.precedesEdition(words[index - 1]) { continue }
      let mayHaveEnding = isLast && index == words.count - 1
      if let letter = objective(word, before: index > 0 ? words[index - 1] : "", mayHaveEnding, finder) {
        found[found.count - 1] = letter
      } else {
        found += matches(of: word, mayHaveEnding: mayHaveEnding, finder)
      }
    }
    // `3.1.1 to 3.1.3` and `3.1.1 - 3.1.3` may be two controls or all between: nobody can say.
    if found.count > 1, words.contains(where: { ["to", "thru", "through", "-", "\u{2013}"].contains($0.lowercased()) })
    {
      found = found.map { Match(ids: $0.ids, isExact: false) }
    }
    guard found.isEmpty else { return found }
    // Some systems take no dots and brackets in names.
    return NameSpelling.rewritten(segment).compactMap { spellings in
      spellings.lazy.compactMap { lookup($0, finder) }.first.map { Match(ids: $0, isExact: false) }
    }
  }

  /// Words, with the brackets that follow them, also after a blank: `3.4.2 [a]` and `3.1.1 (a)` are one each.
  private static func words(in segment: Substring) -> [Substring] {
    var words: [Substring] = []
    var isInBrackets = false
    var word = ""
    for index in segment.indices {
      let character = segment[index]
      if "[(".contains(character), word.isEmpty, let last = words.last, isContinued(last, by: segment[index...]) {
        words.removeLast()
        // Of a parenthesis it matters that a blank stood before it.
        word = last + (character == "(" ? " " : "")
      }
      if isWordCharacter(character) || (isInBrackets && ", ".contains(character)) {
        word.append(character)
        if character == "[" { isInBrackets = true }
        if character == "]" { isInBrackets = false }
      } else if !word.isEmpty {
        words.append(Substring(word))
        word = ""
        // Only a blank may stand before a bracket.
        if character != " " { words.append("") }
      } else if character != " " {
        words.append("")
      }
    }
    words.append(Substring(word))
    return words.filter { !$0.isEmpty }
  }

  /// Whether what stands in brackets is a letter, or a few, of the number before them.
  private static func isContinued(_ last: Substring, by rest: Substring) -> Bool {
    guard last.contains(where: \.isNumber), let close = rest.firstIndex(where: { "])".contains($0) }) else {
      return false
    }
    let inner = rest[rest.index(after: rest.startIndex)..<close]
    return rest.first == "[" ? !inner.contains { $0.isNumber } : (1...4).contains(inner.count)
  }

  /// The objective that a letter behind a control's id may stand for, as in `3.1.1_a.pdf`.
  private static func objective(
    _ word: Substring, before: Substring, _ mayHaveEnding: Bool, _ finder: ControlFinder
  ) -> Match? {
    let letter = mayHaveEnding ? word.prefix { $0 != "." } : word
    guard letter.count == 1, let first = letter.first, first.isASCII, first.isLowercase, !before.contains("["),
      lookup(String(before), finder) != nil, let ids = lookup("\(before)[\(letter)]", finder)
    else { return nil }
    return Match(ids: ids, isExact: false)
  }

  private static func matches(of word: Substring, mayHaveEnding: Bool, _ finder: ControlFinder) -> [Match] {
    if let ids = objectives(word, finder) { return [Match(ids: ids, isExact: true)] }
    var spellings = [String(word)]
    // What follows the last dot may be the file's ending, or part of an id. An ending has letters: `3.1.1.7` is no 3.1.1.
    if mayHaveEnding, let dot = word.lastIndex(of: "."), word[dot...].count <= 6,
      word[dot...].contains(where: \.isLetter)
    {
      spellings.append(String(word[..<dot]))
    }
    // `(3.1.1)` and `[3.1.1]`
    if let first = word.first, "([".contains(first), let close = word.firstIndex(where: { ")]".contains($0) }),
      let ids = lookup(String(word[word.index(after: word.startIndex)..<close]), finder)
    {
      return [Match(ids: ids, isExact: true)]
    }
    // What stands in parentheses behind a blank need not belong to it: `3.1.1 (old)`. `AC-2 (1)` may be the first
    // enhancement, and the second file called `AC-2`.
    if let blank = word.firstIndex(of: " "), word[word.index(after: blank)...].hasPrefix("("),
      let before = lookup(String(word[..<blank]), finder)
    {
      let whole = spellings.lazy.compactMap { lookup($0, finder) }.first
      let isNumber = word[blank...].dropFirst(2).first?.isNumber == true
      guard let whole else { return [Match(ids: before, isExact: true)] }
      return isNumber ? [] : [Match(ids: whole, isExact: true)]
    }
    for spelling in spellings {
      if let ids = lookup(spelling, finder) { return [Match(ids: ids, isExact: true)] }
    }
    if let last = spellings.last, case .ids(let ids)? = ControlRange.read(last, finder) {
      return [Match(ids: ids, isExact: false)]
    }
    let parts = (spellings.last ?? "").split(separator: "-")
    guard parts.count > 1, parts.count <= 12 else { return [] }
    // The longest run of parts first.
    for length in (1..<parts.count).reversed() {
      let found = (0...(parts.count - length)).compactMap { start in
        start > 0 && VersionWord.precedesEdition(parts[start - 1])
          ? nil : lookup(parts[start..<(start + length)].joined(separator: "-"), finder)
      }
      if !found.isEmpty { return found.map { Match(ids: $0, isExact: false) } }
    }
    return []
  }

  /// Several objectives in one word, each of which there is: `3.8.3[ab]`, `3.5.3[a][b]`, `3.1.18[a-c]`.
  private static func objectives(_ word: Substring, _ finder: ControlFinder) -> [ControlID]? {
    guard let end = word.lastIndex(of: "]"), let each = ObjectiveGroup.spelled(word[...end]) else { return nil }
    let found = each.map { lookup($0, finder) }
    return found.contains { $0 == nil } ? nil : found.compactMap { $0 }.flatMap { $0 }
  }

  private static func lookup(_ text: String, _ finder: ControlFinder) -> [ControlID]? {
    // Functions have names that are everyday words.
    guard text.utf8.contains(where: { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
    switch finder.known(text) {
    case .found(let ids): return ids
    // A standard of the HIPAA Security Rule is shown by its specifications.
    case .family(let family) where finder.family(family)?.isStandard == true:
      return finder.catalog(family.framework)?.controls(inFamily: family).flatMap { finder.canonical($0.id) ?? [$0.id] }
    case .family, .ambiguous, .withdrawn, .unknown, nil: return nil
    }
  }

  private static func isWordCharacter(_ character: Character) -> Bool {
    guard let byte = character.asciiValue else { return character.isLetter || character.isNumber }
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "("), UInt8(ascii: ")"),
      UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "-"):
      return true
    default: return false
    }
  }
}
