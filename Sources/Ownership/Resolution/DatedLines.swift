internal import Statements

/// Lines that are in force on some days each, found by a day without asking all of them.
///
/// Sorted by their first days, each with the latest last day of those up to it: whoever looks backwards from a day is done
/// where nothing before reaches it.
struct DatedLines<Line: Sendable>: Sendable {
  private struct Dated: Sendable {
    let from: Int
    let through: Int
    /// The latest last day of this one and of those before it.
    var latest: Int
    /// Its place among the lines as they were given.
    let place: Int
    let line: Line
  }

  private let sorted: [Dated]

  /// All of them, by their first days.
  var lines: [Line] { sorted.map(\.line) }

  /// - Parameter days: The first and the last day of a line; nil where it has none.
  init(_ lines: [Line], days: (Line) -> (from: Day?, through: Day?)) {
    var sorted = lines.enumerated().map { place, line in
      let (from, through) = days(line)
      let last = through?.daysSinceEpoch ?? Int.max
      return Dated(from: from?.daysSinceEpoch ?? Int.min, through: last, latest: last, place: place, line: line)
    }.sorted { ($0.from, $0.place) < ($1.from, $1.place) }
    for index in sorted.indices.dropFirst() {
      sorted[index].latest = max(sorted[index].latest, sorted[index - 1].latest)
    }
    self.sorted = sorted
  }

  /// The lines in force on a day, as they were given.
  func inForce(on day: Day) -> [Line] {
    let number = day.daysSinceEpoch
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle].from <= number { low = middle + 1 } else { high = middle }
    }
    var found: [Dated] = []
    for dated in sorted[..<low].reversed() {
      guard dated.latest >= number else { break }
      if dated.through >= number { found.append(dated) }
    }
    return found.sorted { $0.place < $1.place }.map(\.line)
  }
}
