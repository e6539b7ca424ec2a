internal import Catalogs
internal import Crypto
internal import Findings
internal import Ownership
internal import Rendering
internal import Statements
internal import TreeLog

/// What lies in a pack and what does not, as tables: for people who open a spreadsheet, and for programs.
struct PackIndex {
  let plan: PackPlan

  private static let columns = [
    "control", "title", "file", "name", "sha256", "bytes", "from", "through", "collected", "recorded", "entry",
    "member", "party", "description", "label", "replaces", "replacedBy", "redacted", "submittedFor", "accountable",
    "acceptedBy", "keyid", "keyRevokedBy", "disputedSince", "acceptanceDisputed",
  ]

  /// `index.csv`: a row for each artifact and control.
  func csv() -> [UInt8] {
    var output = CSVOutput(columns: PackIndex.columns)
    var words: [String: [String]] = [:]
    for artifact in plan.artifacts {
      let (record, evidence) = (artifact.record, artifact.record.evidence)
      let controls = artifact.controls.isEmpty ? [PackPlan.Control(shown: "", stated: "")] : artifact.controls
      for control in controls {
        if words[control.shown] == nil { words[control.shown] = ownership(of: control.shown) }
        output.add(
          [
            control.shown, plan.ownership.title(control.shown), artifact.path ?? "", artifact.name,
            artifact.digest.hex, artifact.size.map { "\($0)" } ?? "", text(evidence.from), text(evidence.through),
            text(evidence.collected), "\(record.recorded)", "\(record.entry)", record.member, record.party,
            evidence.description ?? "", evidence.label ?? "", replaces(record), replacedBy(record),
            text(artifact.redacted), control.stated,
          ] + (words[control.shown] ?? []) + [
            record.keyID.hex, text(revokedBy(record)), text(disputedSince(record)), disputedWords(control.shown),
          ])
      }
    }
    return Array(output.text.utf8)
  }

  /// `ownership.csv`: a row for each unit of each adopted framework, whether or not there is evidence for it.
  func ownershipTable() -> [UInt8] {
    var output = CSVOutput(columns: [
      "framework", "control", "unit", "title", "objective", "accountable", "responsible", "consulted", "informed",
      "engagement", "assigned_by", "state", "acceptedBy", "as_of", "disputed",
    ])
    let day = "\(plan.ownership.day)"
    for framework in plan.ownership.unreadable {
      output.add([
        framework, "", "", "the catalog cannot be read", "", "", "", "", "", "", "", "undecided", "", day, "",
      ])
    }
    for (framework, row) in plan.ownership.everyControl {
      let words = ownership(of: row.control.id.description).last ?? ""
      if row.units.isEmpty {
        output.add([
          framework, row.control.id.description, "", row.control.title, "", "", "", "", "", "", "",
          row.error?.rawValue ?? "undecided", "", day, "",
        ])
      }
      for unit in row.units {
        let state =
          unit.notApplicable.map { "not applicable" + ($0.isEmpty ? "" : ": \($0)") }
          ?? unit.ownership.error?.rawValue ?? "owned"
        output.add([
          framework, row.control.id.description, unit.id.description, row.control.title, unit.prose,
          unit.accountable ?? "", unit.responsible.joined(separator: "; "), unit.consulted.joined(separator: "; "),
          unit.informed.joined(separator: "; "), unit.engagement ?? "", unit.assignedBy ?? "", state, words, day,
          unit.findings.contains(.disputed) ? "yes" : "",
        ])
      }
    }
    return Array(output.text.utf8)
  }

  /// Who answers for a control, and by whose word.
  private func ownership(of control: String) -> [String] {
    let words = plan.ownership.accepted(control).map { word in
      "\(word.member) for \(word.party) on \(word.day) (entry \(word.entry))"
    }
    return [plan.ownership.accountable(control).joined(separator: "; "), words.joined(separator: "; ")]
  }

  /// The entry that revoked the key which signed it, before or after.
  private func revokedBy(_ record: EvidenceRecord) -> Int? { plan.log.state.membership.key(record.keyID)?.revoked }

  private func disputedSince(_ record: EvidenceRecord) -> Int? {
    plan.log.disputedSince(record.keyID, entry: record.entry)
  }

  /// The entries of those words under which a control is held that a key under suspicion signed.
  private func disputedWords(_ control: String) -> String {
    plan.ownership.accepted(control).filter { plan.log.disputedSince($0.keyID, entry: $0.entry) != nil }
      .map { "\($0.entry)" }.joined(separator: "; ")
  }

  private func text(_ value: (some CustomStringConvertible)?) -> String { value.map { "\($0)" } ?? "" }

  private func replaces(_ record: EvidenceRecord) -> String {
    replacedEntries(record).map { "\($0)" }.joined(separator: "; ")
  }

  private func replacedEntries(_ record: EvidenceRecord) -> [Int] {
    record.evidence.replaces.compactMap { plan.log.entriesByStatement[$0] }
  }

  private func replacedBy(_ record: EvidenceRecord) -> String {
    (plan.log.replacements[record.statement] ?? []).map { "\($0)" }.joined(separator: "; ")
  }

  /// `index.json`: each artifact once, and who answers for each control.
  func json() -> [UInt8] {
    let checkpoint = plan.log.checkpoint
    var controls: [String] = []
    var seen: Set<String> = []
    for control in plan.artifacts.flatMap(\.controls) where seen.insert(control.shown).inserted {
      controls.append(control.shown)
    }
    let output: JSONOutput = [
      "checkpoint": [
        "origin": .string(checkpoint.origin), "size": .integer(checkpoint.size),
        "root": .string(checkpoint.root.hex),
      ],
      "asOf": .string("\(plan.ownership.day)"), "artifacts": .array(plan.artifacts.map(json)),
      "controls": .array(controls.sorted(by: ByteOrder.precedes).map(json)),
    ]
    return Array(output.pretty.utf8) + [0x0a]
  }

  private func json(_ artifact: PackPlan.Artifact) -> JSONOutput {
    let (record, evidence) = (artifact.record, artifact.record.evidence)
    return [
      "file": .optional(artifact.path), "name": .string(artifact.name), "sha256": .string(artifact.digest.hex),
      "bytes": artifact.size.map { .integer($0) } ?? .null,
      "controls": .array(
        artifact.controls.map { ["control": .string($0.shown), "submittedFor": .string($0.stated)] }),
      "from": .optional(evidence.from.map { "\($0)" }), "through": .optional(evidence.through.map { "\($0)" }),
      "collected": .optional(evidence.collected.map { "\($0)" }), "recorded": .string("\(record.recorded)"),
      "entry": .integer(record.entry), "statement": .string(record.statement.hex), "member": .string(record.member),
      "party": .string(record.party), "keyid": .string(record.keyID.hex),
      "description": .optional(evidence.description), "label": .optional(evidence.label),
      "duty": .optional(evidence.duty), "replaces": .array(replacedEntries(record).map { .integer($0) }),
      "replacedBy": .array((plan.log.replacements[record.statement] ?? []).map { .integer($0) }),
      "redacted": .optional(artifact.redacted.map { "\($0)" }),
      "keyRevokedBy": revokedBy(record).map { .integer($0) } ?? .null,
      "disputedSince": disputedSince(record).map { .integer($0) } ?? .null,
    ]
  }

  private func json(_ control: String) -> JSONOutput {
    [
      "control": .string(control), "title": .string(plan.ownership.title(control)),
      "accountable": .strings(plan.ownership.accountable(control)),
      "accepted": .array(
        plan.ownership.accepted(control).map { word in
          [
            "party": .string(word.party), "member": .string(word.member), "on": .string("\(word.day)"),
            "entry": .integer(word.entry), "keyid": .string(word.keyID.hex),
            "disputedSince": plan.log.disputedSince(word.keyID, entry: word.entry).map { .integer($0) } ?? .null,
          ]
        }),
    ]
  }

  /// `withheld.csv`: every object of evidence that the log names and the pack does not carry.
  func withheld() -> [UInt8] {
    var output = CSVOutput(columns: ["sha256", "why", "entry", "name", "bytes"])
    for each in plan.withheld {
      output.add([
        each.digest.hex, each.reason.rawValue, "\(each.entry)", each.name, each.size.map { "\($0)" } ?? "",
      ])
    }
    return Array(output.text.utf8)
  }
}
