internal import Glibc

/// What crashed writers left in the inbox.
struct LeftoverFiles {
  /// No folder of a writer's is deeper; what is stays.
  private static let depthLimit = 16

  let syscalls: Syscalls

  /// Removes what no running process holds; what cannot be removed stays, and keeps nobody from writing.
  ///
  /// - Returns: How many were removed.
  @discardableResult
  func clean(_ layout: StoreLayout) throws -> Int {
    try clean(layout.inbox) { isStaging($0) || (DurableFile.isDraft($0) && isOld("\(layout.inbox)/\($0)")) }
  }

  /// Nobody writes a draft for so many seconds.
  private static let draftPatience = 3600

  private func isOld(_ path: String) -> Bool {
    guard let status = (try? syscalls.status(path)).flatMap({ $0 }) else { return false }
    return time(nil) - status.modified > LeftoverFiles.draftPatience
  }

  /// Whether a name is one that a writer stages under.
  private func isStaging(_ name: String) -> Bool { name.utf8.starts(with: StoreLayout.stagingPrefix.utf8) }

  /// Removes of a folder what has such a name and is held by no running process.
  ///
  /// - Returns: How many were removed.
  @discardableResult
  func clean(_ folder: String, _ isMeant: (String) -> Bool) throws -> Int {
    var count = 0
    for name in try syscalls.list(folder) where isMeant(name) {
      let path = "\(folder)/\(name)"
      guard isAbandoned(path) else { continue }
      remove(path)
      if (try? syscalls.status(path)) == .some(nil) { count += 1 }
    }
    return count
  }

  /// The file whose lock says that a folder is somebody's.
  static func lock(in folder: String) -> String { "\(folder)/lock" }

  /// A file is the last writer's, who is gone; a folder is somebody's for as long as it, or the file `lock` in it, is
  /// locked.
  private func isAbandoned(_ path: String) -> Bool {
    guard let status = try? syscalls.status(path), status.kind == .folder else { return true }
    let lock = LeftoverFiles.lock(in: path)
    let hasLock = (try? syscalls.status(lock)) != .some(nil)
    guard let opened = try? hasLock ? syscalls.openLock(lock) : syscalls.open(path) else { return false }
    let isFree = (try? syscalls.lock(opened, path: path)) ?? false
    if isFree { opened.unlock() }
    return isFree
  }

  /// Removes a file, or a folder and what is in it; links are removed, not followed.
  func remove(_ path: String) { remove(path, depth: 0) }

  private func remove(_ path: String, depth: Int) {
    guard depth < LeftoverFiles.depthLimit else { return }
    guard let status = try? syscalls.status(path), status.kind == .folder else {
      try? syscalls.unlink(path)
      return
    }
    for name in (try? syscalls.list(path)) ?? [] { remove("\(path)/\(name)", depth: depth + 1) }
    try? syscalls.rmdir(path)
  }
}
