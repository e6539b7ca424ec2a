import Crypto
import Statements
import Testing
import TestSupport

/// Envelopes and entries: DSSE and in-toto as far as they go, and stricter.
struct EnvelopeTests {
  struct InToto: Decodable {
    struct Case: Decodable {
      let name: String
      let json: String
    }

    struct Descriptor: Decodable {
      let json: String
    }

    let statementFromTests: [String]
    let badStatementCases: [Case]
    let resourceDescriptors: [String: Descriptor]
  }

  @Test func `what in-toto calls no statement is none here, nor what custody does not know`() throws {
    let vectors: InToto = try Fixtures.json("vectors/in-toto-statement.json")
    #expect(vectors.badStatementCases.count == 5 && vectors.statementFromTests.count == 8)
    for text in vectors.badStatementCases.map(\.json) + vectors.statementFromTests {
      #expect(fault(Array(text.utf8)) != nil, "\(text)")
    }
  }

  @Test func `a subject is what custody's are and no other descriptor`() throws {
    let vectors: InToto = try Fixtures.json("vectors/in-toto-statement.json")
    let sample = try #require(Samples.all.first { $0.type == "evidence" })
    let text = String(decoding: sample.payload, as: UTF8.self)
    let start = try #require(text.firstRange(of: "\"subject\":"))
    for (name, descriptor) in vectors.resourceDescriptors {
      let changed = text[..<start.upperBound] + "[\(descriptor.json)]}"
      #expect(fault(Array(changed.utf8)) != nil, "\(name)")
    }
  }

  private static func entry() throws -> Entry {
    let log = try LogBuilder.company()
    return try Entry(parsing: log.entries[5])
  }

  private static func isRefused(_ value: JSONValue) -> Bool {
    (try? Entry(parsing: value.canonicalBytes)) == nil
  }

  @Test func `an entry has its five members and no other`() throws {
    let value = try JSONValue(canonical: Self.entry().bytes)
    #expect(!Self.isRefused(value))
    for path in value.objectPaths {
      #expect(Self.isRefused(value.setting(path + ["zzz"], .string("x"))), "\(path)")
    }
    for key in ["by", "envelope", "previous", "sequence", "time"] {
      #expect(Self.isRefused(value.setting([key], nil)))
      #expect(Self.isRefused(value.setting([key], .boolean(true))))
    }
  }

  @Test func `whatever byte of an entry is changed, put in or taken out, what is read has one spelling`() throws {
    var entry = try Self.entry()
    entry.envelope.payload = Array("{}".utf8)
    let bytes = entry.bytes
    var changed: [[UInt8]] = []
    for place in bytes.indices {
      for byte in Array(#"09aA="\ {/"#.utf8) + [0, 0x7f, 0xc3, 0xff, bytes[place] ^ 1, bytes[place] ^ 0x20] {
        changed.append(bytes[..<place] + [byte] + bytes[(place + 1)...])
        changed.append(bytes[..<place] + [byte] + bytes[place...])
      }
      changed.append(Array(bytes[..<place]) + bytes[(place + 1)...])
      changed.append(Array(bytes[..<place]))
    }
    for other in changed {
      guard let read = try? Entry(parsing: other) else { continue }
      #expect(read.bytes == other)
    }
    #expect(try Entry(parsing: bytes).bytes == bytes)
  }

  @Test(arguments: ["00", "01", "9007199254740992", "99999999999999999999999", "-1", "1e3", "1.0", ""])
  func `a sequence is an integer of one spelling`(_ number: String) throws {
    let text = String(decoding: try Self.entry().bytes, as: UTF8.self)
    let changed = text.replacing("\"sequence\":5,", with: "\"sequence\":\(number),")
    #expect(changed != text && (try? Entry(parsing: Array(changed.utf8))) == nil)
  }

  @Test func `an envelope has one payload of one type and one signature`() throws {
    let value = try JSONValue(canonical: Self.entry().bytes)
    func isRefused(_ key: String, _ member: JSONValue?) -> Bool {
      Self.isRefused(value.setting(["envelope", key], member))
    }
    guard case .array(let signatures)? = value["envelope", "signatures"] else { return }
    #expect(isRefused("signatures", .array([])))
    #expect(isRefused("signatures", .array(signatures + signatures)))
    #expect(isRefused("signatures", nil))
    #expect(isRefused("payload", nil))
    #expect(isRefused("payloadType", nil))
    #expect(isRefused("payloadType", .string("application/vnd.in-toto+jsom")))
    #expect(isRefused("payloadType", .string("application/vnd.custody.key+json")))
    for key in ["keyid", "sig"] {
      #expect(isRefused("signatures", .array([signatures[0].setting([key], nil)])))
      #expect(isRefused("signatures", .array([signatures[0].setting([key], .string(""))])))
    }
    #expect(isRefused("signatures", .array([signatures[0].setting(["extra"], .string("x"))])))
  }

  @Test(arguments: ["YQ", "YR==", "Y Q==", "YQ==\n", "-_-_", "YQ===", "====", "Y=Q="])
  func `base 64 is standard, padded and of one spelling`(_ text: String) throws {
    let value = try JSONValue(canonical: Self.entry().bytes)
    #expect(Self.isRefused(value.setting(["envelope", "payload"], .string(text))))
  }

  @Test func `an entry longer than a bundle can say is refused`() throws {
    var entry = try Self.entry()
    let rest = entry.bytes.count - entry.envelope.payload.count * 4 / 3
    entry.envelope.payload = [UInt8](repeating: 0x61, count: (Entry.sizeLimit - rest) / 4 * 3 - 12)
    #expect((try? Entry(parsing: entry.bytes)) != nil)
    entry.envelope.payload += [UInt8](repeating: 0x61, count: 60)
    #expect(entry.bytes.count > Entry.sizeLimit)
    #expect((try? Entry(parsing: entry.bytes)) == nil)
  }

  @Test func `a signature holds for its payload, its key and no other`() throws {
    let envelope = try Self.entry().envelope
    let bo = try LogBuilder.key("acme/bo").verificationKey
    #expect(envelope.isSigned(by: bo))
    #expect(try !envelope.isSigned(by: LogBuilder.key("acme/kim").verificationKey))
    var changed = envelope
    changed.payload[0] ^= 1
    #expect(!changed.isSigned(by: bo))
    changed = envelope
    changed.keyID = .zero
    #expect(!changed.isSigned(by: bo))
    changed = envelope
    changed.signature = []
    #expect(!changed.isSigned(by: bo))
    #expect(!bo.isValid(signature: envelope.signature, for: envelope.payload))
  }
}
