import Catalogs
import TreeLog
import Ownership
import Findings
import Statements
import TestSupport
import Testing

@testable import Workspace

struct SnapshotTests {
  @Test func `a snapshot knows as far as the tree or the day that is said`() throws {
    let office = try Office()
    let file = try office.write("x", to: "x.txt")
    let before = try office.store()
    office.wait(days: 2)
    _ = try office.desk().submit([file], EvidenceDetails(controls: ["1.1"]), to: before)
    let store = try office.store()
    let count = { (known: KnownAt?) in
      try store.snapshot(knownAt: known).matrix.units.first { $0.control.local == "1.1" }?.evidenceCount
    }
    #expect(try count(nil) == 1)
    #expect(try count(.size(store.checkpoint.size)) == 1)
    #expect(try count(.size(before.checkpoint.size)) == 0)
    #expect(try count(.day(office.now.day)) == 1)
    #expect(try count(.day(office.now.day.adding(days: -1))) == 0)
    let earlier = try store.snapshot(knownAt: .size(before.checkpoint.size))
    #expect(earlier.checkpoint == before.checkpoint && earlier.asOf == office.now.day)
    for unknown in [KnownAt.size(store.checkpoint.size + 1), .day(try #require(Day("2026-01-01")))] {
      #expect(failure { _ = try store.snapshot(knownAt: unknown) }?.code == .usage)
    }
  }

  @Test func `a proof leads to the tree that is remembered, and to no other`() throws {
    let office = try Office()
    let store = try office.store()
    let proof = try store.proof(ofEntry: 1)
    try office.folder.write(proof.bytes, to: "proof")
    let path = office.folder.path("proof")
    #expect(try ProofCheck.read(path, entry: nil, keys: [], home: office.desk().home).holds)
    #expect(try !ProofCheck.read(path, entry: nil, keys: [], home: office.desk("acme/kim").home).holds)
    #expect(try !ProofCheck.read(path, entry: nil, keys: [], home: nil).holds)
  }
}
