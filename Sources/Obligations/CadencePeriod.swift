package import Catalogs
package import Statements

/// A stretch of the calendar in UTC that a promise is held against: a day, a week from Monday through Sunday, a month, a
/// quarter, half a year, a year, or two or three years of them.
///
/// Years are counted in twos and threes from the one that the agreement's term begins in.
package struct CadencePeriod: Sendable, Hashable {
  package var from: Day
  package var through: Day
  private var cadence: Cadence

  /// The period that a day lies in.
  ///
  /// - Parameter anchor: The first day of the agreement's term.
  /// - Returns: nil for `event`, which has none, and where the calendar ends.
  package init?(_ cadence: Cadence, around day: Day, anchor: Day) {
    self.cadence = cadence
    let (year, month, _) = day.components
    func months(_ first: Int, _ count: Int, of year: Int) -> (Day, Day)? {
      Day(year: year, month: first, day: 1).map { ($0, $0.adding(months: count).adding(days: -1)) }
    }
    let span: (Day, Day)?
    switch cadence {
    case .day: span = (day, day)
    case .week:
      let monday = day.adding(days: -CadencePeriod.weekday(day))
      span = (monday, monday.adding(days: 6))
    case .month: span = months(month, 1, of: year)
    case .quarter: span = months((month - 1) / 3 * 3 + 1, 3, of: year)
    case .halfYear: span = months((month - 1) / 6 * 6 + 1, 6, of: year)
    case .year: span = months(1, 12, of: year)
    case .twoYears, .threeYears:
      let length = cadence == .twoYears ? 2 : 3
      let start = anchor.components.year
      let past = year - start
      // Years before the term's are counted backwards.
      let whole = past >= 0 ? past / length : (past - length + 1) / length
      span = months(1, 12 * length, of: start + whole * length)
    case .event: span = nil
    }
    guard let (from, through) = span, from <= through else { return nil }
    self.from = from
    self.through = through
  }

  /// Days since Monday.
  private static func weekday(_ day: Day) -> Int {
    // 1970-01-01 was a Thursday.
    let days = (day.daysSinceEpoch + 3) % 7
    return days < 0 ? days + 7 : days
  }

  /// The period after it.
  package func next(anchor: Day) -> CadencePeriod? {
    CadencePeriod(cadence, around: through.adding(days: 1), anchor: anchor)
  }

  /// The period before it.
  package func previous(anchor: Day) -> CadencePeriod? {
    CadencePeriod(cadence, around: from.adding(days: -1), anchor: anchor)
  }

  package var dayCount: Int { through.daysSinceEpoch - from.daysSinceEpoch + 1 }

  /// Whether a day lies in it.
  package func contains(_ day: Day) -> Bool { from <= day && day <= through }
}

extension CadencePeriod: CustomStringConvertible {
  /// As commands take it: `2026-09`, `2026-q3`, `2026-h2`, `2026`, `2026-09-14`; a week and several years as their first
  /// and last day, `2026-09-14..2026-09-20`.
  package var description: String {
    let (year, month, _) = from.components
    let text = "\(from)"
    switch cadence {
    case .day: return text
    case .month: return String(text.prefix(7))
    case .quarter: return "\(text.prefix(4))-q\((month + 2) / 3)"
    case .halfYear: return "\(text.prefix(4))-h\((month + 5) / 6)"
    case .year: return String(text.prefix(4))
    case .week: return "\(text)..\(through)"
    case .twoYears, .threeYears, .event: return "\(year)..\(through.components.year)"
    }
  }
}
