internal import CommandLine
internal import Findings
internal import FoundationEssentials
internal import Rendering
internal import Reports
internal import Storage
internal import Workbooks
internal import Workspace

/// Where a report goes, and in which format.
struct ReportOutput {
  /// Those of every report.
  static let formats: [OutputFormat] = [.text, .csv, .json, .html, .markdown, .xlsx]

  /// In characters.
  private static let fileWidth = 100

  private let file: String?
  private let format: ReportFormat

  /// - Parameters:
  ///   - file: nil for standard output.
  ///   - asked: Text unless another is asked for; a file then holds what its name says.
  init(_ file: String?, asked: ReportFormat) throws {
    self.file = file
    let ending = file.flatMap(ReportOutput.ending)
    format = asked == .text ? ending.flatMap(ReportOutput.format(endingIn:)) ?? .text : asked
    if let file, let ending { try ReportOutput.check(file, ending, holds: format) }
  }

  /// Whether it is the page with pictures, for which more is read.
  var isHTML: Bool { format == .html }

  /// Whether it is a workbook, which has a sheet for each question.
  var isWorkbook: Bool { format == .xlsx }

  func write(_ report: some Report, _ console: Console) throws -> ExitStatus {
    let cover = (report as? any StampedReport)?.cover ?? (report as? any CoveredReport)?.cover ?? .none
    guard let file else {
      if format == .xlsx, console.writesToTerminal {
        throw Failure(.usage, "a workbook is no text for a terminal", hint: "name a file with '--output FILE.xlsx'")
      }
      try console.write(try bytes(report, cover, width: console.columns))
      tellOrigin(report, console)
      return .success
    }
    try OutputFile.check(file)
    // A file is as wide wherever it was made.
    try OutputFile.write(file, try bytes(report, cover, width: ReportOutput.fileWidth))
    console.say("written to \(file)")
    tellOrigin(report, console)
    return .success
  }

  /// Says from which tree rows come that are not there: each row of comma-separated values names it, and no row names
  /// none. What is said stands beside the values, so that titles and nothing else is still what a program reads.
  private func tellOrigin(_ report: some Report, _ console: Console) {
    guard format == .csv, report.records?.rows.isEmpty == true, let stamp = (report as? any StampedReport)?.stamp
    else { return }
    ReportOutput.tellOrigin(stamp, console)
  }

  static func tellOrigin(_ stamp: ReportStamp, _ console: Console) {
    console.say("no rows: \(stamp.line)")
  }

  private func bytes(_ report: some Report, _ cover: ReportCover, width: Int) throws -> [UInt8] {
    guard format == .xlsx else {
      return Array((try report.rendered(as: format, width: width, cover: cover) ?? "").utf8)
    }
    return try ReportOutput.workbook(report)
  }

  /// The report's sheets, the last of which says from where they come.
  static func workbook(_ report: some Report) throws -> [UInt8] {
    let cover = (report as? any StampedReport)?.cover ?? .none
    let stamp = (report as? any StampedReport)?.stamp
    var about = Table(["About"])
    for notice in cover.notices { about.add([.text((notice.isAlarm ? "NOT SOUND: " : "Note: ") + notice.text)]) }
    for sentence in cover.foot { about.add([.text(sentence)]) }
    var sheets = try report.sheets().map { WorkbookSheet($0.name, cover.around($0.table)) }
    // What a reader has to know before all else comes before all else.
    sheets.insert(WorkbookSheet("About", about), at: cover.notices.contains(where: \.isAlarm) ? 0 : sheets.count)
    let temporary = Environment.process["TMPDIR"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
    return try TemporaryFile.bytes(in: temporary) { path in
      try WorkbookWriter.write(sheets, to: path, title: try title(report), created: stamp?.time ?? 1)
    }
  }

  private static func title(_ report: some Report) throws -> String {
    guard case .heading(let title)? = try report.blocks(width: 100).first else { return "Report" }
    return title
  }

  // MARK: Names of files

  /// What a file's name ends in, as in `csv`; nil where it ends in nothing.
  static func ending(_ output: String) -> String? {
    guard let dot = output.lastIndex(of: "."), !output[dot...].contains("/") else { return nil }
    return output[output.index(after: dot)...].lowercased()
  }

  private static func format(endingIn ending: String) -> ReportFormat? {
    switch ending {
    case "htm", "html": .html
    case "md", "markdown": .markdown
    default: ReportFormat(rawValue: ending)
    }
  }

  /// Refuses a name that promises another format: whoever gets the file could not open it.
  private static func check(_ output: String, _ ending: String, holds format: ReportFormat) throws {
    if let meant = self.format(endingIn: ending), meant != format {
      throw Failure(
        .usage, "'\(output)' would hold \(format.rawValue), and its name says \(ending)",
        hint: "add '--format \(meant.rawValue)', or give it another name")
    }
    guard foreign.contains(ending) else { return }
    let base = output.dropLast(ending.count + 1)
    throw Failure(
      .usage,
      "'\(output)' would hold \(format.rawValue), and its name says \(ending): reports are "
        + Wording.list(ReportFormat.allCases.map(\.rawValue), "or"),
      hint: ending == "pdf"
        ? "write '\(base).html' and print it from a browser, or with 'chromium --headless --print-to-pdf'"
        : spreadsheets.contains(ending)
          ? "a spreadsheet opens '--output \(base).xlsx'" : "every office program opens '--output \(base).html'")
  }

  private static let spreadsheets: Set = ["xls", "ods"]

  /// Endings of formats in which reports are not written.
  private static let foreign: Set = [
    "xls", "ods", "docx", "doc", "odt", "pdf", "xml", "yaml", "yml", "rtf", "pptx",
  ]
}
