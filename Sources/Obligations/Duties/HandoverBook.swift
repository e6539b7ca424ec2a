internal import Agreements
internal import Crypto
package import Findings
package import Ownership
package import Statements

/// Hand-over lists that were kept, and which of their items were shown to be done.
///
/// A list is evidence with the label `hand-over/ENGAGEMENT` that brings one object of the media type
/// `text/vnd.custody.handover`; an item is done by evidence with the label `hand-over/ENGAGEMENT/ID`. The client and each
/// provider may keep one: of each the newest counts, so that nobody drops what another has noted. A list counts no more
/// once a version recorded after it, whose term reaches to the day that the list is made for and that names all the
/// providers of the one before, is accepted by the client and by each provider: nothing is handed over then.
package struct HandoverBook: Sendable {
  /// An item that is owed, or was.
  package struct Owed: Sendable, Equatable {
    package var engagement: String
    package var item: HandoverList.Item
    /// The entry of the list, and its day.
    package var entry: Int
    package var kept: Day
    /// The entry of the version that ends: what was done before it belongs to an earlier end.
    package var version: Int

    /// `acme-onsite/access-jane`
    package var name: String { "\(engagement)/\(item.id)" }
  }

  /// A list that counts and cannot be read.
  package struct Unreadable: Sendable, Equatable {
    package var engagement: String
    package var entry: Int
    /// Why: `its bytes are missing or changed`.
    package var reason: String
  }

  /// By agreement, in order of their first versions; then the client's list before the providers', each in its own order.
  package private(set) var items: [Owed] = []
  package private(set) var unreadable: [Unreadable] = []
  private var done: [String: [DutyCalendar.Done]] = [:]

  /// Without any list.
  package init() {}

  /// - Parameters:
  ///   - lists: Evidence with the label of a list and an object of its media type, that counts and is not replaced, in
  ///     log order.
  ///   - answers: The same with the label of an item.
  ///   - day: Lists that were kept later are not known yet.
  /// - Throws: What reading an object throws; one that is missing or damaged is no error.
  package init(
    lists: [EvidenceRecord], answers: [EvidenceRecord], _ state: LogState, library: ObjectLibrary, asOf day: Day
  ) throws {
    for engagement in HandoverBook.engagements(lists, state) {
      let label = HandoverLabel.list(engagement)
      let own = lists.filter { $0.evidence.label == label && $0.recorded.day <= day }
      try read(own, of: engagement, state, library, day)
    }
    for record in answers where try !record.isRedacted(state.redactedObjects, on: day, library: library) {
      guard let name = record.evidence.label.flatMap(HandoverLabel.name) else { continue }
      let since = items.filter { $0.name == name }.map(\.version).min()
      guard let since, record.entry > since, record.ageDay <= day else { continue }
      done[name, default: []].append(DutyCalendar.Done(day: record.ageDay, entry: record.entry))
    }
  }

  private static func engagements(_ lists: [EvidenceRecord], _ state: LogState) -> [String] {
    let named = Set(lists.compactMap { $0.evidence.label.flatMap(HandoverLabel.engagement) })
    var seen: Set<String> = []
    return state.versions.map(\.engagement).filter { named.contains($0) && seen.insert($0).inserted }
  }

  private mutating func read(
    _ lists: [EvidenceRecord], of engagement: String, _ state: LogState, _ library: ObjectLibrary, _ day: Day
  ) throws {
    var newest: [EvidenceRecord] = []
    for record in lists {
      guard let version = state.versions.last(where: { $0.engagement == engagement && $0.entry < record.entry }),
        try HandoverBook.isParty(record.party, version, state, library)
      else { continue }
      newest.removeAll { $0.party == record.party }
      newest.append(record)
    }
    newest.sort { left, right in
      let (first, second) = (left.party == state.client, right.party == state.client)
      return first == second ? left.entry < right.entry : first
    }
    for record in newest {
      guard let version = state.versions.last(where: { $0.engagement == engagement && $0.entry < record.entry }) else {
        continue
      }
      let on = HandoverDay.read(record.evidence.query)
      guard try !HandoverBook.isWithdrawn(version, on: on, by: record, state, library) else { continue }
      if try record.isRedacted(state.redactedObjects, on: day, library: library) {
        fail(engagement, record, "it was redacted")
        continue
      }
      guard on != nil else {
        fail(engagement, record, "it does not say from which day on nothing is covered")
        continue
      }
      guard record.artifacts.count == 1, record.manifest == nil,
        let bytes = try library.bytes(of: record.artifacts[0], limit: HandoverList.sizeLimit)
      else {
        fail(engagement, record, "its bytes are missing, changed or too many")
        continue
      }
      do {
        for item in try HandoverList(parsing: bytes).items
        where !items.contains(where: { $0.engagement == engagement && $0.item.id == item.id }) {
          items.append(
            Owed(
              engagement: engagement, item: item, entry: record.entry, kept: record.recorded.day,
              version: version.entry))
        }
      } catch {
        fail(engagement, record, "\(error)")
      }
    }
  }

  private mutating func fail(_ engagement: String, _ record: EvidenceRecord, _ reason: String) {
    unreadable.append(Unreadable(engagement: engagement, entry: record.entry, reason: reason))
  }

  /// Whether a list of a party counts: the client's, and that of a provider that the version names, or whose version
  /// nobody can read.
  private static func isParty(
    _ party: String, _ version: LogState.EngagementVersion, _ state: LogState, _ library: ObjectLibrary
  ) throws -> Bool {
    guard party != state.client else { return true }
    return try library.document(version.document).map { $0.providers.contains(party) } ?? true
  }

  /// Whether a later version that both sides have accepted leaves nothing to hand over.
  private static func isWithdrawn(
    _ version: LogState.EngagementVersion, on day: Day?, by list: EvidenceRecord, _ state: LogState,
    _ library: ObjectLibrary
  ) throws -> Bool {
    guard let day, let old = try library.document(version.document) else { return false }
    return try state.versions.contains { later in
      guard later.engagement == version.engagement, later.entry > list.entry,
        let new = try library.document(later.document), new.termThrough >= day,
        old.providers.allSatisfy({ new.providers.contains($0) })
      else { return false }
      return ([state.client] + new.providers).allSatisfy { party in
        state.acceptances.last { $0.version == later.statement && $0.party == party }?.accepts ?? false
      }
    }
  }

  /// When an item was shown to be done, in log order.
  func all(_ name: String) -> [DutyCalendar.Done] { done[name] ?? [] }

  /// `handover-unreadable`, one for each list that counts and cannot be read.
  package var findings: [Finding] {
    unreadable.map { list in
      Finding(
        .handoverUnreadable, "\(list.engagement)/hand-over", entry: list.entry,
        "the hand-over list of '\(list.engagement)' in entry \(list.entry) cannot be read: \(list.reason), so that nobody "
          + "can say what is owed by it")
    }
  }
}
