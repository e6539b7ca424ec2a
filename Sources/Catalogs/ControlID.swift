/// The identifier of a control, a family or a unit: `nist-800-171-r2/3.1.1[a]`.
///
/// Two are the same, and in order, by the UTF-8 bytes of what is written; Swift's own comparison of text would call
/// different spellings of one letter equal.
public struct ControlID: Hashable, Sendable {
  /// The framework: `nist-800-171-r2`.
  public let framework: String

  /// What the framework calls it: `3.1.1[a]`.
  public let local: String

  /// - Returns: nil if the framework is not `[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?`, or the local part is empty or has
  ///   characters that neither a label nor an OSCAL token may have.
  public init?(framework: String, local: String) {
    guard Identifier.isFramework(framework), Identifier.isLocal(local) else { return nil }
    self.framework = framework
    self.local = local
  }

  /// The identifier that a text spells as `framework/id`; whether there is such a control is another question.
  public init?(parsing text: String) {
    guard let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")) else { return nil }
    self.init(framework: String(text[..<slash]), local: String(text[text.utf8.index(after: slash)...]))
  }

  /// Whether they are written with the same bytes.
  public static func == (left: ControlID, right: ControlID) -> Bool {
    left.local.utf8.elementsEqual(right.local.utf8) && left.framework.utf8.elementsEqual(right.framework.utf8)
  }

  /// Feeds its text to a hasher.
  public func hash(into hasher: inout Hasher) {
    // Text of equal bytes hashes equally; that text of other bytes may as well does no harm.
    hasher.combine(local)
    hasher.combine(framework)
  }
}

extension ControlID: Comparable {
  /// Whether the left one stands first by bytes.
  public static func < (left: ControlID, right: ControlID) -> Bool {
    if left.framework == right.framework {
      return left.local.utf8.lexicographicallyPrecedes(right.local.utf8)
    }
    // `a-b/1` stands before `a/1`, because a hyphen's byte is smaller than a slash's.
    let slash = CollectionOfOne(UInt8(ascii: "/"))
    return (Array(left.framework.utf8) + slash).lexicographicallyPrecedes(Array(right.framework.utf8) + slash)
  }
}

extension ControlID: CustomStringConvertible {
  /// `framework/id`.
  public var description: String { "\(framework)/\(local)" }
}

extension ControlID: Codable {
  /// Reads `framework/id`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let parsed = ControlID(parsing: text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is not 'framework/control'")
    }
    self = parsed
  }

  /// Writes `framework/id`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
