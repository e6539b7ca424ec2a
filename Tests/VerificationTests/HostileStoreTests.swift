import Findings
import Crypto
import Ownership
import Statements
import Storage
import Testing
import TestSupport
import TreeLog

@testable import Verification

/// Stores that somebody made to break whoever reads them: each is told as what it is, in time.
struct HostileStoreTests {
  private static func report(_ contents: any StoreContents) throws -> VerificationReport {
    try Verifier(contents, options: VerificationOptions(asOf: try #require(Day("2026-02-01")))).verify()
  }

  private static func isUnsound(_ contents: any StoreContents) throws -> Bool { try !report(contents).isSound }

  @Test(arguments: [1 << 20, 1 << 40, JSONValue.integerLimit, JSONValue.integerLimit + 1, Int.max])
  func `a checkpoint may claim any size`(_ size: Int) throws {
    let log = try IntegrityFindingTests.sealed()
    let text = Checkpoint(origin: log.origin, size: size, root: log.root).text
    log.store["checkpoint"] = try SignedNote.sign(text, name: log.origin, with: LogBuilder.key("acme/bo")).bytes
    let report = try Self.report(log.store)
    #expect(!report.isSound)
    #expect(report.findings.count < 100)
  }

  @Test func `a size that no integer holds does not parse`() throws {
    let log = try IntegrityFindingTests.sealed()
    for size in ["99999999999999999999999999", "-1", "01", "", "1e3", "0"] {
      let text = "\(log.origin)\n\(size)\n\(Base64.encode(log.root.bytes))\n"
      log.store["checkpoint"] = try SignedNote.sign(
        Array(text.utf8), name: log.origin, with: LogBuilder.key("acme/bo")
      ).bytes
      #expect(try Self.report(log.store).findings.contains { $0.code == .checkpointUnsigned }, "\(size)")
    }
  }

  @Test func `huge files are no tiles, bundles, checkpoint or configuration`() throws {
    let log = try IntegrityFindingTests.sealed()
    let huge = [UInt8](repeating: 0x20, count: 20 << 20)
    for path in log.store.paths where !path.hasPrefix("object/") {
      let bytes = log.store[path]
      log.store[path] = huge
      #expect(try Self.isUnsound(log.store), "\(path)")
      log.store[path] = bytes
    }
    #expect(try !Self.isUnsound(log.store))
  }

  @Test func `a bundle cut at any length is told`() throws {
    let log = try IntegrityFindingTests.sealed()
    let path = "tile/entries/000.p/\(log.size)"
    let bytes = try #require(log.store[path])
    // Every length about each border, and a sample of the rest.
    for length in bytes.indices where length < 600 || length % 41 == 0 || length > bytes.count - 40 {
      log.store[path] = Array(bytes[..<length])
      if try !Self.isUnsound(log.store) { Issue.record("cut to \(length) bytes") }
    }
  }

  @Test func `a checkpoint cut at any length is told`() throws {
    let log = try IntegrityFindingTests.sealed()
    let bytes = try #require(log.store["checkpoint"])
    for length in bytes.indices {
      log.store["checkpoint"] = Array(bytes[..<length])
      if try !Self.isUnsound(log.store) { Issue.record("cut to \(length) bytes") }
    }
  }

  @Test(arguments: ["[", "{\"a\":"])
  func `what is nested deeply is malformed`(_ open: String) throws {
    let log = try IntegrityFindingTests.sealed { log in
      log.add(raw: Array(String(repeating: open, count: 60_000 / open.utf8.count).utf8))
      try log.evidence("last")
    }
    #expect(try Self.report(log.store).findings.filter(\.code.isIntegrityError).map(\.code) == [.entryMalformed])
  }

  @Test func `papers that are nested deeply leave units undecided`() throws {
    let deep = String(repeating: "[", count: 200_000)
    let log = try IntegrityFindingTests.sealed { log in
      let version = try log.version(deep)
      try log.word(
        on: version, document: deep, schedule: "duty\tminutes\tacme\tevery quarter\tMinutes\n", by: "acme/bo")
      try log.adopt("deep", Array("{\"catalog\":\(deep)".utf8))
    }
    let report = try Self.report(log.store)
    #expect(report.isSound, "\(report.findings.filter(\.code.isIntegrityError))")
    #expect(report.findings.contains { $0.code == .undecided && $0.subject == "deep" })
    #expect(report.findings.contains { $0.code == .undecided && $0.subject == "demo/1.1[a]" })
  }

  @Test func `an entry as long as can be is read`() throws {
    let log = try IntegrityFindingTests.sealed { log in
      log.add(raw: [UInt8](repeating: 0x20, count: EntryBundle.entryLimit))
      try log.evidence("last")
    }
    #expect(try Self.report(log.store).findings.filter(\.code.isIntegrityError).map(\.code) == [.entryMalformed])
  }

  @Test func `a manifest that goes on for ever is cut where it is wrong`() throws {
    let log = try IntegrityFindingTests.sealed { log in
      let manifest = log.object("manifest", [UInt8](repeating: 0x61, count: 4 << 20), MediaType.manifest)
      try log.add(.evidence(Evidence(controls: ["demo/1.1"])), [manifest], by: "acme/bo")
    }
    #expect(try Self.isUnsound(log.store))
  }

  // MARK: In a folder

  private static func folder(_ log: LogBuilder) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for path in log.store.paths { try folder.write(log.store[path] ?? [], to: path) }
    return folder
  }

  @Test func `a store in a folder verifies as in memory`() throws {
    let folder = try Self.folder(try IntegrityFindingTests.sealed())
    #expect(try !Self.isUnsound(DirectoryContents(layout: StoreLayout(root: folder.path))))
  }

  @Test(arguments: ["checkpoint", "custody.json", "tile/0", "tile", IntegrityFindingTests.shown, "object"])
  func `a link in a store is not followed`(_ path: String) throws {
    let folder = try Self.folder(try IntegrityFindingTests.sealed())
    let elsewhere = try TemporaryFolder()
    try folder.move(path, to: "moved")
    let away = "\(elsewhere.path)/away"
    try folder.move("moved", to: "../\(elsewhere.path.split(separator: "/").last ?? "")/away")
    try folder.link(path, to: away)
    let report = try Self.report(DirectoryContents(layout: StoreLayout(root: folder.path)))
    #expect(!report.isSound)
    #expect(report.findings.contains { $0.code == .storeMalformed && $0.subject == path }, "\(path)")
  }

  @Test func `a pipe and a folder in a file's place are not read`() throws {
    for path in ["checkpoint", "custody.json", IntegrityFindingTests.shown] {
      let folder = try Self.folder(try IntegrityFindingTests.sealed())
      try folder.remove(path)
      try folder.makePipe(path)
      #expect(try Self.isUnsound(DirectoryContents(layout: StoreLayout(root: folder.path))), "\(path)")
      try folder.remove(path)
      try folder.makeFolder(path)
      #expect(try Self.isUnsound(DirectoryContents(layout: StoreLayout(root: folder.path))), "\(path)")
    }
  }

  @Test func `folders nested deeply are told and left alone`() throws {
    let folder = try Self.folder(try IntegrityFindingTests.sealed())
    try folder.makeFolder("tile/" + Array(repeating: "d", count: 300).joined(separator: "/"))
    #expect(
      try Self.report(DirectoryContents(layout: StoreLayout(root: folder.path))).findings.contains {
        $0.code == .storeMalformed
      })
  }
}
