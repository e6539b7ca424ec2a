package import Crypto
internal import Statements

/// Who signs: a member, and their private key.
package struct Signatory {
  package let member: String
  package let key: SigningKey

  package var party: String { Identifier.party(ofMember: member) }

  /// Whose key signs for a log, as a desk says.
  ///
  /// - Parameters:
  ///   - isLive: Whether the log says that the key still speaks.
  ///   - why: Why it does not, as the log says; nil where it knows nothing of the key.
  ///   - newer: What its owner signs with instead, as the log says; nil for nothing.
  ///   - joined: The entry that brought it, as the log says.
  ///   - stranger: What to do where the log knows nothing of somebody.
  package static func pick(
    at desk: Desk, origin: String, isLive: (HeldKey) -> Bool, why: (HeldKey) -> String? = { _ in nil },
    newer: (HeldKey) -> String? = { _ in nil }, joined: (HeldKey) -> Int? = { _ in nil },
    stranger: (String) -> String? = { _ in nil }
  ) throws -> Signatory {
    let chain = KeyChain(desk.home)
    let held = try chain.pick(
      person: desk.person, origin: origin, isLive: isLive, why: why, newer: newer, joined: joined, stranger: stranger)
    for note in try chain.damagedNotes() {
      desk.notices.warn("the note '\(note)' beside a key cannot be read: that key is passed over")
    }
    return Signatory(
      member: held.owner, key: try chain.open(held, passphrase: { try desk.passphrase(for: held.owner) }))
  }
}
