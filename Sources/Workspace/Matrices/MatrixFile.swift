package import Catalogs
internal import Findings
package import Spreadsheets

/// A responsibility matrix in a file.
package enum MatrixFile {
  /// The sheet of a file that holds the matrix.
  ///
  /// - Parameter name: Which; nil for the one that spreadsheets show and that says the most.
  package static func sheet(
    in path: String, named name: String?, finder: ControlFinder, _ options: MatrixReader.Options
  ) throws -> (sheet: Sheet, remarks: [String]) {
    let bytes = try InputFile.read(path, limit: Workbook.fileLimit)
    guard !bytes.isEmpty else { throw Failure(.malformedInput, "'\(path)' is empty") }
    let sheets: [Sheet]
    do {
      sheets = try Workbook(bytes).sheets
    } catch {
      throw Failure(.malformedInput, "'\(path)' cannot be read as a spreadsheet: \(error.reason)", hint: error.hint)
    }
    let names = sheets.filter { !$0.name.isEmpty }.map { "'\($0.name)'" }
    if let name {
      guard let sheet = sheets.first(where: { $0.name.lowercased() == name.lowercased() }) else {
        throw Failure(
          .inputMissing, "'\(path)' has no sheet '\(name)'",
          hint: names.isEmpty ? "it has one without a name: leave --sheet out" : "it has \(Wording.list(names))")
      }
      return (sheet, [])
    }
    let shown = sheets.filter { !$0.isHidden }
    guard let first = shown.first else {
      throw Failure(
        .malformedInput, "'\(path)' shows no sheet: all are hidden",
        hint: "name one with --sheet: \(Wording.list(names))")
    }
    guard shown.count > 1 || sheets.count > 1 else { return (first, []) }
    let weights = shown.map { MatrixReader.weight(of: $0, finder: finder, options) }
    let most = weights.max() ?? 0
    let chosen = shown[weights.firstIndex(of: most) ?? 0]
    var remarks: [String] = []
    let others = zip(shown, weights).filter { $0.1 > 0 && $0.0.name != chosen.name }.map { "'\($0.0.name)'" }
    if !others.isEmpty { remarks.append("\(Wording.list(others)) may be a matrix too: --sheet reads another") }
    let hidden = sheets.filter(\.isHidden).map { "'\($0.name)'" }
    if !hidden.isEmpty { remarks.append("hidden sheets were left out: \(Wording.list(hidden))") }
    return (chosen, remarks)
  }

  /// The built-in catalogs of some frameworks, with those they lean on and that of the functions; all for none.
  ///
  /// - Throws: Where one is not built in.
  package static func builtIn(_ frameworks: [String]) throws -> ControlFinder {
    var waiting = frameworks.isEmpty ? BundledCatalogs.names : frameworks + [ControlFinder.functions]
    var catalogs: [Catalog] = []
    var seen: Set<String> = []
    while let name = waiting.popLast() {
      guard seen.insert(name).inserted else { continue }
      guard let bytes = BundledCatalogs.bytes(of: name) else {
        throw Failure(
          .inputMissing, "no framework '\(name)' is built in",
          hint: "built in are \(BundledCatalogs.names.joined(separator: ", "))")
      }
      let catalog = try Catalog(parsing: bytes, framework: name)
      catalogs.append(catalog)
      waiting += catalog.leansOn
    }
    return ControlFinder(catalogs: catalogs.sorted { $0.framework < $1.framework })
  }
}
