internal import Agreements
internal import Catalogs
internal import Findings
internal import Ownership
internal import Spreadsheets
package import Statements

/// A framework in a file: an OSCAL catalog, or the small form of one in YAML, CSV or XLSX.
package struct FrameworkFile {
  /// What its file need not say, and a user may.
  package struct Details: Sendable {
    package var title: String?
    package var version: String?

    package init() {}
  }

  /// Faults are named up to this many; more of them would scroll the first away.
  private static let faultsShown = 20

  private let path: String
  private let bytes: [UInt8]

  /// - Throws: `inputMissing` where it is not there; `malformedInput` where it is too long.
  package init(_ path: String) throws {
    self.path = path
    bytes = try InputFile.read(path, limit: ObjectLibrary.catalogLimit)
  }

  /// The catalog to adopt, in OSCAL, with what its reader should know.
  ///
  /// - Parameters:
  ///   - adopted: The catalog that is adopted under its id; the same form gives the same bytes again.
  ///   - today: When a form that says no day of its own was last changed, as OSCAL asks.
  package func catalog(
    _ details: Details, adopted: [UInt8]?, today: Day
  ) throws -> (bytes: [UInt8], remarks: [String], isForm: Bool) {
    let form: FrameworkForm
    var remarks: [String] = []
    let domains = try MatrixFile.builtIn([ControlFinder.functions]).domains
    switch kind {
    case .catalog: return (bytes, [], false)
    case .yaml:
      let (read, faults) = FrameworkForm.read(yaml: bytes, domains: domains)
      guard let read else { throw refusal(faults.map(\.description)) }
      form = try named(read, details)
    case .table:
      let table = FrameworkTable(try sheet(), domains: domains)
      guard table.faults.isEmpty else { throw refusal(table.faults) }
      remarks = table.remarks
      form = try named(table.form, details)
    }
    return (FrameworkFile.bytes(of: form, adopted: adopted, today: today), remarks, true)
  }

  private enum Kind { case catalog, yaml, table }

  /// By what stands in it, and where that says nothing, by its name.
  private var kind: Kind {
    let lower = path.lowercased()
    // What it is instead is told where catalogs are read.
    if ForeignFormat.holdsCatalog(bytes) { return .catalog }
    switch FileKind(of: bytes) {
    case .spreadsheet, .archive("zip"): return .table
    case .json where !(lower.hasSuffix(".yaml") || lower.hasSuffix(".yml")): return .catalog
    case .utf16: return .table
    case .json, nil: break
    default: return .catalog
    }
    if lower.hasSuffix(".yaml") || lower.hasSuffix(".yml") { return .yaml }
    if [".csv", ".tsv", ".txt"].contains(where: lower.hasSuffix) { return .table }
    return .catalog
  }

  private func sheet() throws -> Sheet {
    let sheets: [Sheet]
    do {
      sheets = try Workbook(bytes).sheets.filter { !$0.isHidden }
    } catch {
      throw Failure(.malformedInput, "'\(path)' cannot be read as a spreadsheet: \(error.reason)", hint: error.hint)
    }
    guard let first = sheets.first else { throw Failure(.malformedInput, "'\(path)' is empty") }
    return sheets.first { FrameworkTable($0, domains: []).form.controls.count > 0 } ?? first
  }

  /// The form with what the user says of it, which comes first.
  private func named(_ form: FrameworkForm, _ details: Details) throws -> FrameworkForm {
    var form = form
    form.title = details.title ?? form.title
    form.version = details.version ?? form.version
    guard !form.title.isEmpty else {
      throw Failure(
        .usage, "'\(path)' does not say what the framework is called",
        hint: "say it with --title, or in a row 'title' above the headings")
    }
    if form.version.isEmpty { form.version = "not stated" }
    if let date = form.date, Day(date) == nil {
      throw Failure(.malformedInput, "'\(path)': the date '\(date)' is no day, written YYYY-MM-DD")
    }
    return form
  }

  private func refusal(_ faults: [String]) -> Failure {
    var shown = faults.prefix(FrameworkFile.faultsShown).map { "\n  \($0)" }.joined()
    if faults.count > FrameworkFile.faultsShown { shown += "\n  and \(faults.count - FrameworkFile.faultsShown) more" }
    return Failure(
      .malformedInput,
      "'\(path)' cannot be read as a framework, and nothing was adopted; it has \(Wording.count(faults.count, "fault")):\(shown)",
      hint: "a control has an id and a title, and may have citation, domain, retained, cadence and family")
  }

  /// A form that says no day is as old as the catalog that was adopted of it, if that is the same but for the day.
  private static func bytes(of form: FrameworkForm, adopted: [UInt8]?, today: Day) -> [UInt8] {
    if let date = form.date { return form.catalogBytes(modified: "\(date)T00:00:00.000Z") }
    let mark = Array("\"last-modified\":\"".utf8)
    if let adopted, let start = adopted.firstRange(of: mark) {
      let stamp = String(decoding: adopted[start.upperBound...].prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
      let again = form.catalogBytes(modified: stamp)
      if again == adopted { return again }
    }
    return form.catalogBytes(modified: "\(today)T00:00:00.000Z")
  }
}
