import Findings
import Crypto
import Ownership
import Statements
import Testing
import TreeLog

@testable import Verification

/// Every single byte of a small complete store, changed one at a time: each change is caught, with the right code and
/// the path or entry.
struct FlipTests {
  /// The store that another program wrote, of nine entries.
  static let whole: MemoryContents = (try? MemoryContents(folder: Repository.foreignStore)) ?? MemoryContents()

  /// Its first eight entries, as its second appender left them, with one older width of each partial file: small enough
  /// to verify it once for every byte.
  static let store: MemoryContents = (try? cut()) ?? MemoryContents()
  static let paths = store.files.keys.sorted()
  static let stripes = 4

  static func cut() throws -> MemoryContents {
    var contents = whole
    let entries = try EntryBundle.decode(try #require(whole.files["tile/entries/000.p/9"]), width: 9)
    var range = CompactRange()
    for entry in entries.prefix(8) { range.append(MerkleHash.leaf(entry)) }
    let key = try SigningKey(ed25519Seed: [UInt8](repeating: 2, count: 32))
    let text = Checkpoint(origin: "acme/fd110d30", size: 8, root: range.root).text
    contents.files["checkpoint"] = try SignedNote.sign(text, name: "acme/fd110d30", with: key).bytes
    for path in contents.files.keys where path.contains(".p/") && !path.hasSuffix(".p/8") && !path.hasSuffix(".p/7") {
      contents.files[path] = nil
    }
    // What the ninth entry alone brings: a manifest, and what it lists.
    let kept = try entries.prefix(8).flatMap { entry in
      try Statement(payload: try Entry(parsing: Array(entry)).envelope.payload) { _ in nil }.subjects.map(\.digest.hex)
    }
    for path in contents.files.keys where path.hasPrefix("object/") {
      if !kept.contains(path.dropFirst(7).filter { $0 != "/" }) { contents.files[path] = nil }
    }
    return contents
  }

  static func findings(_ contents: MemoryContents) throws -> [Finding] {
    let asOf = try #require(Day("2026-02-15"))
    let report = try Verifier(contents, options: VerificationOptions(asOf: asOf)).verify()
    #expect(report.isSound == !report.findings.contains { $0.code.isIntegrityError })
    return report.findings.filter { $0.code.isIntegrityError }
  }

  /// Which codes may say that a file was changed.
  static func codes(for path: String) -> Set<FindingCode> {
    if path == "custody.json" { return [.storeMalformed] }
    if path == "checkpoint" { return [.checkpointUnsigned] }
    if path.hasPrefix("object/") { return [.objectCorrupt] }
    if path == "tile/entries/000.p/8" {
      return [
        .entryMalformed, .chainBroken, .tileMismatch, .rootMismatch, .signatureInvalid, .notEntitled, .replayed,
      ]
    }
    return [.tileMismatch]
  }

  @Test func `the untouched store is sound`() throws {
    #expect(Self.paths.count == 13, "\(Self.paths)")
    #expect(try Self.findings(Self.store).isEmpty)
  }

  /// Every stripe takes its share of each file's bytes, so that all cores have work.
  @Test(arguments: paths, 0..<stripes)
  func `a byte that is changed is caught`(_ path: String, _ stripe: Int) throws {
    var contents = Self.store
    let bytes = try #require(contents.files[path])
    let expected = Self.codes(for: path)
    for offset in stride(from: stripe, to: bytes.count, by: Self.stripes) {
      contents.files[path]?[offset] = bytes[offset] ^ (1 << UInt8(offset % 8))
      let findings = try Self.findings(contents)
      let right = findings.contains { finding in
        guard expected.contains(finding.code) else { return false }
        return path == "custody.json" || finding.subject == path || path.hasPrefix("tile/entries/000.p/8")
      }
      if !right { Issue.record("byte \(offset) of '\(path)': \(findings)") }
      if path == "tile/entries/000.p/8" {
        // Every change of an entry shows in the tree, and the entry is named.
        let entry = Self.entry(at: offset, in: bytes)
        if !findings.contains(where: { $0.entry == entry || $0.subject == path }) {
          Issue.record("byte \(offset) of entry \(entry): \(findings)")
        }
      }
      contents.files[path]?[offset] = bytes[offset]
    }
  }

  /// The entry that a byte of a bundle lies in.
  static func entry(at offset: Int, in bundle: [UInt8]) -> Int {
    var start = 0
    var entry = 0
    while start + 2 <= bundle.count {
      let length = Int(bundle[start]) << 8 | Int(bundle[start + 1])
      if offset < start + 2 + length { return entry }
      start += 2 + length
      entry += 1
    }
    return entry
  }

  @Test(arguments: paths)
  func `a file that is removed is caught`(_ path: String) throws {
    var contents = Self.store
    contents.files[path] = nil
    let findings = try Self.findings(contents)
    // Older partial files may go: a reader takes the wider one.
    let mayGo = path.contains(".p/") && !path.hasSuffix(".p/8")
    guard !mayGo else {
      #expect(findings.isEmpty, "\(findings)")
      return
    }
    let code: FindingCode =
      if path == "custody.json" {
        .storeMalformed
      } else if path == "checkpoint" {
        .checkpointUnsigned
      } else if path.hasPrefix("object/") {
        .objectMissing
      } else {
        .tileMismatch
      }
    #expect(findings.contains { $0.code == code && $0.subject == path }, "\(path): \(findings)")
  }

  @Test(arguments: paths)
  func `a file that is cut or grown by a byte is caught`(_ path: String) throws {
    for bytes in [Self.store.files[path].map { Array($0.dropLast()) }, Self.store.files[path].map { $0 + [0x0a] }] {
      var contents = Self.store
      contents.files[path] = bytes
      let findings = try Self.findings(contents)
      #expect(!findings.isEmpty, "\(path)")
      let named = findings.contains { $0.subject == path || path == "custody.json" }
      #expect(named, "\(path): \(findings)")
    }
  }

  @Test func `two entries that are swapped are caught`() throws {
    let path = "tile/entries/000.p/8"
    let entries = try EntryBundle.decode(try #require(Self.store.files[path]), width: 8).map { Array($0) }
    for index in 0..<7 {
      var swapped = entries
      swapped.swapAt(index, index + 1)
      var contents = Self.store
      contents.files[path] = EntryBundle.encode(swapped)
      let findings = try Self.findings(contents)
      #expect(findings.contains { $0.code == .chainBroken && $0.entry == index }, "\(index): \(findings)")
      #expect(findings.contains { $0.code == .rootMismatch }, "\(index)")
    }
  }

  @Test func `a tail that is cut off is caught by whoever has seen more`() throws {
    // Everything of the ninth entry is gone, and the appender has signed a checkpoint of eight.
    let entries = try EntryBundle.decode(try #require(Self.whole.files["tile/entries/000.p/9"]), width: 9)
    var full = CompactRange()
    for entry in entries { full.append(MerkleHash.leaf(entry)) }

    var options = VerificationOptions(asOf: try #require(Day("2026-02-15")))
    options.knownTrees = [.init(size: 9, root: full.root, source: "this user", isSamePlace: true)]
    let report = try Verifier(Self.store, options: options).verify()
    #expect(report.findings.contains { $0.code == .historyTruncated })
    #expect(!report.isSound)

    options.knownTrees[0].isSamePlace = false
    let copy = try Verifier(Self.store, options: options).verify()
    #expect(copy.findings.contains { $0.code == .olderThanSeen && $0.severity == .warning })
    #expect(copy.isSound, "\(copy.findings)")
  }

  @Test func `another tree than the one seen before is a fork`() throws {
    var options = VerificationOptions(asOf: try #require(Day("2026-02-15")))
    options.knownTrees = [
      .init(size: 5, root: SHA256.hash("another"), source: "a mailed checkpoint", isSamePlace: false)
    ]
    let report = try Verifier(Self.store, options: options).verify()
    #expect(report.findings.contains { $0.code == .historyForked })
  }
}
