import Crypto
import TreeLog
import Findings
import Foundation
import Statements
import Storage
import TestSupport
import Testing

@testable import Workspace

struct OfferTakingTests {
  /// An offer about a file of this content.
  private func offer(_ office: Office, _ name: String, controls: [String] = ["1.1"]) throws -> String {
    let file = try office.write("content of \(name)\n", to: "\(name).txt")
    var write = WriteOptions()
    write.offer = office.folder.path("\(name).offer")
    _ = try office.desk().submit([file], EvidenceDetails(controls: controls), to: office.store(), write)
    return office.folder.path("\(name).offer")
  }

  /// Leaves of an offer nothing but its statements.
  private func stripObjects(of path: String) throws {
    let lines = try #require(try OfferArchive.lines(of: path, limit: OfferFile.sizeLimit))
    let whole = try #require(FileManager.default.contents(atPath: path))
    #expect(lines.count < whole.count)
    try Data(lines).write(to: URL(filePath: path))
  }

  @Test func `an offer is one file, which is enough`() throws {
    let office = try Office()
    let path = try offer(office, "a")
    #expect(try office.folder.files().filter { $0.hasPrefix("a.") || $0.hasPrefix(".") } == ["a.offer", "a.txt"])
    try office.folder.remove("a.txt")
    try FileManager.default.moveItem(atPath: path, toPath: office.folder.path("mailed"))
    let size = try office.store().checkpoint.size
    var rehearsal = WriteOptions()
    rehearsal.isDryRun = true
    let dry = try office.desk().append([office.folder.path("mailed")], to: office.store(), rehearsal)
    #expect(dry.taken.map(\.entry) == [size])
    #expect(try office.desk().append([office.folder.path("mailed")], to: office.store()).taken.map(\.entry) == [size])
    #expect(try office.faults().isEmpty)
    #expect(try office.folder.files().filter { $0.contains("staging") } == [])
  }

  @Test func `one that is refused has its reason, and the others go in`() throws {
    let office = try Office()
    let (good, twice, lost) = (try offer(office, "a"), try offer(office, "b"), try offer(office, "c"))
    try stripObjects(of: lost)
    let size = try office.store().checkpoint.size
    let taking = try office.desk().append([good, twice, twice, lost, office.folder.path("gone")], to: office.store())
    // 'c.txt' lies beside the offer under its own name.
    #expect(taking.taken.map(\.entry) == [size, size + 1, nil, size + 2, nil])
    #expect(taking.taken[2].refusal?.code == .malformedInput && taking.taken[4].refusal?.code == .inputMissing)
    #expect(taking.checkpoint.size == size + 3)
    #expect(try office.faults().isEmpty)
  }

  @Test func `an object that did not come is missed, and nothing is left behind`() throws {
    let office = try Office()
    let path = try offer(office, "a")
    try stripObjects(of: path)
    try office.folder.remove("a.txt")
    let before = try office.folder.files()
    let taking = try office.desk().append([path], to: office.store())
    #expect(taking.taken.count == 1 && taking.taken[0].refusal?.message.contains("did not come with it") == true)
    #expect(try office.folder.files().filter { $0.hasPrefix("store/") } == before.filter { $0.hasPrefix("store/") })
  }

  @Test(arguments: ["", "content of b\n", "content of a, and more\n"])
  func `what a power cut left under an object's name is not taken for the object`(left: String) throws {
    let office = try Office()
    let path = try offer(office, "a")
    try office.folder.remove("a.txt")
    let object = ObjectPath.path(SHA256.hash("content of a\n"))
    try office.write(left, to: "store/\(object)")
    let size = try office.store().checkpoint.size
    #expect(try office.desk().append([path], to: office.store()).taken.map(\.entry) == [size])
    #expect(office.folder.read("store/\(object)") == Array("content of a\n".utf8))
    #expect(try office.faults().isEmpty)
  }

  @Test func `an object that the store has whole need not come again`() throws {
    let office = try Office()
    let path = try offer(office, "a")
    try stripObjects(of: path)
    try office.folder.remove("a.txt")
    let object = ObjectPath.path(SHA256.hash("content of a\n"))
    try office.write("content of b\n", to: "store/\(object)")
    let refused = try office.desk().append([path], to: office.store())
    #expect(refused.taken[0].refusal?.message.contains("did not come with it") == true)
    try office.folder.remove("store/\(object)")
    try office.write("content of a\n", to: "store/\(object)")
    let size = try office.store().checkpoint.size
    #expect(try office.desk().append([path], to: office.store()).taken.map(\.entry) == [size])
    #expect(try office.faults().isEmpty)
  }

  @Test func `a file that holds no offer ends it where there is nothing else`() throws {
    let office = try Office()
    let path = try office.write("not an envelope\n", to: "x.offer")
    let refused = failure { _ = try office.desk().append([path], to: office.store()) }
    #expect(refused?.code == .malformedInput && refused?.message.contains("line 1") == true)
  }
}
