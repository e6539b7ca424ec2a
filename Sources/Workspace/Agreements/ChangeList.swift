package import Catalogs
package import Ownership
package import Statements

/// What a version would change: control by control, and what of it is about no control.
package struct ChangeList {
  package struct Change: Equatable {
    package var control: String
    /// The units, where not all of the control change alike.
    package var units: [String]
    package var from: Day
    package var through: Day
    package var old: Schedule.Terms
    package var new: Schedule.Terms
    /// The innermost family of the control; nil where it is in none.
    package var family: ControlID?
    /// How many units it is about.
    package var unitCount: Int
    /// Where nobody answers by this agreement so far: who does by another, and by which.
    package var elsewhere: Elsewhere?
  }

  /// A party that answers by another agreement.
  package struct Elsewhere: Hashable, Sendable {
    package let party: String
    package let engagement: String
  }

  /// What units of a control have in common where they change alike.
  private struct Group: Hashable {
    let control: String
    let from: Day
    let through: Day
    let old: Schedule.Terms
    let new: Schedule.Terms
    let elsewhere: Elsewhere?
  }

  package let changes: [Change]
  /// Duties, levels, blocks of hours, steps and papers that are gained, lost or changed.
  package let lines: [ScheduleBuilder.LineChange]
  /// Who does the work where the answer stays.
  package let persons: [AgreementChange.PersonChange]

  /// Whether nobody has anything to accept, and nobody else does any work.
  package var isEmpty: Bool { changes.isEmpty && lines.isEmpty && persons.isEmpty }

  /// A unit whose answer changes.
  package struct Moved {
    package var unit: ControlID
    package var control: ControlID
    package var from: Day
    package var through: Day
    package var old: Schedule.Terms
    package var new: Schedule.Terms

    package init(
      unit: ControlID, control: ControlID, from: Day, through: Day, old: Schedule.Terms, new: Schedule.Terms
    ) {
      self.unit = unit
      self.control = control
      self.from = from
      self.through = through
      self.old = old
      self.new = new
    }
  }

  /// - Parameter elsewhere: Who answers for a unit on a day by another agreement.
  package init(
    _ change: AgreementChange, unitsOfControl: (String) -> Int, family: (ControlID) -> ControlID?,
    elsewhere: (String, Day) -> Elsewhere? = { _, _ in nil }
  ) {
    self.init(
      change.units.map { line in
        Item(
          unit: line.line.unit, control: line.control, from: line.line.from, through: line.line.through, old: line.held,
          new: line.line.terms,
          elsewhere: line.held.accountable == nil ? elsewhere(line.line.unit, line.line.from) : nil)
      }, change.lines + change.papers, change.persons, unitsOfControl, family)
  }

  /// - Parameter moved: In the order of the catalogs.
  package init(
    _ moved: [Moved], lines: [ScheduleBuilder.LineChange], unitsOfControl: (String) -> Int,
    family: (ControlID) -> ControlID?
  ) {
    self.init(
      moved.map { moved in
        Item(
          unit: moved.unit.description, control: moved.control, from: moved.from, through: moved.through,
          old: moved.old, new: moved.new, elsewhere: nil)
      }, lines, [], unitsOfControl, family)
  }

  private struct Item {
    let unit: String
    let control: ControlID
    let from: Day
    let through: Day
    let old: Schedule.Terms
    let new: Schedule.Terms
    let elsewhere: Elsewhere?
  }

  private init(
    _ units: [Item], _ lines: [ScheduleBuilder.LineChange], _ persons: [AgreementChange.PersonChange],
    _ unitsOfControl: (String) -> Int, _ family: (ControlID) -> ControlID?
  ) {
    self.lines = lines
    self.persons = persons
    var grouped: [Change] = []
    var places: [Group: Int] = [:]
    for line in units {
      let control = line.control.description
      let group = Group(
        control: control, from: line.from, through: line.through, old: line.old, new: line.new,
        elsewhere: line.elsewhere)
      if let place = places[group] {
        grouped[place].units.append(line.unit)
      } else {
        places[group] = grouped.count
        grouped.append(
          Change(
            control: control, units: [line.unit], from: line.from, through: line.through, old: line.old, new: line.new,
            family: family(line.control), unitCount: 0, elsewhere: line.elsewhere))
      }
    }
    changes = grouped.map { change in
      var change = change
      change.unitCount = change.units.count
      if change.units.count == unitsOfControl(change.control) { change.units = [] }
      return change
    }.sorted { NaturalOrder.precedes($0.control, $1.control) }
  }
}

extension ChangeList {
  /// What a version would change that is not in the log yet.
  package init(_ preview: AgreementPreview) {
    var counts: [String: Int] = [:]
    var families: [ControlID: ControlID] = [:]
    for adoption in preview.resolver.input.adoptions {
      for unit in adoption.units ?? [] {
        counts[unit.control.description, default: 0] += 1
        families[unit.control] = unit.families.first
      }
    }
    self.init(
      AgreementChange(preview.builder), unitsOfControl: { counts[$0] ?? 1 }, family: { families[$0] },
      elsewhere: { unit, day in
        preview.elsewhere(unit, on: day).first.map { Elsewhere(party: $0.party, engagement: $0.engagement) }
      })
  }
}
