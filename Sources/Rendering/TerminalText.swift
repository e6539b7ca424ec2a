/// Text as it may go to a terminal.
public enum TerminalText: Sendable {
  /// The text with everything escaped, visibly, that a terminal would obey or that would reorder what is around it.
  ///
  /// `\u{1b}[2J` for an escape sequence, `\n` for a line break. What comes from a store, a document or a file name may
  /// hold anything.
  public static func visible(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHazardous) else { return text }
    var visible = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": visible += "\\n"
      case "\r": visible += "\\r"
      case "\t": visible += "\\t"
      case _ where isHazardous(scalar): visible += "\\u{\(String(scalar.value, radix: 16))}"
      default: visible.unicodeScalars.append(scalar)
      }
    }
    return visible
  }

  /// Whether a terminal may obey the character, or show others in another order or not at all because of it.
  public static func isHazardous(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7f...0x9f: true  // C0, delete, C1
    case 0x061c, 0x200e, 0x200f, 0x202a...0x202e, 0x2066...0x2069: true  // direction: Unicode UAX #9
    case 0x2028, 0x2029: true  // line and paragraph separators
    case 0x200b, 0x2060...0x2065, 0x206a...0x206f, 0xfeff, 0xfff9...0xfffb: true  // shown as nothing
    case 0xe0000...0xe0fff: true  // tags
    default: false
    }
  }
}
