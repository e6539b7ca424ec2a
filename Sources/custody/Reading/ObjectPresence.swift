internal import Rendering
internal import Findings
internal import Crypto
internal import Index
internal import Ownership
internal import Reports
internal import Storage

/// What has become of an object's bytes, as far as can be said without reading them.
struct ObjectPresence {
  /// In bytes; nil where the object is not there.
  let size: Int?
  /// The size that a statement gives it.
  let expectedSize: Int?
  /// The entry that redacted it, where no statement has brought it again since.
  let redactedBy: Int?
  /// The entry that announced its removal, where that has not come yet.
  let announcedBy: Int?
  /// The holds in force that it is under.
  let holds: [String]

  init(_ digest: Digest, expectedSize: Int? = nil, uses: [NamedUse]? = nil, _ session: Session) throws {
    self.expectedSize = expectedSize
    size = try session.contents.objectSize(digest)
    let uses = try uses ?? session.index.objectUses(digest)
    let lastUse = uses.map(\.entry).max() ?? -1
    let records = session.state.redactions.filter { $0.entry > lastUse && $0.objects.contains(digest) }
    let redacted = records.last { !$0.isAnnouncement }?.entry
    redactedBy = redacted
    announcedBy = records.last { $0.isAnnouncement && $0.entry > redacted ?? -1 }?.entry
    let controls = uses.filter(\.isEvidence).flatMap(\.controls)
    holds = session.state.holds.filter { hold in
      guard hold.ended == nil else { return false }
      return hold.objects.contains(digest)
        || hold.controls.contains { held in
          controls.contains { session.library.overlap(held, $0, adoptions: session.state.adoptions) }
        }
    }.map(\.id)
  }

  /// Whether an object of the right size is there.
  var isPresent: Bool { size.map { expectedSize == nil || expectedSize == $0 } ?? false }

  /// `present`, or what is the matter.
  var text: String {
    let state: String
    switch (size, redactedBy) {
    case (nil, let entry?): state = "redacted by entry \(entry)"
    case (nil, nil): state = "missing"
    case (let found?, _) where !isPresent: state = "damaged: it has \(Wording.bytes(found))"
    case (.some, let entry?): state = "present, though entry \(entry) redacted it"
    case (.some, nil): state = "present"
    }
    return state + (announcedBy.map { ", to be removed by entry \($0)" } ?? "")
      + (holds.isEmpty ? "" : ", under hold \(holds.joined(separator: ", "))")
  }

  /// Stable keys for a machine.
  var members: [(String, JSONOutput)] {
    [
      ("present", .bool(isPresent)), ("found", size.map { .integer($0) } ?? .null),
      ("redactedBy", redactedBy.map { .integer($0) } ?? .null),
      ("announcedBy", announcedBy.map { .integer($0) } ?? .null), ("holds", .strings(holds)),
    ]
  }
}
