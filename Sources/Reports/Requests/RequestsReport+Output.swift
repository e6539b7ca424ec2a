internal import Obligations
internal import Ownership
public import Rendering
internal import Statements

extension RequestsReport {
  /// A row for each request and each entry that answers it; one for a request that nothing answers.
  public var records: Table? {
    var table = Table([
      "list", "request", "text", "controls", "from", "through", "due", "owner", "auditor_status", "status", "overdue",
      "missing", "basis", .number("entry"), "recorded", "member", "files", "sha256", "not_understood", "uncovered",
    ])
    for section in sections {
      for state in shown(section) {
        let request = state.request
        let head: [Cell] = [
          .text(section.name), .text(request.number), .text(request.text), .list(request.controls),
          .optional(request.from.map { "\($0)" }), .optional(request.through.map { "\($0)" }),
          .optional(request.due.map { "\($0)" }), .optional(request.owner), .optional(request.word),
          .text(state.status.rawValue), .flag(state.isOverdue(on: day)), .list(state.missing),
        ]
        let doubts = Cell.text(request.doubts.joined(separator: "; "))
        let uncovered = Cell.list(state.uncovered.map { "\($0.lowerBound)..\($0.upperBound)" })
        for answer in state.answers {
          let files = files[answer.record.entry] ?? []
          table.add(
            head + [
              .text(answer.basis), .integer(answer.record.entry), .day("\(answer.record.recorded.day)"),
              .text(answer.record.member), .text(files.map(\.name).joined(separator: "; ")),
              .list(files.map(\.digest)), doubts, uncovered,
            ])
        }
        if state.answers.isEmpty {
          table.add(head + [.empty, .empty, .empty, .empty, .empty, .empty, doubts, uncovered])
        }
      }
    }
    return table
  }

  /// For machines: every list with its requests.
  public var value: JSONOutput {
    .object([
      ("checkpoint", ReportStamp.json(checkpoint)), ("asOf", .string("\(day)")),
      (
        "lists",
        .array(
          sections.map { section in
            [
              "name": .string(section.name), "entry": .integer(section.entry),
              "requests": .array(shown(section).map { json($0) }),
            ]
          })
      ),
    ])
  }

  private func json(_ state: RequestRules.State) -> JSONOutput {
    let request = state.request
    var members: [(String, JSONOutput)] = [
      ("request", .string(request.number)), ("text", .string(request.text)), ("controls", .strings(request.controls)),
      ("from", .optional(request.from.map { "\($0)" })), ("through", .optional(request.through.map { "\($0)" })),
      ("due", .optional(request.due.map { "\($0)" })), ("owner", .optional(request.owner)),
      ("auditorStatus", .optional(request.word)), ("status", .string(state.status.rawValue)),
      ("overdue", .bool(state.isOverdue(on: day))), ("missing", .strings(state.missing)),
      ("notUnderstood", .strings(request.doubts)),
      (
        "uncovered",
        .array(
          state.uncovered.map { ["from": .string("\($0.lowerBound)"), "through": .string("\($0.upperBound)")] })
      ),
      (
        "answers",
        .array(
          state.answers.map { json($0.record, [("basis", .string($0.basis)), ("controls", .strings($0.controls))]) })
      ),
    ]
    if showsMisses {
      members.append(
        ("misses", .array(state.misses.map { json($0.record, [("reason", .string($0.reason))]) })))
    }
    return .object(members)
  }

  private func json(_ record: EvidenceRecord, _ more: [(String, JSONOutput)]) -> JSONOutput {
    let files = (files[record.entry] ?? []).map { file -> JSONOutput in
      ["name": .string(file.name), "sha256": .string(file.digest)]
    }
    return .object(
      [
        ("entry", .integer(record.entry)), ("member", .string(record.member)),
        ("recorded", .string("\(record.recorded.day)")), ("files", .array(files)),
      ] + more)
  }
}
