package import Catalogs
package import Statements

extension Cadence {
  /// The day by which evidence of some age is due anew: the same day of the month a cadence later, or the month's last.
  ///
  /// - Returns: nil for `event`, which is never stale.
  package func due(after day: Day) -> Day? {
    switch self {
    case .day: day.adding(days: 1)
    case .week: day.adding(days: 7)
    case .month: day.adding(months: 1)
    case .quarter: day.adding(months: 3)
    case .halfYear: day.adding(months: 6)
    case .year: day.adding(months: 12)
    case .twoYears: day.adding(months: 24)
    case .threeYears: day.adding(months: 36)
    case .event: nil
    }
  }
}
