/// Which of the objects of a name one is (RFC 9110, section 8.8.3).
enum EntityTag {
  /// A tag without its quotes; nil for one that is weak, which says nothing of bytes, and for what is none.
  static func read(_ field: String) -> String? {
    guard field.count > 2, field.hasPrefix("\""), field.hasSuffix("\"") else { return isPlain(field) ? field : nil }
    let tag = String(field.dropFirst().dropLast())
    return isPlain(tag) ? tag : nil
  }

  /// Whether it can stand in a head.
  static func isPlain(_ tag: String) -> Bool {
    (1...256).contains(tag.utf8.count) && !tag.hasPrefix("W/")
      && tag.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: ",") }
  }
}
