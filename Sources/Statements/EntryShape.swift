internal import Crypto

/// Reads the one spelling of an entry straight from its bytes, without a tree of JSON values in between.
///
/// An audit reads every entry of a log, and the members of each stand in the same order between the same words. What
/// does not fit this shape is no entry: `Entry(parsing:)` then reads it as JSON to say what is wrong with it.
struct EntryShape {
  private var rest: ArraySlice<UInt8>

  static func read(_ bytes: [UInt8]) -> Entry? {
    var shape = EntryShape(rest: bytes[...])
    return shape.entry()
  }

  private static let by = Array(#"{"by":""#.utf8)
  private static let payload = Array(#"","envelope":{"payload":""#.utf8)
  private static let keyID = Array(#"","payloadType":"\#(MediaType.inTotoStatement)","signatures":[{"keyid":""#.utf8)
  private static let signature = Array(#"","sig":""#.utf8)
  private static let previous = Array(#""}]},"previous":""#.utf8)
  private static let sequence = Array(#"","sequence":"#.utf8)
  private static let time = Array(#","time":""#.utf8)
  private static let end = Array(#""}"#.utf8)

  private mutating func entry() -> Entry? {
    guard take(EntryShape.by), let by = Digest(hex: text()),
      take(EntryShape.payload), let payload = Base64.decode(text()), !payload.isEmpty,
      take(EntryShape.keyID), let keyID = Digest(hex: text()),
      take(EntryShape.signature), let signature = Base64.decode(text()), !signature.isEmpty,
      take(EntryShape.previous), let previous = Digest(hex: text()),
      take(EntryShape.sequence), let sequence = integer(),
      take(EntryShape.time), let time = Instant(ascii: text()),
      take(EntryShape.end), rest.isEmpty
    else { return nil }
    return Entry(
      by: by, envelope: Envelope(payload: payload, keyID: keyID, signature: signature), previous: previous,
      sequence: sequence, time: time)
  }

  private mutating func take(_ words: [UInt8]) -> Bool {
    guard rest.starts(with: words) else { return false }
    rest = rest.dropFirst(words.count)
    return true
  }

  /// What stands before the next quotation mark. Digests, base 64 and times have no escapes.
  private mutating func text() -> ArraySlice<UInt8> {
    let text = rest.prefix { $0 != UInt8(ascii: "\"") }
    rest = rest[text.endIndex...]
    return text
  }

  private mutating func integer() -> Int? {
    let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    rest = rest[digits.endIndex...]
    guard let first = digits.first, digits.count == 1 || first != UInt8(ascii: "0"), digits.count <= 16 else {
      return nil
    }
    return Day.number(digits).flatMap { $0 <= JSONValue.integerLimit ? $0 : nil }
  }
}
