/// What a file is by its bytes, where it is not the text that was asked for: people have the other one at hand.
package enum FileKind: Hashable, Sendable {
  case pdf, spreadsheet(String), document(String), archive(String), richText
  case html, xml, json
  case utf16, binary

  /// - Returns: nil for plain text, and for nothing.
  package init?(of bytes: [UInt8]) {
    if let kind = FileKind.signed(bytes) {
      self = kind
      return
    }
    let head = bytes.prefix(4096)
    let text = String(decoding: head.starts(with: [0xef, 0xbb, 0xbf]) ? head.dropFirst(3) : head, as: UTF8.self)
    guard let start = text.unicodeScalars.first(where: { !$0.properties.isWhitespace }) else { return nil }
    let lower = text.lowercased()
    switch start {
    case "{": self = .json
    case "[" where FileKind.isJSONList(text): self = .json
    case "<" where ["<!doctype html", "<html", "<table"].contains(where: lower.contains): self = .html
    case "<" where lower.contains("urn:schemas-microsoft-com:office:spreadsheet"): self = .spreadsheet("XML")
    case "<" where lower.contains("<?xml") || lower.contains("xmlns") || lower.contains("</"): self = .xml
    case "M" where lower.hasPrefix("mime-version:"): self = .html
    default: return nil
    }
  }

  /// How a sentence calls it.
  package var name: String {
    switch self {
    case .pdf: "a PDF"
    case .spreadsheet(let format): "a spreadsheet (\(format))"
    case .document(let format): "an office document (\(format))"
    case .archive("zip"): "a zip archive or an office document (XLSX, DOCX)"
    case .archive(let format): "a \(format) archive"
    case .richText: "a rich text document"
    case .html: "a web page (HTML)"
    case .xml: "XML"
    case .json: "JSON"
    case .utf16: "text in UTF-16"
    case .binary: "a binary file"
    }
  }

  /// Whether it is JSON in UTF-16, which other programs may save.
  static func isJSONInUTF16(_ bytes: [UInt8]) -> Bool {
    guard signed(bytes) == .utf16 else { return false }
    // Of either order: what is left of ASCII without the zeros is its text.
    let text = String(decoding: bytes.prefix(512).filter { $0 != 0 && $0 < 0x80 }, as: UTF8.self)
    return text.first { !$0.isWhitespace } == "{" || (text.drop { $0.isWhitespace }.hasPrefix("[") && isJSONList(text))
  }

  /// Whether it is a zip archive, and no office document, with a JSON file in it.
  static func isZippedJSON(_ bytes: [UInt8]) -> Bool {
    guard signed(bytes) == .archive("zip") else { return false }
    let ends = bytes.prefix(1 << 16) + bytes.suffix(1 << 16)
    return String(decoding: ends, as: UTF8.self).utf8.contains(".json".utf8)
  }

  /// By the bytes that formats begin with.
  private static func signed(_ bytes: [UInt8]) -> FileKind? {
    let kinds: [(start: [UInt8], kind: FileKind)] = [
      (Array("%PDF".utf8), .pdf), ([0x1f, 0x8b], .archive("gzip")), ([0x28, 0xb5, 0x2f, 0xfd], .archive("zstd")),
      (Array("BZh".utf8), .archive("bzip2")), ([0xfd, 0x37, 0x7a, 0x58], .archive("xz")),
      ([0x37, 0x7a, 0xbc, 0xaf], .archive("7z")), (Array("Rar!".utf8), .archive("RAR")),
      ([0xd0, 0xcf, 0x11, 0xe0], .document("XLS, DOC")), (Array("{\\rtf".utf8), .richText),
      ([0xff, 0xfe], .utf16), ([0xfe, 0xff], .utf16),
    ]
    if bytes.starts(with: Array("PK\u{3}\u{4}".utf8)) { return zipped(bytes) }
    if let known = kinds.first(where: { bytes.starts(with: $0.start) }) { return known.kind }
    // Every second byte of ASCII in UTF-16 is zero.
    let head = bytes.prefix(64)
    let zeros = head.count { $0 == 0 }
    return zeros >= 8 ? (zeros * 3 >= head.count ? .utf16 : .binary) : nil
  }

  /// Office documents are zip archives, and say by the names of what is in them which.
  private static func zipped(_ bytes: [UInt8]) -> FileKind {
    let names = String(decoding: bytes.prefix(1 << 16) + bytes.suffix(1 << 16), as: UTF8.self).utf8
    let kinds: [(sign: String, kind: FileKind)] = [
      ("opendocument.spreadsheet", .spreadsheet("ODS")), ("opendocument", .document("ODT")),
      ("xl/workbook.bin", .spreadsheet("XLSB")), ("xl/", .spreadsheet("XLSX")), ("word/", .document("DOCX")),
      ("ppt/", .document("PPTX")), ("Index/Document.iwa", .spreadsheet("Numbers")),
    ]
    return kinds.first { names.contains($0.sign.utf8) }?.kind ?? .archive("zip")
  }

  /// `[` may begin a table too: JSON goes on with a value, or is over.
  private static func isJSONList(_ text: String) -> Bool {
    guard let open = text.firstIndex(of: "[") else { return false }
    let next = text[text.index(after: open)...].first { !$0.isWhitespace }
    return next.map { "{[]\"".contains($0) } ?? false
  }
}

extension String.UTF8View {
  fileprivate func contains(_ wanted: String.UTF8View) -> Bool {
    guard let first = wanted.first else { return true }
    var index = startIndex
    while let found = self[index...].firstIndex(of: first) {
      if self[found...].starts(with: wanted) { return true }
      index = self.index(after: found)
    }
    return false
  }
}
