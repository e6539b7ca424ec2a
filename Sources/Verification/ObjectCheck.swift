internal import Findings
internal import Crypto
internal import Ownership
internal import Synchronization
internal import TreeLog

/// Whether every object that a statement names is there and is what its name says.
enum ObjectCheck {
  struct Tally {
    var checked = 0
    var bytes = 0
    var redacted = 0
    var unread = 0
    var unreferenced = 0
  }

  fileprivate enum Outcome: Sendable {
    case right(bytes: Int)
    case present
    case missing
    case wrongSize(Int)
    case corrupt(Digest, bytes: Int)
    case unreadable(String)
  }

  /// An object that is named, and what was found of it.
  struct Examined: Sendable {
    fileprivate let digest: Digest
    fileprivate let outcome: Outcome
  }

  /// Begins to read every object that is named.
  static func start(_ walk: LogWalk, _ options: VerificationOptions) -> Ahead<[Examined]> {
    let references = walk.references.byDigest
    let contents = walk.contents
    return Ahead {
      let digests = references.keys.sorted()
      let done = Atomic(0)
      return Parallel.map(digests, grain: 64) { digest in
        let reference = references[digest]
        let isRead: Bool =
          switch options.objects {
          case .all: true
          case .new: (reference?.lastEntry ?? 0) >= options.objectsFrom
          case .none: false
          }
        let count = done.wrappingAdd(1, ordering: .relaxed).newValue
        if count % 256 == 0 { options.progress("objects", count, digests.count) }
        return Examined(
          digest: digest, outcome: examine(digest, size: reference?.size, isRead: isRead, contents))
      }
    }
  }

  /// Counts what was found, and tells what is wrong.
  static func finish(
    _ reading: Ahead<[Examined]>, _ walk: LogWalk, _ paths: PathCheck?, _ findings: inout FindingList
  ) -> Tally {
    var tally = Tally()
    tally.unreferenced = paths?.unreferenced ?? 0
    let references = walk.references.byDigest
    for (digest, outcome) in reading.value.map({ ($0.digest, $0.outcome) }) {
      guard let reference = references[digest] else { continue }
      if reference.isRedacted {
        tally.redacted += 1
        if case .missing = outcome { continue }
      }
      switch outcome {
      case .right(let bytes):
        tally.checked += 1
        tally.bytes += bytes
      case .present: tally.unread += 1
      case .missing, .wrongSize, .corrupt, .unreadable:
        if let finding = finding(digest, outcome, reference) { findings.add(.objects, finding) }
      }
    }
    return tally
  }

  private static func examine(
    _ digest: Digest, size: Int?, isRead: Bool, _ contents: any StoreContents
  ) -> Outcome {
    do {
      // Of a wrong size it is wrong, whatever it holds: it may be too long to be read at all.
      guard let found = try contents.objectSize(digest) else { return .missing }
      if let size, size != found { return .wrongSize(found) }
      guard isRead else { return .present }
      var hasher = SHA256Hasher()
      guard let bytes = try unsafe contents.readObject(digest, { unsafe hasher.update($0) }) else { return .missing }
      if let size, size != bytes { return .wrongSize(bytes) }
      let actual = hasher.finalize()
      return actual == digest ? .right(bytes: bytes) : .corrupt(actual, bytes: bytes)
    } catch {
      return .unreadable("\(error)")
    }
  }

  private static func finding(
    _ digest: Digest, _ outcome: Outcome, _ reference: ObjectReferences.Reference
  ) -> Finding? {
    let path = ObjectPath.path(digest)
    let named = "that entry \(reference.entry) names"
    switch outcome {
    case .wrongSize(let found):
      return Finding(
        .objectCorrupt, path, entry: reference.entry, expected: "\(digest.hex), \(Wording.bytes(reference.size ?? 0))",
        found: Wording.bytes(found),
        "the object '\(path)' \(named) has \(Wording.bytes(found)), and \(reference.size ?? 0) were submitted: restore it from a copy"
      )
    case .corrupt(let actual, let bytes):
      return Finding(
        .objectCorrupt, path, entry: reference.entry, expected: digest.hex,
        found: "\(actual.hex), \(Wording.bytes(bytes))",
        "the object '\(path)' \(named) is not what was submitted: restore it from a copy")
    case .unreadable(let reason):
      return Finding(
        .objectCorrupt, path, entry: reference.entry, found: reason,
        "the object '\(path)' \(named) cannot be read: \(reason)")
    case .right, .present: return nil
    case .missing:
      return Finding(
        .objectMissing, path, entry: reference.entry, expected: digest.hex, found: "nothing",
        "the object '\(path)' \(named) is missing: restore it from a copy")
    }
  }
}
