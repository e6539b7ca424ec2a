internal import Crypto
internal import Findings
internal import FoundationEssentials
package import Statements
package import Storage

/// Signed envelopes in a file, one a line, on their way to a log: an in-toto bundle. The objects that they bring lie
/// behind the last line, in a zip file (`OfferArchive`); of one that other programs made they may lie beside it, in
/// `FILE.objects/`, under their SHA-256.
package enum OfferFile {
  /// The most lines that are read of an offer file, in bytes.
  package static let sizeLimit = 64 << 20

  /// Writes envelopes, and the objects they bring, in one file, and waits until the disk has it.
  package static func write(_ path: String, _ envelopes: [Envelope], objects: [[UInt8]]) throws {
    try whileStaging(for: path) { store in
      let staged = try objects.map { try store.stage(bytes: $0) }
      try write(path, envelopes, objects: staged, in: store)
    }
  }

  /// Tells whoever has not sent an offer yet that another takes its place.
  package static func tellReplaced(_ path: String, _ notices: any Notices) throws {
    guard try RegularFile.sizeWithoutFollowing(path) != nil else { return }
    notices.say("'\(path)' was there already: what it offered is replaced, so sign that again if it was not sent")
  }

  /// Runs a body that stages the objects of an offer; what it staged is gone afterwards.
  package static func whileStaging<Result>(
    for path: String, _ body: (ObjectStore) throws -> Result
  ) throws -> Result {
    try OutputFile.check(path)
    let store = try OfferArchive.staging(beside: path)
    defer { store.endStaging() }
    return try OutputFile.telling(path) { try body(store) }
  }

  /// Writes envelopes whose objects were staged.
  package static func write(
    _ path: String, _ envelopes: [Envelope], objects: [StagedObject], in store: ObjectStore
  ) throws {
    var lines: [UInt8] = []
    for envelope in envelopes { lines += envelope.object.canonicalBytes + [0x0a] }
    try OfferArchive.write(path, lines: lines, objects: objects, in: store)
  }

  /// Where the objects of an offer file lie that holds none itself.
  package static func folder(_ path: String) -> String { "\(path).objects" }

  /// The envelopes in a file.
  package static func read(_ path: String) throws -> [Envelope] {
    guard let bytes = try OfferArchive.lines(of: path, limit: sizeLimit) else {
      throw Failure(.inputMissing, "there is no file '\(path)'")
    }
    guard bytes.count <= sizeLimit else {
      throw Failure(.malformedInput, "'\(path)' has more than \(sizeLimit) bytes of statements")
    }
    let lines = bytes.split(separator: 0x0a)
    guard !lines.isEmpty else { throw Failure(.malformedInput, "'\(path)' holds no offer") }
    return try lines.enumerated().map { number, line in
      guard let envelope = lenient(Array(line)) else {
        throw Failure(
          .malformedInput, "line \(number + 1) of '\(path)' is not an envelope",
          hint: "an offer is what a command writes with --offer FILE")
      }
      return envelope
    }
  }

  /// A DSSE envelope in any spelling of JSON: what is signed is the payload, not the envelope's form.
  private static func lenient(_ bytes: [UInt8]) -> Envelope? {
    struct Wire: Decodable {
      struct Signature: Decodable {
        let keyid: String
        let sig: String
      }

      let payload: String
      let payloadType: String
      let signatures: [Signature]
    }
    guard let wire = try? JSONDecoder().decode(Wire.self, from: Data(bytes)),
      ByteOrder.areEqual(wire.payloadType, MediaType.inTotoStatement), wire.signatures.count == 1,
      let payload = Base64.decode(standard(wire.payload)),
      let signature = Base64.decode(standard(wire.signatures[0].sig)),
      let keyID = Digest(hex: wire.signatures[0].keyid)
    else { return nil }
    return Envelope(payload: payload, keyID: keyID, signature: signature)
  }

  /// Verifiers accept the URL-safe alphabet as well (DSSE v1.0.2).
  private static func standard(_ text: String) -> String {
    let mapped = text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
    return String(mapped)
  }
}
