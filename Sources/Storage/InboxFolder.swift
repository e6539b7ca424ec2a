internal import Crypto
internal import Glibc

/// A store's drop box: what people leave there to be appended.
///
/// Nothing in it is believed, and no link is followed. What writers stage there, and objects under their SHA-256 that an
/// offer may bring, are no files that wait.
package struct InboxFolder {
  private let layout: StoreLayout
  private let syscalls: Syscalls

  /// Where files go that were refused, each with a file beside it that says why.
  package static let refused = "refused"
  /// What the name of that file ends in.
  package static let reason = ".reason.txt"
  /// What the name of a file begins with that was taken and is about to go. One that a crash left is looked at again.
  private static let taken = ".taken-"
  /// No name is longer, so that a reason's fits beside it (`NAME_MAX`).
  private static let nameLimit = 200

  package init(_ layout: StoreLayout, syscalls: Syscalls = Syscalls()) {
    self.layout = layout
    self.syscalls = syscalls
  }

  /// The names of the regular files that wait, in byte order.
  package func names() -> [String] {
    ((try? syscalls.list(layout.inbox)) ?? []).filter { name in
      guard InboxFolder.isPlain(name), !InboxFolder.isObject(name) else { return false }
      return (try? syscalls.status(path(name)))??.kind == .regular
    }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The names of links, folders and the like that people left there, in byte order. None is followed or looked into: only
  /// files are taken.
  package func others() -> [String] {
    let names = (try? syscalls.list(layout.inbox)) ?? []
    let there = Set(names)
    return names.filter { name in
      guard name != InboxFolder.refused, InboxFolder.isPlain(name), !InboxFolder.isObject(name) else { return false }
      // The objects of an offer that waits beside them.
      if name.hasSuffix(".objects"), there.contains(String(name.dropLast(".objects".count))) { return false }
      guard let kind = (try? syscalls.status(path(name)))??.kind else { return false }
      return kind != .regular
    }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Whether a name may be that of a file that waits: no dot file, and none that a program of ours is still writing.
  private static func isPlain(_ name: String) -> Bool {
    (name.utf8.first != UInt8(ascii: ".") || name.hasPrefix(taken)) && name.utf8.count <= nameLimit
      && !DurableFile.isDraft(name)
      && name.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7f..<0xa0).contains($0.value) && $0 != "\u{fffd}" }
  }

  /// Whether a name is an object's SHA-256.
  package static func isObject(_ name: String) -> Bool {
    name.utf8.count == 64 && name.utf8.allSatisfy { Character(UnicodeScalar($0)).isHexDigit }
  }

  package func path(_ name: String) -> String { "\(layout.inbox)/\(name)" }

  /// How many seconds ago a file was last written to; nil where that cannot be told.
  package func age(of name: String, now: Int) -> Int? {
    (try? syscalls.status(path(name)))?.map { max(0, now - $0.modified) }
  }

  /// Which file lies under a name, to be told from another that takes its place.
  package struct Mark: Sendable, Equatable {
    private let inode: UInt64
    private let size: Int
    private let modified: [Int]

    fileprivate init(_ status: FileStatus) {
      (inode, size, modified) = (status.inode, status.size, [status.modified, status.modifiedNanoseconds])
    }
  }

  /// nil where there is none.
  package func mark(of name: String) -> Mark? { (try? syscalls.status(path(name))).flatMap { $0 }.map { Mark($0) } }

  /// Removes a file that was taken, and the folder of objects that came with it; one that has taken its place since stays.
  ///
  /// - Returns: Whether it is gone.
  package func remove(_ name: String, _ mark: Mark?) throws -> Bool {
    // Under a name of its own first: who drops another file of that name meanwhile does not lose it.
    let aside = "\(InboxFolder.taken)\(Hexadecimal.encode(try RandomBytes.make(count: 8)))"
    do {
      try syscalls.rename(path(name), to: path(aside))
    } catch let error as StorageError where error.errorNumber == ENOENT {
      return true
    }
    guard let mark, self.mark(of: aside) == mark else {
      // Where yet another has come in between, it waits under the name that it has now.
      _ = try syscalls.renameToNew(path(aside), to: path(name))
      return false
    }
    try syscalls.unlink(path(aside))
    LeftoverFiles(syscalls: syscalls).remove(path("\(name).objects"))
    return true
  }

  /// Whether something has a name among those put aside, or the name that its reason would have.
  private func isTaken(_ path: String) throws -> Bool {
    try syscalls.status(path) != nil || syscalls.status("\(path)\(InboxFolder.reason)") != nil
  }

  /// Puts a file aside, with the reason beside it.
  ///
  /// - Returns: Its place, from the store's folder on.
  @discardableResult
  package func refuse(_ name: String, because reason: String) throws -> String {
    let folder = path(InboxFolder.refused)
    try syscalls.mkdir(folder)
    var target = name
    var count = 1
    while try isTaken("\(folder)/\(target)") {
      count += 1
      target = "\(count)-\(name)"
    }
    let place = "\(folder)/\(target)"
    var batch = SyncBatch(syscalls: syscalls)
    try batch.write(Array("\(reason)\n".utf8), to: "\(place)\(InboxFolder.reason)")
    batch.add(folder: layout.inbox)
    // Both names until the new one, and the folder that it lies in, are on the disk: a power cut may take back either half
    // of a rename between folders.
    let hasBoth = try syscalls.link(path(name), to: place)
    // One that may not be read was nobody's to wait for.
    if hasBoth { try? batch.add(path: place) }
    try batch.flush(root: layout.inbox)
    if hasBoth {
      try syscalls.unlink(path(name))
    } else {
      try syscalls.rename(path(name), to: place)
      try syscalls.fsync(syscalls.open(folder), path: folder)
    }
    try syscalls.fsync(syscalls.open(layout.inbox), path: layout.inbox)
    let objects = "\(name).objects"
    if try syscalls.status(path(objects))?.kind == .folder {
      try? syscalls.rename(path(objects), to: "\(folder)/\(target).objects")
    }
    return "\(StoreLayout.name(layout.inbox))/\(InboxFolder.refused)/\(target)"
  }
}
