/// The text of a file that another program wrote, as UTF-8.
///
/// Spreadsheets put a mark before UTF-8, and PowerShell writes UTF-16 into files.
package enum TextEncoding {
  /// - Returns: UTF-8 without a mark where the file says, or shows, that it is UTF-16; else the bytes as they are, without
  ///   a mark.
  package static func utf8(_ bytes: [UInt8]) -> [UInt8] {
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { return Array(bytes.dropFirst(3)) }
    if bytes.starts(with: [0xff, 0xfe]) { return utf16(bytes.dropFirst(2), isBigEndian: false) }
    if bytes.starts(with: [0xfe, 0xff]) { return utf16(bytes.dropFirst(2), isBigEndian: true) }
    // Of ASCII in UTF-16 every second byte is zero; a single one ends a line of 'sha256sum -z'.
    let head = bytes.prefix(64)
    let (even, odd) = head.enumerated().reduce(into: (0, 0)) { counts, element in
      if element.element == 0 { if element.offset.isMultiple(of: 2) { counts.0 += 1 } else { counts.1 += 1 } }
    }
    guard head.count >= 4, even == 0 || odd == 0, (even + odd) * 4 >= head.count else { return bytes }
    return utf16(bytes[...], isBigEndian: even > odd)
  }

  private static func utf16(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool) -> [UInt8] {
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    var index = bytes.startIndex
    while index + 1 < bytes.endIndex {
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      units.append(isBigEndian ? first << 8 | second : second << 8 | first)
      index += 2
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }
}
