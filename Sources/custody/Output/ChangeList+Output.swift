internal import CommandLine
internal import Findings
internal import Ownership
internal import Rendering
internal import Statements
internal import Workspace

extension ChangeList {
  /// Which way each change goes: from whom to whom, from what to what.
  func print(to console: Console) throws {
    guard !isEmpty else { return try console.print("nothing changes") }
    if changes.isEmpty {
      try console.print("no control changes hands")
    } else {
      try console.print(controlTable)
    }
    if !lines.isEmpty {
      try console.print("")
      try console.print(lineTable)
    }
    for person in persons {
      try console.print(
        wrapped: "in \(Wording.count(person.units, "unit")) \(ChangeList.names(person.new)) "
          + "\(person.new.count > 1 ? "do" : "does") the work for '\(person.party)', before: \(ChangeList.names(person.old))"
      )
    }
    if changes.isEmpty, !lines.isEmpty {
      try console.print(
        wrapped:
          "until the client, and the parties that such a line names or named, have accepted it, the earlier one holds")
    }
  }

  private var controlTable: TextTable {
    var table = TextTable(["CONTROL", "FROM", "THROUGH", "WAS", "WILL BE", "RESPONSIBLE", "EVIDENCE"])
    for change in changes {
      let name = change.units.isEmpty ? change.control : change.units.joined(separator: " ")
      table.add([
        name, "\(change.from)", "\(change.through)", change.old.accountable ?? "nobody",
        change.new.accountable ?? "nobody",
        change.new.responsible.joined(separator: ", "), change.new.cadence ?? "",
      ])
    }
    return table
  }

  private var lineTable: TextTable {
    var table = TextTable(["LINE", "FROM", "THROUGH", "WAS", "WILL BE"])
    for line in lines {
      table.add([
        "\(line.key)", "\(line.from)", "\(line.through)", ChangeList.text(line.old), ChangeList.text(line.new),
      ])
    }
    return table
  }

  private static func names(_ persons: [String]) -> String {
    persons.isEmpty ? "nobody by name" : Wording.list(persons)
  }

  /// Lines of a schedule without what their key says already: their kind and id.
  private static func text(_ lines: [String]) -> String {
    let shown = lines.map { line in
      line.split(separator: "\t").dropFirst(2).filter { $0 != "-" }.map { field in
        // A digest by its beginning: two of them that differ are told apart by it.
        field.utf8.count == 64 && field.allSatisfy(\.isHexDigit) ? String(field.prefix(12)) : String(field)
      }.joined(separator: ", ")
    }
    return shown.isEmpty ? "nothing" : shown.joined(separator: "; ")
  }

  /// The changes of controls.
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

  /// What changes beside controls: lines as they are signed, and persons.
  var furtherMembers: [(String, JSONOutput)] {
    [
      (
        "lineChanges",
        .array(
          lines.map { line in
            .object([
              ("line", .string("\(line.key)")), ("from", .string("\(line.from)")),
              ("through", .string("\(line.through)")), ("was", .strings(line.old)), ("willBe", .strings(line.new)),
            ])
          })
      ),
      (
        "personChanges",
        .array(
          persons.map { person in
            .object([
              ("party", .string(person.party)), ("units", .integer(person.units)), ("was", .strings(person.old)),
              ("willBe", .strings(person.new)),
            ])
          })
      ),
    ]
  }
}
