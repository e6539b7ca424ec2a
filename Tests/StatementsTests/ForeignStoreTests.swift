import Crypto
import Foundation
import Statements
import Testing

/// The bytes of a small store that another program wrote from the format's description.
struct ForeignStore {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func entries() throws -> [[UInt8]] {
    let path = root.appending(path: "Fixtures/stores/foreign/tile/entries/000.p/9")
    let bytes = [UInt8](try Data(contentsOf: path))
    var entries: [[UInt8]] = []
    var offset = 0
    while offset < bytes.count {
      let length = Int(bytes[offset]) << 8 | Int(bytes[offset + 1])
      entries.append(Array(bytes[(offset + 2)..<(offset + 2 + length)]))
      offset += 2 + length
    }
    return entries
  }

  static func object(_ digest: Digest) -> [UInt8]? {
    let hex = digest.hex
    let path = root.appending(path: "Fixtures/stores/foreign/object/\(hex.prefix(2))/\(hex.dropFirst(2))")
    return (try? Data(contentsOf: path)).map { [UInt8]($0) }
  }
}

struct ForeignStoreTests {
  struct Expected: Decodable {
    let statements: [String]
    let seeds: [String: String]
  }

  @Test func `entries of another program are read and written back to the byte`() throws {
    let entries = try ForeignStore.entries()
    #expect(entries.count == 9)
    for bytes in entries {
      let entry = try Entry(parsing: bytes)
      #expect(entry.bytes == bytes)
      let statement = try Statement(payload: entry.envelope.payload, lists: ForeignStore.object)
      let placeholder =
        if case .genesis(let genesis) = statement.predicate {
          SHA256.hash(try #require(Base64.decode(genesis.publicKey)))
        } else { try #require(statement.seen).root }
      let payload = Statement.payload(
        statement.predicate, store: statement.store, signedAt: statement.signedAt, seen: statement.seen,
        subjects: statement.subjects, placeholder: placeholder)
      #expect(payload == entry.envelope.payload)
    }
  }

  @Test func `statement ids and signatures of another program hold`() throws {
    let path = ForeignStore.root.appending(path: "Fixtures/stores/foreign.expected.json")
    let expected = try JSONDecoder().decode(Expected.self, from: Data(contentsOf: path))
    let keys = try expected.seeds.values.map { seed in
      try SigningKey(ed25519Seed: try #require(Digest(hex: seed)).bytes).verificationKey
    }
    for (bytes, id) in zip(try ForeignStore.entries(), expected.statements) {
      let entry = try Entry(parsing: bytes)
      #expect(SHA256.hash(entry.envelope.payload).hex == id)
      #expect(keys.contains { entry.envelope.isSigned(by: $0) })
    }
  }

  @Test func `schedules and manifests of another program are read and written back to the byte`() throws {
    for bytes in try ForeignStore.entries() {
      let statement = try Statement(payload: try Entry(parsing: bytes).envelope.payload, lists: ForeignStore.object)
      for subject in statement.subjects {
        let object = try #require(ForeignStore.object(subject.digest))
        if subject.mediaType == MediaType.schedule {
          #expect(try Schedule(parsing: object).bytes == object)
        }
        if subject.mediaType == MediaType.manifest {
          var reader = ManifestReader()
          var items: [Manifest.Item] = []
          try reader.feed(object) { items.append($0) }
          try reader.finish()
          #expect(items.count == 70)
          #expect(Manifest.encode(items) == object)
        }
      }
    }
  }
}
