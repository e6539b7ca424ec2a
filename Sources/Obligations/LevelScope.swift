internal import Agreements
internal import Catalogs
package import Findings
package import Ownership
internal import Statements

/// A service level that holds covers a domain that its party is not accountable for.
///
/// Whoever promises a number for what somebody else answers for promises nothing, or answers for it without knowing.
package enum LevelScope {
  /// `sla-outside-scope`, one for each level and domain, in the order of the agreements.
  ///
  /// A party is accountable for a domain if it is for the function of that name, where the catalog of IT functions has it
  /// and it applies on the snapshot's day; else if it is for any unit of the domain.
  package static func findings(_ snapshot: Snapshot) -> [Finding] {
    let owners = DomainOwners(snapshot.matrix)
    return snapshot.matrix.lines.flatMap { row -> [Finding] in
      guard row.key.kind == .level, let held = row.state.held else { return [] }
      let version = snapshot.resolver.input.versions[held.version]
      guard let level = version.document?.serviceLevels.first(where: { $0.id == row.key.id }) else { return [] }
      return level.domains.compactMap { domain in
        let parties = owners.parties(of: domain)
        guard !parties.contains(level.party) else { return nil }
        let found = parties.isEmpty ? "nobody" : Wording.list(parties)
        return Finding(
          .levelOutsideScope, row.state.subject, entry: version.entry, expected: level.party, found: found,
          "'\(level.party)' promises '\(level.id)' for '\(domain)', and \(found) "
            + "\(parties.count > 1 ? "are" : "is") accountable there")
      }
    }
  }
}

/// Which parties are accountable in each domain.
private struct DomainOwners {
  private var functions: [String: [String]] = [:]
  private var units: [String: [String]] = [:]

  init(_ matrix: ResponsibilityMatrix) {
    for row in matrix.frameworks.flatMap(\.controls) where row.applies {
      guard let domain = row.control.domain else { continue }
      let parties = Set(row.applicable.compactMap(\.accountable))
      if row.control.id.framework == ControlFinder.functions {
        functions[domain] = parties.sorted(by: ByteOrder.precedes)
      }
      units[domain] = parties.union(units[domain] ?? []).sorted(by: ByteOrder.precedes)
    }
  }

  func parties(of domain: String) -> [String] { functions[domain] ?? units[domain] ?? [] }
}
