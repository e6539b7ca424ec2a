internal import Crypto
internal import Statements

extension Redaction {
  /// How many days lie between announcing that another party's evidence goes and its going.
  package static let announcementDays = 30
}

extension EntitlementRules {
  /// An administrator of the client; evidence only; not under hold; another party's only 30 days after it was announced.
  mutating func take(_ redaction: Redaction) throws {
    guard isClientAdministrator else { throw notEntitled("\(signer.name) is no administrator of the client") }
    for object in redaction.objects {
      let uses = try ledger.uses(of: object)
      guard !uses.isEmpty else { throw notEntitled("no statement brings the object \(object.short)") }
      guard uses.allSatisfy(\.isEvidence) else {
        throw notEntitled(
          "the object \(object.short) is an agreement, catalog, schedule or list, and only evidence is redacted")
      }
      guard redaction.event == .redact else { continue }
      if let hold = state.holds.first(where: { $0.ended == nil && covers($0, object, uses) }) {
        throw notEntitled("the object \(object.short) is under the hold '\(hold.id)' of '\(hold.party)'")
      }
      if uses.contains(where: { $0.party != client }) {
        let wait = WaitingPeriod(days: Redaction.announcementDays)
        // Bytes that were submitted again since are evidence anew, of which nobody has been told that it goes.
        let spent =
          state.redactedObjects[object] == nil
          ? state.redactions.last { !$0.isAnnouncement && $0.objects.contains(object) }?.entry ?? -1 : -1
        let announced = state.redactions.contains { earlier in
          earlier.isAnnouncement && earlier.entry > spent && earlier.objects.contains(object)
            && wait.isOver(since: earlier.day, signedAt: earlier.signedAt, in: context)
        }
        guard announced else {
          throw notEntitled(
            "the object \(object.short) is another party's evidence, which goes \(Redaction.announcementDays) days "
              + "after it was announced, by the days of both entries and of both signatures, not before")
        }
      }
    }
    add(
      .redaction(
        LogState.RedactionRecord(
          entry: sequence, entryDay: context.day, day: effectiveDay, signedAt: context.statement.signedAt,
          isAnnouncement: redaction.event == .announce, objects: redaction.objects, reason: redaction.reason,
          authority: redaction.authority)))
  }

  private func covers(_ hold: LogState.HoldRecord, _ object: Digest, _ uses: [ObjectUse]) -> Bool {
    if hold.isUnreadable || hold.objects.contains(object) { return true }
    return uses.contains { use in
      use.controls.contains { control in
        hold.controls.contains { library.overlap($0, control, adoptions: state.adoptions) }
      }
    }
  }

  /// begin: an administrator of any party; end: of that party, or of the client once it has left.
  mutating func take(_ hold: Hold) throws {
    guard signer.isAdministrator(of: signer.party) else {
      throw notEntitled("\(signer.name) is no administrator of '\(signer.party)'")
    }
    let index = state.holds.firstIndex { $0.id == hold.id }
    switch hold.event {
    case .begin:
      guard index == nil else { throw notEntitled("the hold '\(hold.id)' was there before: ids are never used again") }
      try checkControls(hold.controls)
      add(
        .hold(
          LogState.HoldRecord(
            entry: sequence, id: hold.id, party: signer.party, objects: hold.objects, controls: hold.controls,
            reason: hold.reason, isUnreadable: isUnreadable)))
    case .end:
      guard let index, state.holds[index].ended == nil else { throw notEntitled("no hold '\(hold.id)' is there") }
      let owner = state.holds[index].party
      guard signer.party == owner || (isClientAdministrator && !state.membership.isPresent(party: owner)) else {
        throw notEntitled("the hold '\(hold.id)' is that of '\(owner)'")
      }
      add(.endOfHold(index, entry: sequence))
    }
  }
}
