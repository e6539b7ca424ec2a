internal import Agreements
internal import Obligations
public import Ownership
public import Statements

/// An agreement whose last day is near, and what nobody would own after it.
public struct EngagementEnding: Sendable, Equatable {
  /// The agreement's id.
  public var engagement: String
  /// The last day covered.
  public var lastDay: Day
  /// Units that the agreement holds today up to that day.
  public var units: Int
  /// The day by which it must be given notice; nil where none is agreed, or it was ended early.
  public var noticeBy: Day?

  /// An agreement that ends on a day, and how many units lose it.
  public init(engagement: String, lastDay: Day, units: Int, noticeBy: Day? = nil) {
    self.engagement = engagement
    self.lastDay = lastDay
    self.units = units
    self.noticeBy = noticeBy
  }

  /// The agreements that run out within some days of the matrix's day, or must be given notice by then, by the versions that
  /// hold; the soonest first.
  ///
  /// - Throws: Whatever reading a document throws.
  public static func list(
    _ snapshot: Snapshot, withinDays days: Int = 180
  ) throws -> [EngagementEnding] {
    let (matrix, state, library) = (snapshot.matrix, snapshot.state, snapshot.library)
    var counts: [Key: Int] = [:]
    for unit in matrix.units {
      for claim in unit.ownership.claims {
        guard let version = claim.holding.version else { continue }
        counts[Key(engagement: claim.engagement, version: version), default: 0] += 1
      }
    }
    var endings: [EngagementEnding] = []
    for (key, units) in counts where state.versions.indices.contains(key.version) {
      let version = state.versions[key.version]
      let document = try library.document(version.document)
      let early = state.end(of: version).map { $0.on.adding(days: -1) }
      guard let lastDay = [document?.termThrough, early].compactMap({ $0 }).min(), lastDay >= matrix.asOf else {
        continue
      }
      let isEarly = early.map { $0 <= lastDay } ?? false
      let noticeBy = isEarly ? nil : document?.notice.map { $0.day(before: lastDay) }
      let horizon = matrix.asOf.adding(days: days)
      guard lastDay <= horizon || noticeBy.map({ $0 <= horizon }) ?? false else { continue }
      if let index = endings.firstIndex(where: { $0.engagement == key.engagement && $0.lastDay == lastDay }) {
        endings[index].units += units
      } else {
        endings.append(
          EngagementEnding(engagement: key.engagement, lastDay: lastDay, units: units, noticeBy: noticeBy))
      }
    }
    return endings.sorted { left, right in
      left.lastDay == right.lastDay
        ? ByteOrder.precedes(left.engagement, right.engagement) : left.lastDay < right.lastDay
    }
  }

  private struct Key: Hashable {
    let engagement: String
    let version: Int
  }
}
