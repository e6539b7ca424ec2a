import Crypto
import Foundation
import Index
import Ownership
import Statements
import Testing
import TestSupport
import TreeLog

struct FollowingTests {
  let folder: TemporaryFolder
  let log: TestLog

  init() throws {
    folder = try TemporaryFolder()
    log = try TestLog()
  }

  private var cache: String { folder.path("a/cache") }

  private func open() throws -> ProjectionIndex { try ProjectionIndex(folder: cache, origin: TestLog.origin) }

  @discardableResult
  private func follow(_ index: ProjectionIndex, _ log: TestLog? = nil) throws -> LogState {
    let log = log ?? self.log
    let state = try index.follow(log.store, to: log.checkpoint, library: log.library)
    #expect(try state == log.folded().state)
    #expect(try index.rejected() == log.folded().findings)
    #expect(try index.logRows().count == log.size)
    return state
  }

  @Test func `an index made from nothing holds what the fold says`() throws {
    try log.addEvidence("january/updates.txt", "one")
    try log.commit()
    let index = try open()
    try follow(index)
    #expect(index.fallbackReason == nil)
    let rows = try index.logRows()
    #expect(rows.map(\.type) == ["evidence", "framework", "genesis"])
    #expect(rows[0].member == "acme/bo")
    #expect(rows[0].isEffective)
    let permissions = try FileManager.default.attributesOfItem(atPath: cache)[.posixPermissions] as? Int
    #expect(permissions == 0o700)
  }

  @Test func `a log followed step by step and one followed at once end the same`() throws {
    let index = try open()
    for step in 0..<6 {
      for number in 0..<(step * 60) { try log.addEvidence("\(step)/\(number).txt", "\(step) \(number)") }
      try log.commit()
      try follow(index)
    }
    let fresh = try ProjectionIndex(inMemory: TestLog.origin)
    try follow(fresh)
    #expect(try index.logRows() == fresh.logRows())
    #expect(try index.evidence(forControls: ["it-functions/patch-management"]).count == 900)
  }

  @Test func `what is remembered is not read again`() throws {
    try log.addEvidence("a.txt", "a")
    try log.commit()
    try follow(try open())
    _ = log.store.takeReads()
    let state = try open().follow(log.store, to: log.checkpoint, library: log.library)
    #expect(log.store.takeReads().isEmpty)
    #expect(state.size == 3)
  }

  @Test func `a store that forked is folded anew`() throws {
    try log.addEvidence("a.txt", "a")
    let fork = TestLog(copying: log)
    try log.commit()
    let index = try open()
    try follow(index)
    try fork.addEvidence("b.txt", "b")
    try fork.addEvidence("c.txt", "c")
    try fork.commit()
    try follow(index, fork)
    #expect(try index.objectUses(Digest(of: "a")).isEmpty)
    #expect(try index.objectUses(Digest(of: "b")).map(\.entry) == [2])
  }

  @Test func `a store that shrank is folded anew`() throws {
    let short = TestLog(copying: log)
    try log.addEvidence("a.txt", "a")
    try log.commit()
    let index = try open()
    try follow(index)
    try follow(index, short)
    #expect(try index.objectUses(Digest(of: "a")).isEmpty)
  }

  @Test(arguments: [0, 20, 4096, 12_000]) func `a corrupt file is made anew`(offset: Int) throws {
    for number in 0..<40 { try log.addEvidence("\(number).txt", "\(number)") }
    try log.commit()
    try follow(try open())
    let path = "\(cache)/index.sqlite"
    var bytes = try Data(contentsOf: URL(filePath: path))
    for index in offset..<min(offset + 4096, bytes.count) { bytes[index] = 0xa5 }
    try bytes.write(to: URL(filePath: path))
    let index = try open()
    _ = try index.follow(log.store, to: log.checkpoint, library: log.library)
    try log.addEvidence("last.txt", "last")
    try log.commit()
    _ = try index.follow(log.store, to: log.checkpoint, library: log.library)
  }

  @Test func `a file that is no database, or is gone, is made anew`() throws {
    try follow(try open())
    try Data("no database at all, but text of some length".utf8).write(to: URL(filePath: "\(cache)/index.sqlite"))
    try follow(try open())
    try FileManager.default.removeItem(atPath: "\(cache)/index.sqlite")
    let index = try open()
    try follow(index)
    #expect(index.fallbackReason == nil)
  }

  @Test func `the index of another log is made anew`() throws {
    _ = try ProjectionIndex(folder: cache, origin: "acme/other")
    try follow(try open())
  }

  @Test func `a folder that cannot be written leaves the index in memory`() throws {
    try folder.write([], to: "file")
    let index = try ProjectionIndex.open(folder: folder.path("file/below"), origin: TestLog.origin)
    #expect(index.fallbackReason != nil)
    try follow(index)
  }

  @Test func `the writer's entries are taken in without being read again`() throws {
    let index = try open()
    let state = try follow(index)
    var fold = Fold(state: state, ledger: index.ledger, library: log.library)
    var outcomes: [(entry: ParsedEntry, outcome: Fold<IndexLedger>.Outcome)] = []
    for number in 0..<3 {
      let entry = ParsedEntry(try log.addEvidence("\(number).txt", "\(number)"), library: log.library)
      outcomes.append((entry, try fold.apply(entry.entry, entry.statement)))
    }
    // Nothing of it is in the tables before the checkpoint is.
    #expect(try index.objectUses(Digest(of: "0")).isEmpty)
    #expect(try fold.ledger.uses(of: Digest(of: "0")).count == 1)
    try log.commit()
    try index.advance(outcomes, state: fold.state, checkpoint: log.checkpoint)
    _ = log.store.takeReads()
    #expect(try open().follow(log.store, to: log.checkpoint, library: log.library) == fold.state)
    #expect(log.store.takeReads().isEmpty)
    #expect(try index.objectUses(Digest(of: "2")).map(\.entry) == [4])
    try follow(index)
  }

  @Test func `one who stands at a smaller tree sees nothing of what another process added`() throws {
    try log.addEvidence("a.txt", "same")
    try log.commit()
    let reader = try open()
    try follow(reader)
    try log.addEvidence("b.txt", "same")
    try log.commit()
    try follow(try open())
    #expect(try reader.objectUses(Digest(of: "same")).map(\.name) == ["a.txt"])
    #expect(try reader.logRows().count == 3)
    #expect(try reader.search("b.txt").isEmpty)
  }

  @Test func `one whose projection was replaced by that of another tree goes on with its own`() throws {
    let fork = TestLog(copying: log)
    try log.addEvidence("a.txt", "a")
    try log.commit()
    let reader = try open()
    try follow(reader)
    try fork.addEvidence("b.txt", "b")
    try fork.commit()
    try follow(try open(), fork)
    #expect(try reader.objectUses(Digest(of: "a")).map(\.name) == ["a.txt"])
    #expect(try reader.objectUses(Digest(of: "b")).isEmpty)
    // The other has its own still.
    #expect(try open().follow(fork.store, to: fork.checkpoint, library: fork.library).size == fork.checkpoint.size)
    try follow(reader)
  }

  @Test func `an object that comes later is taken into account`() throws {
    let manifest = Manifest.encode([Manifest.Item(digest: Digest(of: "x"), name: "x.txt")])
    let subject = log.object("manifest", manifest, MediaType.manifest)
    let path = ObjectPath.path(subject.digest)
    try log.add(.evidence(Evidence(controls: ["it-functions/governance"])), [subject])
    try log.commit()
    log.store[path] = nil
    let index = try open()
    try follow(index)
    #expect(try index.objectUses(Digest(of: "x")).isEmpty)
    log.store[path] = manifest
    try follow(index)
    #expect(try index.objectUses(Digest(of: "x")).map(\.name) == ["x.txt"])
  }
}
