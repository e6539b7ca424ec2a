internal import Crypto
internal import Glibc

/// Where objects lie under their digests: in a store, or in the folder beside an offer.
enum ObjectPlace: Sendable {
  case store(StoreLayout)
  case folder(String)

  /// Where they are staged.
  var staging: String {
    switch self {
    case .store(let layout): layout.inbox
    case .folder(let path): path
    }
  }

  /// Of a store's objects nobody may change one; what is to be mailed is like any file.
  var mode: mode_t {
    switch self {
    case .store: 0o444
    case .folder: 0o644
    }
  }

  func path(_ digest: Digest) -> String {
    switch self {
    case .store(let layout): layout.object(digest)
    case .folder(let path): "\(path)/\(digest.hex)"
    }
  }
}

/// The folder beside an offer, in which the objects lie that it brings.
package struct OfferFolder: Sendable {
  package let path: String
  /// Takes objects in.
  package let objects: ObjectStore
  private let syscalls: Syscalls
  private let isNew: Bool

  /// Makes the folder, in one that is there, and removes what a crash left in it.
  package init(_ path: String, syscalls: Syscalls = Syscalls()) throws {
    self.path = path
    self.syscalls = syscalls
    isNew = try syscalls.mkdir(path)
    _ = try? LeftoverFiles(syscalls: syscalls).clean(path) {
      $0.utf8.starts(with: StoreLayout.stagingPrefix.utf8)
    }
    objects = ObjectStore(.folder(path), syscalls: syscalls)
  }

  /// Waits until objects, their names and the folder's own are on the disk.
  package func wait(for stored: [StoredObject]) throws {
    var batch = SyncBatch(syscalls: syscalls)
    for object in stored { try batch.add(path: "\(path)/\(object.digest.hex)") }
    // The folder's own, even where it was there: whoever made it may have died before that was on the disk.
    batch.add(folder: StoreLayout.parent(path))
    try batch.flush(root: path)
  }

  /// Takes back what was put there for nothing.
  package func withdraw(_ stored: [StoredObject]) {
    objects.withdraw(stored)
    objects.endStaging()
    if isNew { try? syscalls.rmdir(path) }
  }
}
