internal import Findings
internal import Statements

/// How the fields of a list are read as values.
enum ListText {
  /// What spreadsheets show where a formula went wrong, and write as the cell's text.
  private static let errors: Set<String> = [
    "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!", "#GETTING_DATA",
  ]

  static func words(_ text: String) throws -> String {
    guard !errors.contains(text.uppercased()) else {
      throw fault(
        "'\(text)' is what a spreadsheet writes where a formula went wrong: mend it there, and save the list again")
    }
    return text
  }

  /// - Parameter told: Hears what was made of a text that does not say it plainly.
  static func day(_ text: String, _ order: DateOrder?, told: (String) -> Void) throws -> Day {
    switch ListDay.read(text, order) {
    case .day(let day): return day
    case .timed(let day, let zone):
      if ["", "Z", "UTC"].contains(zone) { return day }
      throw fault("'\(text)' is another day in UTC, perhaps: write the day alone, YYYY-MM-DD")
    case .serial(let day):
      told("'\(text)' is read as \(day), as spreadsheets number days: show the column as dates to be sure")
      return day
    case .unordered:
      throw fault(
        order == nil && !text.split(whereSeparator: { "./-".contains($0) }).allSatisfy { $0.utf8.count < 3 }
          ? "'\(text)' does not say which number is the day: write YYYY-MM-DD, or say it with --dates dmy or --dates mdy"
          : "'\(text)' does not say its year with four digits: write YYYY-MM-DD")
    case .none: throw fault("'\(text)' is not a day: write YYYY-MM-DD")
    }
  }

  static func instant(_ text: String, _ order: DateOrder?, told: (String) -> Void) throws -> Instant {
    if let instant = Instant(written: text) ?? Instant(written: text.replacing(" ", with: "T", maxReplacements: 1)) {
      return instant
    }
    switch ListDay.read(text, order) {
    case .day, .serial, .unordered:
      // A day that cannot be told has its own words.
      let day = try day(text, order, told: told)
      if let instant = Instant(written: "\(day)") { return instant }
    case .timed(_, let zone):
      let what = zone.isEmpty ? "does not say in which time zone" : "is not in UTC"
      throw fault("'\(text)' \(what): write YYYY-MM-DDTHH:MM:SSZ, in UTC, or the day alone")
    case .none: break
    }
    throw fault("'\(text)' is not an instant: write YYYY-MM-DD or YYYY-MM-DDTHH:MM:SSZ, in UTC")
  }

  static func period(_ text: String) throws -> Period {
    guard let period = Period(text) else { throw fault(Period.refusal(text)) }
    return period
  }

  /// `12`, and `12.0`, as spreadsheets and data frames write it.
  static func count(_ text: String) throws -> Int {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let isWhole = parts.count == 1 || (!parts[1].isEmpty && parts[1].allSatisfy { $0 == "0" })
    guard isWhole, let head = parts.first, let number = Int(head), number >= 0, number <= JSONValue.integerLimit else {
      throw fault(
        "'\(text)' is not a whole number" + (text.contains { ",' ".contains($0) } ? ": write it without marks" : ""))
    }
    return number
  }

  private static func fault(_ message: String) -> Failure { Failure(.malformedInput, message) }
}
