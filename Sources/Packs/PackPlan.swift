internal import Catalogs
package import Crypto
internal import Ownership
internal import Statements
package import TreeLog

/// What goes into a pack and what does not: a function of a log and a selection, so that whoever receives a pack comes to
/// the same.
package struct PackPlan {
  /// A control that evidence is chosen for: as the pack shows it, and as the statement names it.
  struct Control: Hashable {
    let shown: String
    let stated: String
  }

  /// An artifact that was asked for.
  struct Artifact {
    let record: EvidenceRecord
    let name: String
    let digest: Digest
    let size: Int?
    let controls: [Control]
    /// Below the pack's folder; nil where its bytes are not here.
    let path: String?
    /// The day from which it is redacted.
    let redacted: Day?
  }

  /// Why an object that the log names is not here.
  enum Reason: String {
    case notSelected = "not selected"
    case redacted
    case missing = "missing in the store"
  }

  /// An object that the log names and the pack does not carry.
  struct Withheld {
    let digest: Digest
    let entry: Int
    let name: String
    let size: Int?
    let reason: Reason
  }

  let log: PackedLog
  /// What was asked for.
  package let selection: PackSelection
  let ownership: PackOwnership
  /// In log order.
  private(set) var artifacts: [Artifact] = []
  /// In log order, each object once.
  private(set) var withheld: [Withheld] = []
  /// Where each object lies that is here as evidence.
  package private(set) var paths: [Digest: String] = [:]
  /// In the order of the log, each once: what lies in `evidence/`.
  private(set) var carried: [(digest: Digest, path: String, size: Int)] = []
  /// The entries of evidence that was asked for.
  private(set) var selectedEntries: Set<Int> = []

  /// - Parameters:
  ///   - size: The size of an object that is to lie at a path; nil where it is not there.
  package init(
    _ contents: any StoreContents, _ checkpoint: Checkpoint, _ selection: PackSelection,
    size: (_ object: Digest, _ path: String) throws -> Int?
  ) throws {
    log = try PackedLog(contents, checkpoint)
    self.selection = selection
    ownership = try PackOwnership(log, selection)
    var names = PackNames()
    for brought in log.evidence {
      guard let record = brought.record, let controls = chosen(record) else { continue }
      selectedEntries.insert(brought.entry)
      for file in brought.files {
        let redacted = log.state.redactedObjects[file.digest]
        var path = paths[file.digest]
        var fileSize = file.size
        if path == nil, redacted == nil, !selection.missing.contains(file.digest) {
          let new = names.take(file.name, in: PackPlan.folder(controls, record))
          fileSize = try file.size ?? size(file.digest, new)
          paths[file.digest] = new
          carried.append((file.digest, new, fileSize ?? 0))
          path = new
        } else if let path, fileSize == nil {
          fileSize = try size(file.digest, path)
        }
        artifacts.append(
          Artifact(
            record: record, name: file.name, digest: file.digest, size: fileSize, controls: controls, path: path,
            redacted: redacted))
      }
    }
    withheld = findWithheld()
  }

  /// The controls for which evidence was asked for; nil where it was not.
  private func chosen(_ record: EvidenceRecord) -> [Control]? {
    if let entries = selection.entries, !entries.contains(record.entry) { return nil }
    let evidence = record.evidence
    let last = evidence.through ?? evidence.collected?.day ?? record.recorded.day
    guard selection.contains(evidence.from ?? last, last) else { return nil }
    var controls: [Control] = []
    for stated in evidence.controls {
      for shown in ownership.shown(stated) {
        let control = Control(shown: shown, stated: stated)
        if !controls.contains(control) { controls.append(control) }
      }
    }
    return controls.isEmpty && (selection.choosesControls || evidence.duty == nil) ? nil : controls
  }

  /// The folder of evidence: its first control's, or its duty's.
  private static func folder(_ controls: [Control], _ record: EvidenceRecord) -> String {
    let path = controls.first?.shown ?? "duties/\(record.evidence.duty ?? "")"
    return (["evidence"] + path.split(separator: "/").map { PackNames.segment(String($0)) }).joined(separator: "/")
  }

  private func findWithheld() -> [Withheld] {
    let others = Set(log.others)
    var seen: Set<Digest> = []
    var found: [Withheld] = []
    for brought in log.evidence {
      for file in brought.files
      where paths[file.digest] == nil && !others.contains(file.digest) && seen.insert(file.digest).inserted {
        let reason: Reason =
          if log.state.redactedObjects[file.digest] != nil {
            .redacted
          } else if selection.missing.contains(file.digest) {
            .missing
          } else {
            .notSelected
          }
        found.append(
          Withheld(digest: file.digest, entry: brought.entry, name: file.name, size: file.size, reason: reason))
      }
    }
    return found
  }

  /// Objects that are left out on purpose: not those that the store did not have, which are missing here as there.
  package var withheldObjects: Set<Digest> {
    Set(withheld.filter { $0.reason != .missing }.map(\.digest))
  }

  /// Objects that were asked for and that the store does not have.
  package func absent(_ isThere: (Digest) throws -> Bool) rethrows -> Set<Digest> {
    var absent: Set<Digest> = []
    for file in carried where try !isThere(file.digest) { absent.insert(file.digest) }
    return absent
  }

  /// What a command says beforehand: how much of what goes in, and how much does not.
  package var figures: (evidence: Int, bytes: Int, entries: Int, others: Int, withheld: [(reason: String, count: Int)])
  {
    let reasons = [Reason.notSelected, .redacted, .missing].map { reason in
      (reason.rawValue, withheld.count { $0.reason == reason })
    }
    return (
      carried.count, carried.reduce(0) { $0 + $1.size }, selectedEntries.count, log.others.count,
      reasons.filter { $0.1 > 0 }
    )
  }

  /// When the log's last entry was appended, in seconds since 1970.
  package var lastSecond: Int { (log.lastTime?.millisecondsSinceEpoch ?? 0) / 1000 }

  /// Everything that is not here, and why.
  package var left: [(name: String, digest: Digest, entry: Int, reason: String)] {
    withheld.map { ($0.name, $0.digest, $0.entry, $0.reason.rawValue) }
  }

  /// The evidence that goes in, for people who look at a plan.
  package var listing: [(path: String, size: Int)] { carried.map { ($0.path, $0.size) } }
}
