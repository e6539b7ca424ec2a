import TestSupport
import Testing

@testable import Storage

struct CopyMarkTests {
  private static let marks = ["s3://b", "/srv/a store of some length", "s3://evidence/acme"].map {
    CopyMark(source: $0)
  }

  @Test func `a mark takes another's place where it is to, whichever is longer`() throws {
    for old in Self.marks {
      for new in Self.marks {
        let folder = try TemporaryFolder()
        let layout = StoreLayout(root: folder.path)
        _ = try folder.write(old.bytes, to: "lock")
        try StoreLock(layout: layout, allowsNetworkStore: true).mark(new, layout)
        #expect(folder.read("lock") == old.bytes)
        try StoreLock(layout: layout, allowsNetworkStore: true).mark(new, layout, replacing: true)
        #expect(folder.read("lock") == new.bytes)
      }
    }
  }

  @Test func `wherever it is broken off, the folder stays a copy, of the one or the other`() throws {
    for old in Self.marks {
      for new in Self.marks {
        var number = 0
        var isOver = false
        while !isOver {
          for moment in FaultPlan.Moment.allCases {
            let folder = try TemporaryFolder()
            let layout = StoreLayout(root: folder.path)
            _ = try folder.write(old.bytes, to: "lock")
            let lock = try StoreLock(layout: layout, allowsNetworkStore: true)
            let plan = FaultPlan(failing: number, moment, staysDead: true)
            isOver = (try? lock.mark(new, layout, Syscalls(plan: plan), replacing: true)) != nil
            let found = try CopyMark.read(layout)
            #expect(isOver ? found == new : found == old || found == new)
          }
          number += 1
        }
        #expect(number > 3)
      }
    }
  }
}
