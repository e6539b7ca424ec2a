/// Says that a folder is a copy of a store that is kept elsewhere, so that nobody appends here.
///
/// It stands in the lock file, which is no part of the store: whoever wants to append opens that file first, and a copy of
/// the copy has it, too.
///
///     copy of /srv/share/acme
///
/// In a bucket the same line gives the whole address of the store in it: to whoever writes it otherwise, and to a mirror of the
/// bucket, which is a copy.
package struct CopyMark: Sendable, Equatable {
  /// Where the copy was first pulled from.
  package let source: String

  package init(source: String) { self.source = source }

  private static let prefix = "copy of "
  /// The longest mark that is read, in bytes.
  static let limit = 8192

  /// The mark of a folder; nil where it is no copy.
  package static func read(_ layout: StoreLayout) throws -> CopyMark? {
    try RegularFile.read(layout.lock, limit: limit).flatMap { CopyMark(parsing: $0) }
  }

  /// - Returns: nil for an empty file, which every store has.
  init?(parsing bytes: [UInt8]) {
    guard !bytes.isEmpty else { return nil }
    // Whatever else stands there, it was written by somebody who did not want it empty.
    let text = String(decoding: bytes.prefix { $0 != 0x0a }, as: UTF8.self)
    source = text.hasPrefix(CopyMark.prefix) ? String(text.dropFirst(CopyMark.prefix.count)) : "another place"
  }

  /// The file's bytes.
  var bytes: [UInt8] { Array("\(CopyMark.prefix)\(source)\n".utf8) }
}
