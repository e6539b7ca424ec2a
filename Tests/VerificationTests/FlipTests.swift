import Crypto
import Ownership
import Statements
import Testing
import TestSupport
import TreeLog

@testable import Verification

/// Every single byte of a small complete store, changed one at a time: each change is caught, with the right code and
/// the path or entry.
struct FlipTests {
  static let store: MemoryContents = (try? MemoryContents(folder: Repository.foreignStore)) ?? MemoryContents()
  static let paths = store.files.keys.sorted()

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
    if path == "tile/entries/000.p/9" {
      return [
        .entryMalformed, .chainBroken, .tileMismatch, .rootMismatch, .signatureInvalid, .notEntitled, .replayed,
      ]
    }
    return [.tileMismatch]
  }

  @Test func `the untouched store is sound`() throws {
    #expect(Self.paths.count > 90)
    #expect(try Self.findings(Self.store).isEmpty)
  }

  /// Where every how manieth byte is changed: all of them take minutes without optimization.
  static let sample: (first: Int, step: Int) = {
    #if DEBUG
      var random = SeededRandom("flips")
      return (Int.random(in: 0..<101, using: &random), 101)
    #else
      return (0, 1)
    #endif
  }()

  @Test(arguments: paths)
  func `a byte that is changed is caught`(_ path: String) throws {
    var contents = Self.store
    let bytes = try #require(contents.files[path])
    let expected = Self.codes(for: path)
    for offset in stride(from: Self.sample.first % bytes.count, to: bytes.count, by: Self.sample.step) {
      contents.files[path]?[offset] = bytes[offset] ^ (1 << UInt8(offset % 8))
      let findings = try Self.findings(contents)
      let right = findings.contains { finding in
        guard expected.contains(finding.code) else { return false }
        return path == "custody.json" || finding.subject == path || path.hasPrefix("tile/entries/000.p/9")
      }
      if !right { Issue.record("byte \(offset) of '\(path)': \(findings)") }
      if path == "tile/entries/000.p/9" {
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
    let mayGo = path.contains(".p/") && !path.hasSuffix(".p/9")
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
    let path = "tile/entries/000.p/9"
    let entries = try EntryBundle.decode(try #require(Self.store.files[path]), width: 9).map { Array($0) }
    for index in 0..<8 {
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
    let entries = try EntryBundle.decode(try #require(Self.store.files["tile/entries/000.p/9"]), width: 9)
    var range = CompactRange()
    for entry in entries.prefix(8) { range.append(MerkleHash.leaf(entry)) }
    var full = range
    full.append(MerkleHash.leaf(entries[8]))
    var contents = Self.store
    contents.files["tile/entries/000.p/9"] = nil
    contents.files["tile/0/000.p/9"] = nil
    let key = try SigningKey(ed25519Seed: [UInt8](repeating: 2, count: 32))
    let text = Checkpoint(origin: "acme/fd110d30", size: 8, root: range.root).text
    contents.files["checkpoint"] = try SignedNote.sign(text, name: "acme/fd110d30", with: key).bytes

    var options = VerificationOptions(asOf: try #require(Day("2026-02-15")))
    options.knownTrees = [.init(size: 9, root: full.root, source: "this user", isSamePlace: true)]
    let report = try Verifier(contents, options: options).verify()
    #expect(report.findings.contains { $0.code == .historyTruncated })
    #expect(!report.isSound)

    options.knownTrees[0].isSamePlace = false
    let copy = try Verifier(contents, options: options).verify()
    #expect(copy.findings.contains { $0.code == .olderThanSeen && $0.severity == .note })
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
