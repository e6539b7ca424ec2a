internal import Agreements
internal import Findings
internal import Crypto
internal import Statements

extension EntitlementRules {
  /// Any member but an auditor.
  mutating func take(_ evidence: Evidence) throws {
    guard let member = signer.member, member.role != .auditor, signer.partyKind != .auditor else {
      throw notEntitled("\(signer.name) is an auditor, who assesses and never submits")
    }
    try checkControls(evidence.controls)
    if let duty = evidence.duty { try checkDuty(duty) }
    for replaced in evidence.replaces {
      guard let record = try ledger.record(of: replaced), record.type == "evidence" else {
        throw notEntitled("it replaces \(replaced.short), which is no earlier evidence")
      }
      guard record.party == signer.party else {
        throw notEntitled("it replaces evidence of '\(record.party)'")
      }
    }
    try endRedactions()
  }

  /// Submitting the bytes of a redacted object again ends its redaction.
  private mutating func endRedactions() throws {
    guard !state.redactedObjects.isEmpty else { return }
    let redacted = state.redactedObjects
    var again: Set<Digest> = []
    for subject in context.statement.subjects {
      if redacted[subject.digest] != nil { again.insert(subject.digest) }
      guard subject.mediaType == MediaType.manifest else { continue }
      try library.forEachItem(of: subject.digest) { if redacted[$0] != nil { again.insert($0) } }
    }
    if !again.isEmpty { add(.resubmission(Array(again))) }
  }

  /// Refuses a duty that no version of its engagement has, if all of them can be read.
  private func checkDuty(_ duty: String) throws {
    let parts = duty.split(separator: "/")
    guard parts.count == 2 else { throw malformed("'\(duty)' is not 'engagement/duty'") }
    let (engagement, id) = (String(parts[0]), String(parts[1]))
    let versions = state.versions.filter { $0.engagement == engagement }
    guard !versions.isEmpty else { throw malformed("there is no engagement '\(engagement)', whose duty it names") }
    for version in versions {
      guard let document = try library.document(version.document) else { return }
      if document.duties.contains(where: { $0.id == id }) { return }
    }
    throw malformed("no version of '\(engagement)' has a duty '\(id)'")
  }

  /// An administrator of the client, a member of an auditor.
  func take(_ assessment: Assessment) throws {
    guard isClientAdministrator || (signer.partyKind == .auditor && signer.member != nil) else {
      throw notEntitled("\(signer.name) is neither an administrator of the client nor of an auditor")
    }
    try checkControls(assessment.units)
  }

  /// Any member of the party that answers for the level.
  func take(_ measurement: Measurement) throws {
    let versions = state.versions.filter { $0.engagement == measurement.engagement }
    guard !versions.isEmpty else { throw notEntitled("there is no engagement '\(measurement.engagement)'") }
    guard signer.member != nil else { throw notEntitled("\(signer.name) is no member that could measure") }
    var isNamed = false
    for version in versions {
      // What cannot be read cannot speak against the signer.
      guard let document = try library.document(version.document) else { return }
      for level in document.serviceLevels where level.id == measurement.level {
        isNamed = true
        if level.party == signer.party { return }
      }
    }
    throw notEntitled(
      isNamed
        ? "'\(signer.party)' does not answer for the service level '\(measurement.level)'"
        : "'\(measurement.engagement)' has no service level '\(measurement.level)'")
  }

  /// Any member of the party that worked.
  func take(_ usage: Usage) throws {
    guard signer.member != nil else { throw notEntitled("\(signer.name) is not a member who could have worked") }
    guard state.versions.contains(where: { $0.engagement == usage.engagement }) else {
      throw notEntitled("there is no engagement '\(usage.engagement)'")
    }
    if let member = usage.member, Identifier.party(ofMember: member) != signer.party {
      throw notEntitled("\(member) is not of '\(signer.party)', whose hours these are")
    }
    try checkControls(usage.units)
  }

  /// Any member who may append.
  func take(_ anchor: Anchor) throws {
    guard state.membership.mayAppend(signer.key.keyID) else { throw notEntitled("\(signer.name) may not append") }
    guard anchor.size <= sequence else {
      throw malformed("it anchors a tree of \(Wording.entries(anchor.size)), which the log did not have yet")
    }
  }
}
