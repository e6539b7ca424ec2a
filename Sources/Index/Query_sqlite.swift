internal import CSQLite
internal import Crypto

/// A prepared statement, owned and finalized here (<https://www.sqlite.org/c3ref/stmt.html>).
@safe final class Query {
  private let statement: OpaquePointer
  private let sql: String
  // Unowned, since the database keeps its queries and closes only after them.
  private unowned let database: Database
  /// Whether rows of it are being read: it cannot be run again meanwhile.
  private(set) var isRunning = false

  init(owning statement: OpaquePointer, sql: String, database: Database) {
    unsafe self.statement = statement
    self.sql = sql
    self.database = database
  }

  deinit {
    unsafe sqlite3_finalize(statement)
  }

  /// Runs the statement to its end.
  func run(_ values: SQLValue...) throws {
    try forEach(values) { _ in }
  }

  /// Gives each row to a closure; a row is good only within it.
  func forEach(_ values: [SQLValue] = [], _ body: (borrowing Row) throws -> Void) throws {
    isRunning = true
    defer {
      // The result repeats the error of the last step, which was thrown already.
      unsafe sqlite3_reset(statement)
      isRunning = false
    }
    for (index, value) in values.enumerated() { try bind(value, at: Int32(index + 1)) }
    while true {
      let code = unsafe sqlite3_step(statement)
      switch ResultCode(rawValue: code) {
      case .row: try body(unsafe Row(statement))
      case .done: return
      default: throw database.failure(code, sql)
      }
    }
  }

  /// What a closure makes of each row.
  func map<Value>(_ values: [SQLValue] = [], _ body: (borrowing Row) throws -> Value) throws -> [Value] {
    var result: [Value] = []
    try forEach(values) { result.append(try body($0)) }
    return result
  }

  /// What a closure makes of the first row; nil where there is none.
  func first<Value>(_ values: [SQLValue] = [], _ body: (borrowing Row) throws -> Value) throws -> Value? {
    var result: Value?
    try forEach(values) { row in
      if result == nil { result = try body(row) }
    }
    return result
  }

  private func bind(_ value: SQLValue, at index: Int32) throws(DatabaseError) {
    let code: Int32
    switch value {
    case .null: code = unsafe sqlite3_bind_null(statement, index)
    case .integer(let number): code = unsafe sqlite3_bind_int64(statement, index, Int64(number))
    case .text(var text):
      code = text.withUTF8 { bytes in
        guard let length = Int32(exactly: bytes.count) else { return SQLITE_TOOBIG }
        // An empty text may have no address, and without one SQLite would bind null.
        guard let base = bytes.baseAddress else { return unsafe custody_sqlite3_bind_text(statement, index, "", 0) }
        return unsafe base.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
          unsafe custody_sqlite3_bind_text(statement, index, $0, length)
        }
      }
    case .blob(let bytes):
      code = unsafe bytes.withUnsafeBytes { bytes in
        guard let length = Int32(exactly: bytes.count) else { return SQLITE_TOOBIG }
        guard let base = bytes.baseAddress else { return unsafe sqlite3_bind_zeroblob(statement, index, 0) }
        return unsafe custody_sqlite3_bind_blob(statement, index, base, length)
      }
    case .digest(let digest):
      code = unsafe digest.withUnsafeBytes { unsafe custody_sqlite3_bind_blob(statement, index, $0.baseAddress, 32) }
    }
    try database.check(code, sql)
  }
}

/// A value that a statement is given.
enum SQLValue {
  case null
  case integer(Int)
  case text(String)
  case blob([UInt8])
  case digest(Digest)

  init(_ number: Int?) { self = number.map { .integer($0) } ?? .null }

  init(_ text: String?) { self = text.map { .text($0) } ?? .null }

  init(_ digest: Digest?) { self = digest.map { .digest($0) } ?? .null }
}

/// The row that a query stands on: columns count from 0.
@safe struct Row: ~Copyable {
  private let statement: OpaquePointer

  fileprivate init(_ statement: OpaquePointer) {
    unsafe self.statement = statement
  }

  private func isNull(_ column: Int32) -> Bool {
    unsafe sqlite3_column_type(statement, column) == SQLITE_NULL
  }

  func integer(_ column: Int32) -> Int { Int(unsafe sqlite3_column_int64(statement, column)) }

  func optionalInteger(_ column: Int32) -> Int? { isNull(column) ? nil : integer(column) }

  func text(_ column: Int32) -> String { optionalText(column) ?? "" }

  func optionalText(_ column: Int32) -> String? {
    guard let bytes = unsafe sqlite3_column_text(statement, column) else { return nil }
    let length = Int(unsafe sqlite3_column_bytes(statement, column))
    return unsafe String(decoding: UnsafeBufferPointer(start: bytes, count: length), as: UTF8.self)
  }

  func bytes(_ column: Int32) -> [UInt8] {
    guard let bytes = unsafe sqlite3_column_blob(statement, column) else { return [] }
    return unsafe Array(UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(statement, column))))
  }

  func optionalDigest(_ column: Int32) -> Digest? {
    guard let bytes = unsafe sqlite3_column_blob(statement, column) else { return nil }
    return unsafe Digest(UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(statement, column))))
  }

  /// - Throws: Where the column holds no digest: the file is not what custody wrote.
  func digest(_ column: Int32) throws(DatabaseError) -> Digest {
    guard let digest = optionalDigest(column) else {
      throw DatabaseError(code: .corrupt, operation: "read a digest", detail: "a column holds no digest")
    }
    return digest
  }
}
