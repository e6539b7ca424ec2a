/// What a file is that is no OSCAL catalog in JSON, by its first bytes: people have the other one at hand.
enum ForeignFormat {
  /// - Returns: The error that names it; nil where it may be JSON.
  static func fault(in bytes: [UInt8]) -> CatalogError? {
    let head = bytes.prefix(4096)
    if let name = binary(head) { return CatalogError(.notACatalog, "this is \(name), not JSON", hint: hint) }
    let text = String(decoding: head.starts(with: [0xef, 0xbb, 0xbf]) ? head.dropFirst(3) : head, as: UTF8.self)
    guard let start = text.unicodeScalars.first(where: { !$0.properties.isWhitespace }) else {
      return CatalogError(.notACatalog, "the file is empty", hint: hint)
    }
    if start == "{" || start == "[" { return nil }
    if start == "<" { return markup(text.lowercased()) }
    if let name = lines(text) { return CatalogError(.notACatalog, "this is \(name), not JSON", hint: hint) }
    return nil
  }

  /// What a JSON document is, by the keys of its outermost object.
  static func fault(keys: [String]) -> CatalogError? {
    let kinds: [(key: String, name: String, hint: String?)] = [
      ("profile", "an OSCAL profile, which only selects controls of a catalog", "resolve it to a catalog first"),
      ("component-definition", "an OSCAL component-definition, not a catalog", nil),
      ("system-security-plan", "an OSCAL system-security-plan, not a catalog", nil),
      ("assessment-plan", "an OSCAL assessment-plan, not a catalog", nil),
      ("assessment-results", "an OSCAL assessment-results, not a catalog", nil),
      ("plan-of-action-and-milestones", "an OSCAL plan-of-action-and-milestones, not a catalog", nil),
      ("mapping-collection", "an OSCAL mapping-collection, not a catalog", nil),
      ("definitions", "a JSON schema, which says how a catalog is written and holds none", nil),
      ("$defs", "a JSON schema, which says how a catalog is written and holds none", nil),
      ("response", "an export of NIST's Cybersecurity and Privacy Reference Tool (CPRT), not OSCAL", hint),
      ("objects", "a STIX bundle, not OSCAL", nil), ("vulnerabilities", "a list of vulnerabilities, not OSCAL", nil),
      ("runs", "a SARIF report, not OSCAL", nil), ("bomFormat", "a CycloneDX bill of materials, not OSCAL", nil),
    ]
    guard let kind = kinds.first(where: { keys.contains($0.key) }) else { return nil }
    return CatalogError(.notACatalog, "this is \(kind.name)", hint: kind.hint)
  }

  /// Catalogs from before OSCAL had its names: their labels, parameters and objectives would not be found.
  static func fault(version: String) -> CatalogError? {
    let plain = version.lowercased().hasPrefix("v") ? String(version.dropFirst()) : version
    guard plain.hasPrefix("0.") || plain.lowercased().contains("milestone") else { return nil }
    return CatalogError(
      .notACatalog, "this catalog follows OSCAL \(version), from before 1.0, whose names were others",
      hint: "take a newer file from its publisher, or convert it with an OSCAL tool")
  }

  private static let hint = "take the publisher's OSCAL catalog in JSON"

  private static func binary(_ head: ArraySlice<UInt8>) -> String? {
    let kinds: [(start: [UInt8], name: String)] = [
      (Array("%PDF".utf8), "a PDF"), (Array("PK\u{3}\u{4}".utf8), "a zip archive or an office document (XLSX, DOCX)"),
      ([0x1f, 0x8b], "a gzip archive"), ([0x28, 0xb5, 0x2f, 0xfd], "a zstd archive"),
      (Array("BZh".utf8), "a bzip2 archive"),
      ([0xfd, 0x37, 0x7a, 0x58], "an xz archive"), ([0xd0, 0xcf, 0x11, 0xe0], "an old office document (XLS, DOC)"),
      ([0xff, 0xfe], "text in UTF-16"), ([0xfe, 0xff], "text in UTF-16"),
      (Array("{\\rtf".utf8), "a rich text document"),
    ]
    if let kind = kinds.first(where: { head.starts(with: $0.start) }) { return kind.name }
    // Every second byte of ASCII in UTF-16 is zero.
    let zeros = head.prefix(64).filter { $0 == 0 }.count
    return zeros >= 8 ? (zeros * 3 >= head.prefix(64).count ? "text in UTF-16" : "a binary file") : nil
  }

  private static func markup(_ text: String) -> CatalogError {
    if text.contains("<!doctype html") || text.contains("<html") {
      return CatalogError(
        .notACatalog, "this is a web page (HTML), not JSON", hint: "save the file itself, not the page about it")
    }
    return CatalogError(
      .notACatalog, text.contains("oscal") ? "this is OSCAL in XML, not JSON" : "this is XML, not JSON",
      hint: "take the JSON file: publishers of OSCAL offer it beside the XML, and OSCAL tools convert it")
  }

  /// YAML, or a table.
  private static func lines(_ text: String) -> String? {
    let lines = text.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("#") && !$0.hasPrefix("%") }
    guard let first = lines.first else { return nil }
    if first.hasPrefix("---") || lines.prefix(3).contains(where: isYAMLKey) {
      return text.contains("catalog:") ? "OSCAL in YAML" : "YAML"
    }
    let separators = [",", ";", "\t"].filter { separator in first.split(separator: separator).count > 1 }
    return separators.isEmpty ? nil : "a table (CSV)"
  }

  private static func isYAMLKey(_ line: Substring) -> Bool {
    guard let colon = line.firstIndex(of: ":"), colon != line.startIndex else { return false }
    let after = line.index(after: colon)
    return line[..<colon].allSatisfy { $0.isLetter || $0.isNumber || "_-".contains($0) }
      && (after == line.endIndex || line[after] == " ")
  }
}
