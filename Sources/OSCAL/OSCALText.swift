internal import Statements

/// Text from a store as OSCAL's data types take it; a store may hold any.
///
/// Specification: <https://pages.nist.gov/OSCAL/reference/datatypes/>.
enum OSCALText {
  /// The longest line and the longest text, in characters; a control's title may be as long as its catalog.
  static let longestLine = 1000
  static let longestText = 20_000

  /// One line that neither begins nor ends with white space; nil where nothing is left to be read.
  static func line(_ text: String?) -> String? {
    guard let text else { return nil }
    if text.utf8.count <= longestLine, isPlain(text) { return text.isEmpty ? nil : text }
    return trimmed(cut(text, longestLine).map { isBreak($0) ? " " : $0 })
  }

  /// Lines, with neither white space around them nor characters that XML has not; nil where nothing is left.
  static func text(_ text: String?) -> String? {
    guard let text else { return nil }
    if text.utf8.count <= longestText, isPlain(text) { return text.isEmpty ? nil : text }
    return trimmed(cut(text, longestText).map { $0 == "\n" || $0 == "\t" ? $0 : isBreak($0) ? " " : $0 })
  }

  /// Whether a text is one that OSCAL names things by: a letter or a low line, then letters, digits, and `. - _`.
  static func isToken(_ text: String) -> Bool {
    var isFirst = true
    for scalar in text.unicodeScalars {
      guard isFirst ? beginsToken(scalar) : continuesToken(scalar) else { return false }
      isFirst = false
    }
    return !isFirst
  }

  /// A text as a token: what cannot stand in one becomes a low line.
  static func token(_ text: String) -> String {
    var token = ""
    for scalar in text.unicodeScalars.prefix(longestLine) {
      if token.isEmpty, !beginsToken(scalar) { token = "_" }
      if continuesToken(scalar) {
        token.unicodeScalars.append(scalar)
      } else if token.last != "_" {
        token += "_"
      }
    }
    return token.isEmpty ? "_" : token
  }

  /// A moment; one of a year that OSCAL has no spelling for becomes the nearest that it has.
  static func instant(_ instant: Instant) -> String {
    if instant < first { return "\(first)" }
    return instant > last ? "\(last)" : "\(instant)"
  }

  /// The first moment of a day; nil for one of a year that OSCAL has no spelling for.
  static func instant(_ day: Day) -> String? {
    let moment = Instant(millisecondsSinceEpoch: day.daysSinceEpoch * 86_400_000)
    return first <= moment && moment <= last ? "\(moment)" : nil
  }

  /// The last moment of a day; nil for one of a year that OSCAL has no spelling for.
  static func end(of day: Day) -> String? {
    let moment = Instant(millisecondsSinceEpoch: (day.daysSinceEpoch + 1) * 86_400_000 - 1)
    return first <= moment && moment <= last ? "\(moment)" : nil
  }

  /// A day; nil for one of a year that OSCAL has no spelling for.
  static func day(_ day: Day) -> String? { instant(day).map { _ in "\(day)" } }

  // 1900-01-01T00:00:00.000Z and 2999-12-31T23:59:59.999Z.
  private static let first = Instant(millisecondsSinceEpoch: -2_208_988_800_000)
  private static let last = Instant(millisecondsSinceEpoch: 32_503_679_999_999)

  /// Whether nothing of it need be changed, told by bytes: printable ASCII without a space at either end.
  private static func isPlain(_ text: String) -> Bool {
    let bytes = text.utf8
    guard bytes.first != 0x20, bytes.last != 0x20 else { return false }
    return bytes.allSatisfy { (0x20...0x7e).contains($0) }
  }

  private static func cut(_ text: String, _ limit: Int) -> [Unicode.Scalar] {
    let scalars = Array(text.unicodeScalars.prefix(limit + 1))
    return scalars.count <= limit ? scalars : scalars.dropLast() + Array(" […]".unicodeScalars)
  }

  private static func trimmed(_ scalars: [Unicode.Scalar]) -> String? {
    guard let first = scalars.firstIndex(where: { !isBlank($0) }), let last = scalars.lastIndex(where: { !isBlank($0) })
    else { return nil }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[first...last])
    return String(text)
  }

  /// Whether it ends a line, is obeyed by something, or cannot stand in XML.
  private static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7f...0x9f, 0x2028, 0x2029, 0xfffe, 0xffff: true
    default: false
    }
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    isBreak(scalar) || scalar == "\u{feff}" || scalar.properties.isWhitespace
  }

  private static func beginsToken(_ scalar: Unicode.Scalar) -> Bool {
    if scalar == "_" { return true }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return true
    default: return false
    }
  }

  private static func continuesToken(_ scalar: Unicode.Scalar) -> Bool {
    if beginsToken(scalar) || scalar == "." || scalar == "-" { return true }
    switch scalar.properties.generalCategory {
    case .decimalNumber, .letterNumber, .otherNumber: return true
    default: return false
    }
  }
}
