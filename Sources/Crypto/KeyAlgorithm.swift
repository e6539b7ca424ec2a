/// The signature schemes that a key may use.
public enum KeyAlgorithm: String, Sendable, CaseIterable {
  /// Ed25519 (RFC 8032), 64-byte signatures.
  case ed25519
  /// ECDSA over P-256 with SHA-256 (FIPS 186-5), DER signatures.
  case ecdsaP256 = "ecdsa-p256"
}
