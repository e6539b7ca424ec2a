/// Where bytes stop being UTF-8.
enum UTF8Fault {
  /// The offset of the first byte that belongs to no character; nil if all are UTF-8.
  static func firstOffset(in bytes: [UInt8]) -> Int? {
    // The usual case, at the library's speed.
    if String(validating: bytes, as: UTF8.self) != nil { return nil }
    var decoder = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var offset = 0
    while true {
      switch decoder.parseScalar(from: &iterator) {
      case .valid(let encoded): offset += encoded.count
      case .error, .emptyInput: return offset
      }
    }
  }
}
