internal import Agreements
internal import Catalogs
internal import Crypto
internal import Statements

extension ResolutionInput {
  /// What a fold amounts to, with the objects that it rests on.
  package init(_ state: LogState, library: ObjectLibrary) throws {
    self.init(client: state.client)
    adoptions = try state.adoptions.map { try Adoption($0, library: library) }
    var isFirst: Set<String> = []
    for version in state.versions {
      var document = try library.document(version.document)
      // A document that speaks of another agreement, or of another client, is none for this one.
      if let read = document, read.id != version.engagement || read.client != state.client { document = nil }
      let standard = isFirst.insert(version.engagement).inserted ? document?.termFrom : version.signedDay
      versions.append(
        Version(
          entry: version.entry, day: version.day, engagement: version.engagement, statement: version.statement,
          effective: document?.effective ?? standard ?? version.signedDay, document: document))
    }
    ends = state.ends.map { End(entry: $0.entry, engagement: $0.engagement, on: $0.on) }
    for record in state.acceptances {
      guard let schedule = try library.schedule(record.schedule) else { continue }
      var lines: [ControlID: [Schedule.UnitLine]] = [:]
      for line in schedule.units {
        guard let unit = ControlID(parsing: line.unit) else { continue }
        lines[unit, default: []].append(line)
      }
      acceptances.append(
        Acceptance(
          entry: record.entry, day: record.day, party: record.party, version: record.version,
          accepts: record.accepts, lines: lines, catalogs: record.catalogs.mapValues { Set($0) },
          reason: record.reason))
    }
    leaves = state.membership.parties.compactMap { party in
      guard let day = party.leftDay, let entry = party.leftEntry else { return nil }
      return Leave(entry: entry, day: day, party: party.id)
    }
  }
}

extension ResolutionInput.Adoption {
  init(_ adoption: LogState.Adoption, library: ObjectLibrary) throws {
    self.init(
      entry: adoption.entry, framework: adoption.framework, effective: adoption.effective, catalog: adoption.catalog,
      notApplicable: Set(adoption.notApplicable.keys.compactMap { ControlID(parsing: $0) }), units: nil)
    // Where the list of what does not apply cannot be read, nobody can say which units do.
    guard !adoption.isUnreadable, let catalog = try library.catalog(adoption.catalog, framework: adoption.framework)
    else { return }
    var units: [UnitFacts] = []
    for control in catalog.controls {
      if control.sameAs.isEmpty {
        for unit in control.units {
          units.append(
            UnitFacts(
              id: unit.id, control: control.id, families: control.families, domain: control.domain,
              isRetained: control.retained != nil))
        }
      } else {
        sameAs[control.id] = control.sameAs
        for family in control.families { familyTargets[family, default: []] += control.sameAs }
      }
      if adoption.framework == "it-functions", let custom = control.typicalManaged {
        typicalManaged[control.id.local] = custom
      }
    }
    self.units = units
    leansOn = catalog.leansOn
  }
}
