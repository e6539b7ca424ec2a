internal import Agreements
internal import Findings
internal import Crypto
internal import Statements

extension EntitlementRules {
  /// First version: an administrator of the client or of a provider named in it; later, and end: of the client, or of a
  /// provider that is party: from the first version that names it until it has accepted one that does not.
  mutating func take(_ event: EngagementEvent) throws {
    let newest = state.versions.last { $0.engagement == event.id }
    switch event.event {
    case .version:
      guard let document = event.document else { throw malformed("a version names its document") }
      if let newest {
        guard isClientAdministrator || isAdministratorOfPartyTo(event.id) else {
          throw notEntitled(
            "\(signer.name) is an administrator neither of the client nor of a provider that is party to '\(event.id)'")
        }
        guard event.replaces == newest.statement else {
          throw Refusal(
            .replayed, "it does not replace the newest version of '\(event.id)', that of entry \(newest.entry)")
        }
      } else {
        guard event.replaces == nil else {
          throw Refusal(.replayed, "it replaces a version of '\(event.id)', and there is none")
        }
        guard try isClientAdministrator || names(document, signer.party) else {
          throw notEntitled("\(signer.name) is an administrator neither of the client nor of a provider that it names")
        }
      }
      add(
        .version(
          LogState.EngagementVersion(
            entry: sequence, day: context.day, statement: context.statement.id, engagement: event.id,
            document: document, papers: papers, signedDay: context.statement.signedAt.day, party: signer.party,
            keyID: signer.key.keyID)))
    case .end:
      guard let newest else { throw notEntitled("there is no engagement '\(event.id)' that could end") }
      guard isClientAdministrator || isAdministratorOfPartyTo(event.id) else {
        throw notEntitled(
          "\(signer.name) is an administrator neither of the client nor of a provider that is party to '\(event.id)'")
      }
      guard event.replaces == nil || event.replaces == newest.statement else {
        throw Refusal(.replayed, "it does not end the newest version of '\(event.id)', that of entry \(newest.entry)")
      }
      add(
        .end(
          LogState.EngagementEnd(
            entry: sequence, entryDay: context.day, engagement: event.id,
            on: max(event.on ?? effectiveDay, effectiveDay),
            party: signer.party)))
    }
  }

  /// Whether the signer administers a provider that the document names, or may name: one that cannot be read is given
  /// the benefit of the doubt, since its units are undecided anyway.
  private func names(_ document: Digest, _ party: String) throws -> Bool {
    guard signer.isAdministrator(of: party), signer.partyKind == .provider else { return false }
    guard let read = try library.document(document) else { return true }
    return read.providers.contains(party)
  }

  /// The files that a version brings beside its agreement.
  private var papers: [String: Digest] {
    let files = context.statement.subjects.filter { $0.name != "document" && $0.mediaType != MediaType.list }
    return Dictionary(files.map { ($0.name, $0.digest) }, uniquingKeysWith: { first, _ in first })
  }

  private func isAdministratorOfPartyTo(_ engagement: String) -> Bool {
    signer.isAdministrator(of: signer.party)
      && EngagementParties.isParty(signer.party, to: engagement, state: state, library: library)
  }
}

/// Which providers are party to an engagement.
package enum EngagementParties {
  /// Whether a provider is party: from the first version that names it until it has accepted one that does not.
  package static func isParty(
    _ party: String, to engagement: String, state: LogState, library: ObjectLibrary
  ) -> Bool {
    var isParty = false
    // Looked through once, not for each version.
    lazy var accepted = Set(state.acceptances.lazy.filter { $0.party == party && $0.accepts }.map(\.version))
    for version in state.versions where version.engagement == engagement {
      guard let document = try? library.document(version.document) else {
        isParty = isParty || version.party == party
        continue
      }
      if document.providers.contains(party) {
        isParty = true
      } else if accepted.contains(version.statement) {
        isParty = false
      }
    }
    return isParty
  }
}
