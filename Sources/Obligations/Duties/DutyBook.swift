internal import Agreements
package import Findings
package import Ownership
package import Statements

/// Evidence by the duty that it names, `engagement/duty`, and the hand-over lists that were kept.
package struct DutyBook: Sendable {
  private var done: [String: [DutyCalendar.Done]] = [:]
  package let handovers: HandoverBook

  /// - Parameter records: Evidence that counts and is not replaced, in log order.
  package init(_ records: [EvidenceRecord] = [], handovers: HandoverBook = HandoverBook(), of snapshot: Snapshot? = nil)
  {
    self.handovers = handovers
    let parties = snapshot.map(DutyBook.parties)
    for record in records {
      guard let duty = record.evidence.duty else { continue }
      // Somebody who is no party to the agreement cannot show that it was kept.
      let engagement = String(duty.prefix { $0 != "/" })
      guard parties?[engagement]?.contains(record.party) ?? true else { continue }
      done[duty, default: []].append(DutyCalendar.Done(day: record.ageDay, entry: record.entry))
    }
    for name in Set(handovers.items.map(\.name)) { done[name, default: []] += handovers.all(name) }
    for name in done.keys { done[name]?.sort { ($0.day, $0.entry) < ($1.day, $1.entry) } }
  }

  /// The client and every provider that any version of an engagement names.
  private static func parties(_ snapshot: Snapshot) -> [String: Set<String>] {
    var parties: [String: Set<String>] = [:]
    for version in snapshot.resolver.input.versions {
      guard let document = version.document else { continue }
      parties[version.engagement, default: []].formUnion([document.client] + document.providers)
    }
    return parties
  }

  /// When a duty was done, the earliest first; of one day, in log order.
  package func all(_ duty: String) -> [DutyCalendar.Done] { done[duty] ?? [] }

  /// When it was done last, as of a day: what was done later is not known on it.
  package func newest(_ duty: String, on day: Day) -> DutyCalendar.Done? { done[duty]?.last { $0.day <= day } }
}

extension DutyCalendar {
  /// The duties that hold on the snapshot's day, and what is to be handed over, with the evidence of a book.
  package static func list(_ snapshot: Snapshot, done book: DutyBook) -> [Entry] {
    let agreed = list(snapshot) { book.newest($0, on: snapshot.asOf) }
    let handed = book.handovers.items.map { owed in
      let newest = book.newest(owed.name, on: snapshot.asOf)
      let due = newest == nil ? owed.item.by : nil
      return Entry(
        engagement: owed.engagement, id: owed.item.id, title: owed.item.what, party: owed.item.party,
        cadence: "hand-over", newest: newest, due: due, isOverdue: due.map { $0 < snapshot.asOf } ?? false,
        version: owed.entry, termFrom: owed.kept, when: .handover(by: owed.item.by))
    }
    return sorted(agreed + handed)
  }

  /// `overdue` for what is late, by agreements that hold or have ended, and `handover-unreadable` for lists that cannot be read.
  package static func findings(_ snapshot: Snapshot, done book: DutyBook) -> [Finding] {
    findings(owed(snapshot, done: book)) + book.handovers.findings
  }
}
