package import Catalogs
package import Findings
internal import Ownership
internal import Statements

/// Makes of what people write for controls the ids that statements hold.
package final class ControlChoice {
  private let store: OpenedStore?
  private var finder: ControlFinder?
  private var small: [String: ControlFinder] = [:]

  package init(_ place: SigningPlace) {
    store = place.store
  }

  package init(_ store: OpenedStore) {
    self.store = store
  }

  /// The ids of some controls and units, each once, in byte order.
  package func resolve(_ texts: [String]) throws -> [String] {
    var found: Set<ControlID> = []
    for text in texts { found.formUnion(try resolve(text)) }
    return found.map(\.description).sorted(by: ByteOrder.precedes)
  }

  /// The ids that one text stands for: several where the control is the same as several others.
  package func resolve(_ text: String) throws -> [ControlID] {
    for (open, close) in [("[", "]"), ("(", ")")] as [(Character, Character)]
    where text.count(where: { $0 == open }) != text.count(where: { $0 == close }) {
      throw Failure(
        .usage, "'\(text)' has a bracket without its other half",
        hint: "write all of it: what was cut off may name other objectives")
    }
    guard let store else { return try resolveFar(text) }
    if let finder = try smallFinder(for: text, store) {
      switch finder.resolve(text) {
      case .found(let ids): return ids
      case .family(let family) where finder.family(family)?.isStandard == true:
        return specifications(of: family, finder)
      case .family, .ambiguous, .withdrawn, .unknown: break
      }
    }
    let finder = try everything()
    switch finder.resolve(text) {
    case .found(let ids): return ids
    case .family(let family) where finder.family(family)?.isStandard == true: return specifications(of: family, finder)
    case let other:
      if let each = ObjectiveGroup.spelled(text) { return try each.flatMap { try resolve($0) } }
      switch ControlRange.read(text, finder) {
      case .ids(let ids)?: return ids
      case .unclear?:
        throw Failure(
          .usage, "'\(text)' is a range over more than one family, or runs backwards", hint: "name each control")
      case nil: throw ControlChoice.fault(text, other, finder, isFar: false)
      }
    }
  }

  /// Whether a text leads to controls, without the proposals that a slip takes.
  package func knows(_ text: String) -> Bool {
    guard let finder = try? everything() else { return false }
    switch finder.known(text) {
    case .found: return true
    case .family(let family): return finder.family(family)?.isStandard == true
    case .ambiguous, .withdrawn, .unknown, nil: break
    }
    if let each = ObjectiveGroup.spelled(text) { return each.allSatisfy(knows) }
    if case .ids = ControlRange.read(text, finder) { return true }
    return false
  }

  /// A standard of the HIPAA Security Rule stands for its implementation specifications (45 CFR 164.306(d)).
  private func specifications(of standard: ControlID, _ finder: ControlFinder) -> [ControlID] {
    let controls = finder.catalog(standard.framework)?.controls(inFamily: standard) ?? []
    return controls.flatMap { finder.canonical($0.id) ?? [$0.id] }
  }

  /// All that is adopted today.
  package func everything() throws -> ControlFinder {
    if let finder { return finder }
    guard let store else {
      let catalogs = BundledCatalogs.names.compactMap { ControlChoice.bundled($0) }
      let made = ControlFinder(catalogs: catalogs)
      finder = made
      return made
    }
    let made = try store.finder()
    finder = made
    return made
  }

  /// Where a text names its framework, no other catalog has to be read than that one and those it leans on.
  private func smallFinder(for text: String, _ store: OpenedStore) throws -> ControlFinder? {
    if let finder { return finder }
    guard let slash = text.firstIndex(of: "/") else { return nil }
    let framework = String(text[..<slash])
    if let known = small[framework] { return known }
    var catalogs: [Catalog] = []
    var waiting = [framework]
    var seen: Set<String> = []
    while let next = waiting.popLast() {
      guard seen.insert(next).inserted, let catalog = try adopted(next, store) else { continue }
      catalogs.append(catalog)
      waiting += catalog.leansOn
    }
    guard !catalogs.isEmpty else { return nil }
    let made = ControlFinder(catalogs: catalogs)
    small[framework] = made
    return made
  }

  /// The catalog that a framework has today.
  private func adopted(_ framework: String, _ store: OpenedStore) throws -> Catalog? {
    let today = store.desk.clock.today
    let inForce = store.state.adoptions.filter { $0.framework == framework && $0.effective <= today }
    // Of two with one day the later entry holds.
    guard let latest = inForce.map(\.effective).max(), let adoption = inForce.last(where: { $0.effective == latest })
    else { return nil }
    return try store.library.catalog(adoption.catalog, framework: framework)
  }

  // MARK: Far from the store

  /// Without the store nobody knows what is adopted, so each control says its framework.
  private func resolveFar(_ text: String) throws -> [ControlID] {
    if let each = ObjectiveGroup.spelled(text) { return try each.flatMap { try resolveFar($0) } }
    guard let id = ControlID(parsing: text) else {
      throw Failure(
        .usage, "'\(text)' does not say its framework, and without the store nobody knows which are adopted",
        hint: "write it as in nist-800-171-r2/3.1.1")
    }
    // A catalog that is not built in: whoever appends the offer checks it.
    guard BundledCatalogs.names.contains(id.framework) else { return [id] }
    let finder = farFinder(id.framework)
    switch finder.resolve(text) {
    case .found(let ids): return ids
    case .family(let family) where finder.family(family)?.isStandard == true: return specifications(of: family, finder)
    case let other: throw ControlChoice.fault(text, other, finder, isFar: true)
    }
  }

  private func farFinder(_ framework: String) -> ControlFinder {
    if let known = small[framework] { return known }
    let own = ControlChoice.bundled(framework)
    let catalogs = ([own] + (own?.leansOn ?? []).map { ControlChoice.bundled($0) }).compactMap { $0 }
    let made = ControlFinder(catalogs: catalogs)
    small[framework] = made
    return made
  }

  private static func bundled(_ framework: String) -> Catalog? {
    BundledCatalogs.bytes(of: framework).flatMap { try? Catalog(parsing: $0, framework: framework) }
  }

  // MARK: Faults

  /// The built-in catalogs that have a control or family of that name, and are not adopted.
  private static func builtIn(with text: String, beside finder: ControlFinder) -> some Sequence<String> {
    BundledCatalogs.names.lazy.filter { name in
      guard finder.catalog(name) == nil, let catalog = bundled(name) else { return false }
      switch ControlFinder(catalogs: [catalog]).known(text) {
      case .found, .family, .ambiguous: return true
      case .withdrawn, .unknown, nil: return false
      }
    }
  }

  /// What is to be said of a text that is a control of built-in catalogs only, none of which is adopted; nil for any
  /// other.
  package func unadopted(_ text: String) throws -> Failure? {
    let names = Array(ControlChoice.builtIn(with: text, beside: try everything()))
    guard let first = names.first else { return nil }
    let whose = Wording.list(names.map { "'\($0)'" })
    return Failure(
      .usage, "no framework that is adopted today has a control '\(text)', so that nothing here is about it",
      hint: "\(whose) \(names.count == 1 ? "has" : "have") it: adopt what is meant, custody framework adopt \(first), "
        + "and submit evidence for \(first)/\(text.split(separator: "/").last.map(String.init) ?? text)")
  }

  /// What is told of a control that is none any more.
  private static func withdrawn(_ id: ControlID, _ successors: [ControlID]) -> Failure {
    Failure(
      .usage, "'\(id)' is withdrawn: it is no control any more",
      hint: successors.isEmpty ? nil : "it went into \(Wording.list(successors.map(\.description)))")
  }

  private static func fault(
    _ text: String, _ match: ControlMatch, _ finder: ControlFinder, isFar: Bool
  ) -> Failure {
    switch match {
    case .family(let family):
      let ids = finder.catalog(family.framework)?.controls(inFamily: family).map(\.id.local) ?? []
      let shown = ids.prefix(8).joined(separator: ", ") + (ids.count > 8 ? " …" : "")
      var hint = "name those that are meant, of \(shown)"
      if SpreadsheetSlip.isNumber(text), case .family = finder.resolve(text + "0") {
        hint += "; if a spreadsheet made it of '\(text)0', show the column as text there"
      }
      return Failure(.usage, "'\(text)' is a family, and this is about controls", hint: hint)
    case .ambiguous(let ids):
      return Failure(
        .usage, "'\(text)' stands in several frameworks",
        hint: "write \(Wording.list(ids.map(\.description), "or"))")
    case .withdrawn(let id, let successors): return withdrawn(id, successors)
    case .unknown(let suggestions):
      if let ids = SpreadsheetSlip.day(text, finder) {
        let perhaps = ids.isEmpty ? "" : ", such as \(Wording.list(ids.map { "'\($0)'" }, "or"))"
        return Failure(
          .usage, "'\(text)' is a day, no control: a spreadsheet may have made it of an id\(perhaps)",
          hint: "show the column as text there, and write the ids again")
      }
      if text.contains(where: { ",;".contains($0) }) {
        return Failure(
          .usage, "'\(text)' is no one control",
          hint: "give each with an option of its own, as in: --control 3.1.1 --control 3.1.2")
      }
      let words = text.split(maxSplits: 1, whereSeparator: \.isWhitespace).map(String.init)
      if words.count == 2, case .found = finder.resolve(words[0]) {
        return Failure(
          .usage, "'\(text)' is more than the id of a control",
          hint: "write '\(words[0])' alone, if it is what is meant")
      }
      if !isFar, let framework = builtIn(with: text, beside: finder).first(where: { _ in true }) {
        return Failure(
          .usage, "there is no control '\(text)' in what is adopted today",
          hint: "'\(framework)' has it, which is not adopted: custody framework adopt \(framework)")
      }
      return Failure(
        .usage, "there is no control '\(text)' in \(isFar ? "the built-in catalog" : "what is adopted today")",
        hint: suggestions.isEmpty
          ? (isFar
            ? nil : "'custody framework list' names the catalogs, and 'custody framework show CATALOG' their controls")
          : "did you mean \(Wording.list(suggestions, "or"))")
    case .found: return Failure(.bug, "'\(text)' was found and refused")
    }
  }
}
