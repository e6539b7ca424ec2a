internal import Findings
package import Statements

/// What somebody says of hours that were worked, as options or a line of a list give it.
package struct HourDetails: Sendable, Equatable {
  package var domains: [String] = []
  package var from: Day?
  package var through: Day?
  package var hours: Decimal?
  package var block: String?
  /// Who worked.
  package var member: String?
  /// Controls or objectives, as they were written.
  package var units: [String] = []
  package var note: String?

  package init() {}
}

/// A table of hours, a line each, with the options as its columns.
///
///     domains,from,through,hours,block,member,units,note
///     cloud-security;security-logging,2026-09-03,2026-09-03,2.5,security-block,onsite/jane,,alert rules
struct HourSheet {
  private static let columns = ["domains", "from", "through", "hours", "block", "member", "units", "note"]
  private static let synonyms = [
    "domain": "domains", "function": "domains", "functions": "domains", "day": "from", "date": "from", "start": "from",
    "end": "through", "to": "through", "hours worked": "hours", "time": "hours", "person": "member", "who": "member",
    "unit": "units", "control": "units", "controls": "units", "notes": "note", "description": "note",
  ]
  private static let sizeLimit = 16 << 20

  let path: String
  /// What holds where a line says nothing.
  let defaults: HourDetails
  var dates: DateOrder?
  let notices: any Notices
  private var faults: [(line: Int, reason: String)] = []

  init(path: String, defaults: HourDetails, dates: DateOrder?, notices: any Notices) {
    self.path = path
    self.defaults = defaults
    self.dates = dates
    self.notices = notices
  }

  /// The lines, with where each stands.
  ///
  /// - Throws: All faults at once, by line.
  mutating func read() throws -> [(line: Int, details: HourDetails)] {
    let table = try RowTable(path)
    let places = try columnPlaces(table)
    let rows = table.rows.compactMap { row in details(row, places).map { (row.place, $0) } }
    guard faults.isEmpty else { throw LineFaults(path: path, byLine: faults) }
    guard !rows.isEmpty else { throw Failure(.malformedInput, "'\(path)' has no line below its header") }
    return rows
  }

  /// The table's own names of the columns.
  private func columnPlaces(_ table: RowTable) throws -> [String: String] {
    var places: [String: String] = [:]
    var aside: [String] = []
    for title in table.columns where !title.isEmpty {
      let plain = title.lowercased().replacing("_", with: " ")
      guard let name = HourSheet.columns.first(where: { $0 == plain }) ?? HourSheet.synonyms[plain] else {
        aside.append(title)
        continue
      }
      guard places.updateValue(title, forKey: name) == nil else {
        throw Failure(.malformedInput, "'\(path)' has the column '\(name)' twice", hint: "rename one of them")
      }
    }
    let missing = [("domains", defaults.domains.isEmpty), ("from", defaults.from == nil), ("hours", true)]
      .filter { $0.1 && places[$0.0] == nil }.map { "'\($0.0)'" }
    guard missing.isEmpty else {
      throw Failure(
        .malformedInput, "'\(path)' lacks the column \(Wording.list(missing))",
        hint: "columns are \(HourSheet.columns.joined(separator: ", "))")
    }
    if !aside.isEmpty {
      notices.warn(
        "left aside: the \(aside.count == 1 ? "column" : "columns") \(Wording.list(aside.map { "'\($0)'" }))")
    }
    return places
  }

  private mutating func details(
    _ row: (place: Int, values: [String: String]), _ places: [String: String]
  ) -> HourDetails? {
    let before = faults.count
    var details = defaults
    func text(_ column: String) -> String? { places[column].flatMap { row.values[$0] } }
    func names(_ text: String) -> [String] {
      text.split { ";,".contains($0) || $0.isWhitespace }.map { String($0) }
    }
    if let text = text("domains") { details.domains = names(text) }
    if let text = text("units") { details.units = names(text) }
    details.block = text("block") ?? details.block
    details.member = text("member") ?? details.member
    details.note = text("note") ?? details.note
    if let text = text("from") {
      details.from = day(text, "from", row.place)
      // A day alone is the whole of the span.
      details.through = details.from
    }
    if let text = text("through") { details.through = day(text, "through", row.place) }
    if let text = text("hours") {
      details.hours = Decimal(text)
      if details.hours == nil { faults.append((row.place, "hours: '\(text)' is not a number, as in 2.5")) }
    }
    if let block = details.block, !Identifier.isValid(block) {
      faults.append((row.place, "block: '\(block)' is not an id"))
    }
    if let member = details.member, !Identifier.isMember(member) {
      faults.append((row.place, "member: '\(member)' is not a member: write PARTY/PERSON"))
    }
    return faults.count == before ? details : nil
  }

  private mutating func day(_ text: String, _ column: String, _ line: Int) -> Day? {
    do {
      let notices = notices
      return try ListText.day(text, dates) { notices.warn("line \(line): \($0)") }
    } catch {
      faults.append((line, "\(column): \(Failure(describing: error).message)"))
      return nil
    }
  }
}
