internal import Findings
internal import FoundationEssentials
internal import Storage
internal import Verification

/// Where the store was to stand that a key was made with: noted beside the key until the store is there and remembered.
///
/// So that an `init` that was broken off can be run again, and no second log is begun under the name and with the key of
/// one that is there already.
package struct FoundingPlace: Codable, Sendable, Equatable {
  /// The store's folder.
  package let path: String

  package init(path: String) { self.path = path }

  /// Whether a store of that origin stands there, or beside it under another name.
  func hasStore(origin: String) -> Bool {
    let parent = FoundingPlace.parent(path)
    let siblings = ((try? PrivateFile.names(in: parent)) ?? []).map { "\(parent)/\($0)" }
    return ([path] + siblings).contains { FoundingPlace.origin(of: $0) == origin }
  }

  /// Whether it can be said for sure that no store of that origin came to be there.
  func isFree(origin: String) -> Bool {
    // A disk that is not there says nothing about what is on it.
    PrivateFile.isFolder(FoundingPlace.parent(path)) && !hasStore(origin: origin)
  }

  private static func origin(of folder: String) -> String? {
    // What is being made, or was left by a crash, is no store.
    guard !folder.split(separator: "/").contains(where: { $0.utf8.first == UInt8(ascii: ".") && $0.contains(".init-") })
    else { return nil }
    let bytes = (try? RegularFile.read(StoreLayout(root: folder).configuration, limit: 1 << 16)) ?? nil
    return bytes.flatMap { StoreConfiguration(parsing: $0) }?.origin
  }

  private static func parent(_ path: String) -> String {
    let parent = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    return parent.isEmpty ? "/" : parent
  }
}

extension KeyChain {
  /// Keeps others of the same home from making keys and stores meanwhile.
  package func whileLocked<Result>(_ body: () throws -> Result) throws -> Result {
    try makeFolder()
    let lock: FileLock
    do {
      lock = try FileLock("\(folder)/.lock")
    } catch {
      // As a failure of the home's; what is done there has its own.
      throw Home.told(error, of: folder)
    }
    return try lock.whileHeld {
      PrivateFile.removeDrafts(in: folder)
      return try body()
    }
  }
}
