package import Crypto
internal import Findings
internal import Ownership
internal import Statements

/// The objects that references mean: an entry stands for all the evidence that it brings.
package enum EvidenceObjects {
  /// - Parameters:
  ///   - name: Of an entry's objects the one of this name.
  ///   - place: Far from the store, where nobody can look anything up, each reference is a whole digest.
  /// - Returns: Each once, in byte order.
  package static func find(_ references: [String], name: String? = nil, at place: SigningPlace) throws -> [Digest] {
    var found: Set<Digest> = []
    for text in references {
      guard let store = place.store else {
        guard let digest = Digest(hex: text.lowercased()) else {
          throw Failure(
            .usage, "'\(text)' is no whole digest, and without the store nobody can look it up",
            hint: "give all 64 digits of the object's SHA-256")
        }
        found.insert(digest)
        continue
      }
      let reference = try StoreReference.resolve(text, store)
      guard name == nil, case .entry(let number) = reference else {
        found.insert(try ObjectChoice.find(reference, name: name, store))
        continue
      }
      found.formUnion(try all(of: number, store))
    }
    return found.sorted()
  }

  private static func all(of entry: Int, _ store: OpenedStore) throws -> [Digest] {
    guard let statement = try EntryListing(store).entry(entry).statement, case .evidence = statement.predicate else {
      throw Failure(
        .usage, "entry \(entry) is no evidence", hint: "'custody log --type evidence' lists what is")
    }
    let brought = EvidenceRecord.objects(of: statement)
    var digests = brought.artifacts
    if let manifest = brought.manifest {
      guard try ManifestItems.forEach(manifest, store, { digests.append($0.digest) }) else {
        throw Failure(
          .inputMissing, "the manifest \(manifest.short) is missing", hint: "restore 'object' from a copy of the store")
      }
    }
    return digests
  }
}
