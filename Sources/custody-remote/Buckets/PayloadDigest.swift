internal import FoundationEssentials

/// The SHA-256 of what is sent, as a signature and as a checksum say it.
struct PayloadDigest {
  /// In small hex digits.
  let hex: String

  /// Of nothing.
  static let empty = PayloadDigest(hex: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")

  private init(hex: String) { self.hex = hex }

  init?(_ text: String) {
    let hex = text.lowercased()
    guard hex.utf8.count == 64, hex.allSatisfy({ $0.isASCII && $0.isHexDigit }) else { return nil }
    self.hex = hex
  }

  var base64: String {
    let digits = hex.compactMap(\.hexDigitValue)
    let bytes = stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    return Data(bytes).base64EncodedString()
  }
}
