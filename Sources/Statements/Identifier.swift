/// The names of parties, members, engagements, duties, service levels and holds.
package enum Identifier {
  /// Whether the text is `[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?`: 1 to 32 characters.
  package static func isValid(_ text: some StringProtocol) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count <= 32, let first = bytes.first, let last = bytes.last, isAlphanumeric(first),
      isAlphanumeric(last)
    else { return false }
    return bytes.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
  }

  /// Whether the text is `party/id`, each an identifier.
  package static func isMember(_ text: some StringProtocol) -> Bool {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { isValid($0) }
  }

  /// The party of a member, `onsite` of `onsite/jane`.
  package static func party(ofMember member: String) -> String {
    String(member.prefix { $0 != "/" })
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
