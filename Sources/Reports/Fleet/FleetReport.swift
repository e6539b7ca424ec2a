internal import Crypto
internal import Findings
internal import Ownership
package import Statements
internal import TreeLog

/// How many stores stand, a line for each, the worst of them first.
public struct FleetReport: Sendable {
  /// The day for which ownership is resolved in each.
  package let asOf: Day
  /// In byte order of their names.
  package let lines: [FleetLine]
  /// The day that changes are counted from, where the reader named it; nil for that of each store's own last look.
  package let since: Day?
  /// So many are named as the worst.
  static let worstCount = 10

  package init(_ lines: [FleetLine], asOf: Day, since: Day? = nil) {
    self.lines = lines.sorted { ByteOrder.precedes($0.name, $1.name) }
    (self.asOf, self.since) = (asOf, since)
  }

  /// Those that are not sound, cannot be read, or have something to act on, the worst first; at most ten.
  package var worst: [FleetLine] {
    let weighed = lines.filter { !$0.reasons(on: asOf).isEmpty }.enumerated().map { index, line in
      (weight: line.weight(on: asOf) + [index], line: line)
    }
    return weighed.sorted { $0.weight.lexicographicallyPrecedes($1.weight) }.prefix(FleetReport.worstCount).map(\.line)
  }

  /// How many there are of each kind.
  struct Tally {
    var sound = 0
    var unsound = 0
    var unreadable = 0
    /// Sound ones in which units are owned by nobody, with something overdue or stale, and with nothing of either.
    var errors = 0
    var overdue = 0
    var quiet = 0
  }

  var tally: Tally {
    var tally = Tally()
    for line in lines {
      switch line.state {
      case "sound": tally.sound += 1
      case "not-sound": tally.unsound += 1
      default: tally.unreadable += 1
      }
      guard line.trouble == nil, let facts = line.facts else { continue }
      if line.rings(.error) { tally.errors += 1 }
      if facts.stale + facts.overdue > 0 { tally.overdue += 1 }
      if !line.rings(.overdue) { tally.quiet += 1 }
    }
    return tally
  }

  /// What names all the checkpoints that it was made from: over a line of origin, size and root for each, in its order.
  var checkpointDigest: Digest {
    let named = lines.compactMap { $0.facts?.checkpoint }.map { "\($0.origin) \($0.size) \($0.root.hex)\n" }
    return SHA256.hash(named.joined())
  }
}
