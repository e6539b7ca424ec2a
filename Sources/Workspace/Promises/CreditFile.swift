internal import Crypto
internal import Findings
package import Obligations
package import Ownership
internal import Spreadsheets
internal import Statements

/// A table of service credits, CSV or XLSX: the columns `level`, `value` and `credit`.
///
///     level,value,credit
///     uptime,< 99.9,10 %
///     uptime,< 99,25 %
///     uptime,unmeasured,25 %
package enum CreditFile {
  private static let limit = 1 << 20

  /// - Parameter levels: The ids of the agreement's levels; nil takes any.
  /// - Returns: The table, and everything that is wrong with it: `line 3: …`.
  package static func read(_ bytes: [UInt8], levels: [String]? = nil) -> (table: CreditTable, faults: [String]) {
    guard bytes.count <= limit else { return (CreditTable(rows: []), ["it has more than 1 MiB"]) }
    let sheet: Sheet
    do {
      guard let first = try Workbook(bytes).sheets.first(where: { !$0.rows.isEmpty }) else {
        return (CreditTable(rows: []), ["it is empty"])
      }
      sheet = first
    } catch { return (CreditTable(rows: []), [error.reason]) }
    let header = sheet.rows[0]
    func column(_ name: String) -> Int? {
      header.cells.firstIndex { $0?.text.lowercased() == name }
    }
    guard let level = column("level"), let value = column("value"), let credit = column("credit") else {
      return (CreditTable(rows: []), ["line \(header.number): its columns are to be 'level', 'value' and 'credit'"])
    }
    var rows: [CreditTable.Row] = []
    var faults: [String] = []
    for line in sheet.rows.dropFirst() {
      let texts = [level, value, credit].map { line[$0]?.text ?? "" }
      guard texts != ["", "", ""] else { continue }
      func fault(_ message: String) { faults.append("line \(line.number): \(message)") }
      if let levels, !levels.contains(texts[0]) {
        fault("'\(texts[0])' is none of the agreement's service levels")
        continue
      }
      guard let condition = condition(texts[1]) else {
        fault("'\(texts[1])' is no value: write a comparison, as in '< 99.9', or 'unmeasured'")
        continue
      }
      guard let amount = self.credit(texts[2]) else {
        fault("'\(texts[2])' is no credit: write a number without separators and its unit, as in '10 %' or '1000 USD'")
        continue
      }
      if let first = rows.first(where: { $0.level == texts[0] }), first.credit.unit != amount.unit {
        fault("'\(texts[0])' has credits in '\(first.credit.unit)' above, so that '\(amount)' cannot be compared")
        continue
      }
      rows.append(CreditTable.Row(level: texts[0], condition: condition, credit: amount))
    }
    if rows.isEmpty, faults.isEmpty { faults.append("it has no row") }
    return (CreditTable(rows: rows), faults)
  }

  private static func condition(_ text: String) -> CreditTable.Condition? {
    text.lowercased() == "unmeasured" ? .unmeasured : LevelTarget(text).map { .value($0) }
  }

  /// `10 %`, `250 USD`, `2.5 hours`.
  private static func credit(_ text: String) -> CreditTable.Credit? {
    let digits = text.prefix { ("0"..."9").contains($0) || $0 == "." }
    let unit = text.dropFirst(digits.count).drop { $0 == " " }
    // `1,000 USD` and `5,5 %` are not 1 and 5 of something that begins with a comma.
    guard let amount = Decimal(String(digits)), !unit.isEmpty, unit.utf8.count <= 40, !amount.isNegative,
      unit.allSatisfy({ $0.isLetter || $0 == " " || $0 == "%" || $0.isCurrencySymbol })
    else { return nil }
    return CreditTable.Credit(amount: amount, unit: String(unit))
  }
}

extension OpenedStore {
  /// The tables of credits that agreements name.
  package func creditBook(_ snapshot: Snapshot) throws -> CreditBook {
    try CreditBook(snapshot) { digest in
      guard let bytes = try library.bytes(of: digest, limit: AgreementFile.paperLimit) else {
        return .unreadable("it is not in the store any more")
      }
      let read = CreditFile.read(bytes)
      return read.faults.first.map { .unreadable($0) } ?? .read(read.table)
    }
  }
}
