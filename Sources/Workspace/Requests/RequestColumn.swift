/// What auditors call the columns of their request lists.
package enum RequestColumn: String, CaseIterable, Hashable, Sendable {
  case number, text, controls, period, from, through, due, owner
  case word = "status"

  private static let names: [RequestColumn: [String]] = [
    .number: [
      "id", "no", "number", "request id", "request no", "request number", "request ref", "request reference", "req",
      "req no", "req id", "req number", "ref", "ref no", "reference", "reference number", "item", "item no",
      "item number", "pbc", "pbc no", "pbc number", "pbc id", "pbc ref", "pbc item", "irl no", "irl number", "ticket",
      "line", "request item number",
    ],
    .text: [
      "request", "requests", "description", "request description", "description of request", "requested item",
      "items requested", "item requested", "document requested", "documents requested", "documentation requested",
      "information requested", "evidence requested", "evidence request", "requested evidence", "request details",
      "request detail", "details", "item description", "pbc request", "pbc description", "title", "request title",
      "question", "document", "documents", "requested document", "requested documents", "information request",
    ],
    .controls: [
      "criterion", "criteria", "trust services criteria", "trust services criterion", "tsc", "tsc reference",
      "tsc criteria", "controls", "control references", "related control", "related controls", "framework reference",
      "control objective", "citation", "citations", "hipaa reference", "cfr",
      "control or criteria", "control criteria",
    ],
    .period: [
      "period", "audit period", "period covered", "testing period", "test period", "review period", "reporting period",
      "period of review", "scope period", "time period", "date range", "as of", "as of date", "period or date",
      "period under review", "coverage period", "examination period",
    ],
    .due: [
      "due", "due date", "date due", "needed by", "required by", "deadline", "target date", "requested by date",
      "date needed", "date required", "request due date", "due by",
    ],
    .owner: [
      "owner", "assigned to", "assignee", "responsible", "responsible party", "responsible person", "contact", "poc",
      "client owner", "control owner", "person responsible", "client contact", "request owner", "provided by",
      "point of contact",
    ],
    .word: [
      "status", "auditor status", "request status", "state", "pbc status", "auditor's status", "review status",
    ],
  ]

  private static let table: [String: RequestColumn] = names.reduce(into: [:]) { table, column in
    for name in column.value { table[name] = column.key }
  }

  /// The column that a heading names, in any case, `REQ_NO.` and `Control(s):` too; nil for none that is known.
  static func known(_ heading: String) -> RequestColumn? {
    let plain = heading.lowercased().replacing("(s)", with: "s").replacing("#", with: " no ").map { character in
      "_-/".contains(character) ? " " : character
    }
    let words = String(plain).split { $0.isWhitespace || ":*.\u{feff}".contains($0) }
    let name = words.joined(separator: " ")
    if let column = table[name] { return column }
    switch ListColumn.known(heading, ["controls", "from", "through"]) {
    case "controls": return .controls
    case "from": return .from
    case "through": return .through
    default: return nil
    }
  }
}
