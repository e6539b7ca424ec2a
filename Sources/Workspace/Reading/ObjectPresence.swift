internal import Ownership
package import Crypto
package import Index
internal import Storage
internal import TreeLog

/// What has become of an object's bytes, as far as can be said without reading them.
package struct ObjectPresence {
  /// In bytes; nil where the object is not there.
  package let size: Int?
  /// The size that a statement gives it.
  package let expectedSize: Int?
  /// The entry that redacted it, where no statement has brought it again since.
  package let redactedBy: Int?
  /// The entry that announced its removal, where that has not come yet.
  package let announcedBy: Int?
  /// The holds in force that it is under.
  package let holds: [String]

  package init(_ digest: Digest, expectedSize: Int? = nil, uses: [NamedUse]? = nil, _ store: OpenedStore) throws {
    self.expectedSize = expectedSize
    size = try store.contents.objectSize(digest)
    let uses = try uses ?? store.index.objectUses(digest)
    let lastUse = uses.map(\.entry).max() ?? -1
    let records = store.state.redactions.filter { $0.entry > lastUse && $0.objects.contains(digest) }
    let redacted = records.last { !$0.isAnnouncement }?.entry
    redactedBy = redacted
    announcedBy = records.last { $0.isAnnouncement && $0.entry > redacted ?? -1 }?.entry
    let controls = uses.filter(\.isEvidence).flatMap(\.controls)
    holds = try HoldCoverage(store).ids([digest], controls: controls)
  }

  /// Whether an object of the right size is there.
  package var isPresent: Bool { size.map { expectedSize == nil || expectedSize == $0 } ?? false }
}

extension OpenedStore {
  /// The entry that redacted an object which nobody has submitted again since; nil where it may be handed out.
  package func redaction(of object: Digest) -> Int? {
    guard state.redactedObjects[object] != nil else { return nil }
    return state.redactions.last { !$0.isAnnouncement && $0.objects.contains(object) }?.entry
  }
}
