internal import Agreements
internal import Catalogs
internal import Obligations
public import Ownership
public import Statements

/// An agreement whose last day is near, and what nobody would own after it.
public struct EngagementEnding: Sendable, Equatable {
  /// The agreement's id.
  public var engagement: String
  /// The last day covered.
  public var lastDay: Day
  /// Units that the agreement holds on that day, and that nobody answers for on the day after.
  public var units: Int
  /// The day by which it must be given notice; nil where none is agreed, or it was ended early.
  public var noticeBy: Day?
  /// Whether an early end stands, and no term.
  public var isEarly: Bool

  /// An agreement that ends on a day, and how many units lose it.
  public init(engagement: String, lastDay: Day, units: Int, noticeBy: Day? = nil, isEarly: Bool = false) {
    self.engagement = engagement
    self.lastDay = lastDay
    self.units = units
    self.noticeBy = noticeBy
    self.isEarly = isEarly
  }

  /// The agreements that run out within some days of the matrix's day, or must be given notice by then, by the versions that
  /// hold on their last days: one that was renewed ends with the renewal. The soonest first.
  ///
  /// - Throws: Whatever reading a document throws.
  public static func list(
    _ snapshot: Snapshot, withinDays days: Int = 180
  ) throws -> [EngagementEnding] {
    let resolver = snapshot.resolver
    let horizon = snapshot.asOf.adding(days: days)
    var endings: [EngagementEnding] = []
    for engagement in resolver.engagements {
      for lastDay in lastDays(of: engagement, resolver) where lastDay.day >= snapshot.asOf {
        guard lastDay.day <= horizon || lastDay.noticeBy.map({ $0 <= horizon }) ?? false,
          let ending = ending(engagement, after: lastDay, resolver),
          lastDay.day <= horizon || ending.noticeBy.map({ $0 <= horizon }) ?? false
        else { continue }
        endings.append(ending)
      }
    }
    return endings.sorted { left, right in
      left.lastDay == right.lastDay
        ? ByteOrder.precedes(left.engagement, right.engagement) : left.lastDay < right.lastDay
    }
  }

  /// A day that may be an engagement's last.
  private struct LastDay {
    var day: Day
    /// The soonest day for notice of the versions with that term.
    var noticeBy: Day?
    var isEarly = false
  }

  /// The last days of an engagement's terms and those before its early ends, each once.
  private static func lastDays(of engagement: String, _ resolver: Resolver) -> [LastDay] {
    var found: [Day: LastDay] = [:]
    for document in resolver.input.versions.filter({ $0.engagement == engagement }).compactMap(\.document) {
      let day = document.termThrough
      let notices = [document.notice.map { $0.day(before: day) }, found[day]?.noticeBy].compactMap { $0 }
      found[day] = LastDay(day: day, noticeBy: notices.min())
    }
    for end in resolver.input.ends where end.engagement == engagement {
      let day = end.on.adding(days: -1)
      if found[day] == nil { found[day] = LastDay(day: day, isEarly: true) }
    }
    return Array(found.values)
  }

  /// What nobody answers for on the day after one that may be the last; nil where the engagement goes on for all of it.
  private static func ending(_ engagement: String, after last: LastDay, _ resolver: Resolver) -> EngagementEnding? {
    let next = last.day.adding(days: 1)
    let (before, after) = (resolver.scope(on: last.day), resolver.scope(on: next))
    func claim(_ unit: UnitFacts, on day: Day, in scope: AdoptedScope) -> (UnitOwnership, UnitOwnership.Claim?) {
      let ownership = resolver.ownership(unit, on: day, in: scope)
      return (ownership, ownership.claims.first { $0.engagement == engagement })
    }
    var (kept, lapsing) = (0, 0)
    var versions: Set<Int> = []
    for unit in after.units where after.applies(unit) == true && before.applies(unit) == true {
      guard let held = claim(unit, on: last.day, in: before).1 else { continue }
      if let version = held.holding.version { versions.insert(version) }
      let then = claim(unit, on: next, in: after)
      if then.1 != nil { kept += 1 }
      if then.0.claims.isEmpty { lapsing += 1 }
    }
    guard let newest = versions.max(), lapsing > 0 || kept == 0 else { return nil }
    let notice = last.isEarly ? nil : resolver.input.versions[newest].document?.notice
    return EngagementEnding(
      engagement: engagement, lastDay: last.day, units: lapsing, noticeBy: notice.map { $0.day(before: last.day) },
      isEarly: last.isEarly)
  }
}
