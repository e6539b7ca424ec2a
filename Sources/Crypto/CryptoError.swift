/// Why a key could not be read, made or used.
package enum CryptoError: Error, Equatable, Sendable {
  /// Not a DER SubjectPublicKeyInfo in its one encoding.
  case malformedPublicKey
  /// A key of another kind than Ed25519 or ECDSA P-256.
  case unsupportedAlgorithm
  /// An Ed25519 point of small order: signatures under it prove nothing.
  case smallOrderKey
  /// Not a PKCS#8 private key in PEM.
  case malformedPrivateKey
  /// The private key is encrypted, and no passphrase was given.
  case passphraseNeeded
  /// The passphrase does not open the private key.
  case passphraseWrong
  /// A passphrase that libcrypto would cut short: it is too long or has a NUL in it.
  case passphraseUnusable
  /// libcrypto refused, with its own word for why.
  case libraryFailure(String)
}

extension CryptoError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .malformedPublicKey: "it is no DER SubjectPublicKeyInfo in its one encoding"
    case .unsupportedAlgorithm: "it is neither an Ed25519 nor an ECDSA P-256 key"
    case .smallOrderKey: "it is an Ed25519 point of small order, under which signatures prove nothing"
    case .malformedPrivateKey: "it is no PKCS#8 private key in PEM"
    case .passphraseNeeded: "it is encrypted, and no passphrase was given"
    case .passphraseWrong: "the passphrase does not open it"
    case .passphraseUnusable: "a passphrase has at most 1000 bytes, and no NUL"
    case .libraryFailure(let reason): "libcrypto says: \(reason)"
    }
  }
}
