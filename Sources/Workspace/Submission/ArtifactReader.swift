internal import Crypto
internal import Storage

/// Reads a file and hashes it, without a store.
package enum ArtifactReader {
  /// - Parameter source: Read to its end; memory is one buffer.
  package static func read(_ source: ArtifactSource) throws -> Artifact {
    let (digest, size) =
      switch source.origin {
      case .standardInput: try SourceFile.measure(nil)
      case .file(let path): try SourceFile.measure(path)
      }
    return Artifact(source, digest: digest, size: size)
  }
}
