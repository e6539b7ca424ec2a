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
    var count = 0
    for name in try syscalls.list(layout.inbox) where name.utf8.starts(with: StoreLayout.stagingPrefix.utf8) {
      let path = "\(layout.inbox)/\(name)"
      guard isAbandoned(path) else { continue }
      remove(path)
      if (try? syscalls.status(path)) == .some(nil) { count += 1 }
    }
    return count
  }

  /// A file is the last writer's, who is gone; a folder is somebody's for as long as it is locked.
  private func isAbandoned(_ path: String) -> Bool {
    guard let status = try? syscalls.status(path), status.kind == .folder else { return true }
    guard let folder = try? syscalls.open(path) else { return true }
    let isFree = (try? syscalls.lock(folder, path: path)) ?? false
    if isFree { folder.unlock() }
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
