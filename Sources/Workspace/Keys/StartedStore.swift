internal import Crypto
internal import Findings
internal import FoundationEssentials
internal import Storage
internal import Verification

/// A store that a key was made for, and that may never have come to be: `keys/<key id>.founding`, from before the key is
/// kept until the store is remembered.
///
/// So that an `init` that was broken off can be run again: what it left is taken for what it is, and neither a key without
/// a store nor a store that nobody remembers stays behind.
struct StartedStore: Codable {
  let origin: String
  /// The folder that the store was to have.
  let path: String
  /// Of the folder in which that one lies: an absent disk is not taken for an absent store.
  let parentInode: UInt64?

  init(origin: String, path: String) {
    self.origin = origin
    self.path = path
    parentInode = PrivateFile.inode(ofFolder: StartedStore.parent(path))
  }

  /// Whether a store of that origin stands where it was to stand, or has been renamed since.
  var isThere: Bool {
    let parent = StartedStore.parent(path)
    let siblings = ((try? PrivateFile.names(in: parent)) ?? []).map { "\(parent)/\($0)" }
    return ([path] + siblings).contains { hasOrigin(StoreLayout(root: $0)) }
  }

  /// Whether it can be said for sure that there is no such store.
  var isGone: Bool {
    guard let parentInode else { return false }
    return PrivateFile.inode(ofFolder: StartedStore.parent(path)) == parentInode && !isThere
  }

  private func hasOrigin(_ layout: StoreLayout) -> Bool {
    let bytes = (try? RegularFile.read(layout.configuration, limit: 1 << 16)) ?? nil
    return bytes.flatMap { StoreConfiguration(parsing: $0) }?.origin == origin
  }

  private static func parent(_ path: String) -> String {
    let parent = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    return parent.isEmpty ? "/" : parent
  }
}

extension KeyChain {
  private static let ending = ".founding"

  /// Keeps others of the same home from making keys and stores meanwhile.
  func whileLocked<Result>(_ body: () throws -> Result) throws -> Result {
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

  /// Notes that a key is about to be kept for a store that is not there yet.
  func begin(_ store: StartedStore, with key: Digest) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let bytes = [UInt8](try encoder.encode(store)) + [0x0a]
    try Home.using(folder) { try PrivateFile.create("\(folder)/\(key.hex)\(KeyChain.ending)", bytes: bytes) }
  }

  /// Notes that the store is there and remembered, or that it will never be.
  func end(_ key: Digest) { try? PrivateFile.remove(["\(key.hex)\(KeyChain.ending)"], in: folder) }

  /// The stores that were begun, and with which key.
  func begun() throws -> [(key: Digest, store: StartedStore)] {
    try Home.using(folder) { try PrivateFile.names(in: folder) }.compactMap { name in
      guard name.hasSuffix(KeyChain.ending), let key = Digest(hex: String(name.dropLast(KeyChain.ending.count))),
        let bytes = (try? RegularFile.read("\(folder)/\(name)", limit: 1 << 16)) ?? nil,
        let store = try? JSONDecoder().decode(StartedStore.self, from: Data(bytes))
      else { return nil }
      return (key, store)
    }
  }
}
