package import Crypto
internal import Findings
internal import Ownership
internal import Statements

/// A private key that was taken in.
package struct ImportedKey {
  package let sheet: KeySheet
  package let keyID: Digest
  /// Whether something was at hand that the key could be held against: its page, or a store that knows it.
  package let wasCompared: Bool
  /// Why it signs nothing any more, as the store at hand says: `revoked by entry 9`; nil where it speaks, or nobody can say.
  package let ending: String?
  /// The recovery keys of its party that speak, where it is one that does not.
  package let successors: [Digest]
}

extension Desk {
  /// Keeps a private key that was put away, so that this home can sign with it.
  ///
  /// A letter mistyped gives another key that looks as good as the right one. So it is held against the id on its page, and
  /// a recovery key against the one that the store knows.
  ///
  /// - Parameter store: The store at hand; nil where there is none.
  /// - Throws: `malformedInput` where it is not the key that the page or the store names.
  package func importKey(
    _ path: String, owner: String?, origin: String?, use: NewKey.Use?, beside store: OpenedStore?
  ) throws -> ImportedKey {
    let text = String(decoding: try InputFile.read(path, limit: 1 << 16), as: UTF8.self)
    let sheet = try KeySheet(reading: text, from: path, owner: owner, origin: origin, use: use, at: store?.origin)
    let isRecovery = sheet.use == .recovery
    guard isRecovery ? Identifier.isValid(sheet.owner) : Identifier.isMember(sheet.owner) else {
      throw Failure(
        .usage, "'\(sheet.owner)' cannot own a \(sheet.use.rawValue) key",
        hint: isRecovery
          ? "a recovery key belongs to a party: --as PARTY" : "a key belongs to a member: --as PARTY/PERSON")
    }
    let key = try open(sheet, path)
    let keyID = key.verificationKey.keyID
    if let named = sheet.keyID, named != keyID {
      throw KeySheet.mistyped(path, "the page names the key \(named.hex)", keyID)
    }
    let known = store.flatMap { $0.origin == sheet.origin ? $0.state.membership : nil }?.keys ?? []
    let own = known.filter { isRecovery && $0.use == .recovery && $0.owner == sheet.owner }
    if !own.isEmpty, !own.contains(where: { $0.keyID == keyID }) {
      throw KeySheet.mistyped(
        path, "the recovery key of '\(sheet.owner)' in this store is \(own.map(\.keyID.hex).joined(separator: " or "))",
        keyID)
    }
    if try KeyChain(home).all().contains(where: { $0.keyID == keyID }) {
      throw Failure(.cannotCreate, "you hold the key \(keyID.short) already")
    }
    try KeyChain(home).keep(
      key, owner: sheet.owner, origin: sheet.origin, use: sheet.use.rawValue, passphrase: passphrase)
    let ending = known.first { $0.keyID == keyID }.flatMap { store?.state.membership.ending(of: $0) }
    return ImportedKey(
      sheet: sheet, keyID: keyID, wasCompared: sheet.keyID != nil || known.contains { $0.keyID == keyID },
      ending: ending,
      successors: ending == nil ? [] : own.map(\.keyID).filter { store?.state.membership.speakingKey($0) != nil })
  }

  private func open(_ sheet: KeySheet, _ path: String) throws -> SigningKey {
    do {
      return try SigningKey(pem: sheet.pem)
    } catch CryptoError.passphraseNeeded {
      do {
        return try SigningKey(pem: sheet.pem, passphrase: try passphrase(for: sheet.owner))
      } catch let error as CryptoError {
        throw Failure(.malformedInput, "the private key in '\(path)' cannot be opened: \(error)")
      }
    } catch {
      throw Failure(
        .malformedInput, "the private key in '\(path)' cannot be read: \(error)",
        hint: "compare it with the paper, letter by letter")
    }
  }
}

extension KeySheet {
  fileprivate static func mistyped(_ path: String, _ expected: String, _ found: Digest) -> Failure {
    Failure(
      .malformedInput, "\(expected), and what '\(path)' holds is the key \(found.hex): a letter was mistyped",
      hint:
        "compare it with the paper, letter by letter: 0 and O, 1, l and I, and capitals are easily taken for each other"
    )
  }
}
