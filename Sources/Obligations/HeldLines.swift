package import Agreements
package import Ownership
package import Statements

/// Which lines of agreements hold on days other than the snapshot's: a promise of March is held against the agreement of
/// March.
///
/// Between two days on which agreements change everything stays as it is, so that each stretch is looked at once.
package final class HeldLines {
  /// What a line says, and by which version.
  package struct Held<Line: Sendable>: Sendable {
    package var line: Line
    /// The first day of the term of the version that says so.
    package var termFrom: Day
    /// Its last day.
    package var termThrough: Day
    package var client: String
    /// The entry of the version that says so.
    package var version: Int
  }

  private let resolver: Resolver
  private var known: [String: [(start: Day, lines: [Schedule.LineKey: LineState])]] = [:]

  package convenience init(_ snapshot: Snapshot) { self.init(snapshot.resolver) }

  package init(_ resolver: Resolver) { self.resolver = resolver }

  /// The engagements' ids, in order of their first versions.
  package var engagements: [String] { resolver.engagements }

  /// The service levels that any version of an engagement has, each once.
  package func levels(_ engagement: String) -> [String] { ids(engagement) { $0.serviceLevels.map(\.id) } }

  /// The blocks of hours that any version of an engagement has, each once.
  package func blocks(_ engagement: String) -> [String] { ids(engagement) { $0.hours.map(\.id) } }

  /// The duties that any version of an engagement has, each once.
  package func duties(_ engagement: String) -> [String] { ids(engagement) { $0.duties.map(\.id) } }

  private func ids(_ engagement: String, _ list: (EngagementDocument) -> [String]) -> [String] {
    var ids: [String] = []
    for id in documents(engagement).flatMap(list) where !ids.contains(id) { ids.append(id) }
    return ids
  }

  private func documents(_ engagement: String) -> [EngagementDocument] {
    resolver.input.versions.filter { $0.engagement == engagement }.compactMap(\.document)
  }

  /// The first and the last day for which any version of an engagement speaks.
  package func span(_ engagement: String) -> (from: Day, through: Day)? {
    let documents = documents(engagement)
    guard let from = documents.map(\.termFrom).min(), let through = documents.map(\.termThrough).max() else {
      return nil
    }
    return (from, through)
  }

  /// The service level of that id that holds on a day.
  package func level(_ engagement: String, _ id: String, on day: Day) -> Held<ServiceLevel>? {
    held(engagement, Schedule.LineKey(.level, id), on: day) { $0.serviceLevels.first { $0.id == id } }
  }

  /// The block of hours of that id that holds on a day.
  package func block(_ engagement: String, _ id: String, on day: Day) -> Held<HourBlock>? {
    held(engagement, Schedule.LineKey(.block, id), on: day) { $0.hours.first { $0.id == id } }
  }

  /// Which version's duty of that id holds on a day: its index among the resolver's.
  package func duty(_ engagement: String, _ id: String, on day: Day) -> Int? {
    lines(engagement, on: day)[Schedule.LineKey(.duty, id)]?.held?.version
  }

  /// The last day before another on which a duty held; nil where it never did.
  package func lastDay(ofDuty id: String, _ engagement: String, before day: Day) -> Day? {
    // Nothing becomes other between two changes, so that the day before each is looked at.
    changes(engagement, after: Day(daysSinceEpoch: Int.min / 2), through: day).reversed().lazy
      .map { $0.adding(days: -1) }.first { self.duty(engagement, id, on: $0) != nil }
  }

  private func held<Line>(
    _ engagement: String, _ key: Schedule.LineKey, on day: Day, _ find: (EngagementDocument) -> Line?
  ) -> Held<Line>? {
    guard let said = lines(engagement, on: day)[key]?.held else { return nil }
    let version = resolver.input.versions[said.version]
    guard let document = version.document, let line = find(document) else { return nil }
    return Held(
      line: line, termFrom: document.termFrom, termThrough: document.termThrough, client: document.client,
      version: version.entry)
  }

  /// The days after a day, through another, on which lines of an engagement may become others.
  package func changes(_ engagement: String, after day: Day, through last: Day) -> [Day] {
    resolver.lineChangeDays(engagement).filter { $0 > day && $0 <= last }
  }

  private func lines(_ engagement: String, on day: Day) -> [Schedule.LineKey: LineState] {
    let start = resolver.lineChangeDays(engagement).last { $0 <= day } ?? Day(daysSinceEpoch: Int.min / 2)
    if let lines = known[engagement]?.first(where: { $0.start == start })?.lines { return lines }
    let states = resolver.lines(engagement, on: day)
    let lines = Dictionary(states.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    known[engagement, default: []].append((start, lines))
    return lines
  }
}

@available(*, unavailable)
extension HeldLines: Sendable {}
