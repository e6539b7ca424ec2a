internal import Agreements
internal import Findings
internal import Crypto
internal import Statements

extension EntitlementRules {
  /// Any member but an auditor.
  func take(_ evidence: Evidence) throws {
    guard let member = signer.member, member.role != .auditor, signer.partyKind != .auditor else {
      throw notEntitled("\(signer.name) is an auditor, who assesses and never submits")
    }
    try checkControls(evidence.controls)
    for replaced in evidence.replaces {
      guard let record = try ledger.record(of: replaced), record.type == "evidence" else {
        throw notEntitled("it replaces \(replaced.short), which is no earlier evidence")
      }
      guard record.party == signer.party else {
        throw notEntitled("it replaces evidence of '\(record.party)'")
      }
    }
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

  /// Any member who may append.
  func take(_ anchor: Anchor) throws {
    guard state.membership.mayAppend(signer.key.keyID) else { throw notEntitled("\(signer.name) may not append") }
    guard anchor.size <= sequence else {
      throw malformed("it anchors a tree of \(Wording.entries(anchor.size)), which the log did not have yet")
    }
  }
}
