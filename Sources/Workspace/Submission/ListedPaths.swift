internal import Glibc

/// Where the files lie here that a list names by paths of the machine that it was made on: `Evidence\Door policy.pdf`,
/// `C:\Audit\Evidence\Door policy.pdf`, `/srv/audit/Door policy.pdf`.
struct ListedPaths {
  /// What a path comes to.
  enum Place: Equatable {
    /// From the list's folder on.
    case here(String)
    /// A path of another machine, and nothing here lies at its end.
    case nowhere
    /// A path of another machine, and several files here lie at an end of it.
    case several([String])
  }

  private let folder: String
  /// How many names at the beginning of each absolute path are those of the other machine's folders; nil where they have
  /// nothing in common.
  private let dropped: Int?
  /// Whether every path is an absolute one of Windows, and leads to a file.
  let areAllOfWindows: Bool

  /// Finds out below which of their folders the files lie here: the outermost with which every path leads to a file.
  ///
  /// - Parameters:
  ///   - paths: As the list has them.
  ///   - folder: Where the list lies, with a slash at its end; empty for the working folder.
  init(_ paths: [String], below folder: String) {
    self.folder = folder
    let parts = paths.filter(ListedPaths.isAbsolute).map(ListedPaths.parts)
    let depth = parts.map(\.count).min() ?? 0
    let found = (0..<depth).first { dropped in
      parts.allSatisfy { ListedPaths.isFile(folder + $0[dropped...].joined(separator: "/")) }
    }
    // Where not every file is here, those that are not are told under the folder that most of them lie in.
    dropped = found ?? ListedPaths.best(parts, depth, folder)
    areAllOfWindows = dropped != nil && paths.allSatisfy(ListedPaths.isOfWindows)
  }

  private static func best(_ parts: [[String]], _ depth: Int, _ folder: String) -> Int? {
    let counts = (0..<depth).map { dropped in
      parts.count { isFile(folder + $0[dropped...].joined(separator: "/")) }
    }
    guard let most = counts.max(), most > 0 else { return nil }
    return counts.firstIndex(of: most)
  }

  /// Where a file lies that has to have a hash: under the folder that all lie below, else where its longest end leads.
  func place(_ path: String) -> Place {
    guard ListedPaths.isAbsolute(path) else { return .here(relative(path)) }
    let parts = ListedPaths.parts(path)
    guard !parts.isEmpty else { return .nowhere }
    let common = dropped.map { parts.dropFirst(min($0, parts.count - 1)).joined(separator: "/") }
    if let common, ListedPaths.isFile(folder + common) { return .here(common) }
    return (ends(parts).first ?? common).map { .here($0) } ?? .nowhere
  }

  /// Where a file lies that nobody has told the hash of: an end of its path has to lead to one file alone.
  func placeUnhashed(_ path: String) -> Place {
    guard ListedPaths.isAbsolute(path) else { return .here(relative(path)) }
    let ends = ends(ListedPaths.parts(path))
    guard let first = ends.first else { return .nowhere }
    return ends.count == 1 ? .here(first) : .several(ends)
  }

  /// The ends of a path that lead to a file here, the longest first.
  private func ends(_ parts: [String]) -> [String] {
    parts.indices.map { parts[$0...].joined(separator: "/") }.filter { ListedPaths.isFile(folder + $0) }
  }

  /// With slashes, and without the `./` that `find` puts before it; a file here that has the backslashes in its name is
  /// meant itself.
  private func relative(_ path: String) -> String {
    guard path.contains("\\"), !ListedPaths.isFile(folder + path) else { return ManifestList.plain(path) }
    return ManifestList.plain(path.replacing("\\", with: "/"))
  }

  /// Whether it begins at the root of a machine's files, of whatever system.
  static func isAbsolute(_ path: String) -> Bool { path.utf8.first == UInt8(ascii: "/") || isOfWindows(path) }

  static func isOfWindows(_ path: String) -> Bool {
    let characters = Array(path.prefix(3))
    if path.hasPrefix("\\\\") { return true }
    return characters.count == 3 && characters[0].isASCII && characters[0].isLetter && characters[1] == ":"
      && (characters[2] == "\\" || characters[2] == "/")
  }

  /// Its names. Nothing above the list's folder is ever looked for.
  private static func parts(_ path: String) -> [String] {
    let isWindows = isOfWindows(path)
    let names = path.split { $0 == "/" || (isWindows && $0 == "\\") }.map(String.init)
    return names.filter { $0 != "." && $0 != ".." && !(isWindows && $0.hasSuffix(":")) }
  }

  private static func isFile(_ path: String) -> Bool {
    var status = stat()
    return unsafe fstatat(AT_FDCWD, path, &status, 0) == 0 && status.st_mode & S_IFMT == S_IFREG
  }
}
