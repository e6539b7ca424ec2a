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

  /// `3.1.1` of `AC.L2-3.1.1`, as CMMC names its practices.
  package static func practice(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    guard bytes.count > 6, isLetter(bytes[0]), isLetter(bytes[1]), bytes[2] == UInt8(ascii: "."),
      bytes[3] | 0x20 == UInt8(ascii: "l"), (UInt8(ascii: "1")...UInt8(ascii: "3")).contains(bytes[4]),
      bytes[5] == UInt8(ascii: "-")
    else { return nil }
    return String(decoding: bytes[6...], as: UTF8.self)
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
