internal import Catalogs
package import Ownership
package import Statements

/// What assessments said last of each unit, by framework.
package struct AssessmentSummary: Sendable {
  /// An assessment that counts.
  package struct Result: Sendable {
    package var entry: Int
    package var day: Day
    /// Units, and controls for all their units.
    package var units: [String]
    package var status: Assessment.Status

    package init(entry: Int, day: Day, units: [String], status: Assessment.Status) {
      self.entry = entry
      self.day = day
      self.units = units
      self.status = status
    }
  }

  /// A framework of which something was assessed.
  package struct Framework: Sendable {
    package var id: String
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

  /// - Parameter results: In log order.
  package init(_ results: [Result], _ matrix: ResponsibilityMatrix) {
    var newest: [String: Int] = [:]
    for (index, result) in results.enumerated() { for unit in result.units { newest[unit] = index } }
    frameworks = matrix.frameworks.compactMap { rows -> Framework? in
      var counts: [Assessment.Status: Int] = [:]
      var unassessed = 0
      var last: Int?
      for row in rows.controls {
        for unit in row.applicable {
          // What was said of a control was said of each of its units.
          let said = [newest[unit.id.description], newest[row.control.id.description]].compactMap { $0 }.max()
          guard let said else {
            unassessed += 1
            continue
          }
          counts[results[said].status, default: 0] += 1
          last = max(last ?? 0, said)
        }
      }
      guard let last else { return nil }
      return Framework(
        id: rows.id, counts: Assessment.Status.allCases.compactMap { status in counts[status].map { (status, $0) } },
        unassessed: unassessed, last: results[last].day, lastEntry: results[last].entry)
    }
  }
}
