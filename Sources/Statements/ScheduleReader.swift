internal import Crypto

extension Schedule {
  /// Why bytes are not a schedule.
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
      guard fields.allSatisfy(ScheduleField.isPrintable), take(fields) else {
        throw SyntaxError(line: index + 1, reason: "is not a unit, duty, level, block, step or paper line")
      }
    }
    // What is out of order, or spelled another way, would not come out the same.
    guard self.bytes == bytes else {
      throw SyntaxError(line: 0, reason: "its lines are out of order, or not canonical")
    }
  }

  private mutating func take(_ fields: [String]) -> Bool {
    // No framework is written without a slash, so that no unit is taken for one of these.
    switch LineKey.Kind(rawValue: fields[0]) {
    case .duty?: return takeDuty(fields)
    case .level?: return takeLevel(fields)
    case .block?: return takeBlock(fields)
    case .step?: return takeStep(fields)
    case .paper?: return takePaper(fields)
    case nil: return takeUnit(fields)
    }
  }

  private mutating func takeUnit(_ fields: [String]) -> Bool {
    guard fields.count == 7, ControlReference.isValid(fields[0]), let from = Day(fields[1]),
      let through = Day(fields[2]), from <= through, let accountable = ScheduleField.identifiers(fields[3]),
      let responsible = ScheduleField.identifiers(fields[4]), let yieldsTo = ScheduleField.identifiers(fields[6]),
      fields[5] == "-" || Identifier.isValid(fields[5]), fields[3] == Schedule.joined(accountable)
    else { return false }
    let terms = Terms(
      accountable: accountable.isEmpty ? nil : fields[3], responsible: responsible,
      cadence: ScheduleField.optional(fields[5]), yieldsTo: yieldsTo)
    units.append(UnitLine(unit: fields[0], from: from, through: through, terms: terms))
    return true
  }

  private mutating func takeDuty(_ fields: [String]) -> Bool {
    guard fields.count == 5, Identifier.isValid(fields[1]), Identifier.isValid(fields[2]),
      ScheduleField.isCadence(fields[3]) || ScheduleField.isSpan(fields[3], after: "within ")
    else { return false }
    duties.append(DutyLine(id: fields[1], party: fields[2], cadence: fields[3], title: fields[4]))
    return true
  }

  private mutating func takeLevel(_ fields: [String]) -> Bool {
    guard fields.count == 7, Identifier.isValid(fields[1]), Identifier.isValid(fields[2]),
      let domains = ScheduleField.names(fields[3]), ScheduleField.isCadence(fields[6])
    else { return false }
    levels.append(
      LevelLine(
        id: fields[1], party: fields[2], domains: domains, target: fields[4], unit: fields[5], cadence: fields[6]))
    return true
  }

  private mutating func takeBlock(_ fields: [String]) -> Bool {
    guard fields.count == 7, Identifier.isValid(fields[1]), Identifier.isValid(fields[2]),
      let domains = ScheduleField.names(fields[3]), Measurement.isDecimal(fields[4]),
      fields[5] == "-" || ScheduleField.isCadence(fields[5]), fields[6] == "-" || ScheduleField.isSpan(fields[6])
    else { return false }
    blocks.append(
      BlockLine(
        id: fields[1], party: fields[2], domains: domains, hours: fields[4],
        cadence: ScheduleField.optional(fields[5]), rollover: ScheduleField.optional(fields[6])))
    return true
  }

  private mutating func takeStep(_ fields: [String]) -> Bool {
    guard fields.count == 8, Identifier.isValid(fields[1]), let domains = ScheduleField.names(fields[2]),
      let number = Int(fields[4]), number > 0, Identifier.isValid(fields[5]) || Identifier.isMember(fields[5]),
      ScheduleField.isSpan(fields[6])
    else { return false }
    steps.append(
      StepLine(
        id: fields[1], domains: domains, severity: ScheduleField.optional(fields[3]), number: number, who: fields[5],
        within: fields[6], by: ScheduleField.optional(fields[7])))
    return true
  }

  private mutating func takePaper(_ fields: [String]) -> Bool {
    guard fields.count == 5, Identifier.isValid(fields[1]) else { return false }
    let digest = Digest(hex: fields[2])
    let (from, through) = (Day(fields[3]), Day(fields[4]))
    guard digest != nil || fields[2] == "-", from != nil || fields[3] == "-", through != nil || fields[4] == "-"
    else { return false }
    papers.append(PaperLine(kind: fields[1], sha256: digest, from: from, through: through))
    return true
  }
}

/// What may stand in the fields of a schedule's lines.
private enum ScheduleField {
  /// Text that is not empty and breaks no line, on no terminal either.
  static func isPrintable(_ text: String) -> Bool {
    !text.isEmpty
      && text.unicodeScalars.allSatisfy { scalar in
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: false
        default: true
        }
      }
  }

  /// A hyphen is nothing.
  static func optional(_ text: String) -> String? { text == "-" ? nil : text }

  /// Names joined by commas, none for a hyphen; nil where one is empty.
  static func names(_ text: String) -> [String]? {
    guard text != "-" else { return [] }
    let names = text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map { String($0) ?? "" }
    return names.allSatisfy { !$0.isEmpty } ? names : nil
  }

  /// Parties or engagements joined by commas, none for a hyphen; nil where one is not an identifier.
  static func identifiers(_ text: String) -> [String]? {
    names(text).flatMap { names in names.allSatisfy { Identifier.isValid($0) } ? names : nil }
  }

  /// `every quarter`.
  static func isCadence(_ text: String) -> Bool {
    text.utf8.starts(with: "every ".utf8) && Identifier.isValid(text.dropFirst("every ".count))
  }

  /// `15 minutes`, or that after some words.
  static func isSpan(_ text: String, after lead: String = "") -> Bool {
    guard text.utf8.starts(with: lead.utf8) else { return false }
    let parts = text.utf8.dropFirst(lead.utf8.count).split(
      separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard parts.count == 2, let first = parts[0].first, first != UInt8(ascii: "0") else { return false }
    return parts[0].allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      && !parts[1].isEmpty && parts[1].allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
  }
}
