internal import Crypto
internal import Statements

extension EntitlementRules {
  /// An administrator of the party that accepts.
  mutating func take(_ acceptance: Acceptance) throws {
    guard signer.isAdministrator(of: signer.party) else {
      throw notEntitled("\(signer.name) is no administrator of '\(signer.party)'")
    }
    guard let version = state.versions.last(where: { $0.statement == acceptance.engagement }) else {
      throw notEntitled("no version of an engagement that stands earlier is the one it answers")
    }
    guard version.document == acceptance.document else {
      throw malformed("it names another document than the version that it answers")
    }
    // One that is there and is no schedule says nothing that could be accepted.
    if try library.bytes(of: acceptance.schedule, limit: Schedule.sizeLimit) != nil,
      try library.schedule(acceptance.schedule) == nil
    {
      throw malformed("its schedule cannot be read as one")
    }
    add(
      .acceptance(
        LogState.AcceptanceRecord(
          entry: sequence, entryDay: context.day, day: effectiveDay, signedAt: context.statement.signedAt,
          seenSize: context.statement.seen?.size ?? 0, party: signer.party, member: signer.name,
          keyID: signer.key.keyID, version: acceptance.engagement, accepts: acceptance.answer == .accept,
          schedule: acceptance.schedule,
          catalogs: Dictionary(grouping: acceptance.catalogs, by: \.id).mapValues { $0.map(\.sha256) },
          reason: acceptance.reason)))
  }

  /// An administrator of the party whose people it names.
  mutating func take(_ staffing: Staffing) throws {
    guard signer.isAdministrator(of: signer.party) else {
      throw notEntitled("\(signer.name) is no administrator of '\(signer.party)'")
    }
    guard state.versions.contains(where: { $0.engagement == staffing.engagement }) else {
      throw notEntitled("there is no engagement '\(staffing.engagement)'")
    }
    for assignment in staffing.assign {
      try checkControls(assignment.units)
      for member in assignment.responsible where Identifier.party(ofMember: member) != signer.party {
        throw notEntitled("\(member) is not of '\(signer.party)'")
      }
      add(
        .staffing(
          LogState.StaffingRecord(
            entry: sequence, party: signer.party, engagement: staffing.engagement, units: assignment.units,
            responsible: assignment.responsible)))
    }
  }
}
