package import Crypto

/// A payload and one signature over it (DSSE v1.0.2), not checked yet.
///
///     {"payload":"eyJf…","payloadType":"application/vnd.in-toto+json",
///      "signatures":[{"keyid":"fd11…","sig":"mKyU…"}]}
package struct Envelope: Sendable, Equatable {
  package var payload: [UInt8]
  /// Whose signature it is said to be: only the key of that id can make it hold.
  package var keyID: Digest
  package var signature: [UInt8]

  package init(payload: [UInt8], keyID: Digest, signature: [UInt8]) {
    self.payload = payload
    self.keyID = keyID
    self.signature = signature
  }

  /// Signs a statement's payload.
  package init(signing payload: [UInt8], with key: SigningKey) throws(CryptoError) {
    self.payload = payload
    keyID = key.verificationKey.keyID
    signature = try key.signature(for: Envelope.signedBytes(payload))
  }

  /// What the signature covers.
  package static func signedBytes(_ payload: [UInt8]) -> [UInt8] {
    PreAuthenticationEncoding.encode(type: MediaType.inTotoStatement, body: payload)
  }

  /// Whether the signature is the key's.
  package func isSigned(by key: VerificationKey) -> Bool {
    key.keyID == keyID && key.isValid(signature: signature, for: Envelope.signedBytes(payload))
  }

  /// Reads an envelope's canonical form.
  package init(_ value: JSONValue) throws(StatementSyntaxError) {
    let lists = ListLoader { _ in nil }
    var fields = try FieldReader(value, path: "envelope", lists: lists)
    payload = try fields.bytes("payload")
    _ = try fields.text("payloadType", MediaType.inTotoStatement) {
      ByteOrder.areEqual($0, MediaType.inTotoStatement)
    }
    guard case .array(let signatures) = try fields.value("signatures"), signatures.count == 1 else {
      throw StatementSyntaxError(path: "envelope.signatures", reason: "is not one signature")
    }
    try fields.finish()
    var signature = try FieldReader(signatures[0], path: "envelope.signatures[0]", lists: lists)
    keyID = try signature.digest("keyid")
    self.signature = try signature.bytes("sig")
    try signature.finish()
  }

  package var object: JSONValue {
    .object(
      JSONObject([
        ("payload", .string(Base64.encode(payload))), ("payloadType", .string(MediaType.inTotoStatement)),
        (
          "signatures",
          .array([
            .object(JSONObject([("keyid", .string(keyID.hex)), ("sig", .string(Base64.encode(signature)))]))
          ])
        ),
      ]))
  }
}
