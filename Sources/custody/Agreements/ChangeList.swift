internal import CommandLine
internal import Rendering
internal import Catalogs
internal import Ownership
internal import Statements
internal import Reports

/// What a version would change, control by control.
struct ChangeList {
  struct Change: Equatable {
    var control: String
    /// The units, where not all of the control change alike.
    var units: [String]
    var from: Day
    var through: Day
    var old: Schedule.Terms
    var new: Schedule.Terms
  }

  let changes: [Change]

  init(_ lines: [ScheduleBuilder.Line], unitsOfControl: (String) -> Int) {
    var grouped: [Change] = []
    for line in lines {
      let control = line.control.description
      if let index = grouped.lastIndex(where: {
        $0.control == control && $0.from == line.line.from && $0.through == line.line.through && $0.old == line.held
          && $0.new == line.line.terms
      }) {
        grouped[index].units.append(line.line.unit)
      } else {
        grouped.append(
          Change(
            control: control, units: [line.line.unit], from: line.line.from, through: line.line.through, old: line.held,
            new: line.line.terms))
      }
    }
    changes = grouped.map { change in
      var change = change
      if change.units.count == unitsOfControl(change.control) { change.units = [] }
      return change
    }.sorted { NaturalOrder.precedes($0.control, $1.control) }
  }

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
