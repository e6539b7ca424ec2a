extension Schedule {
  /// Why bytes are no schedule.
  package struct SyntaxError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Counts from 1; 0 for the whole.
    package let line: Int
    package let reason: String

    package var description: String { line == 0 ? reason : "line \(line) \(reason)" }
  }

  /// The longest schedule that is read, in bytes.
  package static let sizeLimit = 16 << 20

  /// Reads a schedule's one spelling.
  package init(parsing bytes: [UInt8]) throws(SyntaxError) {
    guard bytes.count <= Schedule.sizeLimit, let text = String(validating: bytes, as: UTF8.self) else {
      throw SyntaxError(line: 0, reason: "it is too long, or not UTF-8")
    }
    self.init(units: [])
    guard !bytes.isEmpty else { return }
    guard bytes.last == 0x0a else { throw SyntaxError(line: 0, reason: "it has no newline at its end") }
    let lines = text.utf8.dropLast().split(separator: 0x0a, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let fields = line.split(separator: 0x09, omittingEmptySubsequences: false).map { String($0) ?? "" }
      guard fields.allSatisfy({ !$0.isEmpty }), take(fields) else {
        throw SyntaxError(line: index + 1, reason: "is no unit, duty or level line")
      }
    }
    // What is out of order, or spelled another way, would not come out the same.
    guard self.bytes == bytes else {
      throw SyntaxError(line: 0, reason: "its lines are out of order, or not canonical")
    }
  }

  private mutating func take(_ fields: [String]) -> Bool {
    if fields[0] == "duty", fields.count == 5 {
      duties.append(DutyLine(id: fields[1], party: fields[2], cadence: fields[3], title: fields[4]))
      return true
    }
    if fields[0] == "level", fields.count == 7 {
      levels.append(
        LevelLine(
          id: fields[1], party: fields[2], domains: Schedule.split(fields[3]), target: fields[4], unit: fields[5],
          cadence: fields[6]))
      return true
    }
    guard fields.count == 7, ControlReference.isValid(fields[0]), let from = Day(fields[1]),
      let through = Day(fields[2])
    else { return false }
    let terms = Terms(
      accountable: fields[3] == "-" ? nil : fields[3], responsible: Schedule.split(fields[4]),
      cadence: fields[5] == "-" ? nil : fields[5], yieldsTo: Schedule.split(fields[6]))
    units.append(UnitLine(unit: fields[0], from: from, through: through, terms: terms))
    return true
  }

  private static func split(_ text: String) -> [String] {
    text == "-"
      ? [] : text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map { String($0) ?? "" }
  }
}
