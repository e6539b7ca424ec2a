internal import Agreements
internal import Catalogs
internal import Findings
internal import Obligations
internal import Ownership
internal import Reports
internal import Statements
internal import Workspace

/// Who answers for a control or a domain, and whom to turn to, on a day.
struct WhomReading {
  let store: OpenedStore
  let snapshot: Snapshot
  let at: Instant

  /// - Parameter text: A domain, or a control or objective in any spelling.
  func page(_ text: String, severity: String?) throws -> WhomPage {
    let rows = snapshot.matrix.frameworks.flatMap(\.controls)
    let function = rows.first { row in
      row.control.id.framework == ControlFinder.functions && row.control.id.local == text.lowercased()
    }
    let units: [ResponsibilityMatrix.UnitRow]
    let domain: String?
    let subject: String
    if let function {
      domain = function.control.id.local
      units = function.applicable
      subject = "\(function.control.title) (\(function.control.id.local))"
    } else {
      let ids = try resolve(text)
      units = ids.flatMap { id in rows.flatMap(\.units).filter { $0.id == id || $0.control == id } }.filter(\.applies)
      let row = rows.first { row in ids.contains { row.control.id == $0 || row.units.contains { ids.contains($0.id) } }
      }
      domain = row?.control.domain
      let names = FileGathering.some(ids.map(\.description))
      subject = row.map { "\(names): \($0.control.title)" } ?? names
    }
    guard !units.isEmpty else {
      throw Failure(
        .inputMissing, "'\(text)' does not apply on \(at.day), so that nobody answers for it",
        hint: "'custody framework show' says what is adopted, and what does not apply")
    }
    let all = EscalationLadder.list(snapshot, domain: domain, severity: nil, from: at)
    let known = EscalationLadder.severities(all)
    let isUnknown = severity.map { asked in !known.isEmpty && !known.contains { $0.lowercased() == asked.lowercased() }
    }
    let matching = EscalationLadder.list(snapshot, domain: domain, severity: severity, from: at)
    // At night a step too many is better than none.
    let ladders = matching.isEmpty ? all : matching
    let owners = self.owners(units)
    var page = WhomPage(
      subject, at: at, owners: owners, ladders: ladders, people: directory(owners, ladders))
    if let severity, isUnknown == true { page.unknownSeverity = (asked: severity, known: known) }
    return page
  }

  private func resolve(_ text: String) throws -> [ControlID] {
    let choice = ControlChoice(store)
    if !choice.knows(text), !text.contains(where: \.isNumber) {
      let domains = snapshot.matrix.frameworks.first { $0.id == ControlFinder.functions }?.controls ?? []
      if let near = Spelling.nearest(to: text.lowercased(), among: domains.map(\.control.id.local)) {
        throw Failure(.usage, "there is no control and no domain '\(text)'", hint: "did you mean '\(near)'")
      }
    }
    return try choice.resolve(text)
  }

  /// Units that stand alike, each kind once.
  private func owners(_ units: [ResponsibilityMatrix.UnitRow]) -> [WhomPage.Owner] {
    var seen: Set<ControlID> = []
    var groups: [[ResponsibilityMatrix.UnitRow]] = []
    for unit in units where seen.insert(unit.id).inserted {
      if let place = groups.firstIndex(where: { alike($0[0], unit) }) {
        groups[place].append(unit)
      } else {
        groups.append([unit])
      }
    }
    return groups.map { group in
      let unit = group[0]
      let claims = unit.ownership.claims
      let versions = claims.compactMap { $0.holding.version.map { snapshot.resolver.input.versions[$0] } }
      // Of several claims none wins: each is told with whom it names.
      let isContested = unit.ownership.error == .contested
      let told = (isContested ? claims : Array(claims.prefix(1))).map { agreement($0, naming: isContested) }
      return WhomPage.Owner(
        units: FileGathering.some(group.map(\.id.description)), accountable: unit.accountable,
        error: unit.ownership.error.map { "\($0.rawValue): \($0.meaning)" }, responsible: unit.responsible,
        agreement: told.isEmpty ? nil : told.joined(separator: "; "),
        words: (isContested ? versions : Array(versions.prefix(1))).flatMap { words(on: $0) })
    }
  }

  /// `acme-onsite, entry 7: domain endpoint-security`
  private func agreement(_ claim: UnitOwnership.Claim, naming: Bool) -> String {
    let entry = claim.holding.version.map { ", entry \(snapshot.resolver.input.versions[$0].entry)" } ?? ""
    let line = claim.answer.assignedBy.map { ": \($0)" } ?? ""
    let parties = naming ? " for \(claim.answer.parties.joined(separator: " and "))" : ""
    return "\(claim.engagement)\(entry)\(line)\(parties)"
  }

  private func alike(_ left: ResponsibilityMatrix.UnitRow, _ right: ResponsibilityMatrix.UnitRow) -> Bool {
    left.accountable == right.accountable && left.ownership.error == right.ownership.error
      && left.responsible == right.responsible && left.engagement == right.engagement
      && left.assignedBy == right.assignedBy
  }

  /// The newest word of each party that accepted the version.
  private func words(on version: ResolutionInput.Version) -> [String] {
    var newest: [String: LogState.AcceptanceRecord] = [:]
    for word in snapshot.state.acceptances where word.version == version.statement && word.accepts {
      newest[word.party] = word
    }
    return newest.values.sorted { $0.entry < $1.entry }.map { "\($0.member) (entry \($0.entry))" }
  }

  private func directory(_ owners: [WhomPage.Owner], _ ladders: [EscalationLadder]) -> WhomPage.Directory {
    let membership = snapshot.state.membership
    var names: [String: String] = [:]
    var gone: Set<String> = []
    for contact in snapshot.resolver.input.versions.flatMap({ $0.document?.contacts ?? [] }) {
      names[contact.id] = contact.name
    }
    for party in membership.parties {
      names[party.id] = party.name
      if let day = party.leftDay, day <= at.day { gone.insert(party.id) }
    }
    for member in membership.members {
      names[member.id] = member.name
      if membership.isGone(member: member.id) || gone.contains(member.party) { gone.insert(member.id) }
    }
    return WhomPage.Directory(names: names, gone: gone)
  }
}
