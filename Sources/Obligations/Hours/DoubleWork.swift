package import Findings
package import Ownership
package import Statements

/// Hours where the scope is vague: several parties worked in one domain, or a party in a domain that is not its own.
package enum DoubleWork {
  /// A domain in which several parties worked in the same month.
  package struct Overlap: Sendable, Equatable {
    package var domain: String
    /// `2026-09`
    package var month: String
    /// The hours of each party that named the domain, in byte order; those of several domains count in each.
    package var hours: [Share]
    package var accountable: [String]
    /// The entries of the hours, in log order.
    package var entries: [Int]
    fileprivate var last: Day
  }

  /// What a party worked.
  package struct Share: Sendable, Equatable {
    package var party: String
    package var hours: Decimal
  }

  /// Hours in a domain that their party neither answers for nor is named to work in.
  package struct Foreign: Sendable, Equatable {
    package var record: UsageRecord
    package var domain: String
    package var accountable: [String]
  }

  private struct Place: Hashable {
    var domain: String
    var month: String
  }

  /// Up to the snapshot's day, by month and domain.
  package static func overlaps(_ snapshot: Snapshot) -> [Overlap] {
    let owners = DomainOwnership(snapshot)
    var found: [Place: [UsageRecord]] = [:]
    for record in HourLedger.usages(snapshot) {
      for domain in record.usage.domains {
        found[Place(domain: domain, month: record.usage.through.month), default: []].append(record)
      }
    }
    let several = found.filter { Set($0.value.map(\.party)).count > 1 }
    return several.map { place, records in
      let last = records.map(\.usage.through).max() ?? snapshot.asOf
      let shares = Dictionary(grouping: records, by: \.party).map { party, records in
        Share(party: party, hours: records.reduce(.zero) { $0 + (Decimal($1.usage.hours) ?? .zero) })
      }
      return Overlap(
        domain: place.domain, month: place.month, hours: shares.sorted { ByteOrder.precedes($0.party, $1.party) },
        accountable: owners.owners(of: place.domain, on: last).accountable, entries: records.map(\.entry).sorted(),
        last: last)
    }.sorted { left, right in
      left.month == right.month
        ? ByteOrder.precedes(left.domain, right.domain) : ByteOrder.precedes(left.month, right.month)
    }
  }

  /// Up to the snapshot's day, in the order of the days.
  package static func foreign(_ snapshot: Snapshot) -> [Foreign] {
    let owners = DomainOwnership(snapshot)
    return HourLedger.usages(snapshot).flatMap { record in
      record.usage.domains.compactMap { domain in
        let named = owners.owners(of: domain, on: record.usage.through)
        return named.name(record.party)
          ? nil : Foreign(record: record, domain: domain, accountable: named.accountable)
      }
    }
  }

  /// `double-work`, for each month and domain; what is more than a year ago is for the report of hours.
  package static func findings(_ snapshot: Snapshot) -> [Finding] {
    findings(snapshot, since: snapshot.asOf.adding(months: -12))
  }

  /// The same from a day on; nil for all.
  static func findings(_ snapshot: Snapshot, since oldest: Day?) -> [Finding] {
    overlaps(snapshot).filter { overlap in oldest.map { overlap.last >= $0 } ?? true }.map { overlap in
      let hours = overlap.hours.map { "'\($0.party)' \($0.hours) hours" }
      let owners = overlap.accountable.isEmpty ? "nobody" : Wording.list(overlap.accountable)
      return Finding(
        .doubleWork, "\(overlap.domain) \(overlap.month)", entry: overlap.entries.last, expected: owners,
        found: Wording.list(overlap.hours.map(\.party)),
        "\(Wording.list(hours)) in '\(overlap.domain)' in \(overlap.month), where \(owners) "
          + "\(overlap.accountable.count > 1 ? "are" : "is") accountable")
    }
  }
}
