import Crypto
import Findings
import Foundation
import Statements
import TestSupport
import Testing
import TreeLog
import Verification

@testable import Workspace

/// What killed commands leave in a store goes, and nothing else does.
struct TidyingTests {
  private let office: Office

  init() throws {
    office = try Office()
    let file = try office.write("x", to: "x.txt")
    _ = try office.desk().submit([file], EvidenceDetails(controls: ["1.1"]), to: office.store())
  }

  private func verify() throws -> VerificationReport { try office.desk().verify(office.folder.path("store")) }
  private func tidy(_ report: VerificationReport) throws -> [String] {
    try office.desk().tidy(office.folder.path("store"), after: report)
  }

  @Test func `leftovers go, and what the log names or the user put there stays`() throws {
    let before = try office.folder.files()
    let object = ObjectPath.path(SHA256.hash([9]))
    try office.folder.write([9], to: "store/\(object)")
    try office.folder.write([1], to: "store/tile/entries/000.p/77")
    try office.folder.write([1], to: "store/inbox/.staging-0badcafe/1")
    #expect(Set(try tidy(verify())) == [object, "tile/entries/000.p/77"])
    try office.folder.write([1], to: "store/inbox/an.offer")
    #expect(try tidy(verify()).isEmpty)
    let after = try office.folder.files().filter { !$0.contains("homes/") }
    #expect(after == (before.filter { !$0.contains("homes/") } + ["store/inbox/an.offer"]).sorted())
    #expect(try office.faults().isEmpty)
  }

  @Test func `nothing goes from a store that is not sound, or has grown since`() throws {
    let report = try verify()
    let file = try office.write("y", to: "y.txt")
    _ = try office.desk().submit([file], EvidenceDetails(controls: ["1.1"]), to: office.store())
    #expect(failure { _ = try tidy(report) }?.code == .locked)
    let object = try #require(office.folder.files().first { $0.hasPrefix("store/object/") })
    try office.folder.remove(object)
    let stray = ObjectPath.path(SHA256.hash([9]))
    try office.folder.write([9], to: "store/\(stray)")
    let unsound = try verify()
    #expect(failure { _ = try tidy(unsound) }?.code == .answerNo)
    #expect(office.folder.read("store/\(stray)") == [9])
  }
}
