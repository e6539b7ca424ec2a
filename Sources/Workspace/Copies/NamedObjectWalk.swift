internal import Crypto
internal import Findings
internal import Ownership
internal import Statements
internal import TreeLog

/// Finds the objects that some entries of a store name, each entry's hash compared with the tree.
struct NamedObjectWalk {
  let contents: any StoreContents
  let tree: UnverifiedCheckpoint

  /// Gives the objects that the entries of a range bring, some more than once, with the size that a statement gives them;
  /// a manifest gives none.
  ///
  /// What cannot be read brings nothing here: whoever verifies the log says so.
  func forEach(in range: Range<Int>, _ body: (Digest, _ size: Int?) throws -> Void) throws {
    let library = ObjectLibrary(contents)
    let reader = LogReader(contents: contents, size: tree.size, root: tree.root)
    try reader.entries(in: range, authenticating: true) { _, bytes in
      guard case .success(let statement)? = ParsedEntry(Array(bytes), library: library).statement else { return }
      for subject in statement.subjects {
        try body(subject.digest, subject.size)
        if subject.mediaType == MediaType.manifest { try forEach(listedBy: subject.digest, body) }
      }
    }
  }

  private func forEach(listedBy manifest: Digest, _ body: (Digest, _ size: Int?) throws -> Void) throws {
    var reader = ManifestReader()
    do {
      _ = try unsafe contents.readObject(manifest) { chunk in
        try unsafe reader.feed(chunk) { try body($0.digest, nil) }
      }
    } catch is Manifest.SyntaxError {}
  }
}
