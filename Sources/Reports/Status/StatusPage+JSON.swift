internal import Findings
internal import Obligations
public import Rendering
internal import Ownership
internal import Statements

extension StatusPage {
  /// For machines: everything, however long.
  public var value: JSONOutput {
    .object(
      stamp.members + (input.succession.map { [("succeeds", $0.json)] } ?? []) + [
        ("chain", chain), ("totals", ["controls": totals.controls.json(), "units": totals.units.json()]),
        (
          "parties",
          .array(
            summary.parties.map {
              [
                "party": .string($0.party), "name": .string($0.name), "controls": .integer($0.controls),
                "units": .integer($0.units), "current": .integer($0.current),
              ]
            })
        ),
        (
          "unowned",
          .array(
            unowned.map {
              [
                "code": .string($0.code.rawValue), "controls": .integer($0.gaps.count), "units": .integer($0.unitCount),
                "why": .string($0.reason), "act": .optional($0.commands.first),
              ]
            })
        ),
        (
          "waiting",
          .array(
            waiting.map {
              [
                "engagement": .string($0.engagement), "party": .string($0.party), "declined": .bool($0.hasDeclined),
                "units": .integer($0.units), "from": .optional($0.from.map { "\($0)" }),
                "lines": .strings($0.lines),
              ]
            })
        ),
        (
          "due",
          .array(
            due.map {
              [
                "control": .string($0.control), "units": .integer($0.units), "party": .string($0.party),
                "day": .string($0.day), "due": .string($0.due), "stale": .bool($0.isStale),
              ]
            })
        ), ("withoutEvidence", .integer(unitsWithoutEvidence)),
        ("duties", .array(input.duties.map { StatusPage.json($0) })),
        ("lateActions", .array(lateActions.map { StatusPage.json($0) })),
        (
          "overdueRequests",
          .array(
            overdueRequests.map {
              [
                "request": .string($0.request.number), "list": .string($0.list),
                "owner": .optional($0.request.owner), "due": .optional($0.request.due.map { "\($0)" }),
                "status": .string($0.status.rawValue), "act": .string(StatusPage.requestsCommand),
              ]
            })
        ),
        ("assessments", .array(assessments.frameworks.map { StatusPage.json($0) })),
        ("labels", .array(input.labels.map { ["label": .string($0.label), "entries": .integer($0.count)] })),
        (
          "retention",
          input.retention.map { ["entries": .integer($0.count), "first": .string("\($0.first)")] } ?? .null
        ),
        (
          "endings",
          .array(
            input.endings.map {
              [
                "engagement": .string($0.engagement), "lastDay": .string("\($0.lastDay)"),
                "units": .integer($0.units), "noticeBy": .optional($0.noticeBy.map { "\($0)" }),
                "early": .bool($0.isEarly),
              ]
            })
        ),
        (
          "papersEnding",
          .array(
            endingPapers.map {
              [
                "engagement": .string($0.engagement), "kind": .string($0.kind), "file": .string($0.file),
                "through": .string("\($0.through)"),
              ]
            })
        ),
        (
          "reach",
          .array(
            input.state.outsideReach.map {
              [
                "party": .string($0.party), "size": .integer($0.reach.size), "entry": .integer($0.reach.entry),
                "time": .string("\($0.reach.time)"),
              ]
            })
        ),
        (
          "unconfirmed",
          .array(input.unconfirmed.map { ["party": .string($0.party), "fingerprint": .string($0.fingerprint)] })
        ), ("findings", findings), ("offersWaiting", .integer(input.offersWaiting)),
        ("next", .array(steps.map { ["act": .string($0.command), "why": .string($0.reason)] })),
      ])
  }

  private static func json(_ duty: DutyCalendar.Entry) -> JSONOutput {
    [
      "duty": .string(duty.name), "title": .string(duty.title), "party": .string(duty.party),
      "cadence": .string(duty.cadence), "newest": .optional(duty.newest.map { "\($0.day)" }),
      "entry": duty.newest.map { .integer($0.entry) } ?? .null, "due": .optional(duty.due.map { "\($0)" }),
      "overdue": .bool(duty.isOverdue),
    ]
  }

  private static func json(_ item: ActionItem) -> JSONOutput {
    [
      "item": .string(item.name), "status": .string(item.status.rawValue), "owner": .optional(item.owner),
      "due": .optional(item.due.map { "\($0)" }), "entry": .integer(item.entry),
      "act": .string(StatusPage.planCommand),
    ]
  }

  private static func json(_ framework: AssessmentSummary.Framework) -> JSONOutput {
    [
      "framework": .string(framework.id),
      "controls": .object(framework.controls.map { ($0.state.rawValue, .integer($0.count)) }),
      "units": .object(
        framework.counts.map { ($0.status.rawValue, .integer($0.units)) }
          + [("unassessed", .integer(framework.unassessed))]),
      "last": .string("\(framework.last)"), "entry": .integer(framework.lastEntry),
    ]
  }

  private var findings: JSONOutput { .array(input.snapshot.generalFindings.map(\.json)) }

  private var chain: JSONOutput {
    switch input.chain {
    case .sound(let what): ["sound": true, "detail": .string(what)]
    case .unsound(let what): ["sound": false, "detail": .string(what)]
    case .unchecked: ["sound": nil, "detail": nil]
    }
  }
}
