internal import Crypto
internal import Findings
internal import Ownership
internal import Storage
internal import TreeLog

/// An `init` that was broken off, and is run again.
extension Desk {
  /// The key of a store that was being made when the power went, and that may never have come to be.
  ///
  /// - Throws: `cannotCreate` where the origin is that of another key.
  func leftFromBefore(_ new: NewStore) throws -> HeldKey? {
    let held = try KeyChain(home).all()
    let left = held.first { key in
      guard let place = key.founding, key.owner == new.member, new.origin ?? key.origin == key.origin else {
        return false
      }
      return place.isFree(origin: key.origin) || place.hasStore(origin: key.origin)
    }
    if left == nil, let origin = new.origin, held.contains(where: { $0.origin == origin }) {
      throw Failure(
        .cannotCreate, "you hold a key for a store '\(origin)' already: an origin names one log for ever",
        hint: "choose another --origin")
    }
    return left
  }

  /// The store that an earlier run made, and was broken off before it could say so: what is missing beside it is made
  /// good.
  ///
  /// - Returns: nil where it is still to be made.
  /// - Throws: `cannotCreate` where it was made elsewhere.
  func resume(_ left: HeldKey?, at path: String) throws -> MadeStore? {
    guard let left, let place = left.founding, place.hasStore(origin: left.origin) else { return nil }
    guard place.path == path, let key = try? VerificationKey(base64: left.publicKey) else {
      throw Failure(
        .cannotCreate, "an earlier run made the store '\(left.origin)' at '\(place.path)', and was broken off",
        hint: "run that one again, or choose another --origin")
    }
    let store = try open(path)
    let genesis = try store.genesis()
    // Whoever was broken off may not have waited for the store's own name either.
    try PrivateFile.makeFolder(path)
    try store.contents.waitForCheckpoint()
    try TrustMemory(home).update(store.origin) { $0 ?? store.seen(genesis: genesis) }
    notices.say("an earlier run made this store, and was broken off before it could say so")
    let recovery = store.state.membership.keys.first { $0.use == .recovery }?.keyID
    return MadeStore(
      path: path, checkpoint: store.checkpoint, member: left.owner, key: key, recoveryKeyID: recovery)
  }

  /// Notes that the store that a key was made with is there and remembered.
  func endFounding(_ keyID: Digest) throws {
    let chain = KeyChain(home)
    guard let held = try chain.all().first(where: { $0.keyID == keyID && $0.founding != nil }) else { return }
    try chain.note(held, founding: nil)
  }

  /// The recovery key on a page that an earlier run wrote; nil where there is none.
  func sheet(at path: String, of client: String, _ origin: String) throws -> SigningKey? {
    guard let bytes = try RegularFile.read(path, limit: 1 << 16),
      let sheet = try? KeySheet(
        reading: String(decoding: bytes, as: UTF8.self), from: path, owner: nil, origin: nil, use: nil),
      sheet.owner == client, sheet.origin == origin, sheet.use == .recovery
    else { return nil }
    return try? SigningKey(pem: sheet.pem)
  }
}
