internal import Statements
internal import Obligations
internal import Findings
public import Rendering
internal import Catalogs
internal import Crypto
internal import Ownership

extension OwnershipReport {
  /// For machines: keys are added over time, never changed.
  public var value: JSONOutput {
    .object(
      stamp.members + [
        ("totals", ["controls": totals.controls.json(), "units": totals.units.json()]),
        (
          "frameworks",
          .array(
            matrix.frameworks.map { framework in
              [
                "framework": .string(framework.id), "title": .string(framework.title),
                "version": .string(framework.version), "catalog": .string(framework.adoption.catalog.hex),
                "adoptedBy": .integer(framework.adoption.entry),
              ]
            })
        ), ("unreadable", .strings(matrix.unreadable)),
        (
          "leftOut",
          [
            "frameworks": .strings(frameworksLeftOut), "owned": .integer(leftOut?.owned ?? 0),
            "notApplicable": .integer(leftOut?.notApplicable ?? 0),
          ]
        ),
        (
          "controls",
          .array(matrix.frameworks.flatMap { framework in listed(framework).map { json($0, framework.id) } })
        ),
      ])
  }

  private func json(_ row: ControlRow, _ framework: String) -> JSONOutput {
    let evidence = row.common { $0.newestEvidence?.entry } == nil ? nil : row.applicable.first
    var members: [(String, JSONOutput)] = [
      ("control", .string(row.control.id.description)), ("framework", .string(framework)),
      ("family", .optional(row.control.families.first?.description)), ("title", .string(row.control.title)),
      ("domain", .optional(row.domain)), ("accountable", .optional(row.accountable)),
      ("shared", .bool(row.isShared)), ("owned", .bool(row.isOwned)), ("applies", .bool(row.applies)),
      ("responsible", .strings(row.union(\.responsible))), ("consulted", .strings(row.union(\.consulted))),
      ("informed", .strings(row.union(\.informed))), ("accepted", .bool(row.isAccepted)),
      ("engagement", .optional(row.common(\.engagement).flatMap { $0 })),
      ("assignedBy", .optional(row.common(\.assignedBy).flatMap { $0 })),
      ("findings", .strings(row.findings.map(\.rawValue))),
      ("sameAs", .strings(row.control.sameAs.map(\.description))), ("counted", .bool(isCounted(row))),
      ("retained", .optional(row.control.retained)),
      ("notApplicable", .optional(row.applies ? nil : row.units.first?.notApplicable)),
      ("cadence", .optional(row.common(\.cadence)?.rawValue)), ("evidence", json(evidence: evidence)),
      ("claims", row.common(\.claimTexts) == nil ? [] : json(claims: row.applicable.first)),
    ]
    if let assessments { members.append(("assessment", .string(assessments.state(row).rawValue))) }
    members.append(("units", .array(row.isSplit ? row.units.map { json($0) } : [])))
    return .object(members)
  }

  private func json(_ unit: UnitRow) -> JSONOutput {
    [
      "unit": .string(unit.id.description), "objective": .string(unit.prose),
      "accountable": .optional(unit.accountable), "owned": .bool(unit.applies && unit.ownership.isOwned),
      "applies": .bool(unit.applies), "responsible": .strings(unit.responsible),
      "consulted": .strings(unit.consulted), "informed": .strings(unit.informed), "accepted": .bool(unit.isAccepted),
      "engagement": .optional(unit.engagement), "assignedBy": .optional(unit.assignedBy),
      "findings": .strings(unit.findings.map(\.rawValue)), "notApplicable": .optional(unit.notApplicable),
      "cadence": .string(unit.cadence.rawValue), "evidence": json(evidence: unit), "claims": json(claims: unit),
    ]
  }

  private func json(evidence unit: UnitRow?) -> JSONOutput {
    guard let unit, let newest = unit.newestEvidence else { return .null }
    return [
      "entry": .integer(newest.entry), "day": .optional(unit.evidenceDay.map { "\($0)" }),
      "due": .optional(unit.evidenceDue.map { "\($0)" }), "party": .string(newest.party),
      "member": .string(newest.member), "count": .integer(unit.evidenceCount),
    ]
  }

  /// Which engagements name whom; of what is contested, all that do.
  private func json(claims unit: UnitRow?) -> JSONOutput {
    .array(
      (unit?.ownership.claims ?? []).map { claim in
        [
          "engagement": .string(claim.engagement), "parties": .strings(claim.answer.parties),
          "assignedBy": .optional(claim.answer.assignedBy),
          "entry": claim.holding.recordedEntry.map { .integer($0) } ?? nil,
        ]
      })
  }
}

extension ResponsibilityMatrix.UnitRow {
  fileprivate var claimTexts: [String] {
    ownership.claims.map { "\($0.engagement) \($0.answer.parties) \($0.holding.recordedEntry ?? -1)" }
  }
}
