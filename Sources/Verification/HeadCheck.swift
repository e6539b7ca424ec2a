internal import Findings
internal import Crypto
internal import Ownership
internal import Statements
internal import TreeLog

/// The checkpoint that fixes what is looked at, whoever has signed it.
struct Head {
  let claimed: UnverifiedCheckpoint

  var origin: String { claimed.origin }
  var size: Int { claimed.size }
  var root: Digest { claimed.root }
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
        add(&findings, "extension lines", "'checkpoint' has extension lines, which custody does not write")
        return nil
      }
      guard unverified.size > 0 else {
        add(&findings, "a tree of no entries", "'checkpoint' is of an empty tree, which no store has")
        return nil
      }
      return Head(claimed: unverified)
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
    let origin = head.origin
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
    switch HeadRule.fault(
      head.claimed.note, origin: origin, appenders: walk.appendersOfLastEntry, last: walk.lastBy)
    {
    case nil: break
    // Whom the missing entries let append nobody can say: their own finding stands for it.
    case .nobody where walk.tiles.hasGap: break
    case .broken:
      add(
        &findings, "a signature that does not hold",
        "a signature under 'checkpoint' does not hold: it is forged or broken")
    case .nobody:
      add(&findings, "no signature of a member who may append", "nobody who may append has signed 'checkpoint'")
    case .others(let signers):
      findings.add(
        .tree,
        Finding(
          .checkpointUnsigned, "checkpoint", entry: head.size - 1, expected: walk.lastBy?.hex,
          found: signers.map(\.hex).joined(separator: ", "),
          "'checkpoint' is not signed by \(walk.lastBy.map(walk.owner) ?? ""), who appended the last entry"))
    }
  }
}
