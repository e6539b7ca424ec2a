internal import XML

/// The texts that the cells of a workbook share.
enum WorkbookText {
  private static let limit = 200_000
  /// All of them together, in bytes.
  private static let sizeLimit = 64 << 20

  /// The runs of each text joined, without what says how it is spoken.
  ///
  /// - Parameter reader: The part with the shared strings.
  static func shared(_ reader: PartReader) throws(SpreadsheetError) -> [String] {
    var texts: [String] = []
    var text = ""
    var size = 0
    var isInText = false
    var phonetic = 0
    while let event = try reader.next() {
      switch event {
      case .start("si"): text = ""
      case .start("rPh"): phonetic += 1
      case .end("rPh"): phonetic -= 1
      case .start("t"): isInText = phonetic == 0
      case .end("t"): isInText = false
      case .text(let part) where isInText:
        size += part.utf8.count
        text += part
      case .end("si"): texts.append(text)
      case .start, .end, .text: continue
      }
      guard texts.count <= limit, size <= sizeLimit else {
        throw SpreadsheetError(
          "it holds more text than any matrix", hint: "save the one sheet alone as .xlsx or as CSV")
      }
    }
    return texts
  }

  /// A text without the escapes for what XML cannot hold: `_x000D_` for a carriage return (ECMA-376, part 1, 22.9.2.19).
  static func unescaped(_ text: String) -> String {
    guard text.contains("_x") else { return text }
    var plain = ""
    var rest = text[...]
    while let start = rest.firstRange(of: "_x") {
      plain += rest[..<start.lowerBound]
      let digits = rest[start.upperBound...].prefix(4)
      let after = rest[digits.endIndex...]
      if digits.count == 4, after.first == "_", let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code)
      {
        if code >= 0x20 { plain.unicodeScalars.append(scalar) } else { plain += " " }
        rest = after.dropFirst()
      } else {
        plain += "_x"
        rest = rest[start.upperBound...]
      }
    }
    return plain + rest
  }
}
