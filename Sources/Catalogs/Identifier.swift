/// The grammars that identifiers from catalogs and from the command line have to fit.
enum Identifier {
  /// Whether a text names a framework: `[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?`.
  static func isFramework(_ text: some StringProtocol) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count <= 32, let first = bytes.first, let last = bytes.last else { return false }
    let hyphen = UInt8(ascii: "-")
    return first != hyphen && last != hyphen && bytes.allSatisfy { isLowercaseOrDigit($0) || $0 == hyphen }
  }

  /// Whether a label may stand for a control, a family or a unit: one or more of `[A-Za-z0-9._()\[\]-]`.
  static func isLabel(_ text: some StringProtocol) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy(isLabelByte)
  }

  /// Whether a text can be the part after the slash: a label, or an OSCAL token, which may hold letters and digits of
  /// every script.
  ///
  /// Neither has spaces, slashes or control characters, so an identifier never breaks the line that it stands in.
  static func isLocal(_ text: some StringProtocol) -> Bool {
    !text.isEmpty
      && text.unicodeScalars.allSatisfy { scalar in
        guard !scalar.isASCII else { return isLabelByte(UInt8(truncatingIfNeeded: scalar.value)) }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
          .letterNumber, .otherNumber:
          return true
        default: return false
        }
      }
  }

  private static func isLowercaseOrDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isLabelByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"),
      UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"):
      return true
    default: return isLowercaseOrDigit(byte)
    }
  }
}
