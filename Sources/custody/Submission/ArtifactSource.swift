internal import Crypto
internal import Statements

/// A file that is to be taken in, and the name it gets.
struct ArtifactSource: Sendable, Equatable {
  enum Origin: Sendable, Equatable {
    case file(String)
    case standardInput
  }

  var origin: Origin
  /// Relative, with slashes; what statements and reports call it.
  var name: String
  /// What it has to hash to, where a manifest says so.
  var expected: Digest?
  /// Where that is not the one that the name's ending stands for.
  var mediaType: String?

  /// How messages call it.
  var title: String {
    switch origin {
    case .file(let path): "'\(path)'"
    case .standardInput: "standard input"
    }
  }
}

/// A file that was read.
struct Artifact: Sendable {
  var name: String
  var digest: Digest
  /// In bytes.
  var size: Int
  var mediaType: String
  /// Whether no statement brought these bytes before.
  var isNew = true
  /// The entry that brought it for these controls already, so that it is not entered again.
  var earlierEntry: Int?

  init(_ source: ArtifactSource, digest: Digest, size: Int) {
    name = source.name
    self.digest = digest
    self.size = size
    mediaType = source.mediaType ?? MediaTypes.guess(source.name)
  }

  var subject: Subject { Subject(name: name, digest: digest, size: size, mediaType: mediaType) }
}
