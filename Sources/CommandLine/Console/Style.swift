/// How a line stands out on a terminal that shows colours.
package enum Style: String {
  case bold = "1"
  case faint = "2"
  case red = "31"
  case green = "32"
  case yellow = "33"

  /// The text between the sequences that begin and end the style (ECMA-48, SGR).
  package func applied(to text: String) -> String { "\u{1b}[\(rawValue)m\(text)\u{1b}[0m" }
}
