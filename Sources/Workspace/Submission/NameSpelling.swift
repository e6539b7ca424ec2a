/// Ids in names of files on systems, or of people, that keep dots and brackets out of them: `3_1_1 policy.pdf`,
/// `AC_L2_3_1_1.pdf`, `AC-L2-3-1-1.pdf`, `164-308-a-7-plan.pdf`.
enum NameSpelling {
  /// What each such run in a name may stand for, the longest first.
  static func rewritten(_ name: Substring) -> [[String]] {
    var found: [[String]] = []
    var before: Substring = ""
    for word in name.split(whereSeparator: { !isPart($0) && !"_-.".contains($0) }) {
      let parts = word.split { "_-.".contains($0) }
      if let practice = practice(parts) {
        found.append([practice])
      } else if let citation = citation(parts) {
        found.append(citation)
      } else {
        found += numbers(word, behind: before)
      }
      before = word
    }
    return found
  }

  /// A name whose pairs of brackets that belong together stand together: `[a] - [c]`, `[a] to [c]`, `[a], [b]`, `[a] and [b]`;
  /// and behind its number `3.1.1_[a]`.
  static func joiningBrackets(_ name: Substring) -> String {
    let pieces = name.split(separator: "]", omittingEmptySubsequences: false)
    var joined = String(pieces[0])
    for piece in pieces.dropFirst() {
      joined += "]"
      guard let open = piece.firstIndex(of: "["), let sign = sign(between: piece[..<open]) else {
        joined += piece
        continue
      }
      joined += sign + piece[open...]
    }
    return joined.replacing("_[", with: " [")
  }

  /// What stands for some words between two brackets: a hyphen for all that lies between them, nothing for both alone; nil for
  /// what may mean anything.
  private static func sign(between words: Substring) -> String? {
    switch words.filter({ $0 != " " }).lowercased() {
    case "-", "\u{2013}", "\u{2014}", "to", "_to_", "-to-", "thru", "through", "_through_": "-"
    case "", ",", "&", "+", "_", "and", ",and", "_and_": ""
    default: nil
    }
  }

  /// `AC.L2-3.1.1` of `AC`, `L2`, `3`, `1`, `1`, wherever it stands.
  private static func practice(_ parts: [Substring]) -> String? {
    for start in parts.indices where parts.count - start >= 5 {
      let (domain, level) = (parts[start], parts[start + 1].lowercased())
      let numbers = parts[(start + 2)...].prefix(while: isNumber)
      guard domain.count == 2, domain.allSatisfy(\.isLetter), ["l1", "l2", "l3"].contains(level), numbers.count == 3
      else {
        continue
      }
      return "\(domain).\(level)-\(numbers.joined(separator: "."))"
    }
    return nil
  }

  /// `164.308.a.7.ii.A` of `164`, `308`, `a`, `7`, `ii`, `A`, and what is left of it without the last ones, which may be words.
  private static func citation(_ parts: [Substring]) -> [String]? {
    guard let start = parts.firstIndex(of: "164"), parts.count - start >= 3, isNumber(parts[start + 1]) else {
      return nil
    }
    let rest = parts[(start + 2)...].prefix { $0.count <= 4 }
    guard !rest.isEmpty else { return nil }
    return (1...rest.count).reversed().map { count in
      (parts[start...(start + 1)] + rest.prefix(count)).joined(separator: ".")
    }
  }

  /// `3.1.1` of `3_1_1`: numbers with low lines between, all that stand together. With hyphens they are a day.
  private static func numbers(_ word: Substring, behind before: Substring) -> [[String]] {
    var runs: [[Substring]] = [[]]
    var before = before
    for part in word.split(separator: "_", omittingEmptySubsequences: false) {
      // `1.pdf`
      let ending = part.drop { $0 != "." }
      let plain = ending.dropFirst().allSatisfy(\.isLetter) ? part.dropLast(ending.count) : part
      if plain.first?.isLetter == true, plain.last?.isNumber == true, plain.count <= 5 {
        // `CC6_1`
        before = plain
        runs.append([plain])
      } else if isNumber(plain), !VersionWord.precedesEdition(before) {
        runs[runs.count - 1].append(plain)
      } else if !isNumber(plain) {
        before = plain
        runs.append([])
      }
    }
    return runs.filter { $0.count >= 3 || ($0.count == 2 && $0[0].first?.isLetter == true) }.map {
      [$0.joined(separator: ".")]
    }
  }

  private static func isNumber(_ text: Substring) -> Bool {
    (1...3).contains(text.utf8.count) && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  private static func isPart(_ character: Character) -> Bool { character.isLetter || character.isNumber }
}
