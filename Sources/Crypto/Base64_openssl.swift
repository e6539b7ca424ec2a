internal import COpenSSL

/// Standard base 64 with padding (RFC 4648 section 4), in its one canonical spelling.
package enum Base64 {
  /// The padded text of some bytes.
  package static func encode(_ bytes: borrowing [UInt8]) -> String {
    String(decoding: encodeBytes(bytes), as: UTF8.self)
  }

  /// The padded text of some bytes, as ASCII.
  package static func encodeBytes(_ bytes: borrowing [UInt8]) -> [UInt8] {
    guard !bytes.isEmpty, bytes.count < 1 << 30 else { return [] }
    let length = (bytes.count + 2) / 3 * 4
    // EVP_EncodeBlock ends its text with a NUL.
    return unsafe [UInt8](unsafeUninitializedCapacity: length + 1) { buffer, count in
      unsafe bytes.withUnsafeBufferPointer { source in
        _ = unsafe EVP_EncodeBlock(buffer.baseAddress, source.baseAddress, Int32(source.count))
      }
      count = length
    }
  }

  /// The bytes that a padded text spells.
  ///
  /// - Returns: nil for white space, missing padding, other alphabets and bits set in the padding: there is one
  ///   spelling, and only that one is read.
  package static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    guard !text.isEmpty else { return [] }
    guard text.count % 4 == 0, text.count < 1 << 30 else { return nil }
    var decoded = unsafe [UInt8](unsafeUninitializedCapacity: text.count / 4 * 3) { buffer, count in
      let length = unsafe text.withUnsafeBufferPointer { source in
        unsafe EVP_DecodeBlock(buffer.baseAddress, source.baseAddress, Int32(source.count))
      }
      count = Int(max(0, length))
    }
    guard decoded.count == text.count / 4 * 3 else { return nil }
    // EVP_DecodeBlock counts padding as bytes.
    if text[text.endIndex - 1] == UInt8(ascii: "=") { decoded.removeLast() }
    if text[text.endIndex - 2] == UInt8(ascii: "=") { decoded.removeLast() }
    return encodeBytes(decoded)[...] == text ? decoded : nil
  }

  /// The same of a whole array.
  package static func decode(_ text: [UInt8]) -> [UInt8]? { decode(text[...]) }

  /// The bytes that a padded text spells; nil for any other spelling.
  package static func decode(_ text: String) -> [UInt8]? {
    decode(Array(text.utf8))
  }
}
