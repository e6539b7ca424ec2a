internal import Rendering
internal import Findings
internal import Catalogs
internal import Ownership
internal import Statements

/// How much each party answers for, and who answers in each domain.
struct OwnershipSummary {
  struct PartyShare {
    let party: String
    /// What the party calls itself; empty where it never joined.
    let name: String
    /// Controls of which it owns every unit.
    var controls = 0
    var units = 0
    /// Units with evidence that is not too old.
    var current = 0
  }

  struct DomainShare {
    /// nil for what lies in none.
    let domain: String?
    var units = 0
    var owned = 0
    var unowned = 0
    var notApplicable = 0
    var parties: Set<String> = []
  }

  /// The client first, then by their ids.
  private(set) var parties: [PartyShare] = []
  /// Owned controls whose units different parties own.
  private(set) var sharedControls = 0
  /// By their ids, what lies in none last.
  private(set) var domains: [DomainShare] = []

  init(_ matrix: ResponsibilityMatrix, _ state: LogState) {
    var shares: [String: PartyShare] = [:]
    func change(_ party: String, _ change: (inout PartyShare) -> Void) {
      change(&shares[party, default: PartyShare(party: party, name: state.membership.party(party)?.name ?? "")])
    }
    for row in matrix.countedControls where row.isOwned {
      if let party = row.accountable {
        change(party) { $0.controls += 1 }
      } else {
        sharedControls += 1
      }
    }
    var byDomain: [String?: DomainShare] = [:]
    for unit in matrix.units {
      let domain = unit.ownership.unit.domain
      byDomain[domain, default: DomainShare(domain: domain)].add(unit)
      guard unit.applies, unit.ownership.isOwned, let party = unit.accountable else { continue }
      change(party) { share in
        share.units += 1
        if unit.isEvidenceCurrent { share.current += 1 }
      }
    }
    let client = state.client
    parties = shares.values.sorted { left, right in
      (left.party == client) != (right.party == client)
        ? left.party == client : ByteOrder.precedes(left.party, right.party)
    }
    domains = byDomain.values.sorted { left, right in
      guard let first = left.domain else { return false }
      return right.domain.map { ByteOrder.precedes(first, $0) } ?? true
    }
  }
}

extension OwnershipSummary.DomainShare {
  fileprivate mutating func add(_ unit: ResponsibilityMatrix.UnitRow) {
    units += 1
    if !unit.applies {
      notApplicable += 1
    } else if unit.ownership.error != nil {
      unowned += 1
    } else {
      owned += 1
      if let party = unit.accountable { parties.insert(party) }
    }
  }
}

extension ResponsibilityMatrix.Totals {
  /// `320 = 301 owned + 2 contested + 5 unaccepted + 12 unowned + 0 not applicable`.
  var sum: String {
    sum(["\(notApplicable) not applicable"])
  }

  /// The same for where there is little room: what there is none of is left out.
  var shortSum: String { sum(notApplicable > 0 ? ["\(notApplicable) not applicable"] : []) }

  private func sum(_ rest: [String]) -> String {
    let kinds = FindingCode.ownershipErrors.compactMap { code in byError[code].map { "\($0) \(code.rawValue)" } }
    return "\(total) = " + (["\(owned) owned"] + kinds + rest).joined(separator: " + ")
  }

  /// `unowned` is the sum of the seven kinds; `byKind` has each, that of nobody at all among them.
  func json() -> JSONOutput {
    let kinds = FindingCode.ownershipErrors.map { ($0.rawValue, JSONOutput.integer(byError[$0] ?? 0)) }
    return .object(
      [
        ("total", .integer(total)), ("owned", .integer(owned)), ("unowned", .integer(unowned)),
        ("notApplicable", .integer(notApplicable)),
      ] + kinds.filter { $0.0 != FindingCode.unowned.rawValue } + [("byKind", .object(kinds))])
  }
}
