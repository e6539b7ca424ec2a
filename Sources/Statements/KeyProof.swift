package import Crypto

/// A new key's signature over who is to own it, and where: nobody registers a key they do not hold.
///
/// Signed is PAE of type `application/vnd.custody.key+json` over `{"member":…,"publicKey":…,"store":…}`.
package enum KeyProof {
  /// The bytes that the new key signs.
  ///
  /// - Parameter owner: The member; of a recovery key, the party's id.
  package static func signedBytes(owner: String, publicKey: String, store: String) -> [UInt8] {
    let body = JSONValue.object(
      JSONObject([
        ("member", .string(owner)), ("publicKey", .string(publicKey)), ("store", .string(store)),
      ]))
    return PreAuthenticationEncoding.encode(type: MediaType.key, body: body.canonicalBytes)
  }

  /// The proof for a key at hand.
  package static func make(owner: String, store: String, key: SigningKey) throws(CryptoError) -> [UInt8] {
    try key.signature(for: signedBytes(owner: owner, publicKey: key.verificationKey.base64, store: store))
  }

  /// Whether a proof holds.
  package static func isValid(_ proof: [UInt8], owner: String, store: String, key: VerificationKey) -> Bool {
    key.isValid(signature: proof, for: signedBytes(owner: owner, publicKey: key.base64, store: store))
  }
}
