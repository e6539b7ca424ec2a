internal import Glibc

/// Paths of another machine, as `C:\\Audit\\Evidence\\Door policy.pdf`, of files that lie here below a folder.
struct WindowsPaths {
  /// How many names at the beginning of each path are those of the other machine's folders.
  private let dropped: Int

  /// Finds out below which of their folders the files lie here: the outermost with which every path leads to a file.
  ///
  /// - Parameters:
  ///   - paths: As the list has them.
  ///   - folder: Where the list lies, with a slash at its end; empty for the working folder.
  /// - Returns: nil where they are no absolute paths of another machine, or lead nowhere.
  init?(_ paths: [String], below folder: String) {
    guard !paths.isEmpty, paths.allSatisfy(WindowsPaths.isAbsolute) else { return nil }
    let parts = paths.map(WindowsPaths.parts)
    let depth = parts.map(\.count).min() ?? 0
    let found = (0..<depth).first { dropped in
      parts.allSatisfy { FileGathering.Identity(path: folder + $0[dropped...].joined(separator: "/")) != nil }
    }
    // Where not every file is here, those that are not are told under the folder that most of them lie in.
    guard let best = found ?? WindowsPaths.best(parts, depth, folder) else { return nil }
    dropped = best
  }

  private static func best(_ parts: [[String]], _ depth: Int, _ folder: String) -> Int? {
    let counts = (0..<depth).map { dropped in
      parts.count { FileGathering.Identity(path: folder + $0[dropped...].joined(separator: "/")) != nil }
    }
    guard let most = counts.max(), most > 0 else { return nil }
    return counts.firstIndex(of: most)
  }

  /// The path from the list's folder on.
  func relative(_ path: String) -> String {
    let parts = WindowsPaths.parts(path)
    return parts.dropFirst(min(dropped, max(0, parts.count - 1))).joined(separator: "/")
  }

  private static func isAbsolute(_ path: String) -> Bool {
    let characters = Array(path.prefix(3))
    if path.hasPrefix("\\\\") { return true }
    return characters.count == 3 && characters[0].isASCII && characters[0].isLetter && characters[1] == ":"
      && (characters[2] == "\\" || characters[2] == "/")
  }

  private static func parts(_ path: String) -> [String] {
    path.split { $0 == "\\" || $0 == "/" }.map(String.init).filter { !$0.hasSuffix(":") }
  }
}
