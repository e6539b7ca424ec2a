/// What people write around the ids of controls, and for them.
package enum CommonSpelling {
  /// What may stand before an id: a citation's law, a sign for a section.
  private static let prefixes = [
    "§", "45cfr", "45c.f.r.", "cfr", "section", "sec.", "part", "hipaa", "control", "nistsp800-171r2",
    "nistsp800-171r3",
    "nistsp800-171", "nistsp800-53r5", "nistsp800-53", "nist800-171", "sp800-171", "800-171", "cmmc", "soc2", ":",
  ]

  /// Other ids that a text without spaces may stand for, the nearest first; the text itself is not among them.
  static func others(for text: String) -> [String] {
    let plain = plain(text)
    var found: [String] = []
    for candidate in [plain, practice(plain)].compactMap({ $0 }) {
      found.append(candidate)
      if let lettered = lettered(candidate) { found.append(lettered) }
    }
    return found.filter { $0 != text && !$0.isEmpty }
  }

  /// The families of NIST SP 800-171, by the letters that CMMC has for them, in their order: `AC` is 3.1.
  private static let domains = [
    "ac", "at", "au", "cm", "ia", "ir", "ma", "mp", "ps", "pe", "ra", "ca", "sc", "si",
  ]

  /// `3.1.1` of `AC.L2-3.1.1`, as CMMC names its practices; nil where letters or level contradict the number.
  package static func practice(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    guard bytes.count > 6, isLetter(bytes[0]), isLetter(bytes[1]), bytes[2] == UInt8(ascii: "."),
      bytes[3] | 0x20 == UInt8(ascii: "l"), (UInt8(ascii: "1")...UInt8(ascii: "3")).contains(bytes[4]),
      bytes[5] == UInt8(ascii: "-")
    else { return nil }
    let number = String(decoding: bytes[6...], as: UTF8.self)
    guard let family = family(of: number) else { return number }
    let level = bytes[4] == UInt8(ascii: "3")
    return domains.firstIndex(of: letters(of: text)) == family - 1 && level == isEnhanced(number) ? number : nil
  }

  /// What was perhaps meant by a practice that contradicts itself: `AC.L2-3.1.1` and `SC.L2-3.13.1` for `SC.L2-3.1.1`.
  static func practices(nearTo text: String) -> [String] {
    let parts = text.split(separator: "-", maxSplits: 1).map(String.init)
    guard parts.count == 2, parts[0].utf8.count == 5, practice(text) == nil, let family = family(of: parts[1]),
      domains.indices.contains(family - 1)
    else { return [] }
    let rest = parts[1].split(separator: ".", omittingEmptySubsequences: false).dropFirst(2).joined(separator: ".")
    let level = isEnhanced(parts[1]) ? "L3" : "L2"
    var found = ["\(domains[family - 1].uppercased()).\(level)-\(parts[1])"]
    if let other = domains.firstIndex(of: letters(of: text)) {
      found.append("\(domains[other].uppercased()).\(level)-3.\(other + 1).\(rest)")
      if parts[0].hasSuffix("3") { found.append("\(parts[0].uppercased())-3.\(other + 1).\(rest)e") }
    }
    return found
  }

  private static func letters(of practice: String) -> String { practice.prefix(2).lowercased() }

  /// 1 of `3.1.2`; nil for what is no number of NIST SP 800-171 or 800-172.
  private static func family(of number: String) -> Int? {
    let parts = number.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count >= 3, Int(parts[0]) == 3 else { return nil }
    return Int(parts[1])
  }

  /// Whether it is one of NIST SP 800-172, which level 3 has: `3.1.2e`.
  private static func isEnhanced(_ number: String) -> Bool {
    number.prefix { $0 != "[" }.lowercased().hasSuffix("e")
  }

  /// Without what stands around it: the law that is cited, quotes, what ends a sentence; with plain hyphens.
  private static func plain(_ text: String) -> String {
    var plain = String(text.map { "\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2212}".contains($0) ? "-" : $0 })
    while let last = plain.last, ",;:.\"'”’".contains(last) { plain.removeLast() }
    while let first = plain.first, "\"'“‘,;:".contains(first) { plain.removeFirst() }
    while let prefix = prefixes.first(where: { plain.lowercased().hasPrefix($0) }) {
      let rest = plain.dropFirst(prefix.count)
      // What follows is a number, a letter and a number (`CC6.1`), or another of these.
      guard rest.contains(where: \.isNumber) else { break }
      plain = String(rest)
    }
    return plain
  }

  /// `3.1.1.a` for `3.1.1a`.
  private static func lettered(_ text: String) -> String? {
    // `3.1.2e` is a requirement of NIST SP 800-172, and no fifth objective.
    guard let last = text.last, last.isASCII, last.isLetter, last.lowercased() != "e",
      let before = text.dropLast().last, before.isNumber
    else {
      return nil
    }
    return "\(text.dropLast()).\(last)"
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }
}
