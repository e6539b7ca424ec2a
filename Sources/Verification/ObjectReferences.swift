internal import Findings
internal import Crypto
internal import Ownership
internal import Statements
internal import TreeLog

/// Which objects the statements name, and what they say of them.
struct ObjectReferences {
  struct Reference {
    /// The first entry that names it.
    var entry: Int
    /// In bytes, where a statement says so.
    var size: Int?
    /// The newest entry that names it, which ends a redaction before it.
    var lastEntry: Int
    var redacted: Int?
  }

  private(set) var byDigest: [Digest: Reference] = [:]

  mutating func add(_ digest: Digest, size: Int?, entry: Int) {
    byDigest[digest, default: Reference(entry: entry, size: size, lastEntry: entry)].note(size: size, entry: entry)
  }

  /// Adds what a manifest lists, and the finding that it is not a manifest. One of another size than was said is not read: that is
  /// the object check's finding.
  mutating func add(
    manifest: Digest, size: Int?, entry: Int, contents: any StoreContents, _ findings: inout FindingList
  ) throws {
    if let size, try contents.objectSize(manifest) != size { return }
    var reader = ManifestReader()
    do {
      let read = try unsafe contents.readObject(manifest) { chunk in
        try unsafe reader.feed(chunk) { add($0.digest, size: nil, entry: entry) }
      }
      // That it is not there is the object check's finding.
      if read != nil { try reader.finish() }
    } catch let error as Manifest.SyntaxError {
      findings.add(
        .objects,
        Finding(
          .objectCorrupt, ObjectPath.path(manifest), entry: entry, found: error.description,
          "the manifest of entry \(entry) is not one: \(error)"))
    }
  }

  mutating func redact(_ digest: Digest, entry: Int) {
    byDigest[digest]?.redacted = entry
  }
}

extension ObjectReferences.Reference {
  fileprivate mutating func note(size: Int?, entry: Int) {
    if self.size == nil { self.size = size }
    lastEntry = entry
  }

  /// Whether its bytes may be gone: it was redacted, and not submitted again since.
  var isRedacted: Bool { redacted.map { $0 > lastEntry } ?? false }
}
