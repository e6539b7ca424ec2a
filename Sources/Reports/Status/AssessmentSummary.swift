package import Obligations
package import Ownership
package import Statements

/// What assessments said last of each framework, in the words of the report of assessments: both are read from one book.
package struct AssessmentSummary: Sendable {
  /// A framework of which something was assessed.
  package struct Framework: Sendable {
    package var id: String
    /// Controls by what their units' last results make of them; states that none has are left out.
    package var controls: [(state: AssessmentBook.State, count: Int)]
    /// Units by their last result; statuses that none has are left out.
    package var counts: [(status: Assessment.Status, units: Int)]
    /// Units that apply and were never assessed.
    package var unassessed: Int
    /// The day and entry of the newest of these results.
    package var last: Day
    package var lastEntry: Int
  }

  /// In the matrix's order.
  package let frameworks: [Framework]

  /// - Parameters:
  ///   - marks: In log order.
  ///   - client: The party whose store it is.
  package init(_ marks: [AssessmentBook.Mark], _ matrix: ResponsibilityMatrix, client: String) {
    guard !marks.isEmpty else {
      frameworks = []
      return
    }
    let book = AssessmentBook(marks, client: client)
    frameworks = matrix.frameworks.compactMap { rows -> Framework? in
      guard let last = rows.controls.compactMap({ book.newest($0) }).max(by: { $0.entry < $1.entry }) else {
        return nil
      }
      let states = Dictionary(grouping: rows.controls) { book.state($0) }.mapValues(\.count)
      let units = rows.controls.flatMap(\.applicable).map { book.mark($0)?.assessment.status }
      return Framework(
        id: rows.id, controls: AssessmentBook.State.allCases.compactMap { state in states[state].map { (state, $0) } },
        counts: Assessment.Status.allCases.compactMap { status in
          let count = units.count { $0 == status }
          return count > 0 ? (status, count) : nil
        },
        unassessed: units.count { $0 == nil }, last: last.day, lastEntry: last.entry)
    }
  }
}
