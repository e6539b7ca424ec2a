/// Text from bytes that need not be any.
public enum ByteText: Sendable {
  /// UTF-8 as it stands; every byte that is none, or that a terminal would act on, as `\xff`.
  public static func visible(_ bytes: some Collection<UInt8>) -> String {
    var rest = bytes[...]
    var text = ""
    while !rest.isEmpty {
      // The shortest prefix that is UTF-8 is one character's bytes, four at most.
      let character = (1...4).lazy.compactMap { count in
        String(validating: rest.prefix(count), as: UTF8.self)
      }.first
      guard let character, character.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
        let digits = String(rest.removeFirst(), radix: 16)
        text += "\\x" + (digits.count < 2 ? "0" : "") + digits
        continue
      }
      text += character
      rest = rest.dropFirst(character.utf8.count)
    }
    return text
  }
}
