internal import Archives
internal import Crypto
internal import Glibc

/// How much an archive that somebody sent may cost.
package struct UnpackLimits: Sendable {
  /// So many members at most.
  package var members = 2_000_000
  /// So many folders deep at most.
  package var depth = 14
  /// So many bytes in a member's name at most.
  package var nameLength = 400
  /// So many times its own size it may unpack to, beyond a first part that is free.
  package var ratio = 200
  package var freeBytes = 64 << 20

  /// Ample for what custody packs.
  package init() {}
}

/// An archive that was unpacked into a folder of the user's own, which goes with it.
///
/// Nothing in it is believed: links, devices, names that lead anywhere else, two members of one name and what unpacks to
/// more than the disk, or than any honest archive, holds are refused, by what they claim and by what they turn out to be.
package final class UnpackedArchive {
  /// The folder, for the user alone.
  package let root: String
  private let syscalls: Syscalls
  private var held: FileDescriptor?

  private static let prefix = "custody-unpacked-"

  /// - Parameters:
  ///   - temporary: The folder for files that do not last.
  /// - Throws: `ArchiveUnreadable`, `StorageError`.
  package init(
    _ path: String, in temporary: String, limits: UnpackLimits = UnpackLimits(), syscalls: Syscalls = Syscalls()
  ) throws {
    self.syscalls = syscalls
    let parent = StoreLayout(root: temporary).root
    UnpackedArchive.removeLeftovers(in: parent, syscalls)
    root = "\(parent)/\(UnpackedArchive.prefix)\(Hexadecimal.encode(try RandomBytes.make(count: 8)))"
    guard try syscalls.mkdir(root, mode: 0o700) else {
      throw StorageError(.notPermitted, "'\(root)' is there already", hint: "try again")
    }
    do {
      // Locked until it goes, so that nobody takes it for a dead process's.
      let folder = try syscalls.open(root)
      _ = try syscalls.lock(folder, path: root)
      held = folder
      try unpack(path, limits)
    } catch {
      remove()
      if let error = error as? ArchiveError { throw ArchiveUnreadable("it is damaged or was cut off (\(error))") }
      throw error
    }
  }

  deinit { remove() }

  private func remove() {
    guard held != nil else { return }
    LeftoverFiles(syscalls: syscalls).remove(root)
    held?.unlock()
    held = nil
  }

  /// What a process that was killed has left, of this user's: in a folder that others write to, theirs is left alone.
  private static func removeLeftovers(in parent: String, _ syscalls: Syscalls) {
    _ = try? LeftoverFiles(syscalls: syscalls).clean(parent) { name in
      guard name.hasPrefix(prefix), name.utf8.count == prefix.utf8.count + 16 else { return false }
      var status = stat()
      return unsafe lstat("\(parent)/\(name)", &status) == 0 && status.st_uid == getuid()
        && status.st_mode & S_IFMT == S_IFDIR
    }
  }

  private func unpack(_ path: String, _ limits: UnpackLimits) throws {
    let source = try SourceFile(path, syscalls, isEvidence: false)
    let format = try self.format(source, path)
    let (product, isOver) = source.status.size.multipliedReportingOverflow(by: limits.ratio)
    let honest = isOver ? Int.max : product.addingReportingOverflow(limits.freeBytes).partialValue
    var left = min(honest < 0 ? .max : honest, try free())
    let isHonest = left == honest
    func refuseTooMuch() -> any Error {
      isHonest
        ? ArchiveUnreadable("it unpacks to more than \(limits.ratio) times its size, as nothing honest does")
        : StorageError(
          .inputOutput, "there is no room in '\(StoreLayout.parent(root))' to unpack '\(path)'",
          hint: "name a folder with more room in TMPDIR")
    }
    // What a zip or plain tar file claims is told before a byte of it is written.
    if format != .tarGzip {
      var claimed = 0
      var count = 0
      let archive = try open(source, format, path)
      while let member = try archive.next() {
        count += 1
        guard count <= limits.members else { throw ArchiveUnreadable("it has more than \(limits.members) members") }
        claimed = claimed.addingReportingOverflow(max(0, member.size ?? 0)).partialValue
        guard claimed >= 0, claimed <= left else { throw refuseTooMuch() }
      }
    }
    let archive = try open(source, format, path)
    var names: Set<String> = []
    var count = 0
    while let member = try archive.next() {
      count += 1
      guard count <= limits.members else { throw ArchiveUnreadable("it has more than \(limits.members) members") }
      let parts = try UnpackedArchive.segments(member, limits)
      if parts.isEmpty { continue }
      let inside = parts.joined(separator: "/")
      guard names.insert(inside.lowercased()).inserted || member.isFolder else {
        throw ArchiveUnreadable("it has two members '\(inside)', or two that differ in case alone")
      }
      let target = "\(root)/\(inside)"
      do {
        try makeFolder(member.isFolder ? target : StoreLayout.parent(target))
        if member.isFolder { continue }
        guard (member.size ?? 0) <= left else { throw refuseTooMuch() }
        let file = try syscalls.create(target, mode: 0o600)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 4096)
        defer { unsafe buffer.deallocate() }
        while case let size = try unsafe archive.read(into: buffer), size > 0 {
          left -= size
          guard left >= 0 else { throw refuseTooMuch() }
          try unsafe syscalls.write(UnsafeRawBufferPointer(rebasing: buffer[..<size]), to: file, path: target)
        }
      } catch let error as StorageError where [EEXIST, ENOTDIR, EISDIR].contains(error.errorNumber) {
        throw ArchiveUnreadable("'\(inside)' is a file and a folder in it, or is there twice")
      }
    }
    guard count > 0 else { throw ArchiveUnreadable("it is empty") }
    if format == .zip { try source.checkDirectory(of: count, syscalls, path) }
    try source.checkUnchanged(size: source.status.size)
  }

  private func makeFolder(_ path: String) throws {
    guard path.utf8.count > root.utf8.count, try syscalls.status(path)?.kind != .folder else { return }
    try makeFolder(StoreLayout.parent(path))
    try syscalls.mkdir(path, mode: 0o700)
  }

  private func open(_ source: SourceFile, _ format: ArchiveFormat, _ path: String) throws -> ArchiveReader {
    let syscalls = syscalls
    return try unsafe ArchiveReader(format, size: source.status.size) { position, buffer in
      try unsafe syscalls.read(source.descriptor, at: position, into: buffer, path: path)
    }
  }

  /// What kind of archive it is, by its first bytes.
  private func format(_ source: SourceFile, _ path: String) throws -> ArchiveFormat {
    var head = [UInt8](repeating: 0, count: 512)
    let count = try unsafe head.withUnsafeMutableBytes { buffer in
      try unsafe syscalls.read(source.descriptor, at: 0, into: buffer, path: path)
    }
    if head.starts(with: [0x50, 0x4b]) { return .zip }
    if head.starts(with: [0x1f, 0x8b]) { return .tarGzip }
    if count == 512, head[257..<262].elementsEqual("ustar".utf8) { return .tar }
    throw ArchiveUnreadable("it is no zip, tar or tar.gz file")
  }

  /// Room that is left for this user where the folder lies, less a little that others may need.
  private func free() throws -> Int {
    var status = statvfs()
    guard unsafe statvfs(root, &status) == 0 else { return .max }
    let (bytes, isOver) = Int(clamping: status.f_bavail).multipliedReportingOverflow(by: Int(status.f_frsize))
    return isOver ? .max : max(0, bytes - (16 << 20))
  }

  /// The parts of a member's name.
  ///
  /// - Throws: For a member that is neither a file nor a folder, and for a name that means anything but a place below.
  private static func segments(_ member: ArchiveReader.Member, _ limits: UnpackLimits) throws -> [String] {
    guard let name = member.name else {
      throw ArchiveUnreadable("it has a member whose name is not in ASCII, as custody gives none")
    }
    guard member.isFile || member.isFolder else {
      throw ArchiveUnreadable("'\(name)' in it is a link or a device, which no pack holds")
    }
    var text = name[...]
    while text.hasPrefix("./") { text = text.dropFirst(2) }
    if member.isFolder {
      if text == "." { return [] }
      if text.hasSuffix("/") { text = text.dropLast() }
    }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard name.utf8.count <= limits.nameLength, parts.count <= limits.depth else {
      throw ArchiveUnreadable("a name in it is longer or deeper than any that custody gives")
    }
    let isPlain = parts.allSatisfy { part in
      !part.isEmpty && part != "." && part != ".."
        && part.utf8.allSatisfy { (0x20..<0x7f).contains($0) && !"\\:*?\"<>|".utf8.contains($0) }
    }
    guard isPlain else {
      throw ArchiveUnreadable("'\(name)' in it is a name that would lead elsewhere, or that not every system takes")
    }
    return parts
  }
}
