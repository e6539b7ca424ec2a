internal import Findings
internal import FoundationEssentials
internal import Storage

/// Small files that a user names.
package enum InputFile {
  /// The bytes of a regular file.
  package static func read(_ path: String, limit: Int) throws -> [UInt8] {
    guard let bytes = try RegularFile.read(path, limit: limit) else {
      throw Failure(.inputMissing, "there is no file '\(path)'")
    }
    guard bytes.count <= limit else {
      throw Failure(.malformedInput, "'\(path)' has more than \(limit) bytes")
    }
    return bytes
  }
}
