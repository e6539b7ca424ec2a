/// Finds controls, units and families of several catalogs by what people write for them.
///
/// Understood are `3.1.1`, `nist-800-171-r2/3.1.1`, `3.1.1[a]`, `164.308.a.1.ii.A` for `164.308(a)(1)(ii)(A)`,
/// `ac.l2-3.1.1` in any case, a catalog's own OSCAL ids, and the functions of it-functions.
package struct ControlFinder: Sendable {
  /// The framework whose controls are the functions themselves.
  package static let functions = "it-functions"

  /// The catalogs, in the order given.
  package let catalogs: [Catalog]

  private struct Entry: Sendable {
    var controls: [ControlID] = []
    var units: [ControlID] = []
    var families: [ControlID] = []
  }

  private let catalogIndex: [String: Int]
  private let spellings: [String: Entry]
  private let aliases: [String: Entry]

  package init(catalogs: [Catalog]) {
    self.catalogs = catalogs
    var spellings: [String: Entry] = [:]
    var aliases: [String: Entry] = [:]
    for catalog in catalogs {
      for family in catalog.families {
        spellings[Self.folded(family.id.local), default: Entry()].families.append(family.id)
      }
      for control in catalog.controls {
        spellings[Self.folded(control.id.local), default: Entry()].controls.append(control.id)
        for alias in Set(control.aliases.map(Self.folded)) {
          aliases[alias, default: Entry()].controls.append(control.id)
        }
        for unit in control.units where unit.id != control.id {
          spellings[Self.folded(unit.id.local), default: Entry()].units.append(unit.id)
        }
      }
    }
    self.spellings = spellings
    self.aliases = aliases
    catalogIndex = Dictionary(
      catalogs.enumerated().map { ($0.element.framework, $0.offset) }, uniquingKeysWith: { first, _ in first })
  }

  // MARK: Lookups over all catalogs

  /// The catalog that was given for a framework.
  package func catalog(_ framework: String) -> Catalog? { catalogIndex[framework].map { catalogs[$0] } }

  /// The control of that id.
  package func control(_ id: ControlID) -> Control? { catalog(id.framework)?.control(id) }

  /// The unit of that id.
  package func unit(_ id: ControlID) -> Unit? { catalog(id.framework)?.unit(id) }

  /// The family of that id.
  package func family(_ id: ControlID) -> Family? { catalog(id.framework)?.family(id) }

  /// The domains that exist: the controls of it-functions, in its order; none where it is not among the catalogs.
  package var domains: [String] { catalog(Self.functions)?.controls.map(\.id.local) ?? [] }

  /// The controls in which each of the words occurs: see `Catalog.search`.
  package func search(_ words: String) -> [ControlID] {
    let search = ControlSearch(words)
    let controls = catalogs.flatMap(\.controls)
    let ranked = controls.map { ($0.id, search.rank($0)) }
    return ranked.filter { $0.1 == .heading }.map(\.0) + ranked.filter { $0.1 == .text }.map(\.0)
  }

  // MARK: Same as

  /// The id under which a control or unit is kept: its own, or those of the controls that it is the same as.
  ///
  /// An id that is both a control's and a unit's means the control. A target whose catalog was not given is
  /// returned as it is.
  /// - Returns: nil if the id is neither a control's nor a unit's, or leads only in a circle.
  package func canonical(_ id: ControlID) -> [ControlID]? {
    guard let control = control(id) else { return unit(id) == nil ? nil : [id] }
    guard !control.sameAs.isEmpty else { return [id] }
    var found: [ControlID] = []
    var seen: Set<ControlID> = [id]
    // A list, not recursion: a hostile set of catalogs may chain its controls without end.
    var waiting = Array(control.sameAs.reversed())
    while let next = waiting.popLast() {
      guard seen.insert(next).inserted else { continue }
      if let targets = self.control(next)?.sameAs, !targets.isEmpty {
        waiting.append(contentsOf: targets.reversed())
      } else {
        found.append(next)
      }
    }
    return found.isEmpty ? nil : found
  }

  /// Whether statements may name a control or unit by this id: it is not the same as another.
  ///
  /// - Returns: nil if there is no such control or unit.
  package func isCanonical(_ id: ControlID) -> Bool? {
    if let control = control(id) { return control.sameAs.isEmpty }
    return unit(id) == nil ? nil : true
  }

  // MARK: What people write

  /// What a text leads to: a control before a unit, that before a family; the very spelling before a similar one.
  package func resolve(_ text: String) -> ControlMatch {
    guard text.utf8.count <= 1024 else { return .unknown(suggestions: []) }
    var local = text.filter { !$0.isWhitespace }
    var framework: String?
    if let slash = local.firstIndex(of: "/") {
      let name = String(local[..<slash]).lowercased()
      guard catalogIndex[name] != nil else {
        let near = ControlSuggestions.nearest(name, among: catalogs.map(\.framework))
        return .unknown(suggestions: near)
      }
      framework = name
      local = String(local[local.index(after: slash)...])
    }
    return match(local, in: framework) ?? unitOfSame(local, in: framework)
      ?? .unknown(suggestions: suggestions(for: local, in: framework))
  }

  private func match(_ local: String, in framework: String?) -> ControlMatch? {
    let key = Self.folded(local)
    for table in [spellings, aliases] {
      guard let entry = table[key] else { continue }
      if let match = match(entry, local, in: framework) { return match }
    }
    return nil
  }

  private func match(_ entry: Entry, _ local: String, in framework: String?) -> ControlMatch? {
    func chosen(_ ids: [ControlID]) -> [ControlID] {
      let inside = ids.filter { framework == nil || $0.framework == framework }
      let exact = inside.filter { $0.local.utf8.elementsEqual(local.utf8) }
      return exact.isEmpty ? inside : exact
    }
    for ids in [chosen(entry.controls), chosen(entry.units)] where !ids.isEmpty {
      let meanings = ids.compactMap { canonical($0) }
      guard let first = meanings.first else { continue }
      return meanings.allSatisfy { $0 == first } ? .found(first) : .ambiguous(ids)
    }
    let families = chosen(entry.families)
    guard let first = families.first else { return nil }
    return families.count == 1 ? .family(first) : .ambiguous(families)
  }

  /// `AC.L2-3.1.1[a]`: an objective of a control that is the same as another, named after the former.
  private func unitOfSame(_ local: String, in framework: String?) -> ControlMatch? {
    guard let bracket = local.firstIndex(of: "["), bracket != local.startIndex,
      case .found(let targets)? = match(String(local[..<bracket]), in: framework)
    else { return nil }
    let suffix = local[bracket...].lowercased()
    let units = targets.compactMap { ControlID(framework: $0.framework, local: $0.local + suffix) }
      .filter { unit($0) != nil }
    guard let first = units.first else { return nil }
    return units.count == 1 ? .found([first]) : .ambiguous(units)
  }

  private func suggestions(for local: String, in framework: String?) -> [String] {
    let ids = catalogs.filter { framework == nil || $0.framework == framework }
      .flatMap { catalog in catalog.controls.map(\.id) + catalog.families.map(\.id) }
    let near = ControlSuggestions.nearest(Self.folded(local), among: ids.map { Self.folded($0.local) })
    var found: [String] = []
    for name in near {
      for id in ids where Self.folded(id.local) == name && !found.contains(id.description) {
        found.append(id.description)
      }
    }
    return Array((found.isEmpty ? search(local).map(\.description) : found).prefix(5))
  }

  /// One spelling for those that are told apart by the case of ASCII letters or by dots for parentheses alone.
  private static func folded(_ text: some StringProtocol) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): bytes.append(byte | 0x20)
      case UInt8(ascii: "("): bytes.append(UInt8(ascii: "."))
      case UInt8(ascii: ")"): break
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
