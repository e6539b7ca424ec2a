/// How many columns of a terminal text takes.
public enum DisplayWidth: Sendable {
  /// The columns that a text takes.
  public static func of(_ text: String) -> Int {
    // The usual case needs no tables.
    if text.utf8.allSatisfy({ (0x20..<0x7f).contains($0) }) { return text.utf8.count }
    return text.reduce(0) { $0 + of($1) }
  }

  /// 0 for marks by themselves, 2 for East Asian wide characters and emoji, else 1.
  public static func of(_ character: Character) -> Int {
    var width = 0
    for scalar in character.unicodeScalars {
      // Variation selector 16 asks for the emoji's shape of what is before it.
      if scalar.value == 0xfe0f { return 2 }
      width = max(width, of(scalar))
    }
    return width
  }

  private static func of(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    if scalar.properties.isEmojiPresentation { return 2 }
    // Unicode UAX #11, classes W and F, by whole blocks.
    switch scalar.value {
    case 0x1100...0x115f, 0x2e80...0x303e, 0x3041...0xa4cf, 0xa960...0xa97f, 0xac00...0xd7a3, 0xf900...0xfaff,
      0xfe30...0xfe6f, 0xff00...0xff60, 0xffe0...0xffe6, 0x16fe0...0x18dff, 0x1b000...0x1b2ff, 0x1f200...0x1f265,
      0x20000...0x3fffd:
      return 2
    default: return 1
    }
  }
}
