/// Reads comma-separated values (RFC 4180), or separated by another byte, as spreadsheets of other countries write them:
/// quotes around what holds the separator, quotes or line breaks.
package struct CSVRecords {
  package struct Record: Equatable {
    /// Where it begins, counted from 1.
    package let line: Int
    package let fields: [String]

    package init(line: Int, fields: [String]) {
      self.line = line
      self.fields = fields
    }
  }

  package private(set) var records: [Record] = []
  /// What is wrong, by line.
  package private(set) var faults: [(line: Int, reason: String)] = []

  private var line = 1
  private var start = 1
  private var fields: [String] = []
  private var field: [UInt8] = []
  private var state = State.beginning
  private var isFaulty = false

  private let separator: UInt8

  private enum State { case beginning, plain, quoted, closed }

  /// - Parameters:
  ///   - bytes: UTF-8, with or without a byte order mark; lines end in LF, CRLF or CR.
  ///   - separator: What stands between fields.
  ///   - firstLine: The number of the first line.
  package init(_ bytes: [UInt8], separator: UInt8 = UInt8(ascii: ","), firstLine: Int = 1) {
    self.separator = separator
    line = firstLine
    start = firstLine
    var rest = bytes[...]
    if rest.starts(with: [0xef, 0xbb, 0xbf]) { rest = rest.dropFirst(3) }
    var index = rest.startIndex
    while index < rest.endIndex {
      let byte = rest[index]
      let next = index + 1 < rest.endIndex ? rest[index + 1] : nil
      index += take(byte, next) ? 2 : 1
    }
    if state == .quoted { fault("a quote is opened and never closed", at: start) }
    if state != .beginning || !fields.isEmpty { endRecord() }
  }

  /// - Returns: Whether the next byte is used up too.
  private mutating func take(_ byte: UInt8, _ next: UInt8?) -> Bool {
    let quote = UInt8(ascii: "\"")
    if state == .quoted {
      if byte == 0x0a || (byte == 0x0d && next != 0x0a) { line += 1 }
      guard byte == quote else {
        field.append(byte)
        return false
      }
      if next == quote {
        field.append(quote)
        return true
      }
      state = .closed
      return false
    }
    switch byte {
    case separator: endField()
    case 0x0d where next == 0x0a: break
    case 0x0a, 0x0d:
      if state == .beginning, fields.isEmpty {
        // An empty line.
        line += 1
        start = line
      } else {
        endRecord()
        line += 1
        start = line
      }
    case quote where state == .beginning: state = .quoted
    case quote:
      fault("a quote in the middle of a field: put the whole field in quotes, and double those in it", at: line)
    default:
      if state == .closed { fault("something follows a closing quote", at: line) }
      if state != .closed { state = .plain }
      field.append(byte)
    }
    return false
  }

  private mutating func endField() {
    if let text = String(validating: field, as: UTF8.self) {
      fields.append(text)
    } else {
      fault("it is not UTF-8", at: line)
    }
    field.removeAll(keepingCapacity: true)
    // Something was begun, even if what follows is empty.
    state = .beginning
  }

  private mutating func endRecord() {
    endField()
    if !isFaulty { records.append(Record(line: start, fields: fields)) }
    fields = []
    isFaulty = false
  }

  /// One fault a record is enough.
  private mutating func fault(_ reason: String, at line: Int) {
    if !isFaulty { faults.append((line, reason)) }
    isFaulty = true
  }
}
