internal import CommandLine
internal import Crypto
internal import Ownership

/// How words of the command line are read as what a store knows.
extension CommandText {
  static let origin: @Sendable (String) throws -> String = { text in
    guard Origin.isValid(text) else {
      throw InvalidValue("'\(text)' is not an origin: 1 to 255 of A-Z a-z 0-9 . _ / -")
    }
    return text
  }

  static let noteKey: @Sendable (String) throws -> NoteKey = { text in
    guard let key = NoteKey(text: text) else {
      throw InvalidValue(
        "'\(text)' is not a verifier key: NAME+ID+BASE64", hint: "'custody key list' prints those of a store")
    }
    return key
  }

  static let digest: @Sendable (String) throws -> Digest = { text in
    guard let digest = Digest(hex: text.lowercased()) else {
      throw InvalidValue("'\(text)' is not a SHA-256: 64 hexadecimal digits")
    }
    return digest
  }

  static let algorithm: @Sendable (String) throws -> KeyAlgorithm = { text in
    guard let algorithm = KeyAlgorithm(rawValue: text) else {
      throw InvalidValue("write \(KeyAlgorithm.allCases.map(\.rawValue).joined(separator: " or ")), not '\(text)'")
    }
    return algorithm
  }
}
