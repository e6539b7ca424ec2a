internal import Crypto
internal import Findings
internal import Ownership
package import Statements
internal import TreeLog

/// How many stores stand, a line for each, the worst of them first.
public struct FleetReport: Sendable {
  /// The day for which ownership is resolved in each.
  package let asOf: Day
  /// The worst first; those that are alike in that, in byte order of their names.
  package let lines: [FleetLine]
  /// The day that changes are counted from, where the reader named it; nil for that of each store's own last look.
  package let since: Day?
  /// So many are named as the worst.
  static let worstCount = 10

  package init(_ lines: [FleetLine], asOf: Day, since: Day? = nil) {
    let named = lines.sorted { ByteOrder.precedes($0.name, $1.name) }
    let weighed = named.enumerated().map { index, line in (weight: line.weight(on: asOf) + [index], line: line) }
    self.lines = weighed.sorted { $0.weight.lexicographicallyPrecedes($1.weight) }.map(\.line)
    (self.asOf, self.since) = (asOf, since)
  }

  /// Those that are not sound, cannot be read, or have something to act on, the worst first; at most ten.
  package var worst: [FleetLine] {
    Array(lines.filter { !$0.reasons(on: asOf).isEmpty }.prefix(FleetReport.worstCount))
  }

  /// The folders of each log that lies in several, in byte order of their names.
  package var copies: [[FleetLine]] {
    let groups = Dictionary(grouping: byName.filter { $0.origin != nil }, by: \.origin).values.filter { $0.count > 1 }
    return groups.sorted { ByteOrder.precedes($0[0].name, $1[0].name) }
  }

  /// As many as there are logs, and folders in which none can be told.
  var clientCount: Int { lines.count - copies.reduce(0) { $0 + $1.count - 1 } }

  /// In byte order of their names.
  private var byName: [FleetLine] { lines.sorted { ByteOrder.precedes($0.name, $1.name) } }

  /// How many there are of each kind.
  struct Tally {
    var sound = 0
    var unsound = 0
    var unreadable = 0
    /// Sound ones in which units are owned by nobody, with something overdue or stale, and with nothing of either.
    var errors = 0
    var overdue = 0
    var quiet = 0
    /// Sound ones that missed a service level, and those whose log begins after the day.
    var missed = 0
    var later = 0
  }

  var tally: Tally {
    var tally = Tally()
    for line in lines {
      switch line.state {
      case "sound": tally.sound += 1
      case "not-sound": tally.unsound += 1
      default: tally.unreadable += 1
      }
      if line.begins != nil { tally.later += 1 }
      guard line.trouble == nil, let facts = line.known else { continue }
      if line.rings(.error) { tally.errors += 1 }
      if facts.stale + facts.overdue > 0 { tally.overdue += 1 }
      if facts.missedLevels > 0 { tally.missed += 1 }
      if !line.rings(.overdue), facts.missedLevels == 0 { tally.quiet += 1 }
    }
    return tally
  }

  /// What names all the checkpoints that it was made from: over a line of origin, size and root for each, in
  /// byte order of the folders' names.
  var checkpointDigest: Digest {
    let named = byName.compactMap { $0.facts?.checkpoint }.map { "\($0.origin) \($0.size) \($0.root.hex)\n" }
    return SHA256.hash(named.joined())
  }
}
