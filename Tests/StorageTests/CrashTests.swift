import Crypto
import TestSupport
import Testing
import TreeLog

@testable import Storage

/// Every operation fails once, before and after its effect, as one error and as a crash.
@Suite(.serialized) struct CrashTests {
  private let builder: StoreBuilder

  init() throws {
    builder = try StoreBuilder()
  }

  private static let cases = FaultPlan.Moment.allCases.flatMap { moment in
    [false, true].map { (moment, $0) }
  }

  @Test(arguments: cases) func `a store that could not be made is not there`(
    moment: FaultPlan.Moment, staysDead: Bool
  ) throws {
    for operation in 0... {
      let folder = try TemporaryFolder()
      let layout = StoreLayout(root: folder.path("store"))
      let plan = FaultPlan(failing: operation, moment, staysDead: staysDead)
      var isDone = false
      do {
        try builder.create(layout, entries: 3, objects: [[1, 2, 3]], syscalls: Syscalls(plan: plan))
        isDone = true
      } catch {}
      if try Syscalls().status(layout.root) != nil {
        #expect(try builder.check(layout) == 3)
        #expect(try DirectoryContents(layout: layout).objectSize(SHA256.hash([1, 2, 3])) == 3)
      } else {
        #expect(!isDone)
        try builder.create(layout, entries: 3)
      }
      try builder.grow(layout, to: 5)
      #expect(try builder.check(layout) == 5)
      if !plan.hasFailed {
        #expect(isDone)
        #expect(operation > 20)
        return
      }
    }
  }

  @Test(arguments: cases) func `an append is done or not, and the next one works`(
    moment: FaultPlan.Moment, staysDead: Bool
  ) throws {
    let object = Array("an artifact".utf8)
    for (old, new) in [(3, 4), (254, 259)] {
      var outcomes: Set<Int> = []
      for operation in 0... {
        let folder = try TemporaryFolder()
        let layout = StoreLayout(root: folder.path("store"))
        try builder.create(layout, entries: old)
        let plan = FaultPlan(failing: operation, moment, staysDead: staysDead)
        var isDone = false
        do {
          try builder.grow(layout, to: new, objects: [object], syscalls: Syscalls(plan: plan))
          isDone = true
        } catch {}
        let size = try builder.check(layout)
        #expect(size == old || size == new)
        #expect(!isDone || size == new)
        outcomes.insert(size)
        if size == new {
          #expect(try DirectoryContents(layout: layout).smallObject(SHA256.hash(object), limit: 100) == object)
        }
        // The next writer takes another way through the sizes, past whatever the crash left.
        for next in [size + 1, size + 2, size + 9] { try builder.grow(layout, to: next) }
        #expect(try builder.check(layout) == size + 9)
        #expect(try Syscalls().list(layout.inbox).isEmpty)
        if !plan.hasFailed {
          #expect(isDone)
          break
        }
      }
      #expect(outcomes == [old, new])
    }
  }

  @Test func `all is on the disk before the checkpoint is, and the rename before it is reported`() throws {
    let folder = try TemporaryFolder()
    let layout = StoreLayout(root: folder.path("store"))
    try builder.create(layout, entries: 255)
    for size in [256, 257, 900, 5000] {
      let plan = FaultPlan()
      try builder.grow(layout, to: size, objects: [[UInt8(size & 255)]], syscalls: Syscalls(plan: plan))
      let records = plan.records
      let commit = try #require(records.firstIndex { $0.operation == .rename && $0.path == layout.checkpoint })
      let before = records[..<commit]
      let isWhole = before.contains { $0.operation == .syncfs }
      for (index, record) in before.enumerated() where record.operation == .write {
        let isCheckpoint = record.path.contains("staging-checkpoint")
        let name =
          record.path.contains(StoreLayout.stagingPrefix) && !isCheckpoint
          ? layout.object(SHA256.hash([UInt8(size & 255)])) : record.path
        let synced = before[index...].contains {
          $0.operation == .syncfs || ($0.operation == .fsync && $0.path == name)
        }
        #expect(synced, "\(record.path)")
        let parent = StoreLayout.parent(name)
        // The staged checkpoint's name need not last: it gets another.
        #expect(
          isWhole || isCheckpoint || before[index...].contains { $0.operation == .fsync && $0.path == parent },
          "\(parent)")
      }
      for record in before where record.operation == .mkdir && !isWhole && !record.path.hasPrefix(layout.inbox) {
        let parent = StoreLayout.parent(record.path)
        #expect(before.contains { $0.operation == .fsync && $0.path == parent }, "\(parent)")
      }
      let after = records[commit...]
      #expect(after.dropFirst().first == FaultPlan.Record(operation: .fsync, path: layout.root))
      #expect(!after.contains { [.create, .write, .mkdir].contains($0.operation) })
      #expect(try builder.check(layout) == size)
    }
  }

  @Test func `an append of one entry takes few operations`() throws {
    let folder = try TemporaryFolder()
    let layout = StoreLayout(root: folder.path("store"))
    try builder.create(layout, entries: 10_000)
    for size in 10_001...10_020 { try builder.grow(layout, to: size) }
    let plan = FaultPlan()
    let previous = try builder.checkpoint(layout)
    let writer = try LogWriter(layout: layout, syscalls: Syscalls(plan: plan))
    let opened = plan.records.count
    try writer.append([StoreBuilder.entry(10_020)], to: previous, makeCheckpoint: builder.sign)
    let counts = Dictionary(grouping: plan.records) { $0.operation }.mapValues(\.count)
    print("one entry: \(plan.records.count) operations, \(opened) of them to take the lock")
    for (operation, count) in counts.sorted(by: { $0.key.rawValue < $1.key.rawValue }) { print(" ", operation, count) }
    #expect(counts[.fsync] == 6)
    #expect(counts[.write] == 3)
    #expect(counts[.unlink] == 3)
    #expect(counts[.syncfs] == nil)
    #expect(plan.records.count <= 110)
  }
}
