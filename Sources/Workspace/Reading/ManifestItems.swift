package import Crypto
internal import Findings
package import Statements
internal import Storage
internal import TreeLog

/// What a manifest in a store lists.
package enum ManifestItems {
  /// Gives each item to a closure, in byte order of the names.
  ///
  /// - Returns: Whether the manifest is there.
  /// - Throws: Where it is no manifest, or not what its name says.
  package static func forEach(_ manifest: Digest, _ store: OpenedStore, _ body: (Manifest.Item) throws -> Void) throws
    -> Bool
  {
    var reader = ManifestReader()
    var hasher = SHA256Hasher()
    do {
      let size = try unsafe store.contents.readObject(manifest) { chunk in
        unsafe hasher.update(chunk)
        try unsafe reader.feed(chunk, body)
      }
      guard size != nil else { return false }
      try reader.finish()
    } catch let error as Manifest.SyntaxError {
      throw Failure(
        .answerNo, "the manifest \(manifest.short) is not one: \(error)",
        hint: "'custody verify' says what else is wrong")
    }
    let found = hasher.finalize()
    guard found == manifest else {
      throw Failure(
        .answerNo, "the manifest \(manifest.short) is not what was submitted: it hashes to \(found.hex)",
        hint: "restore it from a copy; 'custody verify' says what else is wrong")
    }
    return true
  }
}
