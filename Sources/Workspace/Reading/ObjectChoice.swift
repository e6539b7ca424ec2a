package import Crypto
internal import Findings
internal import Statements

/// The one object that a reference and perhaps a name mean.
package enum ObjectChoice {
  /// - Parameter name: Of an entry that brings several, or lists them in a manifest.
  package static func find(_ reference: StoreReference, name: String?, _ store: OpenedStore) throws -> Digest {
    switch reference {
    case .object(let digest):
      guard let name else { return digest }
      // A manifest is an object too, and what it lists has names.
      guard let found = try items(digest, store, matching: name).first else { throw noSuch(name, "that object") }
      return found.digest
    case .checkpoint:
      throw Failure(.usage, "the checkpoint is not an object", hint: "custody show checkpoint")
    case .entry(let number):
      let listed = try EntryListing(store).entry(number)
      guard let statement = listed.statement else {
        throw Failure(.inputMissing, "entry \(number) holds no statement that can be read, and so brings no object")
      }
      return try find(in: statement, entry: number, name: name, store)
    }
  }

  private static func find(
    in statement: Statement, entry: Int, name: String?, _ store: OpenedStore
  ) throws -> Digest {
    let manifest = statement.subjects.first { $0.mediaType == MediaType.manifest }
    if let name {
      if let subject = statement.subjects.first(where: { ByteOrder.areEqual($0.name, name) }) { return subject.digest }
      if let manifest, let item = try items(manifest.digest, store, matching: name).first { return item.digest }
      throw noSuch(name, "entry \(entry)")
    }
    let subjects = statement.evidenceSubjects
    if manifest == nil, subjects.count == 1 { return subjects[0].digest }
    var names = subjects.map(\.name)
    if let manifest { names += try items(manifest.digest, store, matching: nil).map(\.name) }
    guard !names.isEmpty else {
      throw Failure(
        .inputMissing, "entry \(entry) brings no object", hint: "'custody show \(entry)' says what it says")
    }
    let some = names.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
    throw Failure(
      .usage, "entry \(entry) brings \(names.count) objects, \(some)\(names.count > 5 ? " and others" : "")",
      hint: "say which: --name NAME")
  }

  /// The items of a manifest, all or those of a name.
  private static func items(_ manifest: Digest, _ store: OpenedStore, matching name: String?) throws -> [Manifest.Item]
  {
    var found: [Manifest.Item] = []
    let isThere = try ManifestItems.forEach(manifest, store) { item in
      if name.map({ ByteOrder.areEqual(item.name, $0) }) ?? true { found.append(item) }
    }
    guard isThere else {
      throw Failure(
        .inputMissing, "the manifest \(manifest.short) is missing", hint: "restore 'object' from a copy of the store")
    }
    return found
  }

  private static func noSuch(_ name: String, _ place: String) -> Failure {
    Failure(.inputMissing, "\(place) brings no object '\(name)'", hint: "'custody show REF' lists what an entry brings")
  }
}
