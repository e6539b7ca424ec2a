internal import Glibc

/// The names in a folder that a user names, with those that are no text.
package enum FolderNames {
  /// In byte order; what is not UTF-8 as it can be shown.
  ///
  /// - Throws: Where the folder may not be read.
  package static func list(_ folder: String) throws -> [(name: String, isText: Bool)] {
    let syscalls = Syscalls()
    // A name that holds the character for what is no text is one that nobody can tell apart: it is not asked for.
    return try syscalls.list(syscalls.open(folder, follows: true), path: folder).map { name in
      (name, !name.unicodeScalars.contains("\u{fffd}"))
    }
  }
}

extension RegularFile {
  /// Whether a symbolic link lies there itself.
  package static func isLink(_ path: String) -> Bool {
    var status = stat()
    return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// Whether anything lies there, links followed.
  package static func leadsToFile(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0
  }

  /// What is the same for two paths to one file or folder, and for no others; nil where nothing is there.
  package static func identity(_ path: String) -> String? {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    return "\(status.st_dev):\(status.st_ino)"
  }

  /// What changes whenever a file at this path is replaced or written; the same text while nothing happens to it.
  package static func trace(_ path: String) -> String {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return "errno \(errno)" }
    let (modified, changed) = (status.st_mtim, status.st_ctim)
    return "\(status.st_dev):\(status.st_ino):\(status.st_size):\(modified.tv_sec).\(modified.tv_nsec):"
      + "\(changed.tv_sec).\(changed.tv_nsec)"
  }
}
