import Crypto
import Foundation
@testable import Index
import Ownership
import Statements
import Testing
import TestSupport
import TreeLog

/// What another connection does to the file while, or before, it is used.
struct DamageTests {
  let folder: TemporaryFolder
  let log: TestLog

  init() throws {
    folder = try TemporaryFolder()
    log = try TestLog()
    for number in 0..<300 { try log.addEvidence("\(number).txt", "\(number)", description: "number \(number)") }
    try log.commit()
    try follow(try open())
  }

  private func open() throws -> ProjectionIndex { try ProjectionIndex(folder: folder.path, origin: TestLog.origin) }

  private func other() throws -> Database { try Database(path: folder.path("index.sqlite")) }

  private func follow(_ index: ProjectionIndex) throws {
    #expect(
      try index.follow(log.store, to: log.checkpoint, library: log.library) == log.folded().state)
    #expect(try index.logRows().count == log.size)
  }

  @Test func `a sound file is kept over a restart of the machine`() throws {
    try other().execute("UPDATE projection SET boot = 'an earlier one'")
    let index = try open()
    _ = log.store.takeReads()
    _ = try index.follow(log.store, to: log.checkpoint, library: log.library)
    #expect(log.store.takeReads().isEmpty)
  }

  @Test func `a file that lacks rows after a restart of the machine is made anew`() throws {
    try other().execute("DELETE FROM use WHERE entry = 7; UPDATE projection SET boot = 'an earlier one'")
    let index = try open()
    try follow(index)
    #expect(try index.objects(ofEntry: 7).count == 1)
  }

  @Test func `pages that break while they are read are made good`() throws {
    let index = try open()
    _ = try index.follow(log.store, to: log.checkpoint, library: log.library)
    let path = folder.path("index.sqlite")
    let file = try FileHandle(forUpdating: URL(filePath: path))
    let size = try file.seekToEnd()
    // All but the first pages, which hold the schema and the projection's row.
    try file.seek(toOffset: 16_384)
    try file.write(contentsOf: Data(repeating: 0xa5, count: Int(size) - 16_384))
    try file.close()
    #expect(try index.logRows().count == log.size)
    #expect(try index.evidenceBook().count == 300)
    #expect(try index.search("250.txt").map(\.entry) == [252])
    #expect(index.fallbackReason == nil)
    try follow(try open())
  }

  @Test func `one that another process holds locked is made in memory, and advancing does nothing`() throws {
    let index = try open()
    let state = try index.follow(log.store, to: log.checkpoint, library: log.library)
    let late = try open()
    let holder = try other()
    try holder.execute("BEGIN IMMEDIATE")
    var fold = Fold(state: state, ledger: index.ledger, library: log.library)
    let entry = ParsedEntry(try log.addEvidence("next.txt", "next"), library: log.library)
    let outcome = try fold.apply(entry.entry, entry.statement)
    try log.commit()
    try index.advance([(entry, outcome)], state: fold.state, checkpoint: log.checkpoint)
    #expect(try index.objectUses(Digest(of: "next")).isEmpty)
    try follow(late)
    #expect(late.fallbackReason != nil)
    try holder.execute("ROLLBACK")
    try follow(index)
    #expect(index.fallbackReason == nil)
  }

  @Test func `tables of another version are made anew`() throws {
    try other().execute("PRAGMA user_version = 1; DROP TABLE control")
    try follow(try open())
  }

  @Test func `a state that cannot be read is folded again`() throws {
    try other().execute("UPDATE projection SET state = x'7b7d'")
    try follow(try open())
  }
}
