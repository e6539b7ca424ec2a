internal import Crypto
internal import Ownership
internal import Statements
internal import Reports

/// How words of the command line are read as values.
enum CommandText {
  static let identifier: @Sendable (String) throws -> String = { text in
    guard Identifier.isValid(text) else {
      throw InvalidValue("'\(text)' is no id: 1 to 32 of a-z, 0-9 and hyphens, with no hyphen at either end")
    }
    return text
  }

  static let member: @Sendable (String) throws -> String = { text in
    guard Identifier.isMember(text) else {
      throw InvalidValue("'\(text)' is no member: write PARTY/PERSON, as in acme/bo")
    }
    return text
  }

  static let origin: @Sendable (String) throws -> String = { text in
    guard Origin.isValid(text) else { throw InvalidValue("'\(text)' is no origin: 1 to 255 of A-Z a-z 0-9 . _ / -") }
    return text
  }

  static let day: @Sendable (String) throws -> Day = { text in
    guard let day = Day(text) else { throw InvalidValue("'\(text)' is no day: write YYYY-MM-DD") }
    return day
  }

  /// An instant, in full or to the second or minute, or a day for its first moment.
  static let instant: @Sendable (String) throws -> Instant = { text in
    let spellings = [text, "\(text.dropLast()).000Z", "\(text.dropLast()):00.000Z", "\(text)T00:00:00.000Z"]
    guard let instant = spellings.lazy.compactMap({ Instant($0) }).first else {
      throw InvalidValue("'\(text)' is no instant: write YYYY-MM-DD or YYYY-MM-DDTHH:MM:SSZ, in UTC")
    }
    return instant
  }

  static let digest: @Sendable (String) throws -> Digest = { text in
    guard let digest = Digest(hex: text.lowercased()) else {
      throw InvalidValue("'\(text)' is no SHA-256: 64 hexadecimal digits")
    }
    return digest
  }

  static let count: @Sendable (String) throws -> Int = { text in
    guard let number = Int(text), number >= 0, number <= JSONValue.integerLimit else {
      throw InvalidValue("'\(text)' is no whole number")
    }
    return number
  }

  static let algorithm: @Sendable (String) throws -> KeyAlgorithm = { text in
    guard let algorithm = KeyAlgorithm(rawValue: text) else {
      throw InvalidValue("write \(KeyAlgorithm.allCases.map(\.rawValue).joined(separator: " or ")), not '\(text)'")
    }
    return algorithm
  }

  static let text: @Sendable (String) throws -> String = { text in
    guard !text.isEmpty else { throw InvalidValue("its value is empty") }
    return text
  }

  /// An id made from a name: `Acme Manufacturing` becomes `acme-manufacturing`.
  static func slug(_ name: String) -> String {
    var bytes: [UInt8] = []
    for byte in name.lowercased().utf8 {
      let isPlain =
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      if isPlain {
        bytes.append(byte)
      } else if let last = bytes.last, last != UInt8(ascii: "-") {
        bytes.append(UInt8(ascii: "-"))
      }
    }
    bytes = Array(bytes.prefix(32))
    while bytes.last == UInt8(ascii: "-") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
