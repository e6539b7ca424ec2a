internal import Agreements
internal import Catalogs
internal import Crypto
internal import Findings
internal import Ownership
internal import Statements

/// What has to be handed over when an agreement covers nothing any more: access to withdraw, keys, documents, duties to do
/// for the last time, evidence that is owed.
///
/// Nothing is due before the day on which the list is made.
struct HandoverDraft {
  private let engagement: String
  private let snapshot: Snapshot
  private let document: EngagementDocument?
  /// Providers that no other agreement keeps.
  private let leaving: [String]
  /// The first day not covered, and the last that is.
  private let first: Day
  private let last: Day

  /// - Parameter on: The first day not covered.
  init(ending engagement: String, on: Day, _ snapshot: Snapshot) {
    self.engagement = engagement
    self.snapshot = snapshot
    let newest = HandoverDraft.newest(engagement, snapshot)
    document = newest
    first = max(on, snapshot.asOf)
    last = max(on.adding(days: -1), snapshot.asOf)
    let others = snapshot.resolver.engagements.filter { $0 != engagement }.flatMap {
      HandoverDraft.speaks($0, on: on, snapshot) ? HandoverDraft.newest($0, snapshot)?.providers ?? [] : []
    }
    leaving = (newest?.providers ?? []).filter { !others.contains($0) }
  }

  private static func newest(_ engagement: String, _ snapshot: Snapshot) -> EngagementDocument? {
    snapshot.resolver.input.versions.last { $0.engagement == engagement }?.document
  }

  /// Whether an agreement goes on on a day: one that has ended keeps nobody.
  private static func speaks(_ engagement: String, on day: Day, _ snapshot: Snapshot) -> Bool {
    guard let version = snapshot.state.versions.last(where: { $0.engagement == engagement }) else { return false }
    let isOver = newest(engagement, snapshot).map { $0.termThrough < day } ?? false
    return !isOver && snapshot.state.end(of: version).map { $0.on > day } ?? true
  }

  var list: HandoverList {
    let drafts = access + keys + documents + duties + evidence
    // An id that two would have, that a duty has, or that is too long for one, is told from others by a digest.
    let taken = snapshot.resolver.input.versions.filter { $0.engagement == engagement }
      .flatMap { $0.document?.duties.map(\.id) ?? [] }
    var counts: [String: Int] = [:]
    for draft in drafts { counts[draft.item.id, default: 0] += 1 }
    var seen: Set<String> = []
    return HandoverList(
      drafts.map { draft -> HandoverList.Item in
        var item = draft.item
        item.what = HandoverList.printable(item.what)
        guard counts[item.id] != 1 || !Identifier.isValid(item.id) || taken.contains(item.id) else { return item }
        let mark = SHA256.hash(Array("\(item.kind.rawValue) \(draft.subject)".utf8)).hex.prefix(6)
        var stem = item.id.prefix(25)
        while stem.last == "-" { stem.removeLast() }
        item.id = "\(stem)-\(mark)"
        return item
      }.filter { seen.insert($0.id).inserted })
  }

  /// An item, and what it is about, which no other of its kind is.
  private struct Draft {
    var item: HandoverList.Item
    var subject: String
  }

  private func draft(
    _ kind: HandoverList.Kind, _ id: String, _ subject: String, _ party: String, by: Day, _ what: String,
    controls: [String] = []
  ) -> Draft {
    Draft(
      item: HandoverList.Item(id: id, kind: kind, party: party, by: by, what: what, controls: controls),
      subject: subject)
  }

  private var client: String { snapshot.state.client }

  /// Of everybody who is known by name: members, and people of the agreement who hold no key.
  private var access: [Draft] {
    leaving.flatMap { party -> [Draft] in
      let members = snapshot.state.membership.activeMembers(of: party).map { (id: $0.id, name: $0.name) }
      let contacts = (document?.contacts ?? []).filter { contact in
        Identifier.party(ofMember: contact.id) == party && !members.contains { $0.id == contact.id }
      }.map { (id: $0.id, name: $0.name) }
      let people = members + contacts
      guard !people.isEmpty else {
        return [
          draft(
            .access, "access-\(party)", party, client, by: last, "withdraw the access of '\(party)' to every system")
        ]
      }
      return people.map { person in
        draft(
          .access, "access-\(local(person.id))", person.id, client, by: last,
          "withdraw the access of \(person.name) (\(person.id)) to every system")
      }
    }
  }

  /// Of everybody whose key speaks in this store.
  private var keys: [Draft] {
    let membership = snapshot.state.membership
    return leaving.flatMap { party in
      membership.activeMembers(of: party).filter { member in
        membership.keys.contains { $0.owner == member.id && membership.speakingKey($0.keyID) != nil }
      }.map { member in
        draft(
          .key, "key-\(local(member.id))", member.id, client, by: first,
          member.mayAppend
            ? "end the right of \(member.id) to append to this store: custody party remove \(party)"
            : "end what the key of \(member.id) may sign: custody party remove \(party)")
      }
    }
  }

  private var documents: [Draft] {
    var drafts = (document?.allPapers ?? []).map { paper in
      draft(
        .document, "paper-\(paper.kind)", "\(paper.kind) \(paper.file)", client, by: last,
        "keep or terminate '\(paper.file)' (\(paper.kind))")
    }
    for provider in document?.providers ?? [] {
      drafts.append(
        draft(
          .document, "documents-\(provider)", provider, provider, by: last,
          "hand over documentation, configurations, licences and passwords of what it ran"))
    }
    if let keeper = self.keeper {
      drafts.append(
        draft(
          .document, "store", "store", keeper, by: last,
          "hand over this store, which it keeps: the client goes on with custody init --from FILE --keep"))
    }
    return drafts
  }

  /// The leaving provider that keeps the store: that has appended all of the newest entries, not just the last.
  private var keeper: String? {
    let membership = snapshot.state.membership
    let appenders = Set(snapshot.state.recentEntries.map { membership.key($0.by)?.party ?? client })
    return appenders.count == 1 ? appenders.first.flatMap { leaving.contains($0) ? $0 : nil } : nil
  }

  private var duties: [Draft] {
    snapshot.matrix.lines.compactMap { row in
      guard row.engagement == engagement, row.key.kind == .duty, let party = row.state.held?.parties.first else {
        return nil
      }
      return draft(
        .duty, "duty-\(row.key.id)", row.key.id, party, by: last,
        "do '\(row.key.id)' for the last time, and say so: custody submit FILE --duty \(engagement)/\(row.key.id)")
    }
  }

  /// What is missing or too old today: after the end nobody is asked for it any more.
  private var evidence: [Draft] {
    var owed: [String: [String]] = [:]
    for unit in snapshot.matrix.units {
      guard unit.ownership.claims.contains(where: { $0.engagement == engagement }), let party = unit.accountable,
        party != client, unit.findings.contains(.noEvidence) || unit.findings.contains(.staleEvidence)
      else { continue }
      let control = unit.control.description
      if owed[party]?.last != control { owed[party, default: []].append(control) }
    }
    return owed.sorted { ByteOrder.precedes($0.key, $1.key) }.map { party, controls in
      let some = controls.prefix(4).joined(separator: ", ")
      let more = controls.count > 4 ? " and \(controls.count - 4) more" : ""
      return draft(
        .evidence, "evidence-\(party)", party, party, by: last, "submit the evidence owed on \(some)\(more)",
        controls: controls)
    }
  }

  /// `jane` of `onsite/jane`
  private func local(_ member: String) -> String { String(member.split(separator: "/").last ?? "") }
}
