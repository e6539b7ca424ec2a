internal import Catalogs
internal import Crypto
internal import Findings
package import Ownership
package import Statements
internal import TreeLog

extension AcceptanceRequest {
  /// A request for a party's acceptance, and the schedule that it would sign.
  ///
  /// - Parameters:
  ///   - index: The version's place in the resolver's input.
  ///   - document: The agreement, as written.
  ///   - since: The size of a tree that the party has seen; nil for the last that they signed for.
  package static func make(
    of party: String, _ version: LogState.EngagementVersion, version index: Int, document: [UInt8], since: Int?,
    _ resolver: Resolver, _ store: OpenedStore
  ) throws -> (request: AcceptanceRequest, schedule: Schedule) {
    let builder = ScheduleBuilder(resolver, version: index)
    let schedule = builder.schedule(for: party)
    guard builder.concerns(party) else {
      throw Failure(.answerNo, "'\(version.engagement)' gives '\(party)' nothing and takes nothing from it")
    }
    guard let by = store.state.lastBy, let key = store.state.membership.key(by),
      let signer = try? VerificationKey(base64: key.publicKey)
    else { throw Failure(.bug, "nobody has signed the checkpoint") }
    let since = since ?? store.state.reach[party]?.size ?? 0
    guard since <= store.checkpoint.size else {
      throw Failure(.usage, "--since \(since): the log has \(Wording.entries(store.checkpoint.size))")
    }
    // Evidence that was signed beside a checkpoint alone is not remembered as seen: what was accepted before may be.
    let further = Set(store.state.acceptances.filter { $0.party == party }.map(\.seenSize)).subtracting([since, 0])
    let request = AcceptanceRequest(
      store: store.origin, party: party, engagement: version.engagement, statement: version.statement.hex,
      statementPayload: Base64.encode(try Entry(parsing: store.reader.entry(at: version.entry)).envelope.payload),
      document: String(decoding: document, as: UTF8.self), documentSHA256: version.document.hex,
      schedule: String(decoding: schedule.bytes, as: UTF8.self), scheduleSHA256: SHA256.hash(schedule.bytes).hex,
      catalogs: try builder.catalogs().map { catalog in
        let adoption = store.state.adoptions.last { $0.framework == catalog.id && $0.catalog == catalog.sha256 }
        let isBuiltIn = BundledCatalogs.bytes(of: catalog.id).map { SHA256.hash($0) } == catalog.sha256
        let text = isBuiltIn ? nil : try store.library.bytes(of: catalog.sha256, limit: ObjectLibrary.catalogLimit)
        return NamedCatalog(
          id: catalog.id, sha256: catalog.sha256.hex,
          adoption: try adoption.map { try AdoptionProof.make($0.entry, store) },
          text: text.map { String(decoding: $0, as: UTF8.self) })
      },
      checkpoint: String(decoding: store.checkpointNote.bytes, as: UTF8.self),
      verifierKey: NoteKey(log: signer, name: store.origin).text,
      lineage: try .make(store, since: since, further: further.sorted().suffix(8)))
    return (request, schedule)
  }
}
