internal import Findings
internal import Obligations
internal import Statements

/// Something that is due within thirty days, or overdue.
package struct DueMatter: Sendable, Hashable {
  /// What kind of thing it is.
  package enum Kind: String, Sendable, CaseIterable {
    case evidence, duty, action, request
  }

  package var kind: Kind
  package var name: String
  /// `2026-10-30`; nil where it is only late.
  package var due: String?
  /// The party or person who owes it, where that is known.
  package var party: String?
  package var isOverdue: Bool

  /// All that a page of status names, and all that it counts.
  package static func list(_ page: StatusPage) -> [DueMatter] {
    let evidence = page.due.map { due in
      DueMatter(kind: .evidence, name: due.control, due: due.due, party: due.party, isOverdue: due.isStale)
    }
    let duties = page.duties.map { duty in
      DueMatter(
        kind: .duty, name: duty.name, due: duty.due.map { "\($0)" }, party: duty.party, isOverdue: duty.isOverdue)
    }
    let actions = page.lateActions.map { item in
      DueMatter(
        kind: .action, name: item.name, due: item.due.map { "\($0)" }, party: item.owner, isOverdue: true)
    }
    let requests = page.overdueRequests.map { list, request, _ in
      DueMatter(
        kind: .request, name: "\(request.number) of \(list)", due: request.due.map { "\($0)" }, party: request.owner,
        isOverdue: true)
    }
    var seen: Set<DueMatter> = []
    return (evidence + duties + actions + requests).filter { seen.insert($0).inserted }
  }

  /// `duty acme-onsite/minutes was due 2026-10-30 (onsite)`
  var sentence: String {
    "\(kind.rawValue) \(name) \(isOverdue ? "was" : "is") due" + (due.map { " \($0)" } ?? "")
      + (party.map { " (\($0))" } ?? "")
  }
}
