internal import CommandLine
internal import Rendering
internal import Statements
internal import Workspace

extension ChangeList {
  /// Which way each change goes: from whom to whom.
  func print(to console: Console) throws {
    guard !changes.isEmpty else { return try console.print("nothing changes hands") }
    var table = TextTable(["CONTROL", "FROM", "THROUGH", "WAS", "WILL BE", "RESPONSIBLE", "EVIDENCE"])
    for change in changes {
      let name = change.units.isEmpty ? change.control : change.units.joined(separator: " ")
      table.add([
        name, "\(change.from)", "\(change.through)", change.old.accountable ?? "nobody",
        change.new.accountable ?? "nobody",
        change.new.responsible.joined(separator: ", "), change.new.cadence ?? "",
      ])
    }
    try console.print(table)
  }

  var json: JSONOutput {
    .array(
      changes.map { change in
        .object([
          ("control", .string(change.control)), ("units", .array(change.units.map { .string($0) })),
          ("from", .string("\(change.from)")), ("through", .string("\(change.through)")),
          ("was", change.old.accountable.map { .string($0) } ?? .null),
          ("willBe", change.new.accountable.map { .string($0) } ?? .null),
          ("responsible", .array(change.new.responsible.map { .string($0) })),
          ("cadence", change.new.cadence.map { .string($0) } ?? .null),
        ])
      })
  }
}
