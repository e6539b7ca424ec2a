package import Crypto
internal import Findings
internal import Statements

/// The key with which this user cosigns, and the name that it cosigns under.
package struct WitnessKey {
  package let key: SigningKey
  package let noteKey: NoteKey

  /// The key that is held for a log, or for any.
  ///
  /// - Parameters:
  ///   - name: The name it cosigns under; nil for the only one there is.
  ///   - registered: The names of keys that a log knows, for keys that were made before their names were kept beside them.
  package static func pick(
    at desk: Desk, origin: String, name: String?, registered: (Digest) -> String?
  ) throws -> WitnessKey {
    let chain = KeyChain(desk.home)
    let held = try chain.all().filter { key in
      key.use == "witness" && (key.origin.isEmpty || ByteOrder.areEqual(key.origin, origin))
        && (desk.person.map { key.origin.isEmpty || key.owner == $0 || key.owner.hasSuffix("/\($0)") } ?? true)
    }
    let named = held.compactMap { key in (key.keyName ?? registered(key.keyID)).map { (key: key, name: $0) } }
      .filter { key in name.map { ByteOrder.areEqual($0, key.name) } ?? true }
    guard let first = named.first else {
      throw Failure(
        .inputMissing, "you hold no witness key \(name.map { "'\($0)' " } ?? "")for '\(origin)'",
        hint: "make one: custody key new --use witness --key-name NAME --output FILE")
    }
    guard Set(named.map(\.name)).count == 1 else {
      throw Failure(
        .usage, "you hold the witness keys \(Wording.list(named.map { "'\($0.name)'" }))",
        hint: "say which cosigns: --witness \(first.name)")
    }
    // Of several under one name the newest cannot be told from the others: any of them is the name's.
    let picked = named.last ?? first
    let key = try chain.open(picked.key, passphrase: { try desk.passphrase(for: picked.key.owner) })
    guard let noteKey = NoteKey(witness: key.verificationKey, name: picked.name) else {
      throw Failure(.configuration, "the witness key '\(picked.name)' is not an Ed25519 key, and only such cosign")
    }
    return WitnessKey(key: key, noteKey: noteKey)
  }
}
