package import Crypto

/// A file of a pack, before it is written.
package struct PackFile: Sendable {
  /// Below the pack's folder, with slashes, in ASCII.
  package let path: String
  /// In bytes.
  package let size: Int
  /// What it hashes to, where that is known beforehand: evidence and the other objects of the log.
  package let digest: Digest?
}

/// Where the files of a pack go: an archive, a folder, a count, or the comparison with a pack that somebody sent.
package protocol PackSink: AnyObject {
  /// Whether objects have to be there: only who compares goes on without one, and leaves it to the objects' own question.
  var needsObjects: Bool { get }
  /// Takes a file.
  ///
  /// - Parameter body: Told how to write its bytes, all of them; need not be called for one whose digest is known.
  /// - Returns: What it hashes to.
  func take(_ file: PackFile, _ body: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void) throws -> Digest
}
