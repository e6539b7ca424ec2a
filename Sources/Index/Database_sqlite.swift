internal import CSQLite
internal import Findings

/// An SQLite connection, owned and closed here, with the statements prepared on it.
///
/// Used from one thread at a time: it is opened with `SQLITE_OPEN_NOMUTEX`
/// (<https://www.sqlite.org/threadsafe.html>), and never handed to another one.
@safe final class Database {
  private let handle: OpaquePointer
  private var queries: [String: Query] = [:]

  /// Opens or makes a database; `:memory:` for one that is gone with the connection (`sqlite3_open_v2`).
  init(path: String) throws(DatabaseError) {
    var opened: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    let code = ResultCode(rawValue: unsafe sqlite3_open_v2(path, &opened, flags, nil))
    guard code == .ok, let opened = unsafe opened else {
      // A handle is there even where opening failed, and is to be closed.
      unsafe sqlite3_close_v2(opened)
      throw DatabaseError(code: code == .ok ? .outOfMemory : code, operation: "open '\(path)'", detail: nil)
    }
    unsafe handle = opened
  }

  deinit {
    // Statements first: a connection with live ones stays open.
    queries.removeAll()
    unsafe sqlite3_close_v2(handle)
  }

  /// How long a lock that another process holds is waited for, in milliseconds (`sqlite3_busy_timeout`).
  func setBusyTimeout(milliseconds: Int32) {
    unsafe sqlite3_busy_timeout(handle, milliseconds)
  }

  /// Runs statements that return nothing, separated by semicolons (`sqlite3_exec`).
  func execute(_ sql: String) throws(DatabaseError) {
    try check(unsafe sqlite3_exec(handle, sql, nil, nil, nil), sql)
  }

  /// A prepared statement, kept for the next time the same text is asked for.
  func query(_ sql: String) throws(DatabaseError) -> Query {
    if let known = queries[sql], !known.isRunning { return known }
    var prepared: OpaquePointer?
    try check(unsafe sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil), sql)
    guard let prepared = unsafe prepared else {
      throw DatabaseError(code: .misuse, operation: sql, detail: "it holds no statement")
    }
    let query = unsafe Query(owning: prepared, sql: sql, database: self)
    if queries[sql] == nil { queries[sql] = query }
    return query
  }

  /// The number that a statement gives; nil where it gives no row.
  func integer(_ sql: String) throws -> Int? {
    try query(sql).first { $0.integer(0) }
  }

  /// Whether a transaction is open (`sqlite3_get_autocommit`).
  var isInTransaction: Bool { unsafe sqlite3_get_autocommit(handle) == 0 }

  /// How many rows the last statement put in or changed (`sqlite3_changes`).
  var changes: Int { Int(unsafe sqlite3_changes(handle)) }

  /// Throws unless a call of the library returned `SQLITE_OK`: the one place where its result codes are looked at.
  func check(_ code: Int32, _ operation: String) throws(DatabaseError) {
    guard ResultCode(rawValue: code) == .ok else { throw failure(code, operation) }
  }

  /// The error of the last call, in the library's words.
  func failure(_ code: Int32, _ operation: String) -> DatabaseError {
    let detail = unsafe sqlite3_errmsg(handle).map { unsafe String(cString: $0) }
    return DatabaseError(code: ResultCode(rawValue: code), operation: operation, detail: detail)
  }
}

/// What a call of SQLite returned (<https://www.sqlite.org/rescode.html>); an unknown code survives.
struct ResultCode: RawRepresentable, Hashable, Sendable {
  let rawValue: Int32

  static let ok = ResultCode(rawValue: SQLITE_OK)
  static let row = ResultCode(rawValue: SQLITE_ROW)
  static let done = ResultCode(rawValue: SQLITE_DONE)
  static let busy = ResultCode(rawValue: SQLITE_BUSY)
  static let locked = ResultCode(rawValue: SQLITE_LOCKED)
  static let corrupt = ResultCode(rawValue: SQLITE_CORRUPT)
  static let notADatabase = ResultCode(rawValue: SQLITE_NOTADB)
  static let outOfMemory = ResultCode(rawValue: SQLITE_NOMEM)
  static let misuse = ResultCode(rawValue: SQLITE_MISUSE)

  /// The code without what its upper bits add to it.
  var primary: ResultCode { ResultCode(rawValue: rawValue & 0xff) }

  /// The library's word for it (`sqlite3_errstr`).
  var text: String { unsafe sqlite3_errstr(rawValue).map { unsafe String(cString: $0) } ?? "code \(rawValue)" }
}

/// Why the index could not be opened, read or written.
struct DatabaseError: FailureConvertible, Sendable, CustomStringConvertible {
  let code: ResultCode
  /// The statement's text, without the values bound to it, or what else was tried.
  let operation: String
  let detail: String?

  /// Whether another process holds a lock.
  var isLock: Bool { code.primary == .busy || code.primary == .locked }

  /// Whether the file is no database, or a broken one.
  var isCorruption: Bool { code.primary == .corrupt || code.primary == .notADatabase }

  /// The index is disposable: where even one in memory fails, the machine is to blame.
  var failure: Failure {
    Failure(.ioError, "the index of the log cannot be used: \(description)", hint: "make room, and try again")
  }

  var description: String { "SQLite says '\(detail ?? code.text)' (\(code.rawValue)) to: \(operation)" }
}
