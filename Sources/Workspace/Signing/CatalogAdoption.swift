package import Catalogs
internal import Crypto
internal import Findings
internal import Ownership
package import Statements

/// A catalog that is to be adopted, with what of it does not apply.
package struct CatalogAdoption {
  /// What the framework is called.
  package let id: String
  /// OSCAL, in JSON.
  package let bytes: [UInt8]
  /// The day from which it holds.
  package let effective: Day
  /// Controls and objectives that do not apply, as they are written.
  package let exclusions: [String]
  /// Why they do not apply.
  package let reason: String?
  /// What was excluded, and applies from now on; `all` for everything.
  package var inclusions: [String] = []
  /// The file that it came from; nil for one that is built in or adopted already.
  package let file: String?

  package init(id: String, bytes: [UInt8], effective: Day, exclusions: [String], reason: String?, file: String?) {
    self.id = id
    self.bytes = bytes
    self.effective = effective
    self.exclusions = exclusions
    self.reason = reason
    self.file = file
  }

  /// What it changes of the catalog that is adopted under its id, and would be in force on its day; nil where there is
  /// none, and where it is that very catalog.
  ///
  /// - Throws: `malformedInput` where it is not a catalog that can be adopted; what reading an object throws.
  package func difference(at place: SigningPlace) throws -> CatalogDifference? {
    guard let store = place.store else { return nil }
    let adoptions = store.state.adoptions.filter { $0.framework == id }
    let inForce = adoptions.filter { $0.effective <= effective }.max {
      ($0.effective, $0.entry) < ($1.effective, $1.entry)
    }
    guard let earlier = inForce ?? adoptions.last, earlier.catalog != SHA256.hash(bytes) else { return nil }
    guard let old = try store.library.catalog(earlier.catalog, framework: id) else {
      place.desk.notices.warn("the catalog that is adopted as '\(id)' cannot be read, so nobody can say what changes")
      return nil
    }
    return CatalogDifference(from: old, to: try catalog())
  }

  /// Fails where its id is that of a built-in catalog, and it is not that catalog.
  package func checkID() throws {
    guard BundledCatalogs.hasCarried(SHA256.hash(bytes), as: id) != false else {
      throw Failure(
        .malformedInput, "'\(id)' is the id of a built-in catalog, and '\(file ?? id)' is not that catalog",
        hint: "give it an id of its own with --id, or adopt the built-in one: custody framework adopt \(id)")
    }
  }

  private func catalog() throws -> Catalog {
    do {
      return try Catalog(parsing: bytes, framework: id)
    } catch {
      throw Failure(
        .malformedInput, "'\(file ?? id)' is not a catalog that can be adopted: \(error.message)", hint: error.hint)
    }
  }

  /// Signs its adoption, after that of those that it leans on.
  ///
  /// - Returns: The catalog, and the ids of all that were adopted with it.
  package func sign(
    at place: SigningPlace, _ write: WriteOptions
  ) throws -> (catalog: Catalog, ids: [String], written: Writing.Written) {
    try checkID()
    let catalog = try catalog()
    let day = effective
    guard !catalog.controls.isEmpty else {
      throw Failure(
        .malformedInput, "'\(file ?? id)' has no control: with it nobody would have to answer for anything",
        hint: "look for the file that has the controls; a profile has to be resolved first")
    }
    var adoptions: [(id: String, bytes: [UInt8], excluded: [FrameworkAdoption.Exclusion])] = []
    let scope = place.store.map { LeaningScope(store: $0, day: day) }
    for other in catalog.leansOn {
      guard let store = place.store else {
        // Adopting it once more would set anew what of it applies.
        place.desk.notices.say("'\(id)' leans on '\(other)', which has to be adopted before it")
        continue
      }
      let known = scope?.adoption(of: other)
      let kept = try known.flatMap { try store.library.bytes(of: $0.catalog, limit: ObjectLibrary.catalogLimit) }
      if known != nil, kept == nil { continue }
      guard let bytes = kept ?? BundledCatalogs.bytes(of: other) else {
        throw Failure(
          .inputMissing, "'\(id)' leans on '\(other)', which is neither adopted nor built in",
          hint: "import that one first: custody framework import FILE --id \(other)")
      }
      guard let leanedOn = try? Catalog(parsing: bytes, framework: other),
        let excluded = try scope?.exclusions(of: leanedOn, for: catalog)
      else { continue }
      adoptions.append((other, bytes, excluded))
    }
    adoptions.append((id, bytes, try excluded(from: catalog, scope)))
    let written = try Writing.perform(at: place, write) { sink, signed in
      guard signed.count < adoptions.count else { return nil }
      let next = adoptions[signed.count]
      let subject = try sink.keep(next.bytes, name: "catalog", mediaType: MediaType.catalog)
      let adoption = FrameworkAdoption(
        id: next.id, catalog: subject.digest, notApplicable: next.excluded, effective: day)
      return Draft(predicate: .framework(adoption), subjects: [subject])
    }
    return (catalog, adoptions.map(\.id), written)
  }

  /// What does not apply, by its ids: what was said before, unless it is to apply again, and what is said now.
  private func excluded(from catalog: Catalog, _ scope: LeaningScope?) throws -> [FrameworkAdoption.Exclusion] {
    let finder = ControlFinder(catalogs: [catalog])
    var kept = scope?.userExclusions(of: id) ?? []
    for text in inclusions where text != "all" {
      let ids = CatalogAdoption.ids(finder.resolve(text), in: catalog) ?? []
      guard kept.contains(where: { ids.map(\.description).contains($0.unit) }) else {
        throw Failure(
          .usage, "'\(text)' is not among what does not apply of '\(id)'",
          hint: kept.isEmpty ? "all of it applies" : "what does not is \(FileGathering.some(kept.map(\.unit)))")
      }
      kept.removeAll { ids.map(\.description).contains($0.unit) }
    }
    if inclusions.contains("all") { kept = [] }
    kept.removeAll { finder.control($0.unit) == nil }
    let said = try excluded(from: catalog, finder)
    let names = Set(said.map(\.unit))
    return (kept.filter { !names.contains($0.unit) } + said).sorted { ByteOrder.precedes($0.unit, $1.unit) }
  }

  /// What is said now.
  private func excluded(from catalog: Catalog, _ finder: ControlFinder) throws -> [FrameworkAdoption.Exclusion] {
    guard !exclusions.isEmpty else { return [] }
    guard let reason else {
      throw Failure(.usage, "why these do not apply is not said", hint: "say it with --reason TEXT")
    }
    var units: [String] = []
    for text in exclusions {
      let match = finder.resolve(text)
      guard let ids = CatalogAdoption.ids(match, in: catalog) else {
        throw Failure(
          .usage, "'\(catalog.framework)' has no control '\(text)'", hint: "custody framework show \(catalog.framework)"
        )
      }
      if case .found(let found) = match, found.count != 1 || found[0].framework != catalog.framework {
        throw Failure(
          .usage, "'\(text)' is \(found.map(\.description).joined(separator: ", ")) under another name: say it of that")
      }
      // A standard and one of its specifications name the same unit twice.
      units += ids.map(\.description).filter { !units.contains($0) }
    }
    return units.map { FrameworkAdoption.Exclusion(unit: $0, reason: reason) }
  }

  /// What a text leads to; nil for no control. A standard of the HIPAA rule stands for its specifications.
  private static func ids(_ match: ControlMatch, in catalog: Catalog) -> [ControlID]? {
    switch match {
    case .found(let found): found
    case .family(let family) where catalog.family(family)?.isStandard == true:
      catalog.controls(inFamily: family).map(\.id)
    case .family, .ambiguous, .withdrawn, .unknown: nil
    }
  }
}

extension ControlFinder {
  /// The control or unit of an id as it is written whole; nil where the catalogs have none.
  fileprivate func control(_ text: String) -> ControlID? {
    guard let id = ControlID(parsing: text), control(id) != nil || unit(id) != nil else { return nil }
    return id
  }
}
