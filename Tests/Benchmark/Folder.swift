internal import FoundationEssentials
internal import Glibc

/// Files and folders that the measurements work on.
enum Folder {
  /// The absolute form of a path that is there.
  static func absolute(_ path: String) throws -> String {
    guard let resolved = unsafe realpath(path, nil) else { throw BenchmarkError("'\(path)' is not there") }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  /// The absolute form of a path that need not be there, in a folder that is.
  static func absoluteOfNew(_ path: String) throws -> String {
    guard let slash = path.lastIndex(of: "/") else { return "\(try absolute("."))/\(path)" }
    let folder = slash == path.startIndex ? "/" : String(path[..<slash])
    return "\(try absolute(folder))/\(path[path.index(after: slash)...])"
  }

  static func make(_ path: String) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  static func remove(_ path: String) {
    try? FileManager.default.removeItem(atPath: path)
  }

  static func move(_ path: String, to other: String) throws {
    try FileManager.default.moveItem(atPath: path, toPath: other)
  }

  static func write(_ bytes: [UInt8], to path: String) throws {
    let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw BenchmarkError("'\(path)' cannot be written") }
    defer { close(file) }
    guard unsafe Glibc.write(file, bytes, bytes.count) == bytes.count else {
      throw BenchmarkError("'\(path)' cannot be written to its end")
    }
  }

  static func read(_ path: String) throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw BenchmarkError("'\(path)' cannot be read")
    }
    return [UInt8](data)
  }

  static func names(_ path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }

  /// A file of zeros that takes no room on the disk.
  static func makeSparse(_ path: String, size: Int) throws {
    let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0, ftruncate(file, size) == 0 else { throw BenchmarkError("'\(path)' cannot be made") }
    close(file)
  }

  /// Writes files of the same size whose bytes differ.
  ///
  /// - Returns: Their names.
  @discardableResult
  static func fill(_ path: String, count: Int, size: Int, salt: String) throws -> [String] {
    try make(path)
    var state: UInt64 = salt.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    var bytes = [UInt8](repeating: 0, count: size)
    return try (0..<count).map { number in
      for index in bytes.indices {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes[index] = UInt8(truncatingIfNeeded: state >> 56)
      }
      let digits = String(number)
      let name = "evidence-\(String(repeating: "0", count: max(0, 6 - digits.count)))\(digits).bin"
      try write(bytes, to: "\(path)/\(name)")
      return name
    }
  }
}
