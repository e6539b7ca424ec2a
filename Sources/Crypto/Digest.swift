/// A SHA-256 digest: 32 bytes.
///
/// Four machine words, so that it hashes and compares without touching the heap. Its order is that of its bytes.
public struct Digest: Hashable, Sendable, Comparable {
  // Big-endian words: comparing them in turn compares the bytes.
  private let word0: UInt64
  private let word1: UInt64
  private let word2: UInt64
  private let word3: UInt64

  /// 32 zero bytes: what the first entry of a log names as its previous one.
  public static let zero = Digest(0, 0, 0, 0)

  private init(_ word0: UInt64, _ word1: UInt64, _ word2: UInt64, _ word3: UInt64) {
    self.word0 = word0
    self.word1 = word1
    self.word2 = word2
    self.word3 = word3
  }

  /// The digest that 32 bytes spell.
  ///
  /// - Returns: nil unless there are exactly 32 bytes.
  public init?(_ bytes: some Collection<UInt8>) {
    guard bytes.count == 32 else { return nil }
    var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    var index = 0
    for byte in bytes {
      switch index >> 3 {
      case 0: words.0 = words.0 << 8 | UInt64(byte)
      case 1: words.1 = words.1 << 8 | UInt64(byte)
      case 2: words.2 = words.2 << 8 | UInt64(byte)
      default: words.3 = words.3 << 8 | UInt64(byte)
      }
      index += 1
    }
    self.init(words.0, words.1, words.2, words.3)
  }

  /// The digest that 32 bytes in memory spell; nil unless there are exactly 32.
  public init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count == 32 else { return nil }
    unsafe self.init(
      UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
      UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
      UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self)),
      UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self)))
  }

  /// The digest that 32 bytes of an array spell; nil unless there are exactly 32.
  public init?(_ bytes: ArraySlice<UInt8>) {
    guard let digest = unsafe bytes.withUnsafeBytes({ unsafe Digest($0) }) else { return nil }
    self = digest
  }

  /// The digest that 64 lower-case hexadecimal digits spell.
  ///
  /// - Returns: nil for any other text, upper case among it: a digest has one spelling.
  public init?(hex: some StringProtocol) {
    var text = String(hex)
    guard let digest = text.withUTF8({ unsafe Digest(digits: $0) }) else { return nil }
    self = digest
  }

  /// The same of a text's bytes.
  public init?(hex digits: ArraySlice<UInt8>) {
    guard let digest = unsafe digits.withUnsafeBufferPointer({ unsafe Digest(digits: $0) }) else { return nil }
    self = digest
  }

  // A digest is read for every field that names one, so that this is done without an array in between.
  private init?(digits: UnsafeBufferPointer<UInt8>) {
    guard digits.count == 64, let first = unsafe Digest.word(digits, 0), let second = unsafe Digest.word(digits, 16),
      let third = unsafe Digest.word(digits, 32), let fourth = unsafe Digest.word(digits, 48)
    else { return nil }
    self.init(first, second, third, fourth)
  }

  /// The word that 16 digits spell, from an offset that leaves so many.
  private static func word(_ digits: UnsafeBufferPointer<UInt8>, _ offset: Int) -> UInt64? {
    var word: UInt64 = 0
    for index in offset..<(offset + 16) {
      let digit = unsafe digits[index]
      let value: UInt8
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
      default: return nil
      }
      word = word << 4 | UInt64(value)
    }
    return word
  }

  /// The 32 bytes.
  public var bytes: [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(32)
    append(to: &result)
    return result
  }

  /// Appends the 32 bytes to a buffer.
  public func append(to buffer: inout [UInt8]) {
    unsafe withUnsafeBytes { unsafe buffer.append(contentsOf: $0) }
  }

  /// The 32 bytes in memory, without the heap.
  public func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R {
    let words = (word0.bigEndian, word1.bigEndian, word2.bigEndian, word3.bigEndian)
    return unsafe Swift.withUnsafeBytes(of: words, body)
  }

  /// 64 lower-case hexadecimal digits.
  public var hex: String { Hexadecimal.encode(bytes) }

  /// The first eight hexadecimal digits, for people.
  public var short: String { String(hex.prefix(8)) }

  /// Whether the left one's bytes stand first.
  public static func < (left: Digest, right: Digest) -> Bool {
    (left.word0, left.word1, left.word2, left.word3) < (right.word0, right.word1, right.word2, right.word3)
  }
}

extension Digest: CustomStringConvertible {
  /// 64 lower-case hexadecimal digits.
  public var description: String { hex }
}
