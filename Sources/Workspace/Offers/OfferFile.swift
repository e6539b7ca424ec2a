package import Crypto
internal import Findings
internal import FoundationEssentials
package import Statements

/// Signed envelopes in a file, one a line, on their way to a log: an in-toto bundle. The objects that they bring lie
/// beside it, in `FILE.objects/`, under their SHA-256.
package enum OfferFile {
  /// The longest offer file that is read, in bytes.
  package static let sizeLimit = 64 << 20

  /// Writes envelopes, and the objects they bring.
  package static func write(_ path: String, _ envelopes: [Envelope], objects: [(digest: Digest, source: ObjectSource)])
    throws
  {
    var bytes: [UInt8] = []
    for envelope in envelopes { bytes += envelope.object.canonicalBytes + [0x0a] }
    if !objects.isEmpty {
      try OutputFile.makeFolder(folder(path))
    }
    for (digest, source) in objects {
      let target = "\(folder(path))/\(digest.hex)"
      switch source {
      case .bytes(let bytes): try OutputFile.write(target, bytes)
      case .file(let file):
        if FileManager.default.fileExists(atPath: target) { try FileManager.default.removeItem(atPath: target) }
        try FileManager.default.copyItem(atPath: file, toPath: target)
      }
    }
    try OutputFile.write(path, bytes)
  }

  /// What an object is made of.
  package enum ObjectSource {
    case bytes([UInt8])
    case file(String)
  }

  /// Where the objects of an offer file lie.
  package static func folder(_ path: String) -> String { "\(path).objects" }

  /// The envelopes in a file.
  package static func read(_ path: String) throws -> [Envelope] {
    let bytes = try InputFile.read(path, limit: sizeLimit)
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
