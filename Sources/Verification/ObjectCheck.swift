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
    var withheld = 0
  }

  /// Begins to look at those objects that were not looked at while the log was read.
  ///
  /// - Parameter references: What they are taken from.
  static func start(
    _ references: inout ObjectReferences, _ options: VerificationOptions
  ) -> (looks: [ObjectReferences.Look], reading: Ahead<[ObjectExamination.Outcome]>) {
    let looks = references.take()
    let contents = references.contents
    let reading = Ahead {
      let done = Atomic(0)
      return ObjectExamination.map(looks, contents) { look in
        let count = done.wrappingAdd(1, ordering: .relaxed).newValue
        if count % 256 == 0 { options.progress("objects", count, looks.count) }
        return ObjectExamination.examine(look, contents)
      }
    }
    return (looks, reading)
  }

  /// Counts what was found, and tells what is wrong.
  ///
  /// - Throws: `ObjectsUnreadable` where nothing is wrong that is known, and the machine did not give some objects to read:
  ///   their bytes may be as they were, so that the answer is neither yes nor no.
  static func finish(
    _ references: ObjectReferences, _ paths: PathCheck?, _ findings: inout FindingList
  ) throws -> Tally {
    var told: Set<Digest> = []
    var unreadable: [any Error] = []
    var withheld = 0
    for fault in references.faults.sorted(by: { $0.look.digest < $1.look.digest }) {
      let digest = fault.look.digest
      if case .missing = fault.outcome, references.redacted.contains(digest) { continue }
      if case .missing = fault.outcome, references.isWithheld(digest) {
        guard told.insert(digest).inserted else { continue }
        withheld += 1
        findings.add(.objects, self.withheld(fault.look))
        continue
      }
      let found = finding(fault.look, fault.outcome, references.contents)
      guard told.insert(digest).inserted, let finding = found else { continue }
      if case .unreadable(let error) = fault.outcome { unreadable.append(error) }
      findings.add(.objects, finding)
    }
    if let first = unreadable.first, findings.countOfIntegrityErrors == unreadable.count {
      throw ObjectsUnreadable(first: first, others: unreadable.count - 1)
    }
    return Tally(
      checked: references.readCount, bytes: references.readBytes, redacted: references.redacted.count,
      unread: references.unreadCount, unreferenced: paths?.unreferenced ?? 0, withheld: withheld)
  }

  /// What is left out on purpose is told, and takes nothing from what is there.
  private static func withheld(_ look: ObjectReferences.Look) -> Finding {
    Finding(
      .objectWithheld, look.digest.hex, entry: look.entry,
      "the object \(look.digest.short) that entry \(look.entry) names was left out on purpose: ask for it if it is needed"
    )
  }

  private static func finding(
    _ look: ObjectReferences.Look, _ outcome: ObjectExamination.Outcome, _ contents: any StoreContents
  ) -> Finding? {
    let (digest, reference) = (look.digest, look)
    let path = contents.objectPlace(digest)
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
    case .unreadable(let error):
      return Finding(
        .objectCorrupt, path, entry: reference.entry, found: "\(error)",
        "the object '\(path)' \(named) cannot be read: \(error)")
    case .right, .present: return nil
    case .missing:
      return Finding(
        .objectMissing, path, entry: reference.entry, expected: digest.hex, found: "nothing",
        "the object '\(path)' \(named) is missing: restore it from a copy")
    }
  }
}
