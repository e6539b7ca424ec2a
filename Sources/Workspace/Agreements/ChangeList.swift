internal import Catalogs
package import Ownership
package import Statements

/// What a version would change, control by control.
package struct ChangeList {
  package struct Change: Equatable {
    package var control: String
    /// The units, where not all of the control change alike.
    package var units: [String]
    package var from: Day
    package var through: Day
    package var old: Schedule.Terms
    package var new: Schedule.Terms
  }

  package let changes: [Change]

  package init(_ lines: [ScheduleBuilder.Line], unitsOfControl: (String) -> Int) {
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
}

extension ChangeList {
  /// What a version would change that is not in the log yet.
  package init(_ preview: AgreementPreview) {
    var counts: [String: Int] = [:]
    for adoption in preview.resolver.input.adoptions {
      for unit in adoption.units ?? [] { counts[unit.control.description, default: 0] += 1 }
    }
    self.init(preview.builder.changes(), unitsOfControl: { counts[$0] ?? 1 })
  }
}
