internal import Crypto
internal import Findings
internal import Ownership
package import Statements

/// A member whom a recovery key brings back, and who appends the entry that says so: a recovery key signs no checkpoint,
/// and there may be nobody else left who does.
package enum ReturningMember {
  /// Who appends what the place's signer may not append itself.
  ///
  /// - Parameter event: What a recovery key is to sign; other keys append what they sign.
  /// - Returns: nil where the signer appends itself.
  /// - Throws: `notEntitled` where the key that joins is not held here: then its own machine appends.
  package static func appender(of event: MemberEvent, at place: SigningPlace) throws -> Signatory? {
    let keyID = place.signer.key.verificationKey.keyID
    guard place.membership?.key(keyID)?.use == .recovery else { return nil }
    if let own = try held(bringing: event, place.origin, place.desk) { return own }
    throw Failure(
      .notEntitled, "a recovery key signs no checkpoint, and the key of \(event.member) is not held here",
      hint: "sign into a file with --offer FILE; whoever holds that key, or may append, appends it: custody append FILE"
    )
  }

  /// Who appends offers where nobody's key speaks: the member whom the first statement that a recovery key signed brings.
  static func appender(of files: [String], in store: OpenedStore) throws -> Signatory? {
    for file in files {
      for envelope in try OfferFile.read(file) {
        guard store.state.membership.key(envelope.keyID)?.use == .recovery,
          case .member(let event)? = (try? Statement(payload: envelope.payload, lists: { _ in nil }))?.predicate,
          let own = try held(bringing: event, store.origin, store.desk)
        else { continue }
        return own
      }
    }
    return nil
  }

  private static func held(bringing event: MemberEvent, _ origin: String, _ desk: Desk) throws -> Signatory? {
    guard let text = event.publicKey, let bytes = Base64.decode(text) else { return nil }
    let chain = KeyChain(desk.home)
    guard let held = try chain.all().first(where: { $0.keyID == SHA256.hash(bytes) && $0.origin == origin }) else {
      return nil
    }
    return Signatory(member: held.owner, key: try chain.open(held) { try desk.passphrase(for: held.owner) })
  }
}
