internal import Findings
internal import Crypto
internal import Ownership
internal import Statements
internal import TreeLog

/// The checkpoint: who signed it, and that it is the tree's.
struct Head {
  let checkpoint: Checkpoint
  let note: SignedNote

  var size: Int { checkpoint.size }
  var root: Digest { checkpoint.root }
}

enum HeadCheck {
  /// Reads the checkpoint, which fixes what is looked at.
  static func read(_ contents: any StoreContents, origin: String?, _ findings: inout FindingList) throws -> Head? {
    guard let bytes = try contents.checkpoint() else {
      add(&findings, "nothing", "'checkpoint' is missing: restore the newest one from a copy")
      return nil
    }
    do {
      let unverified = try UnverifiedCheckpoint(parsing: bytes)
      guard unverified.extensions.isEmpty else {
        add(&findings, "extension lines", "'checkpoint' has lines that this format has not")
        return nil
      }
      guard unverified.size > 0 else {
        add(&findings, "a tree of no entries", "'checkpoint' is of an empty tree, which no store has")
        return nil
      }
      return Head(
        checkpoint: Checkpoint(origin: unverified.origin, size: unverified.size, root: unverified.root),
        note: unverified.note)
    } catch {
      add(&findings, "\(error)", "'checkpoint' does not parse: \(error)")
      return nil
    }
  }

  private static func add(_ findings: inout FindingList, _ found: String, _ message: String) {
    findings.add(.tree, Finding(.checkpointUnsigned, "checkpoint", found: found, message))
  }

  /// Holds the signatures against the members who may append before or after the last entry.
  static func check(_ head: Head?, walk: LogWalk, configuredOrigin: String?, _ findings: inout FindingList) {
    guard let head else { return }
    let origin = head.checkpoint.origin
    if let configuredOrigin, !ByteOrder.areEqual(configuredOrigin, origin) {
      findings.add(
        .tree,
        Finding(
          .storeMalformed, "checkpoint", expected: configuredOrigin, found: origin,
          "'checkpoint' is of the log '\(origin)', and 'custody.json' says '\(configuredOrigin)'"))
    }
    let store = walk.fold.state.store
    if !store.isEmpty, !ByteOrder.areEqual(store, origin) {
      findings.add(
        .tree,
        Finding(
          .storeMalformed, "checkpoint", expected: store, found: origin,
          "'checkpoint' is of the log '\(origin)', and the genesis entry founds '\(store)'"))
    }
    let appenders = walk.appendersOfLastEntry
    let keys = appenders.map { NoteKey(log: $0, name: origin) }
    guard let valid = head.note.verified(by: keys) else {
      add(
        &findings, "a signature that does not hold",
        "a signature under 'checkpoint' does not hold: it is forged or broken")
      return
    }
    guard !valid.isEmpty else {
      add(&findings, "no signature of a member who may append", "nobody who may append has signed 'checkpoint'")
      return
    }
    if let by = walk.lastBy, !valid.contains(where: { $0.key.keyID == by }) {
      findings.add(
        .tree,
        Finding(
          .checkpointUnsigned, "checkpoint", entry: head.size - 1, expected: by.hex,
          found: valid.map(\.key.keyID.hex).joined(separator: ", "),
          "'checkpoint' is not signed by \(walk.owner(of: by)), who appended the last entry"))
    }
  }
}
