package import Crypto

extension Membership {
  /// Why a key's signature under a checkpoint of so many entries says nothing of the log: a clause; nil where the key might
  /// sign such a tree.
  ///
  /// A tree that ends in the very entry that takes a key's right away is signed by that key only where it appended that
  /// entry itself; of all larger ones it signs none, and whoever has got hold of it since can make as many as they like.
  ///
  /// - Parameter appender: Whose key appended an entry; nil where that cannot be told.
  package func whyNotItsWord(
    _ id: Digest, size: Int, appender: (Int) throws -> Digest?
  ) rethrows -> String? {
    guard let key = key(id) else { return "no key of this log has signed it" }
    func isOver(_ entry: Int) throws -> Bool {
      if size > entry + 1 { return true }
      return try size == entry + 1 && appender(entry) != id
    }
    if let entry = key.revoked, try isOver(entry) {
      return "it is signed with a key of \(key.owner) that entry \(entry) had revoked by then"
    }
    if let entry = member(key.owner)?.left, try isOver(entry) {
      return "it is signed by \(key.owner), who had left by then, with entry \(entry)"
    }
    if let entry = party(key.party)?.leftEntry, try isOver(entry) {
      return "it is signed by \(key.owner), and '\(key.party)' had left by then, with entry \(entry)"
    }
    return nil
  }
}
