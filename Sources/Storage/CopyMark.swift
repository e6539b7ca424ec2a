/// Says that a folder is a copy of a store that is kept elsewhere, so that nobody appends here.
///
/// It stands in the lock file, which is no part of the store: whoever wants to append opens that file first, and a copy of
/// the copy has it, too.
///
///     copy of /srv/share/acme
package struct CopyMark: Sendable, Equatable {
  /// Where the copy was first pulled from.
  package let source: String

  package init(source: String) { self.source = source }

  private static let prefix = "copy of "
  /// The longest mark that is read, in bytes.
  private static let limit = 8192

  /// The mark of a folder; nil where it is no copy.
  package static func read(_ layout: StoreLayout) throws -> CopyMark? {
    guard let bytes = try RegularFile.read(layout.lock, limit: limit), !bytes.isEmpty else { return nil }
    // Whatever else stands there, it was written by somebody who did not want it empty.
    let text = String(decoding: bytes.prefix { $0 != 0x0a }, as: UTF8.self)
    return CopyMark(source: text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : "another place")
  }

  /// The file's bytes.
  var bytes: [UInt8] { Array("\(CopyMark.prefix)\(source)\n".utf8) }
}
