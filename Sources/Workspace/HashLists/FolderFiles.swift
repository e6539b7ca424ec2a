package import Crypto
internal import Findings
internal import Glibc
internal import Storage

/// The regular files below a folder with their hashes, in byte order of their names.
///
/// Links are never followed, so that nothing outside is read; the store and the user's keys are left alone.
package struct FolderFiles: Sendable {
  package struct File: Sendable {
    /// Below the folder, with slashes.
    package let path: String
    package let digest: Digest
    package let size: Int
  }

  package private(set) var files: [File] = []
  /// What was left out, and why, a phrase each.
  package private(set) var skipped: [String] = []
  private let kept: [FileGathering.Identity: String]
  private let leftOut: Set<FileGathering.Identity>

  private static let depthLimit = 200

  /// - Parameters:
  ///   - others: Files that are not looked at, wherever they lie.
  ///   - store: nil far from one.
  package init(_ folder: String, besides others: [String] = [], home: Home, store: OpenedStore?) throws {
    var kept: [FileGathering.Identity: String] = [:]
    if let identity = FileGathering.Identity(path: home.path) { kept[identity] = "your keys" }
    if let root = store?.layout.root, let identity = FileGathering.Identity(path: root) {
      kept[identity] = "the store itself"
    }
    self.kept = kept
    leftOut = Set(others.compactMap { FileGathering.Identity(path: $0) })
    var status = stat()
    guard unsafe fstatat(AT_FDCWD, folder, &status, 0) == 0 else {
      throw Failure(.inputMissing, "there is no folder '\(folder)'")
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw Failure(.usage, "'\(folder)' is not a folder", hint: "name the folder that holds the artifacts")
    }
    if let what = kept[FileGathering.Identity(status)] {
      throw Failure(.usage, "'\(folder)' is \(what), which is not evidence", hint: "name the folder with the artifacts")
    }
    try walk(folder, below: "", depth: 0)
  }

  private mutating func walk(_ folder: String, below name: String, depth: Int) throws {
    guard depth < FolderFiles.depthLimit else {
      throw Failure(.malformedInput, "'\(folder)' lies deeper than \(FolderFiles.depthLimit) folders")
    }
    for (raw, _) in try FileGathering.list(folder) {
      guard let own = String(validating: raw, as: UTF8.self) else {
        skipped.append("'\(name)\(ByteText.visible(raw))', whose name is not UTF-8")
        continue
      }
      let path = folder.last == "/" ? folder + own : "\(folder)/\(own)"
      var status = stat()
      guard unsafe lstat(path, &status) == 0 else {
        let reason = unsafe String(cString: strerror(errno)).lowercased()
        throw Failure(.ioError, "cannot look at '\(path)': \(reason)")
      }
      let identity = FileGathering.Identity(status)
      switch status.st_mode & S_IFMT {
      case S_IFREG where leftOut.contains(identity): continue
      case S_IFREG:
        let (digest, size) = try unsafe SourceFile.measure(path) { _ in }
        files.append(File(path: name + own, digest: digest, size: size))
      case S_IFDIR:
        if let what = kept[identity] {
          skipped.append("'\(name)\(own)', which is \(what)")
        } else {
          try walk(path, below: "\(name)\(own)/", depth: depth + 1)
        }
      case S_IFLNK: skipped.append("the symbolic link '\(name)\(own)'")
      default: skipped.append("'\(name)\(own)', which is not a regular file")
      }
    }
  }
}
