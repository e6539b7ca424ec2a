import Foundation

/// A new folder that goes with the value that holds it.
package final class TemporaryFolder: Sendable {
  /// Its absolute path, without a slash at the end.
  package let path: String

  package init() throws {
    let base = URL(fileURLWithPath: NSTemporaryDirectory())
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
