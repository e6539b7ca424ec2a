package import Catalogs
internal import Statements

/// Finds the controls that file names speak of: `AC.L2-3.1.1_AccessPolicy_v2_2026-03-15.pdf`, `3.1.1[a] screenshot.png`.
///
/// Only whole words count, and of hyphenated ones whole parts, so that neither `v3.1.10`, nor a date, nor an address of a
/// network is taken for a control. It is a guess all the same, and never used unasked.
package struct ControlGuess {
  /// The ids that were found, in byte order.
  package let candidates: [String]
  /// Whether each name speaks of the same one.
  package let isUnanimous: Bool
  /// Whether it stands there as a word of its own, as the catalog spells it.
  package let isExact: Bool

  package init(_ names: [String], _ finder: ControlFinder) {
    let matches = names.map { ControlGuess.matches(in: $0, finder) }
    let meanings = Set(matches.joined().map(\.ids))
    isUnanimous = meanings.count == 1 && !matches.contains { $0.isEmpty }
    isExact = matches.joined().allSatisfy(\.isExact)
    candidates = Set(meanings.joined()).map(\.description).sorted(by: ByteOrder.precedes)
  }

  private struct Match {
    let ids: [ControlID]
    let isExact: Bool
  }

  private static func matches(in name: String, _ finder: ControlFinder) -> [Match] {
    let segments = name.split(separator: "/")
    var matches: [Match] = []
    for (index, segment) in segments.enumerated() {
      for word in segment.split(whereSeparator: { !isWordCharacter($0) }) {
        matches += self.matches(of: word, isLast: index == segments.count - 1, finder)
      }
    }
    return matches
  }

  private static func matches(of word: Substring, isLast: Bool, _ finder: ControlFinder) -> [Match] {
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
