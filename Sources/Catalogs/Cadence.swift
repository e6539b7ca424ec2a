/// How often evidence is due, from the shortest period to the longest; `event` comes last, for it never is.
public enum Cadence: String, Sendable, Hashable, CaseIterable, Codable {
  /// Every day.
  case day
  /// Every seven days.
  case week
  /// Every month.
  case month
  /// Every three months.
  case quarter
  /// Every six months.
  case halfYear = "half-year"
  /// Every year.
  case year
  /// Every two years.
  case twoYears = "two-years"
  /// Every three years.
  case threeYears = "three-years"
  /// When something happens; evidence never grows stale.
  case event
}

extension Cadence: Comparable {
  /// Whether the left one is the more frequent.
  public static func < (left: Cadence, right: Cadence) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .day: 0
    case .week: 1
    case .month: 2
    case .quarter: 3
    case .halfYear: 4
    case .year: 5
    case .twoYears: 6
    case .threeYears: 7
    case .event: 8
    }
  }
}
