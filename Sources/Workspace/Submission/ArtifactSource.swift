public import Crypto
package import Statements

/// A file that is to be taken in, and the name it gets.
package struct ArtifactSource: Sendable, Equatable {
  package enum Origin: Sendable, Equatable {
    case file(String)
    case standardInput
  }

  package var origin: Origin
  /// Relative, with slashes; what statements and reports call it.
  package var name: String
  /// What it has to hash to, where a manifest says so.
  package var expected: Digest?
  /// Where that is not the one that the name's ending stands for.
  package var mediaType: String?
  /// Whether it goes in beside random bytes, so that its digest gives nothing away.
  package var isBlind = false

  /// How messages call it.
  package var title: String {
    switch origin {
    case .file(let path): "'\(path)'"
    case .standardInput: "standard input"
    }
  }
}

/// A file that was read.
public struct Artifact: Sendable {
  /// Relative, with slashes; what statements and reports call it.
  public var name: String
  /// SHA-256 of its bytes.
  public var digest: Digest
  /// In bytes.
  public var size: Int
  /// As in `text/plain`.
  public var mediaType: String
  /// Whether no statement brought these bytes before.
  public var isNew = true
  /// The entry that brought it for these controls already, so that it is not entered again.
  public var earlierEntry: Int?

  package init(_ source: ArtifactSource, digest: Digest, size: Int) {
    name = source.name
    self.digest = digest
    self.size = size
    mediaType = source.mediaType ?? MediaTypes.guess(source.name)
  }

  package var subject: Subject { Subject(name: name, digest: digest, size: size, mediaType: mediaType) }
}
