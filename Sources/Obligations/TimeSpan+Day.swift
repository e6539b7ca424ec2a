package import Agreements
package import Statements

extension TimeSpan {
  /// The day that lies so long before another; hours and minutes do not leave it.
  package func day(before day: Day) -> Day {
    switch unit {
    case .minute, .hour: day
    case .day: day.adding(days: -count)
    case .week: day.adding(days: -7 * count)
    case .month: day.adding(months: -count)
    case .year: day.adding(months: -12 * count)
    }
  }
}
