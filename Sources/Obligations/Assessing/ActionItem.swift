internal import Catalogs
package import Findings
package import Ownership
package import Statements

/// An item of a plan of action and milestones: a requirement that is not met or planned, who sees to it, and by when.
package struct ActionItem: Sendable, Equatable {
  package var framework: String
  package var control: String
  package var title: String
  /// The units that are open, as far as they are not all of the control's.
  package var units: [String]
  package var status: Assessment.Status
  package var entry: Int
  /// The day on which it was first said to be open, without a break since.
  package var since: Day
  package var weakness: String
  package var owner: String?
  package var milestones: [AssessmentNote.Milestone]
  /// The day on which it is to be done; nil where nobody says.
  package var due: Day?
  /// Whether that day has passed; a milestone's alone says nothing, since nobody says that a step is done.
  package var isLate: Bool

  /// The open items of all frameworks, in the matrix's order.
  ///
  /// - Parameter marks: In log order.
  package static func list(_ snapshot: Snapshot, marks: [AssessmentBook.Mark]) -> [ActionItem] {
    // Where nobody said that anything is open, there is nothing to go through.
    guard marks.contains(where: { $0.assessment.status == .notMet || $0.assessment.status == .planned }) else {
      return []
    }
    let book = AssessmentBook(marks, client: snapshot.state.client)
    return snapshot.matrix.frameworks.flatMap { list($0.id, $0.controls, book, marks: marks, asOf: snapshot.asOf) }
  }

  /// `nist-800-171-r2/3.1.1`
  package var name: String { "\(framework)/\(control)" }

  /// The open items of a framework, in its order.
  ///
  /// - Parameter marks: In log order.
  package static func list(
    _ framework: String, _ rows: [ResponsibilityMatrix.ControlRow], _ book: AssessmentBook,
    marks: [AssessmentBook.Mark], asOf: Day
  ) -> [ActionItem] {
    rows.filter { $0.control.sameAs.isEmpty && book.state($0).isOpen }.compactMap { row in
      let open = row.applicable.filter { unit in
        let status = book.mark(unit)?.assessment.status
        return status == .notMet || status == .planned
      }
      guard let mark = open.compactMap({ book.mark($0) }).max(by: { $0.entry < $1.entry }) else { return nil }
      let note = AssessmentNote(mark.assessment.note)
      let due = mark.assessment.through ?? note.milestones.last?.day
      return ActionItem(
        framework: framework, control: row.control.id.local, title: row.control.title,
        units: open.count == row.applicable.count ? [] : open.map(\.id.local), status: mark.assessment.status,
        entry: mark.entry, since: since(row, marks) ?? mark.day, weakness: note.partial ?? note.text, owner: note.owner,
        milestones: note.milestones, due: due,
        isLate: due.map { $0 < asOf } ?? false)
    }
  }

  /// The day from which on some unit of a control was open all the time.
  private static func since(
    _ row: ResponsibilityMatrix.ControlRow, _ marks: [AssessmentBook.Mark]
  ) -> Day? {
    let units = Dictionary(grouping: row.applicable.map(\.id.description), by: { $0 })
    let controls = Dictionary(grouping: row.applicable) { $0.control.description }
      .mapValues { $0.map(\.id.description) }
    var open: Set<String> = []
    var first: Day?
    for mark in marks {
      let named = mark.assessment.units.flatMap { (units[$0] ?? []) + (controls[$0] ?? []) }
      guard !named.isEmpty else { continue }
      switch mark.assessment.status {
      case .notMet, .planned: open.formUnion(named)
      case .met, .notApplicable: open.subtract(named)
      }
      first = open.isEmpty ? nil : first ?? mark.day
    }
    return first
  }
}

extension ActionItem {
  /// `action-late`, one for each item that is.
  package static func findings(_ items: [ActionItem]) -> [Finding] {
    items.filter(\.isLate).map { item in
      let day = item.due.map { "\($0)" } ?? ""
      return Finding(
        .actionLate, item.name, entry: item.entry, expected: day, found: item.status.rawValue,
        "\(item.name) is \(item.status.rawValue) and was to be closed by \(day): "
          + (item.owner.map { "'\($0)' sees to it" } ?? "nobody is named who sees to it"))
    }
  }
}
