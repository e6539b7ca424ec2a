internal import Glibc

/// How many files were waited for.
package enum SyncWay: Sendable, Equatable {
  /// One by one: they were few.
  case few(Int)
  /// With the whole file system at once (`syncfs(2)`).
  case fileSystem
  /// One by one though they were many, for what keeps `syncfs` from being enough.
  case each(Int, because: String)

  /// Why `syncfs` on one folder would not do for others; nil where it does.
  ///
  /// - Parameters:
  ///   - root: An open folder.
  ///   - folders: Those in which files were written.
  static func obstacle(_ root: FileDescriptor, path: String, folders: Set<String>, _ syscalls: Syscalls) -> String? {
    // Before 5.8 it does not tell of what could not be written.
    guard let kernel = kernel(), kernel >= (5, 8) else { return "the kernel is older than 5.8" }
    guard let type = try? syscalls.fileSystemType(root, path: path) else { return "the file system is unknown" }
    switch type {
    case 0x6573_5546: return "the store lies on FUSE"
    case 0x794c_7630 where isVolatile(): return "the store lies on an overlay that may be volatile"
    default: break
    }
    guard let device = try? syscalls.status(root, path: path).device else { return "the file system is unknown" }
    for folder in folders.sorted() {
      // A folder that cannot be looked at is not known to lie there.
      guard let status = try? syscalls.status(folder), status.device == device else {
        return "another file system is mounted at '\(folder)'"
      }
    }
    return nil
  }

  /// The first two numbers of the kernel's release.
  private static func kernel() -> (Int, Int)? {
    var name = utsname()
    guard unsafe uname(&name) == 0 else { return nil }
    let release = unsafe withUnsafeBytes(of: &name.release) {
      unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
    }
    return kernel(release: release)
  }

  static func kernel(release: String) -> (Int, Int)? {
    let numbers = release.split(separator: ".", maxSplits: 2).prefix(2).map { Int($0.prefix { $0.isNumber }) }
    guard numbers.count == 2, let major = numbers[0], let minor = numbers[1] else { return nil }
    return (major, minor)
  }

  /// Whether any overlay may be mounted so that nothing on it is ever brought to the disk.
  private static func isVolatile() -> Bool {
    guard let table = try? RegularFile.read("/proc/self/mounts", limit: 1 << 20) else { return true }
    return SyncWay.hasVolatileOverlay(mounts: String(decoding: table, as: UTF8.self))
  }

  /// - Parameter mounts: As in `/proc/self/mounts` (`proc(5)`): device, place, type and options a line.
  static func hasVolatileOverlay(mounts: String) -> Bool {
    mounts.split(separator: "\n").contains { line in
      let fields = line.split(separator: " ")
      return fields.count > 3 && fields[2] == "overlay" && fields[3].split(separator: ",").contains("volatile")
    }
  }
}
