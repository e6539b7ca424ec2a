internal import Findings
internal import Glibc

/// The file that a name means which is written with the same letters in other bytes: macOS takes accents apart (NFD),
/// other systems and most lists do not (NFC).
enum EquivalentName {
  /// The path on the disk of a file whose names are canonically equivalent to those of a path (Unicode Standard, section
  /// 3.7, D70); nil where there is none, and where several could be meant.
  static func onDisk(_ path: String) -> String? {
    // Without a letter beyond ASCII there is one way to write it.
    guard path.utf8.contains(where: { $0 >= 0x80 }) else { return nil }
    var found = path.utf8.first == UInt8(ascii: "/") ? "/" : ""
    for name in path.split(separator: "/") {
      let own = found + name
      if exists(own) {
        found = own + "/"
        continue
      }
      let names = (try? FileGathering.list(found.isEmpty ? "." : found)) ?? []
      // Swift's own comparison of text is the canonical one.
      let equal = names.compactMap { String(validating: $0.name, as: UTF8.self) }.filter { $0 == name }
      guard equal.count == 1 else { return nil }
      found += equal[0] + "/"
    }
    if found.hasSuffix("/") { found.removeLast() }
    return found
  }

  private static func exists(_ path: String) -> Bool {
    var status = stat()
    return unsafe fstatat(AT_FDCWD, path, &status, 0) == 0
  }
}
