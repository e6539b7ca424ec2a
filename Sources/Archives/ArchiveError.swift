/// Why an archive could not be read or written, in the library's words.
package struct ArchiveError: Error, Sendable, Equatable, CustomStringConvertible {
  package let description: String

  /// - Parameter description: In the library's words, which begin like sentences.
  init(_ description: String) { self.description = description.prefix(1).lowercased() + description.dropFirst() }
}

/// The kinds of archive that are written and read.
package enum ArchiveFormat: Sendable {
  /// A zip file whose members are stored as they are (APPNOTE.TXT 6.3.10, method 0), with Zip64 records where a size, a
  /// place or a count needs them. Compressed members of others' files are read too.
  case zip
  /// A tar file of POSIX.1-1988, with pax headers where a size or name does not fit (`pax(1)`).
  case tar
  /// The same, compressed with gzip (RFC 1952), without a time or a name in its header.
  case tarGzip
}
