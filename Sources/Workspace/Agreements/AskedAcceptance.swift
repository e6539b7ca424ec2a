package import Catalogs
package import Crypto
internal import Findings
internal import Ownership
package import Statements

/// What a party is asked to sign.
package struct AskedAcceptance {
  package let engagement: String
  package let statement: Digest
  package let document: Digest
  package let schedule: Schedule
  package let catalogs: [Acceptance.NamedCatalog]
  package let party: String
  /// What the version brings beside the agreement, by file name: whoever signs for the version signs for these.
  package let papers: [(name: String, digest: Digest)]

  /// What a store asks of a party.
  package init(_ pending: PendingAcceptance, party: String) {
    engagement = pending.version.engagement
    statement = pending.version.statement
    document = pending.version.document
    schedule = pending.schedule
    catalogs = pending.catalogs
    papers = pending.version.papers.map { ($0.key, $0.value) }.sorted { ByteOrder.precedes($0.name, $1.name) }
    self.party = party
  }

  /// What a request asks.
  package init(_ checked: AcceptanceRequest.Checked) throws {
    let request = checked.request
    engagement = request.engagement
    statement = try AskedAcceptance.digest(request.statement)
    document = try AskedAcceptance.digest(request.documentSHA256)
    schedule = checked.schedule
    catalogs = try request.catalogs.map {
      Acceptance.NamedCatalog(id: $0.id, sha256: try AskedAcceptance.digest($0.sha256))
    }
    papers = checked.papers.map { ($0.name, $0.digest) }
    party = request.party
  }

  private static func digest(_ hex: String) throws -> Digest {
    guard let digest = Digest(hex: hex) else { throw Failure(.malformedInput, "'\(hex)' is not a SHA-256") }
    return digest
  }

  /// Signs the parts, a statement each.
  package func sign(_ parts: [Part], at place: SigningPlace, _ write: WriteOptions) throws -> Writing.Written {
    try Writing.perform(at: place, write) { sink, signed in
      guard signed.count < parts.count else { return nil }
      let part = parts[signed.count]
      let subject = try sink.keep(part.schedule.bytes, name: "schedule", mediaType: MediaType.schedule)
      return Draft(predicate: .acceptance(acceptance(part)), subjects: [subject])
    }
  }

  /// What is accepted, and what is declined and why.
  package struct Part {
    package let schedule: Schedule
    /// Of a decline.
    package let reason: String?
  }

  /// What is accepted, and what is declined.
  ///
  /// - Parameters:
  ///   - declines: Controls and objectives as they are written; `all` for everything.
  ///   - reason: Why they are declined.
  package func parts(declining declines: [String], because reason: String?, _ finder: ControlFinder) throws -> [Part] {
    guard !declines.isEmpty else { return [Part(schedule: schedule, reason: nil)] }
    if declines.contains("all") { return [Part(schedule: schedule, reason: reason)] }
    var declined: Set<String> = []
    for text in declines {
      let found = text == "all" ? Set(schedule.units.map(\.unit)) : try units(text, finder)
      declined.formUnion(found)
    }
    var rest = schedule
    rest.units.removeAll { declined.contains($0.unit) }
    let no = Schedule(units: schedule.units.filter { declined.contains($0.unit) })
    let parts = [Part(schedule: rest, reason: nil), Part(schedule: no, reason: reason)]
    return parts.filter {
      !$0.schedule.units.isEmpty || ($0.reason == nil && !$0.schedule.isEmpty && !rest.units.isEmpty)
    }
  }

  /// The units of the schedule that a control or objective comes to.
  private func units(_ text: String, _ finder: ControlFinder) throws -> Set<String> {
    let listed = Set(schedule.units.map(\.unit))
    if listed.contains(text) { return [text] }
    var found: Set<String> = []
    if case .found(let controls) = finder.resolve(text) {
      for control in controls {
        let units = finder.control(control)?.units.map(\.id.description) ?? [control.description]
        found.formUnion(units.filter { listed.contains($0) })
      }
    } else {
      // A framework that is not at hand: its units are told by how they are written.
      found = listed.filter {
        $0 == text || $0.hasSuffix("/\(text)") || $0.contains("/\(text)[") || $0.hasPrefix("\(text)[")
      }
    }
    guard !found.isEmpty else {
      let others = schedule.duties.map(\.id) + schedule.levels.map(\.id) + schedule.papers.map(\.kind)
      if others.contains(where: { ByteOrder.areEqual($0, text) }) {
        throw Failure(
          .usage, "'\(text)' is not a control, and goes with the agreement: it cannot be declined by itself",
          hint: "'--decline all' declines the whole; what is to be otherwise stands in a new version then")
      }
      throw Failure(
        .usage, "nothing of '\(text)' is asked of '\(party)'",
        hint: "'custody accept' with --dry-run prints all that is")
    }
    return found
  }

  private func acceptance(_ part: Part) -> Acceptance {
    Acceptance(
      engagement: statement, document: document, catalogs: catalogs,
      schedule: SHA256.hash(part.schedule.bytes), answer: part.reason == nil ? .accept : .decline, reason: part.reason)
  }
}
