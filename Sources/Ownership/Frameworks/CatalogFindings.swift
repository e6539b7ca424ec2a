internal import Catalogs
internal import Crypto
package import Findings
package import Statements

/// What has to be said of the catalogs that a log has adopted, as of a day.
package enum CatalogFindings {
  /// Built-in ids that stand for other bytes, and units that an adoption took away.
  ///
  /// - Throws: What reading an object throws.
  package static func findings(_ state: LogState, asOf day: Day, library: ObjectLibrary) throws -> [Finding] {
    var findings: [Finding] = []
    var told: Set<String> = []
    for adoption in state.adoptions where told.insert("\(adoption.framework) \(adoption.catalog.hex)").inserted {
      guard BundledCatalogs.hasCarried(adoption.catalog, as: adoption.framework) == false else { continue }
      findings.append(
        Finding(
          .catalogForeign, adoption.framework, entry: adoption.entry, found: adoption.catalog.hex,
          "entry \(adoption.entry) adopts another catalog under the built-in id '\(adoption.framework)': its controls are not "
            + "those that the id stands for; adopt the built-in one, or give the other an id of its own"))
    }
    for framework in Set(state.adoptions.map(\.framework)).sorted(by: ByteOrder.precedes) {
      findings += try withdrawn(framework, state, asOf: day, library)
    }
    return findings
  }

  /// Units that an earlier adoption had, that the one in force lacks, and that it does not say not to apply.
  private static func withdrawn(
    _ framework: String, _ state: LogState, asOf day: Day, _ library: ObjectLibrary
  ) throws -> [Finding] {
    let order = state.adoptions.filter { $0.framework == framework && $0.effective <= day }.sorted {
      ($0.effective, $0.entry) < ($1.effective, $1.entry)
    }
    guard order.count > 1, let last = order.last else { return [] }
    var catalogs: [Catalog?] = []
    for adoption in order { catalogs.append(try library.catalog(adoption.catalog, framework: framework)) }
    guard let current = catalogs[order.count - 1] else { return [] }
    let present = Set(current.units.map(\.id))
    // The last adoption that had a unit.
    var lastSeen: [ControlID: (place: Int, control: ControlID)] = [:]
    for (place, catalog) in catalogs.enumerated() {
      for unit in catalog?.units ?? [] where !present.contains(unit.id) { lastSeen[unit.id] = (place, unit.control) }
    }
    var byEntry: [Int: [ControlID]] = [:]
    for (unit, seen) in lastSeen {
      // One that cannot be read has taken nothing away: the next that can has.
      guard let taker = catalogs[(seen.place + 1)...].firstIndex(where: { $0 != nil }) else { continue }
      let excused = [order[seen.place], last].contains { adoption in
        adoption.notApplicable[unit.description] != nil || adoption.notApplicable[seen.control.description] != nil
      }
      if !excused { byEntry[order[taker].entry, default: []].append(unit) }
    }
    return byEntry.keys.sorted().map { entry in
      let units = (byEntry[entry] ?? []).sorted()
      let shown = units.prefix(3).map(\.description).joined(separator: ", ")
      let more = units.count > 3 ? " and \(units.count - 3) more" : ""
      return Finding(
        .unitsWithdrawn, framework, entry: entry, found: Wording.count(units.count, "unit"),
        "entry \(entry) adopts a catalog for '\(framework)' that lacks \(Wording.count(units.count, "unit")) of the one before "
          + "it: \(shown)\(more); adopt one that has them, or say that they do not apply")
    }
  }
}
