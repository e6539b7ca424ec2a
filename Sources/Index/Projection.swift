internal import Crypto
internal import FoundationEssentials
internal import Glibc
internal import Ownership
internal import TreeLog

/// The one row that says what is remembered, and of which tree.
struct Projection {
  let origin: String
  var lineage = 0
  /// The run of the machine that last wrote.
  private var boot = Projection.currentBoot
  /// How many rows were put into the tables.
  var rows = 0
  private(set) var size = 0
  private(set) var root = MerkleHash.empty
  private var state: [UInt8] = []

  /// Nothing is remembered.
  init(origin: String) {
    self.origin = origin
  }

  static func read(_ database: Database) throws -> Projection? {
    try database.query("SELECT origin, lineage, boot, rows, size, root, state FROM projection").first { row in
      var known = Projection(origin: row.text(0))
      known.lineage = row.integer(1)
      known.boot = row.text(2)
      known.rows = row.integer(3)
      known.size = row.integer(4)
      known.root = try row.digest(5)
      known.state = row.bytes(6)
      return known
    }
  }

  static func lineage(_ database: Database) throws -> Int? {
    try database.integer("SELECT lineage FROM projection")
  }

  func write(_ database: Database) throws {
    try database.query("INSERT OR REPLACE INTO projection VALUES (0, ?, ?, ?, ?, ?, ?, ?)").run(
      .text(origin), .integer(lineage), .text(Projection.currentBoot), .integer(rows), .integer(size), .digest(root),
      .blob(state))
  }

  /// Whether it is of exactly this tree.
  func fits(_ checkpoint: Checkpoint) -> Bool { size == checkpoint.size && root == checkpoint.root }

  /// Says which tree the rows are of.
  mutating func pin(_ checkpoint: Checkpoint, state: LogState) throws -> Projection {
    size = checkpoint.size
    root = checkpoint.root
    self.state = Array(try JSONEncoder().encode(state))
    return self
  }

  /// nil where it cannot be read, or is of another size: then all is folded again.
  var decodedStanding: LogState? {
    guard let read = try? JSONDecoder().decode(LogState.self, from: Data(state)), read.size == size else {
      return nil
    }
    return read
  }

  /// Since nothing waits for the disk, a power failure can tear the file without a trace in SQLite's journal. So after
  /// a restart of the machine, once, it is looked through as a whole.
  func checkAfterRestart(_ database: Database) throws {
    guard boot != Projection.currentBoot else { return }
    let isSound = try database.query("PRAGMA integrity_check(1)").first([]) { $0.text(0) } == "ok"
    let counts = Schema.tables.filter { $0 != "projection" && $0 != "search" }
      .map { "(SELECT count(*) FROM \($0))" }.joined(separator: " + ")
    guard isSound, try database.integer("SELECT \(counts)") == rows else {
      throw DatabaseError(code: .corrupt, operation: "check the index after a restart", detail: nil)
    }
    try database.query("UPDATE projection SET boot = ?").run(.text(Projection.currentBoot))
  }

  private static let currentBoot: String = {
    let file = unsafe open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return "" }
    defer { close(file) }
    var buffer = [UInt8](repeating: 0, count: 64)
    let count = unsafe buffer.withUnsafeMutableBytes { unsafe Glibc.read(file, $0.baseAddress, $0.count) }
    return String(decoding: buffer.prefix(max(0, count)).prefix { $0 > 0x20 }, as: UTF8.self)
  }()
}

extension Database {
  /// Runs a closure in a transaction, which is undone where it throws.
  ///
  /// - Parameter begin: `BEGIN IMMEDIATE` takes the writer's lock at once, so that what was read stays true.
  func transaction<Result>(_ begin: String = "BEGIN IMMEDIATE", _ body: () throws -> Result) throws -> Result {
    try query(begin).run()
    do {
      let result = try body()
      try query("COMMIT").run()
      return result
    } catch {
      // Some errors have ended the transaction already.
      if isInTransaction { try? query("ROLLBACK").run() }
      throw error
    }
  }
}
