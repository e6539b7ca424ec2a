/// Ids from names that people have.
package enum IdentifierText {
  /// Letters that have no place in an id, and what is written for them where the alphabet has 26.
  private static let letters: [Character: String] = {
    let table: [(String, String)] = [
      ("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("æ", "ae"), ("œ", "oe"), ("ø", "oe"), ("å", "aa"),
      ("þ", "th"),
      ("àáâãāăą", "a"), ("çćĉċč", "c"), ("ďđð", "d"), ("èéêëēĕėęě", "e"), ("ĝğġģ", "g"), ("ĥħ", "h"),
      ("ìíîïĩīĭįı", "i"),
      ("ĵ", "j"), ("ķ", "k"), ("ĺļľŀł", "l"), ("ñńņň", "n"), ("òóôõōŏő", "o"), ("ŕŗř", "r"), ("śŝşšș", "s"),
      ("ţťŧț", "t"),
      ("ùúûũūŭůűų", "u"), ("ŵ", "w"), ("ýÿŷ", "y"), ("źżž", "z"), ("&", "-and-"),
    ]
    var letters: [Character: String] = [:]
    for (from, to) in table { for letter in from { letters[letter] = to } }
    return letters
  }()

  /// An id made from a name: `Acme Manufacturing` becomes `acme-manufacturing`, `Clínica Müller` `clinica-mueller`.
  ///
  /// - Returns: At most 32 of a-z, 0-9 and hyphens; empty where nothing of the name can stand in an id.
  package static func id(from name: String) -> String {
    var bytes: [UInt8] = []
    for character in name.lowercased() {
      for byte in (letters[character] ?? String(character)).utf8 {
        let isPlain =
          (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        if isPlain {
          bytes.append(byte)
        } else if let last = bytes.last, last != UInt8(ascii: "-") {
          bytes.append(UInt8(ascii: "-"))
        }
      }
    }
    bytes = Array(bytes.prefix(32))
    while bytes.last == UInt8(ascii: "-") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
