import Verification
import TreeLog
import Findings
import Foundation
import Statements
import TestSupport
import Testing

@testable import Workspace

struct MemoryTests {
  @Test func `what was appended is remembered, so that a cut shows`() throws {
    let office = try Office()
    let file = try office.write("x", to: "x.txt")
    try FileManager.default.copyItem(atPath: office.folder.path("store"), toPath: office.folder.path("earlier"))
    let result = try office.desk().submit([file], EvidenceDetails(controls: ["1.1"]), to: office.store())
    let record = try #require(try TrustMemory(office.desk().home).record(of: result.checkpoint.origin))
    #expect(record.size == result.checkpoint.size && record.rootDigest == result.checkpoint.root)
    // An older copy elsewhere is an older copy; at the store's own place it is a loss.
    #expect(try office.desk().open(office.folder.path("earlier")).checkpoint.size == record.size - 1)
    try office.folder.remove("store")
    try office.folder.move("earlier", to: "store")
    #expect(failure { _ = try office.store() }?.code == .answerNo)
    #expect(try office.faults().contains(.historyTruncated))
  }

  @Test func `a sound verification is remembered, and of one that found damage only that it did`() throws {
    let office = try Office()
    try office.join("acme/kim")
    let desk = office.desk("acme/kim")
    let size = try office.store().checkpoint.size
    let tile = try #require(office.folder.files().first { $0.hasPrefix("store/tile/entries/") })
    let bytes = try #require(office.folder.read(tile))
    try office.folder.write(Array(bytes.dropLast()) + [bytes[bytes.count - 1] ^ 1], to: tile)
    let origin = try #require(try desk.verify(office.folder.path("store")).checkpoint?.origin)
    let damaged = try TrustMemory(desk.home).record(of: origin)
    #expect(damaged?.isUnsound == true)
    #expect(damaged?.size == 0)
    #expect(damaged?.genesis == "")
    try office.folder.write(bytes, to: tile)
    #expect(try desk.verify(office.folder.path("store")).isSound)
    let mended = try TrustMemory(desk.home).record(of: origin)
    #expect(mended?.isUnsound == nil)
    #expect(mended?.size == size)
  }

  @Test func `what is remembered and cannot be read is not taken for nothing`() throws {
    let office = try Office()
    let trust = try #require(office.folder.files().first { $0.contains("/trust/") })
    try office.folder.write(Array("{}".utf8), to: trust)
    #expect(failure { _ = try office.store() }?.code == .configuration)
    try office.folder.remove(trust)
    #expect(failure { _ = try office.store() } == nil)
  }
}
