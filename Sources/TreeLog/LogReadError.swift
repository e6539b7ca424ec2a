package import Crypto

/// Why a part of a log could not be read, or is not believed.
package enum LogReadError: Error, Equatable, Sendable {
  /// A tile or bundle that the checkpoint implies is absent, and no wider one is there.
  ///
  /// If the checkpoint has changed meanwhile, an older partial file may rightly be gone: read it again and start over.
  case missing(path: String)
  /// A file has not the bytes that its width asks for.
  case wrongSize(path: String, expected: Int, found: Int)
  /// A bundle does not parse.
  case malformedBundle(path: String, BundleSyntaxError)
  /// A tile or an entry does not hash to what the tree above it says.
  case notAuthentic(path: String, expected: Digest, found: Digest)
  /// The tiles on the right edge do not hash to the root.
  case rootMismatch(paths: [String], expected: Digest, found: Digest)
  /// An entry or a size beyond the tree was asked for.
  case outOfRange(asked: Int, size: Int)
}

extension LogReadError {
  /// The file that the error is about; nil where it is about none.
  package var path: String? {
    switch self {
    case .missing(let path), .wrongSize(let path, _, _), .malformedBundle(let path, _), .notAuthentic(let path, _, _):
      path
    case .rootMismatch(let paths, _, _): paths.first
    case .outOfRange: nil
    }
  }
}

extension LogReadError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missing(let path): "'\(path)' is missing, and no wider file of its index is there"
    case .wrongSize(let path, let expected, let found): "'\(path)' has \(found) bytes, expected \(expected)"
    case .malformedBundle(let path, let error): "'\(path)' does not parse: \(error)"
    case .notAuthentic(let path, let expected, let found):
      "'\(path)' hashes to \(found.hex), but the tree has \(expected.hex) there"
    case .rootMismatch(let paths, let expected, let found):
      "'\(paths.joined(separator: "', '"))' lead to the root \(found.hex), but the checkpoint says \(expected.hex)"
    case .outOfRange(let asked, let size): "\(asked) lies beyond the \(size) entries of the log"
    }
  }
}
