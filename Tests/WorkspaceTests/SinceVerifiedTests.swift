import Crypto
import Findings
import Foundation
import Ownership
import Statements
import TestSupport
import Testing
import TreeLog
import Verification

@testable import Workspace

/// A verification goes on from the last one, and from nothing that does not fit the store of now.
struct SinceVerifiedTests {
  private let office: Office

  init() throws {
    office = try Office()
    try submit("one")
  }

  private func submit(_ text: String) throws {
    let file = try office.write(text, to: "\(text).txt")
    _ = try office.desk().submit([file], EvidenceDetails(controls: ["1.1"]), to: office.store())
    office.wait(minutes: 1)
  }

  private func verify(since: Bool = true, objects: VerificationOptions.ObjectScope = .all) throws -> VerificationReport
  {
    var options = CheckOptions()
    options.sinceVerified = since
    options.objects = objects
    return try office.desk().verify(office.folder.path("store"), options)
  }

  @Test func `without a verification before all is looked at`() throws {
    #expect(try verify().taken == nil)
  }

  @Test func `what was verified is taken as such, and the report says so`() throws {
    let first = try verify(since: false)
    let tree = try #require(first.checkpoint)
    try submit("two")
    office.wait(days: 2)
    let second = try verify()
    #expect(second.isSound)
    #expect(second.taken?.size == tree.size)
    #expect(second.taken?.root == tree.root)
    #expect(second.taken?.on == office.now.adding(milliseconds: -2 * 86_400_000).day)
    #expect(second.checks.first?.count == 1)
    #expect(second.checks.first?.summary.contains("were verified on") == true)
    // It is the same answer as that of a look at the whole.
    let whole = try verify(since: false)
    #expect(whole.taken == nil)
    #expect(whole.state == second.state)
    #expect(whole.findings == second.findings)
    #expect(whole.snapshot?.matrix.units.map(\.evidenceCount) == second.snapshot?.matrix.units.map(\.evidenceCount))
    // And it goes on from what it has seen itself.
    #expect(try verify().taken?.size == second.checkpoint?.size)
  }

  @Test func `a new entry's object is read, and one that was changed is found`() throws {
    _ = try verify(since: false)
    try submit("two")
    let object = "store/" + ObjectPath.path(SHA256.hash("two"))
    try office.folder.write(Array("TWO".utf8), to: object)
    let report = try verify()
    #expect(!report.isSound)
    #expect(report.findings.contains { $0.code == .objectCorrupt })
    // An unsound store leaves nothing to go on from.
    try office.folder.write(Array("two".utf8), to: object)
    #expect(try verify().taken == nil)
  }

  @Test func `entries that were verified and are changed since are found where a newer bundle holds them`() throws {
    _ = try verify(since: false)
    try submit("two")
    let bundle = "store/tile/entries/000.p/\(try office.store().checkpoint.size)"
    var bytes = Array(try #require(office.folder.read(bundle)))
    bytes[100] ^= 1
    try office.folder.write(bytes, to: bundle)
    let report = try verify()
    #expect(report.taken == nil)
    #expect(!report.isSound)
  }

  @Test func `what is remembered and was tampered with is passed over`() throws {
    _ = try verify(since: false)
    let path = try #require(office.folder.files().first { $0.hasSuffix(".verified") })
    let bytes = try #require(office.folder.read(path))
    let at = bytes.count / 2
    try office.folder.write(Array(bytes[..<at]) + [bytes[at] ^ 1] + Array(bytes[(at + 1)...]), to: path)
    #expect(try verify().taken == nil)
    // That look was remembered in its place.
    #expect(try verify().taken != nil)
  }

  @Test func `a look that read no objects is none to go on from for one that reads them`() throws {
    _ = try verify(since: false, objects: .none)
    #expect(try verify(objects: .none).taken != nil)
    #expect(try verify(objects: .all).taken == nil)
  }

  @Test func `a log that was replaced is looked at as a whole`() throws {
    try FileManager.default.copyItem(atPath: office.folder.path("store"), toPath: office.folder.path("earlier"))
    try submit("two")
    _ = try verify(since: false)
    try office.folder.remove("store")
    try office.folder.move("earlier", to: "store")
    let report = try verify()
    #expect(report.taken == nil)
    #expect(report.findings.contains { $0.code == .historyTruncated })
  }
}
