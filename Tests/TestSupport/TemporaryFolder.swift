import Foundation

/// A new folder that goes with the value that holds it.
package final class TemporaryFolder: Sendable {
  /// Its absolute path, without a slash at the end.
  package let path: String

  /// - Note: In memory where the system has such a place: thousands of waits for a disk would make the tests slow.
  package init() throws {
    let memory = "/dev/shm"
    let isThere = FileManager.default.isWritableFile(atPath: memory)
    let base = URL(fileURLWithPath: isThere ? memory : NSTemporaryDirectory())
    path = base.appendingPathComponent("custody-test-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The path of something below it.
  package func path(_ relative: String) -> String { "\(path)/\(relative)" }

  /// Writes a file, and the folders it lies in.
  @discardableResult
  package func write(_ bytes: [UInt8], to relative: String) throws -> String {
    let file = path(relative)
    let folder = file.split(separator: "/").dropLast().joined(separator: "/")
    try FileManager.default.createDirectory(atPath: "/\(folder)", withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }

  /// Makes a symbolic link below it.
  package func link(_ relative: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: path(relative), withDestinationPath: target)
  }

  /// Makes a named pipe below it.
  package func makePipe(_ relative: String) throws {
    let result = unsafe mkfifo(path(relative), 0o600)
    precondition(result == 0, "a pipe can be made in a temporary folder")
  }

  /// Makes a folder below it, and those between.
  package func makeFolder(_ relative: String) throws {
    try FileManager.default.createDirectory(atPath: path(relative), withIntermediateDirectories: true)
  }

  /// Removes something below it.
  package func remove(_ relative: String) throws {
    try FileManager.default.removeItem(atPath: path(relative))
  }

  /// Moves something below it.
  package func move(_ relative: String, to other: String) throws {
    try FileManager.default.moveItem(atPath: path(relative), toPath: path(other))
  }

  /// The bytes of a file; nil where there is none.
  package func read(_ relative: String) -> [UInt8]? {
    (try? Data(contentsOf: URL(fileURLWithPath: path(relative)))).map { [UInt8]($0) }
  }

  /// The relative paths of all files below it, sorted.
  package func files() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: path).filter { relative in
      let attributes = try? FileManager.default.attributesOfItem(atPath: self.path(relative))
      return attributes?[.type] as? FileAttributeType != .typeDirectory
    }.sorted()
  }
}
