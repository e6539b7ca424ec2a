package import Catalogs
internal import Statements

/// Finds the controls that file names speak of: `AC.L2-3.1.1_AccessPolicy_v2_2026-03-15.pdf`, `3.1.1[a] screenshot.png`,
/// `3.8.3[ab].docx`, `3.1.18[a-c].csv`, or the folders that they lie in: `3.1.1/policy.pdf`.
///
/// Only whole words count, and of hyphenated ones whole parts, so that neither `v3.1.10`, nor a date, nor an address of a
/// network is taken for a control. It is a guess all the same, and never used unasked.
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
    words(in: segment).flatMap { matches(of: $0, isLast: isLast, finder) }
  }

  /// Words, with the brackets that follow them, also after a blank: `3.4.2 [a]` is one.
  private static func words(in segment: Substring) -> [Substring] {
    var words: [Substring] = []
    var isInBrackets = false
    var word = ""
    for character in segment {
      if character == "[", word.isEmpty, let last = words.popLast() { word = String(last) }
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

  private static func matches(of word: Substring, isLast: Bool, _ finder: ControlFinder) -> [Match] {
    if let ids = objectives(word, finder) { return [Match(ids: ids, isExact: true)] }
    var spellings = [String(word)]
    // What follows the last dot may be the file's ending, or part of an id.
    if isLast, let dot = word.lastIndex(of: "."), word[dot...].count <= 6 { spellings.append(String(word[..<dot])) }
    for spelling in spellings {
      if let ids = lookup(spelling, finder) { return [Match(ids: ids, isExact: true)] }
    }
    let parts = (spellings.last ?? "").split(separator: "-")
    guard parts.count > 1, parts.count <= 12 else { return [] }
    // The longest run of parts first.
    for length in (1..<parts.count).reversed() {
      let found = (0...(parts.count - length)).compactMap { start in
        lookup(parts[start..<(start + length)].joined(separator: "-"), finder)
      }
      if !found.isEmpty { return found.map { Match(ids: $0, isExact: false) } }
    }
    return []
  }

  /// Several objectives in one pair of brackets, each of which there is: `3.8.3[ab]`, `3.8.3[a,b]`, `3.1.18[a-c]`.
  private static func objectives(_ word: Substring, _ finder: ControlFinder) -> [ControlID]? {
    guard let open = word.firstIndex(of: "["), let close = word[open...].firstIndex(of: "]") else { return nil }
    let control = word[..<open]
    let inner = word[word.index(after: open)..<close].lowercased().filter { $0 != " " }
    guard inner.count > 1, control.contains(where: \.isNumber), let letters = letters(inner) else { return nil }
    var ids: [ControlID] = []
    for letter in letters {
      guard let found = lookup("\(control)[\(letter)]", finder) else { return nil }
      ids += found
    }
    return ids
  }

  /// The letters that `ab`, `a,b` and `a-c` stand for; nil for anything else.
  private static func letters(_ text: String) -> [Character]? {
    let bytes = Array(text.utf8)
    func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
    var letters: [Character] = []
    for part in bytes.split(separator: UInt8(ascii: ",")) {
      let part = Array(part)
      if part.count == 3, part[1] == UInt8(ascii: "-"), isLetter(part[0]), isLetter(part[2]), part[0] < part[2] {
        letters += (part[0]...part[2]).map { Character(Unicode.Scalar($0)) }
      } else if part.allSatisfy(isLetter) {
        letters += part.map { Character(Unicode.Scalar($0)) }
      } else {
        return nil
      }
    }
    return letters
  }

  private static func lookup(_ text: String, _ finder: ControlFinder) -> [ControlID]? {
    // Functions have names that are everyday words.
    guard text.utf8.contains(where: { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
    if case .found(let ids) = finder.resolve(text) { return ids }
    return nil
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
