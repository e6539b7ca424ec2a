/// What a file is that is no OSCAL catalog in JSON, by its first bytes: people have the other one at hand.
package enum ForeignFormat {
  /// Whether it is a catalog, and no list of controls, whatever its name says: OSCAL in YAML, and JSON in a zip archive
  /// or in UTF-16.
  package static func holdsCatalog(_ bytes: [UInt8]) -> Bool {
    if FileKind.isJSONInUTF16(bytes) || FileKind.isZippedJSON(bytes) { return true }
    return FileKind(of: bytes) == nil && isOSCALInYAML(String(decoding: bytes.prefix(4096), as: UTF8.self))
  }

  /// - Returns: The error that names it; nil where it may be JSON.
  static func fault(in bytes: [UInt8]) -> CatalogError? {
    let head = bytes.prefix(4096)
    let text = String(decoding: head.starts(with: [0xef, 0xbb, 0xbf]) ? head.dropFirst(3) : head, as: UTF8.self)
    if FileKind.isJSONInUTF16(bytes) {
      return CatalogError(.notACatalog, "this is JSON in UTF-16", hint: "save it as UTF-8")
    }
    if FileKind.isZippedJSON(bytes) {
      return CatalogError(
        .notACatalog, "this is a zip archive with JSON in it", hint: "unpack it, and import the JSON")
    }
    switch FileKind(of: bytes) {
    case .json: return isListOfObjects(text) ? list : lines(of: bytes)
    case .html:
      return CatalogError(
        .notACatalog, "this is a web page (HTML), not JSON", hint: "save the file itself, not the page about it")
    case .xml: return markup(text)
    case .pdf, .spreadsheet, .document, .archive, .richText, .utf16, .binary:
      let name = FileKind(of: bytes)?.name ?? "no text"
      return CatalogError(.notACatalog, "this is \(name), not JSON", hint: hint)
    case nil: break
    }
    guard let start = text.unicodeScalars.first(where: { !$0.properties.isWhitespace }) else {
      return CatalogError(.notACatalog, "the file is empty", hint: hint)
    }
    if start == "[" { return nil }
    if text.hasPrefix("version https://git-lfs.github.com/spec/") {
      return CatalogError(
        .notACatalog, "this is a Git LFS pointer, which stands for the file and is not it",
        hint: "fetch the file: git lfs pull")
    }
    if start == "<" { return markup(text) }
    if let name = lines(text) { return CatalogError(.notACatalog, "this is \(name), not JSON", hint: hint) }
    return nil
  }

  private static func isListOfObjects(_ text: String) -> Bool {
    String(text.filter { !$0.isWhitespace }.prefix(2)) == "[{"
  }

  /// Objects line by line, as exports of databases have them; nil for one document.
  private static func lines(of bytes: [UInt8]) -> CatalogError? {
    let plain = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? bytes.dropFirst(3) : bytes[...]
    let lines = plain.split(separator: 0x0a, maxSplits: 2).map { $0.last == 0x0d ? $0.dropLast() : $0 }
    let areObjects = lines.prefix(2).allSatisfy {
      $0.first == UInt8(ascii: "{") && $0.last == UInt8(ascii: "}")
    }
    guard lines.count > 1, areObjects else { return nil }
    return CatalogError(
      .notACatalog, "this is JSON in lines, a document in each, and a catalog is one document",
      hint: "take the line that has the catalog into a file of its own; \(hint)")
  }

  /// What a JSON document is, by the keys of its outermost object.
  static func fault(keys: [String]) -> CatalogError? {
    let model = "import the catalog that its controls come from, in JSON"
    let kinds: [(key: String, name: String, hint: String)] = [
      (
        "profile", "an OSCAL profile, which only selects controls of a catalog",
        "resolve it to a catalog first"
      ),
      ("component-definition", "an OSCAL component-definition, not a catalog", model),
      ("system-security-plan", "an OSCAL system-security-plan, not a catalog", model),
      ("assessment-plan", "an OSCAL assessment-plan, not a catalog", model),
      ("assessment-results", "an OSCAL assessment-results, not a catalog", model),
      ("plan-of-action-and-milestones", "an OSCAL plan-of-action-and-milestones, not a catalog", model),
      ("mapping-collection", "an OSCAL mapping-collection, not a catalog", model),
      ("definitions", "a JSON schema, which says how a catalog is written and holds none", hint),
      ("$defs", "a JSON schema, which says how a catalog is written and holds none", hint),
      ("response", "an export of NIST's Cybersecurity and Privacy Reference Tool (CPRT), not OSCAL", hint),
      ("elements", "an export of NIST's Cybersecurity and Privacy Reference Tool (CPRT), not OSCAL", hint),
      ("objects", "a STIX bundle, not OSCAL", hint), ("vulnerabilities", "a list of vulnerabilities, not OSCAL", hint),
      ("runs", "a SARIF report, not OSCAL", hint), ("bomFormat", "a CycloneDX bill of materials, not OSCAL", hint),
      ("spdxVersion", "an SPDX bill of materials, not OSCAL", hint),
    ]
    guard let kind = kinds.first(where: { keys.contains($0.key) }) else { return nil }
    return CatalogError(.notACatalog, "this is \(kind.name)", hint: kind.hint)
  }

  /// What stands in a catalog, without the key that says that it is one.
  static func isBare(keys: [String]) -> Bool {
    keys.contains("metadata") && (keys.contains("groups") || keys.contains("controls"))
  }

  static let bare = CatalogError(
    .notACatalog, "this is the inside of an OSCAL catalog, without the key 'catalog' around it",
    hint: "put it back, so that other tools can read the file too: jq '{catalog: .}' FILE > NEW")

  static let list = CatalogError(
    .notACatalog, "this is a JSON list, and a catalog is an object with the one key 'catalog'",
    hint: "where the list holds a catalog, take it out: jq '.[0]' FILE > NEW; \(hint)")

  /// Catalogs from before OSCAL had its names: their labels, parameters and objectives would not be found.
  static func fault(version: String) -> CatalogError? {
    let plain = version.lowercased().hasPrefix("v") ? String(version.dropFirst()) : version
    guard plain.hasPrefix("0.") || plain.lowercased().contains("milestone") else { return nil }
    return CatalogError(
      .notACatalog, "this catalog follows OSCAL \(version), from before 1.0, whose names were others",
      hint: "take a newer file from its publisher, or convert it with an OSCAL tool")
  }

  private static let hint =
    "take the publisher's OSCAL catalog in JSON, or a list of controls whose name ends in .csv, .xlsx or .yaml"

  private static func markup(_ text: String) -> CatalogError {
    CatalogError(
      .notACatalog, text.lowercased().contains("oscal") ? "this is OSCAL in XML, not JSON" : "this is XML, not JSON",
      hint: "take the JSON file: publishers of OSCAL offer it beside the XML, and OSCAL tools convert it")
  }

  /// By the key that the document begins with.
  private static func isOSCALInYAML(_ text: String) -> Bool {
    let plain = text.hasPrefix("\u{feff}") ? text.dropFirst() : text[...]
    let first = plain.split(whereSeparator: \.isNewline).first { line in
      !line.allSatisfy(\.isWhitespace) && !["#", "%", "---"].contains(where: line.hasPrefix)
    }
    guard let first, let colon = first.firstIndex(of: ":") else { return false }
    let key = first[..<colon].filter { $0 != "\"" && $0 != "'" && $0 != " " }
    return key == "catalog" || key == "profile"
  }

  /// YAML, or a table.
  private static func lines(_ text: String) -> String? {
    let lines = text.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("#") && !$0.hasPrefix("%") }
    guard let first = lines.first else { return nil }
    if isOSCALInYAML(text) { return "OSCAL in YAML" }
    if first.hasPrefix("---") || lines.prefix(3).contains(where: isYAMLKey) {
      return text.contains("catalog:") || text.contains("oscal-version:") ? "OSCAL in YAML" : "YAML"
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
