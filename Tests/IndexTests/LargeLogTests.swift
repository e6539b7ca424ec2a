import Crypto
import Foundation
import Index
import Ownership
import Statements
import Testing
import TestSupport
import TreeLog

/// How long it takes is printed, and asserted nowhere: machines differ.
struct LargeLogTests {
  private func measure<Result>(_ what: String, _ body: () throws -> Result) rethrows -> Result {
    let start = ContinuousClock.now
    let result = try body()
    print("\(what): \(ContinuousClock.now - start)")
    return result
  }

  @Test func `ten thousand entries are folded, remembered and looked through`() throws {
    let folder = try TemporaryFolder()
    let log = try TestLog()
    for number in 0..<10_000 {
      try log.addEvidence(
        "month-\(number % 12)/report-\(number).txt", "\(number)", description: "Patch report number \(number)")
    }
    try log.commit()
    let index = try ProjectionIndex(folder: folder.path, origin: TestLog.origin)
    _ = try measure("10,000 entries folded in") {
      try index.follow(log.store, to: log.checkpoint, library: log.library)
    }
    try measure("10,000 entries folded in memory") { _ = try log.folded() }
    for _ in 0..<3 {
      let again = try measure("index opened") { try ProjectionIndex(folder: folder.path, origin: TestLog.origin) }
      let state = try measure("state remembered") {
        try again.follow(log.store, to: log.checkpoint, library: log.library)
      }
      var fold = Fold(state: state, ledger: again.ledger, library: log.library)
      let entry = ParsedEntry(try log.addEvidence("next.txt", "next"), library: log.library)
      let outcome = try measure("one entry applied") { try fold.apply(entry.entry, entry.statement) }
      try log.commit()
      try measure("advanced") {
        try again.advance([(entry, outcome)], state: fold.state, checkpoint: log.checkpoint)
      }
    }
    _ = try index.follow(log.store, to: log.checkpoint, library: log.library)
    let book = try measure("evidence book") { try index.evidenceBook() }
    #expect(book.count == 10_003)
    let found = try measure("search") { try index.search("report-9876.txt") }
    #expect(found.map(\.entry) == [9878])
    let rows = try measure("all lines") { try index.logRows() }
    #expect(rows.count == 10_005)
    let file = try FileManager.default.attributesOfItem(atPath: folder.path("index.sqlite"))
    print("index.sqlite: \(file[.size] ?? 0) bytes")
  }
}
