internal import Crypto
internal import Storage

/// Reads a file and hashes it, without a store.
enum ArtifactReader {
  /// - Parameters:
  ///   - source: Read to its end; memory is one buffer.
  ///   - search: What is looked for in it.
  /// - Returns: The artifact, and what was found in it.
  static func read(_ source: ArtifactSource, _ search: ByteSearch) throws -> (artifact: Artifact, found: Int?) {
    let path: String? = if case .file(let path) = source.origin { path } else { nil }
    var run = search.begin()
    let (digest, size) = try unsafe SourceFile.measure(path) { unsafe run.feed($0) }
    return (Artifact(source, digest: digest, size: size), run.found)
  }
}
