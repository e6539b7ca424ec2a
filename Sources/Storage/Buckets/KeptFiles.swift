internal import Crypto
internal import Glibc
internal import TreeLog

/// What was read of a store elsewhere and never changes there, kept at hand: safe to delete, and checked when it is read.
///
/// Each file is what was read, followed by its SHA-256: one that a crash or a disk has spoilt is as good as none.
package struct KeptFiles: Sendable {
  private let folder: String
  private let syscalls = Syscalls()
  /// No more is kept than this, in bytes; what was kept longest goes first.
  private let limit: Int

  /// - Parameter folder: Made with the first file.
  package init(folder: String, limit: Int = 256 << 20) {
    self.folder = folder
    self.limit = limit
  }

  private func path(_ name: String) -> String {
    "\(folder)/\(name.split(separator: "/").joined(separator: "-"))"
  }

  func bytes(_ name: String) -> [UInt8]? {
    guard let all = try? RegularFile.read(path(name), limit: 64 << 20), all.count >= 32 else { return nil }
    let bytes = [UInt8](all.dropLast(32))
    return SHA256.hash(bytes).bytes == [UInt8](all.suffix(32)) ? bytes : nil
  }

  /// Keeps a file's bytes. Not to be able to is no error: they are asked for again.
  func keep(_ bytes: [UInt8], as name: String) {
    let path = path(name)
    guard let random = try? RandomBytes.make(count: 8) else { return }
    let draft = "\(folder)/.\(Hexadecimal.encode(random))"
    do {
      try syscalls.mkdir(StoreLayout.parent(folder), mode: 0o700)
      try syscalls.mkdir(folder, mode: 0o700)
      let file = try syscalls.create(draft, mode: 0o600)
      try unsafe (bytes + SHA256.hash(bytes).bytes).withUnsafeBytes {
        try unsafe syscalls.write($0, to: file, path: draft)
      }
      try syscalls.rename(draft, to: path)
      // To look through all of them each time would cost more than a little too much on the disk now and then.
      if bytes.count > 1 << 20 || Int.random(in: 0..<64) == 0 { trim() }
    } catch {
      try? syscalls.unlink(draft)
    }
  }

  /// Whether there is such a file, whatever it holds.
  func has(_ name: String) -> Bool { ((try? syscalls.status(path(name))) ?? nil) != nil }

  /// Removes those of some files that are there.
  func forget(_ names: [String]) {
    guard !names.isEmpty, let there = (try? syscalls.list(folder)).map(Set.init) else { return }
    for name in names where there.contains(StoreLayout.name(path(name))) { try? syscalls.unlink(path(name)) }
  }

  /// Lets the oldest go where there is too much.
  package func trim() {
    guard let names = try? syscalls.list(folder) else { return }
    let files = names.compactMap { name -> (path: String, size: Int, time: Int)? in
      let path = "\(folder)/\(name)"
      guard let status = try? syscalls.status(path), status.kind == .regular else { return nil }
      return (path, status.size, status.modified)
    }
    var total = files.reduce(0) { $0 + $1.size }
    guard total > limit else { return }
    for file in files.sorted(by: { $0.time < $1.time }) where total > limit {
      try? syscalls.unlink(file.path)
      total -= file.size
    }
  }
}
