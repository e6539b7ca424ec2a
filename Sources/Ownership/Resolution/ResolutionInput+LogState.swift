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
    // The names that adoptions so far give, made anew only where one more has come between two versions.
    var names: (adoptions: Int, known: BareNames)?
    func bareNames(before entry: Int) -> BareNames {
      let count = adoptions.count { $0.entry < entry }
      if let names, names.adoptions == count { return names.known }
      let known = BareNames(adoptions, before: entry)
      names = (count, known)
      return known
    }
    for version in state.versions {
      let read = try library.document(version.document)
      let standard = isFirst.insert(version.engagement).inserted ? read?.termFrom : version.signedDay
      // A document that speaks of another agreement, or of another client, is none for this one; its days still say
      // from when on it would speak.
      let isOwn = read.map { $0.id == version.engagement && $0.client == state.client } ?? false
      versions.append(
        Version(
          entry: version.entry, day: version.day, engagement: version.engagement, statement: version.statement,
          effective: read.map { $0.effective ?? standard ?? version.signedDay } ?? version.day,
          document: isOwn ? read?.spelledOut(bareNames(before: version.entry)) : nil, papers: version.papers,
          party: version.party))
    }
    ends = state.ends.map { End(entry: $0.entry, engagement: $0.engagement, on: $0.on) }
    for record in state.acceptances {
      let schedule = try library.schedule(record.schedule)
      var lines: [ControlID: [Schedule.UnitLine]] = [:]
      for line in schedule?.units ?? [] {
        guard let unit = ControlID(parsing: line.unit) else { continue }
        lines[unit, default: []].append(line)
      }
      acceptances.append(
        Acceptance(
          entry: record.entry, day: record.day, party: record.party, version: record.version,
          accepts: record.accepts, lines: lines, catalogs: record.catalogs.mapValues { Set($0) },
          reason: record.reason, otherLines: schedule?.textsByKey ?? [:], isReadable: schedule != nil))
    }
    leaves = state.membership.parties.compactMap { party in
      guard let day = party.leftDay, let entry = party.leftEntry else { return nil }
      return Leave(entry: entry, day: day, party: party.id)
    }
  }
}

extension ResolutionInput.Adoption {
  /// What the log says of an adoption, with the catalog.
  package init(_ adoption: LogState.Adoption, library: ObjectLibrary) throws {
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
    take(units)
    leansOn = catalog.leansOn
  }
}
