/// Text as it stands in an HTML page, where nothing in it is obeyed.
public enum HTMLText: Sendable {
  /// The text with what HTML would take for markup escaped, in an element or between quotation marks, and with what would
  /// reorder or hide the words around it shown in its place.
  public static func escaped(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in TerminalText.visible(text).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A name for a place in the page: letters, digits and hyphens of the text, in lower case.
  public static func anchor(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x61...0x7a: result.unicodeScalars.append(Unicode.Scalar(byte))
      case 0x41...0x5a: result.unicodeScalars.append(Unicode.Scalar(byte + 0x20))
      default: if !result.isEmpty, !result.hasSuffix("-") { result += "-" }
      }
    }
    return result.hasSuffix("-") ? String(result.dropLast()) : result
  }
}
