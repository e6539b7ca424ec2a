internal import Findings
internal import Catalogs
internal import Crypto
package import Statements

extension ResponsibilityMatrix {
  /// Resolves every unit of every framework adopted on a day.
  ///
  /// - Parameter resolver: Over the same state, perhaps with words that nobody has given yet.
  package init(
    _ resolver: Resolver, state: LogState, evidence: any EvidenceSource, asOf: Day, library: ObjectLibrary
  ) throws {
    let scope = resolver.scope(on: asOf)
    var catalogs: [String: Catalog] = [:]
    for (framework, adoption) in scope.adoptions {
      catalogs[framework] = try library.catalog(adoption.catalog, framework: framework)
    }
    let context = RowContext(
      resolver: resolver, scope: scope, state: state,
      evidence: try evidence.view(on: asOf, redacted: state.redactedObjects, library: library), asOf: asOf,
      staffings: StaffingTable(state.staffings))
    var rows: [ControlID: UnitRow] = [:]
    var rowsByControl: [ControlID: [UnitRow]] = [:]
    for framework in catalogs.keys {
      guard let catalog = catalogs[framework], let adoption = scope.adoptions[framework] else { continue }
      let facts = Dictionary(
        (adoption.units ?? []).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
      for control in catalog.controls where control.sameAs.isEmpty {
        for unit in control.units {
          guard let fact = facts[unit.id] else { continue }
          let row = try context.row(unit, fact, control: control, catalog: catalog)
          rows[unit.id] = row
          rowsByControl[control.id, default: []].append(row)
        }
      }
    }
    frameworks = catalogs.keys.sorted(by: ByteOrder.precedes).compactMap { framework in
      guard let catalog = catalogs[framework], let adoption = scope.adoptions[framework] else { return nil }
      return FrameworkRows(
        id: framework, title: catalog.title, version: catalog.version, adoption: adoption,
        controls: catalog.controls.map { ControlRow($0, rowsByControl: rowsByControl) })
    }
    self.asOf = asOf
    knownAt = state.size
    unreadable = scope.unreadable
    unreadableEntries = Dictionary(
      uniqueKeysWithValues: unreadable.compactMap { id in scope.adoptions[id].map { (id, $0.entry) } })
    lines = resolver.engagements.flatMap { resolver.lines($0, on: asOf) }.map { LineRow($0, resolver) }
    singlePoints = []
    singlePoints = findSinglePoints()
  }

  /// Who is responsible for more than half of the controls that a party answers for.
  func findSinglePoints() -> [(person: String, party: String, count: Int, total: Int)] {
    var totals: [String: Set<ControlID>] = [:]
    var people: [String: [String: Set<ControlID>]] = [:]
    for row in frameworks.flatMap(\.controls).flatMap(\.units) where row.applies {
      guard let party = row.accountable else { continue }
      totals[party, default: []].insert(row.control)
      for person in row.responsible where Identifier.isMember(person) {
        people[party, default: [:]][person, default: []].insert(row.control)
      }
    }
    return people.keys.sorted(by: ByteOrder.precedes).flatMap { party in
      let total = totals[party]?.count ?? 0
      let own = people[party] ?? [:]
      return own.keys.sorted(by: ByteOrder.precedes).compactMap { person in
        let count = own[person]?.count ?? 0
        return count * 2 > total ? (person, party, count, total) : nil
      }
    }
  }
}

extension ResponsibilityMatrix.ControlRow {
  init(_ control: Control, rowsByControl: [ControlID: [ResponsibilityMatrix.UnitRow]]) {
    self.control = control
    let targets = control.sameAs.isEmpty ? [control.id] : control.sameAs
    units = targets.flatMap { rowsByControl[$0] ?? [] }
    let applicable = units.filter(\.applies)
    var codes = Set(applicable.flatMap(\.findings))
    // A target that is not adopted leaves the control undecided.
    if targets.contains(where: { rowsByControl[$0] == nil }) { codes.insert(.undecided) }
    error = FindingCode.ownershipErrors.first { codes.contains($0) }
    findings = FindingCode.allCases.filter { codes.contains($0) }
  }
}

/// What a unit's row is made from.
private struct RowContext {
  let resolver: Resolver
  let scope: AdoptedScope
  let state: LogState
  let evidence: any EvidenceView
  let asOf: Day
  let staffings: StaffingTable

  func row(
    _ unit: Catalogs.Unit, _ facts: UnitFacts, control: Control, catalog: Catalog
  ) throws -> ResponsibilityMatrix.UnitRow {
    let adoption = state.adoptions.first { $0.entry == scope.adoptions[unit.id.framework]?.entry }
    let reason = adoption?.notApplicable[unit.id.description] ?? adoption?.notApplicable[control.id.description]
    let applies = scope.applies(facts) ?? true
    let ownership = applies ? resolver.ownership(facts, on: asOf, in: scope) : UnitOwnership(unit: facts)
    let answer = ownership.claims.first?.answer
    let cadence =
      answer?.terms.cadence.flatMap { Cadence(rawValue: $0) } ?? control.cadence ?? catalog.defaultCadence
    let found = try evidence.summary(unit: unit.id.description, control: control.id.description)
    let newest = found.newest
    var row = ResponsibilityMatrix.UnitRow(
      id: unit.id, control: control.id, prose: unit.prose, ownership: ownership,
      notApplicable: applies ? nil : reason ?? "", responsible: [], consulted: answer?.consulted ?? [],
      informed: answer?.informed ?? [], cadence: cadence, newestEvidence: newest, evidenceCount: found.count,
      evidenceDay: newest?.ageDay(asOf: asOf),
      evidenceDue: newest.flatMap { cadence.due(after: $0.ageDay(asOf: asOf)) }, findings: [])
    guard applies else { return row }
    row.responsible = responsible(facts, ownership)
    var codes = Set(ownership.findings)
    if ownership.accountable != nil {
      codes.formUnion(evidenceFindings(row, found, ownership))
      if !isStaffed(row.responsible, ownership) { codes.insert(.unstaffed) }
      if isBackdated(ownership, facts) { codes.insert(.backdated) }
      if isDisputed(ownership, facts, newest) { codes.insert(.disputed) }
    }
    row.findings = FindingCode.allCases.filter { codes.contains($0) }
    return row
  }

  private func evidenceFindings(
    _ row: ResponsibilityMatrix.UnitRow, _ evidence: EvidenceSummary, _ ownership: UnitOwnership
  ) -> Set<FindingCode> {
    guard evidence.count > 0 else { return [.noEvidence] }
    var codes: Set<FindingCode> = []
    if let due = row.evidenceDue, asOf > due { codes.insert(.staleEvidence) }
    let insiders = Set(
      [ownership.accountable].compactMap { $0 } + ownership.claims.flatMap(\.answer.terms.responsible))
    if insiders.isDisjoint(with: evidence.parties) { codes.insert(.outsiderEvidence) }
    return codes
  }

  /// The first staffing is the agreement's; a later staffing of a party replaces that party's people.
  private func responsible(_ facts: UnitFacts, _ ownership: UnitOwnership) -> [String] {
    let (unit, control) = (facts.id, facts.control)
    var result: [String] = []
    for claim in ownership.claims {
      var named = resolver.responsible(claim, facts, on: asOf, in: scope)
      let parties = Set(named.map { Identifier.party(ofMember: $0) } + claim.answer.parties)
      for party in parties {
        let names = [unit.description, control.description]
        guard let place = staffings.newest(of: party, claim.engagement, names) else { continue }
        named.removeAll { Identifier.party(ofMember: $0) == party }
        named += state.staffings[place].responsible
      }
      result += named
    }
    return Set(result).sorted(by: ByteOrder.precedes)
  }

  /// Whether somebody does the work who is still there.
  private func isStaffed(_ responsible: [String], _ ownership: UnitOwnership) -> Bool {
    // Contacts hold no key, and are there as long as their party is.
    let contacts = ownership.claims.reduce(into: Set<String>()) { $0.formUnion(resolver.contacts(of: $1)) }
    return responsible.contains { name in
      guard Identifier.isMember(name) else { return state.membership.isPresent(party: name) }
      if state.membership.member(name) == nil, contacts.contains(name) {
        return state.membership.isPresent(party: Identifier.party(ofMember: name))
      }
      return !state.membership.isGone(member: name)
    }
  }

  /// Whether what holds was recorded more than one UTC day after the date from which it claims to hold.
  private func isBackdated(_ ownership: UnitOwnership, _ facts: UnitFacts) -> Bool {
    ownership.claims.contains { claim in
      guard let version = claim.holding.termsVersion, let recorded = claim.holding.recordedDay else { return false }
      return recorded > resolver.spanStart(version, facts, containing: asOf).adding(days: 1)
    }
  }

  /// Whether it rests on a statement of a key under suspicion.
  private func isDisputed(_ ownership: UnitOwnership, _ facts: UnitFacts, _ newest: EvidenceRecord?) -> Bool {
    // Mostly there is no such key, and nobody need look through all words for each unit.
    guard state.membership.keys.contains(where: { $0.suspectSince != nil }) else { return false }
    func isSuspect(_ key: Digest, _ entry: Int) -> Bool {
      guard let since = state.membership.key(key)?.suspectSince else { return false }
      return entry >= since
    }
    if let newest, isSuspect(newest.keyID, newest.entry) { return true }
    return ownership.claims.contains { claim in
      guard let version = claim.holding.termsVersion else { return false }
      let statement = resolver.input.versions[version].statement
      let signed = state.versions.first { $0.statement == statement }
      if let signed, isSuspect(signed.keyID, signed.entry) { return true }
      return state.acceptances.contains { $0.version == statement && isSuspect($0.keyID, $0.entry) }
    }
  }
}

/// The newest staffing of each unit, told without a look through all of them for each.
private struct StaffingTable {
  private struct Key: Hashable {
    let party: String
    let engagement: String
    let unit: String
  }

  private var places: [Key: Int] = [:]

  /// - Parameter staffings: In log order.
  init(_ staffings: [LogState.StaffingRecord]) {
    for (place, staffing) in staffings.enumerated() {
      for unit in staffing.units {
        places[Key(party: staffing.party, engagement: staffing.engagement, unit: unit)] = place
      }
    }
  }

  /// The place of the newest that names one of some units or controls.
  func newest(of party: String, _ engagement: String, _ names: [String]) -> Int? {
    names.compactMap { places[Key(party: party, engagement: engagement, unit: $0)] }.max()
  }
}

extension Resolver {
  /// The first day of the span of equal terms of a version that contains a day.
  package func spanStart(_ version: Int, _ unit: UnitFacts, containing day: Day) -> Day {
    let engagement = input.versions[version].engagement
    let days = ownChangeDays(engagement, unit).union(changeDays[engagement]).filter { $0 <= day }.sorted(by: >)
    let terms = answer(version, unit, on: day, in: scope(on: day))?.terms
    let catalog = scope(on: day).adoptions[unit.id.framework]?.catalog
    var start = day
    for boundary in days {
      start = boundary
      let before = boundary.adding(days: -1)
      let earlier = scope(on: before)
      guard let answer = answer(version, unit, on: before, in: earlier), answer.terms == terms,
        earlier.adoptions[unit.id.framework]?.catalog == catalog, earlier.applies(unit) == true
      else { break }
    }
    return start
  }
}
