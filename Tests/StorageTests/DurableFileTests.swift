import Foundation
import TestSupport
import Testing

@testable import Storage

/// A file outside a store is the old one or the new one, whatever fails.
struct DurableFileTests {
  @Test(arguments: FaultPlan.Moment.allCases, [false, true])
  func `a file that is replaced is the old one or the new one`(_ moment: FaultPlan.Moment, _ staysDead: Bool) throws {
    let (old, new) = (Array("old".utf8), Array("new and longer".utf8))
    for operation in 0... {
      let folder = try TemporaryFolder()
      let path = folder.path("memory.json")
      try DurableFile().replace(path, bytes: old, mode: 0o600)
      let plan = FaultPlan(failing: operation, moment, staysDead: staysDead)
      var isDone = false
      do {
        try DurableFile(syscalls: Syscalls(plan: plan)).replace(path, bytes: new, mode: 0o600)
        isDone = true
      } catch {}
      let found = try RegularFile.read(path, limit: 100)
      #expect(found == old || found == new)
      #expect(!isDone || found == new)
      // One that failed and lived on cleans up after itself.
      let rest = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0 != "memory.json" }
      #expect(staysDead || rest.isEmpty || moment == .afterEffect, "\(rest)")
      if !plan.hasFailed {
        #expect(isDone && operation > 4)
        return
      }
    }
  }

  @Test func `what is done was waited for: the bytes before the name, the name after it`() throws {
    let folder = try TemporaryFolder()
    let plan = FaultPlan()
    try DurableFile(syscalls: Syscalls(plan: plan)).replace(folder.path("card"), bytes: [1], mode: 0o644)
    let order = plan.records.map(\.operation).filter { [.write, .fsync, .rename].contains($0) }
    #expect(order == [.write, .fsync, .rename, .fsync])
  }

  @Test func `a file that is there is not written over by one that has to be new`() throws {
    let folder = try TemporaryFolder()
    try PrivateFile.create(folder.path("key"), bytes: [1])
    #expect(throws: StorageError.self) { try PrivateFile.create(folder.path("key"), bytes: [2]) }
    #expect(try RegularFile.read(folder.path("key"), limit: 10) == [1])
  }
}
