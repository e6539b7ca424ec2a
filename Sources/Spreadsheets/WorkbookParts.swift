internal import Archives
internal import XML

/// The parts of an XLSX file (ECMA-376, part 2): a zip file, and what leads from one part to the next.
struct WorkbookParts {
  private let archive: ZipFile
  /// What may still be unpacked of it.
  private var budget = 256 << 20

  /// One part at most unpacks to this.
  private static let partLimit = 96 << 20

  init(_ bytes: [UInt8]) throws(SpreadsheetError) {
    do {
      archive = try ZipFile(bytes)
    } catch {
      throw SpreadsheetError(
        "\(error)", hint: "open it and save it again, or ask for it again: it may have been cut off")
    }
    try WorkbookParts.refuseOthers(Set(archive.names))
  }

  /// Tells what else a zip file may be.
  private static func refuseOthers(_ names: Set<String>) throws(SpreadsheetError) {
    if names.contains("[Content_Types].xml") {
      guard names.contains(where: { $0.hasSuffix("workbook.bin") }) else { return }
      throw SpreadsheetError("it is a binary workbook (XLSB)", hint: "save it as .xlsx or as CSV")
    }
    if names.contains("mimetype") || names.contains("content.xml") {
      throw SpreadsheetError("it is an OpenDocument file", hint: "save it as .xlsx or as CSV")
    }
    throw SpreadsheetError("it is a zip file, and no workbook", hint: "unpack it, and give the workbook in it")
  }

  /// A part as XML.
  ///
  /// - Returns: nil where there is no such part.
  mutating func read(_ name: String) throws(SpreadsheetError) -> PartReader? {
    let bytes: [UInt8]?
    do {
      bytes = try archive.contents(of: name, limit: min(WorkbookParts.partLimit, budget))
    } catch {
      throw SpreadsheetError("\(error)", hint: "it is larger than any matrix, or damaged: save the one sheet as CSV")
    }
    guard let bytes else { return nil }
    budget -= bytes.count
    return try PartReader(bytes, part: name)
  }

  /// What a part names: its relations, by their id.
  struct Relation {
    let kind: String
    let target: String
  }

  /// The relations of a part; of the file as a whole for an empty name.
  mutating func relations(of part: String) throws(SpreadsheetError) -> [String: Relation] {
    let slash = part.lastIndex(of: "/")
    let folder = slash.map { String(part[...$0]) } ?? ""
    let file = slash.map { String(part[part.index(after: $0)...]) } ?? part
    guard let reader = try read("\(folder)_rels/\(file).rels") else { return [:] }
    var relations: [String: Relation] = [:]
    while let event = try reader.next() {
      guard case .start("Relationship") = event, let id = reader.attribute("Id"),
        let target = reader.attribute("Target"), reader.attribute("TargetMode") != "External"
      else { continue }
      let kind = reader.attribute("Type") ?? ""
      relations[id] = Relation(
        kind: kind.lastIndex(of: "/").map { String(kind[kind.index(after: $0)...]) } ?? kind,
        target: WorkbookParts.path(target, from: folder))
    }
    return relations
  }

  /// A target as a path in the archive: `worksheets/sheet1.xml` and `/xl/worksheets/sheet1.xml` of `xl/`.
  static func path(_ target: String, from folder: String) -> String {
    var segments = target.hasPrefix("/") ? [] : folder.split(separator: "/")
    for segment in target.split(separator: "/") where segment != "." {
      if segment == ".." { _ = segments.popLast() } else { segments.append(segment) }
    }
    return segments.joined(separator: "/")
  }
}
