package import Crypto
package import TreeLog

extension StoreContents {
  /// The checkpoint that lies in a store, with its signatures, if it is of this tree.
  ///
  /// - Returns: nil where it is of another by now.
  package func signedNote(of tree: Checkpoint) throws -> SignedNote? {
    guard let bytes = try checkpoint(), let found = try? UnverifiedCheckpoint(parsing: bytes), found.tree == tree else {
      return nil
    }
    return found.note
  }
}
