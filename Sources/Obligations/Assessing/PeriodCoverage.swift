internal import Ownership
package import Statements

/// How far assessments of a control cover a period: what an examination of operating effectiveness asks, as for a SOC 2
/// report of type 2 (AT-C section 205; TSP section 100).
package struct PeriodCoverage: Sendable, Equatable {
  package enum Extent: String, Sendable {
    case whole, part, none
  }

  package var extent: Extent
  /// Stretches that no assessment with the answer 'met' covers, in order.
  package var missing: [ClosedRange<Day>]
  /// Assessments that say 'not-met' of days in the period: exceptions, in log order.
  package var exceptions: [AssessmentBook.Mark]

  /// - Parameters:
  ///   - marks: Of the control and its units, in log order; one without days speaks of no day.
  ///   - period: First and last day.
  package init(_ marks: [AssessmentBook.Mark], of period: ClosedRange<Day>) {
    func days(_ mark: AssessmentBook.Mark) -> ClosedRange<Day>? {
      guard let through = mark.assessment.through else { return nil }
      let from = mark.assessment.from ?? through
      guard from <= through, from <= period.upperBound, through >= period.lowerBound else { return nil }
      return max(from, period.lowerBound)...min(through, period.upperBound)
    }
    exceptions = marks.filter { $0.assessment.status == .notMet && days($0) != nil }
    let covered = marks.filter { $0.assessment.status == .met || $0.assessment.status == .notApplicable }
      .compactMap(days).sorted { $0.lowerBound < $1.lowerBound }
    var missing: [ClosedRange<Day>] = []
    var next = period.lowerBound
    for span in covered {
      if span.lowerBound > next { missing.append(next...span.lowerBound.adding(days: -1)) }
      next = max(next, span.upperBound.adding(days: 1))
    }
    if next <= period.upperBound { missing.append(next...period.upperBound) }
    self.missing = missing
    extent = covered.isEmpty ? .none : missing.isEmpty ? .whole : .part
  }
}
