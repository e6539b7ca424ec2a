internal import Crypto
internal import Findings
internal import FoundationEssentials
package import Statements
package import Storage

/// Signed envelopes in a file, one a line, on their way to a log: an in-toto bundle. The objects that they bring lie
/// beside it, in `FILE.objects/`, under their SHA-256.
package enum OfferFile {
  /// The longest offer file that is read, in bytes.
  package static let sizeLimit = 64 << 20

  /// Writes envelopes, and the objects they bring, and waits until the disk has them: the objects first, so that no offer
  /// is there without them.
  package static func write(_ path: String, _ envelopes: [Envelope], objects: [[UInt8]]) throws {
    try write(path, envelopes, objects.isEmpty ? nil : makeFolder(path)) { store in
      try objects.map { try store.stage(bytes: $0) }
    }
  }

  /// Makes the folder for the objects of an offer file.
  package static func makeFolder(_ path: String) throws -> OfferFolder {
    try OutputFile.checkParent(of: path)
    do {
      return try OfferFolder(folder(path))
    } catch let error as StorageError where error.code != .inputOutput {
      throw OutputFile.unwritable(folder(path), nil, hint: error.hint)
    }
  }

  /// Writes envelopes whose objects are to go into a folder that was made.
  ///
  /// - Parameters:
  ///   - stage: Takes the objects in, all that the envelopes bring; nothing is called where there is no folder.
  package static func write(
    _ path: String, _ envelopes: [Envelope], _ folder: OfferFolder?, stage: (ObjectStore) throws -> [StagedObject]
  ) throws {
    var bytes: [UInt8] = []
    for envelope in envelopes { bytes += envelope.object.canonicalBytes + [0x0a] }
    var stored: [StoredObject] = []
    do {
      if let folder {
        stored = try folder.objects.publish(stage(folder.objects))
        try folder.wait(for: stored)
      }
      try OutputFile.write(path, bytes)
    } catch {
      // An offer that is there, though not known to be on the disk, keeps its objects.
      if ((try? RegularFile.read(path, limit: bytes.count)) ?? nil) != bytes { folder?.withdraw(stored) }
      throw error
    }
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
