internal import Agreements
internal import Catalogs
package import Statements

/// The days on which answers of an engagement may become others, apart from those that only one unit's own lines bring.
///
/// An agreement may date thousands of lines. Whoever asked every unit on each of those days would do the work of all of
/// them for each; here a unit is asked on the days of the lines that may be about it.
struct ChangeDays: Sendable {
  /// Of each engagement, in order.
  private var byEngagement: [String: [Day]] = [:]

  init(_ input: ResolutionInput, _ versionsByEngagement: [String: [Int]]) {
    let shared = Set(input.adoptions.map(\.effective) + input.leaves.map(\.day))
    let ends = Dictionary(grouping: input.ends, by: \.engagement)
    for (engagement, versions) in versionsByEngagement {
      var days = shared
      for index in versions {
        let version = input.versions[index]
        days.insert(version.effective)
        guard let document = version.document else { continue }
        days.insert(document.termFrom)
        days.insert(document.termThrough.adding(days: 1))
      }
      days.formUnion((ends[engagement] ?? []).map(\.on))
      byEngagement[engagement] = days.sorted()
    }
  }

  /// The days of an engagement, in order.
  subscript(engagement: String) -> [Day] { byEngagement[engagement] ?? [] }
}

extension Resolver {
  /// Further days on which an engagement's answer for one unit may become another: those of lines that may be about it,
  /// in agreements and in the schedules that were signed for them.
  func ownChangeDays(_ engagement: String, _ unit: UnitFacts) -> Set<Day> {
    var days: Set<Day> = []
    for index in versionsByEngagement[engagement] ?? [] {
      matchings[index].insertDays(of: unit, into: &days)
      for acceptance in acceptancesByVersion[input.versions[index].statement] ?? [] {
        for line in acceptance.lines[unit.id] ?? [] {
          days.insert(line.from)
          days.insert(line.through.adding(days: 1))
        }
      }
    }
    return days
  }

  /// The days of a span from which on an engagement's answer for a unit may be another, the first among them, in order.
  func starts(_ engagement: String, _ unit: UnitFacts, from: Day, through: Day) -> [Day] {
    let days = ownChangeDays(engagement, unit).filter { $0 > from && $0 <= through }
    return [from] + days.sorted()
  }
}

extension Resolver {
  /// The days on which lines of an engagement that are about no unit may become others, in order.
  package func lineChangeDays(_ engagement: String) -> [Day] { changeDays[engagement] }
}

extension Resolver {
  /// The days on which who owns a unit may become another, by any engagement, in order.
  package func changeDays(of unit: UnitFacts) -> [Day] {
    var days: Set<Day> = []
    for engagement in engagements {
      days.formUnion(changeDays[engagement])
      days.formUnion(ownChangeDays(engagement, unit))
    }
    days.formUnion(input.adoptions.map(\.effective))
    return days.sorted()
  }
}
