/// Finds controls, units and families of several catalogs by what people write for them.
///
/// Understood are `3.1.1`, `nist-800-171-r2/3.1.1`, `3.1.1[a]`, `164.308.a.1.ii.A` for `164.308(a)(1)(ii)(A)`,
/// `3.1.1(a)`, `3.1.1.a` and `3.1.1 a` for that objective, `§164.312(b)` and `45 CFR 164.312(b)`, `ac.l2-3.1.1` in any
/// case, `AC-02` for `AC-2`, a catalog's own OSCAL ids, and the functions of it-functions.
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
  private let withdrawn: [String: [WithdrawnControl]]

  package init(catalogs: [Catalog]) {
    self.catalogs = catalogs
    var spellings: [String: Entry] = [:]
    var aliases: [String: Entry] = [:]
    var withdrawn: [String: [WithdrawnControl]] = [:]
    for catalog in catalogs {
      for family in catalog.families {
        spellings[Self.folded(family.id.local), default: Entry()].families.append(family.id)
      }
      for control in catalog.controls {
        spellings[Self.folded(control.id.local), default: Entry()].controls.append(control.id)
        let practice = CommonSpelling.practice(control.id.local)
        for alias in Set((control.aliases + [practice].compactMap { $0 }).map(Self.folded)) {
          aliases[alias, default: Entry()].controls.append(control.id)
        }
        for unit in control.units where unit.id != control.id {
          spellings[Self.folded(unit.id.local), default: Entry()].units.append(unit.id)
        }
      }
    }
    for control in catalogs.flatMap(\.withdrawn) {
      for name in Set(([control.id.local] + control.aliases).map(Self.folded)) {
        withdrawn[name, default: []].append(control)
      }
    }
    self.withdrawn = withdrawn
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
    ControlSearch(words).matches(in: catalogs.flatMap(\.controls)).map(\.id)
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
    guard let wanted = Wanted(text) else { return .unknown(suggestions: []) }
    if let fault = unknownFramework(wanted) { return fault }
    return known(wanted)
      ?? .unknown(
        suggestions: practices(nearTo: wanted) ?? suggestions(
          for: wanted, among: { $0.controls.map(\.id) + $0.families.filter(\.isStandard).map(\.id) }) ?? search(wanted))
  }

  /// The same, for who asks about many words of which few are controls: suggestions take a look at every id there is.
  ///
  /// - Returns: nil for what `resolve` calls unknown.
  package func known(_ text: String) -> ControlMatch? {
    guard let wanted = Wanted(text), wanted.framework.map({ catalogIndex[$0] != nil }) ?? true else { return nil }
    return known(wanted)
  }

  private func known(_ wanted: Wanted) -> ControlMatch? {
    for spelling in [wanted.local] + CommonSpelling.others(for: wanted.local) {
      let wanted = Wanted(framework: wanted.framework, local: spelling)
      if let match = match(wanted) ?? unitOfSame(wanted) ?? standard(wanted) ?? wasControl(wanted) { return match }
    }
    return nil
  }

  /// What a text leads to where only a family can be meant.
  package func resolveFamily(_ text: String) -> ControlMatch {
    guard let wanted = Wanted(text) else { return .unknown(suggestions: []) }
    if let fault = unknownFramework(wanted) { return fault }
    return spellings[wanted.key].flatMap { family($0, wanted) }
      ?? .unknown(suggestions: suggestions(for: wanted, among: { $0.families.map(\.id) }) ?? [])
  }

  /// A text, taken apart.
  private struct Wanted {
    let framework: String?
    let local: String
    let key: String

    init?(_ text: String) {
      guard text.utf8.count <= 1024 else { return nil }
      let plain = text.filter { !$0.isWhitespace }
      let slash = plain.firstIndex(of: "/")
      self.init(
        framework: slash.map { plain[..<$0].lowercased() },
        local: String(slash.map { plain[plain.index(after: $0)...] } ?? plain[...]))
    }

    init(framework: String?, local: String) {
      self.framework = framework
      self.local = local
      key = ControlFinder.folded(local)
    }

    /// Those of the framework that was named, if one was; of these, those that are spelled so to the byte, if any.
    func chosen(of ids: [ControlID]) -> [ControlID] {
      let inside = ids.filter { framework == nil || $0.framework == framework }
      let exact = inside.filter { $0.local.utf8.elementsEqual(local.utf8) }
      return exact.isEmpty ? inside : exact
    }
  }

  private func unknownFramework(_ wanted: Wanted) -> ControlMatch? {
    guard let framework = wanted.framework, catalogIndex[framework] == nil else { return nil }
    return .unknown(suggestions: ControlSuggestions.nearest(framework, among: catalogs.map(\.framework)))
  }

  private func match(_ wanted: Wanted) -> ControlMatch? {
    for table in [spellings, aliases] {
      guard let entry = table[wanted.key] else { continue }
      for ids in [wanted.chosen(of: entry.controls), wanted.chosen(of: entry.units)] {
        let meanings = ids.compactMap { canonical($0) }
        guard let first = meanings.first else { continue }
        return meanings.allSatisfy { $0 == first } ? .found(first) : .ambiguous(ids)
      }
      if let match = family(entry, wanted) { return match }
    }
    return nil
  }

  /// `164.308(a)(7)`, for the standard that stands at its `(i)`.
  private func standard(_ wanted: Wanted) -> ControlMatch? {
    guard let entry = spellings[wanted.key + ".i"], let match = family(entry, wanted), case .family(let id) = match,
      family(id)?.isStandard == true
    else { return nil }
    return match
  }

  /// What a withdrawn control went into.
  private func wasControl(_ wanted: Wanted) -> ControlMatch? {
    let found = (withdrawn[wanted.key] ?? []).filter { wanted.framework == nil || $0.id.framework == wanted.framework }
    guard let first = found.first else { return nil }
    let successors = first.successors.flatMap { name -> [ControlID] in
      guard case .found(let ids)? = match(Wanted(framework: first.id.framework, local: name)) else { return [] }
      return ids
    }
    return .withdrawn(first.id, successors)
  }

  private func family(_ entry: Entry, _ wanted: Wanted) -> ControlMatch? {
    let families = wanted.chosen(of: entry.families)
    guard let first = families.first else { return nil }
    return families.count == 1 ? .family(first) : .ambiguous(families)
  }

  /// `AC.L2-3.1.1[a]`: an objective of a control that is the same as another, named after the former.
  private func unitOfSame(_ wanted: Wanted) -> ControlMatch? {
    let local = wanted.local
    guard let bracket = local.firstIndex(of: "["), bracket != local.startIndex,
      case .found(let targets)? = match(Wanted(framework: wanted.framework, local: String(local[..<bracket])))
    else { return nil }
    let suffix = local[bracket...].lowercased()
    let units = targets.compactMap { ControlID(framework: $0.framework, local: $0.local + suffix) }
      .filter { unit($0) != nil }
    guard let first = units.first else { return nil }
    return units.count == 1 ? .found([first]) : .ambiguous(units)
  }

  /// What there is of the practices that one which contradicts itself may mean; nil if it does not.
  private func practices(nearTo wanted: Wanted) -> [String]? {
    var found: [String] = []
    var seen: Set<String> = []
    for name in CommonSpelling.practices(nearTo: wanted.local) where seen.insert(name).inserted {
      let ids = spellings[Self.folded(name)].map { wanted.chosen(of: $0.controls) } ?? []
      if let id = ids.first {
        found.append(id.description)
      } else if case .found(let ids)? = known(Wanted(framework: wanted.framework, local: name)) {
        found += ids.map(\.description)
      }
    }
    return found.isEmpty ? nil : found
  }

  /// Up to five ids that are spelled nearly so; nil if there are none.
  private func suggestions(for wanted: Wanted, among items: (Catalog) -> [ControlID]) -> [String]? {
    let ids = catalogs.filter { wanted.framework == nil || $0.framework == wanted.framework }.flatMap(items)
    let names = ids.map { Self.folded($0.local) }
    var near: [String] = []
    for spelling in [wanted.local] + CommonSpelling.others(for: wanted.local) where near.isEmpty {
      near = ControlSuggestions.continuing(Self.folded(spelling), among: names)
    }
    if near.isEmpty { near = ControlSuggestions.nearest(wanted.key, among: names) }
    let found = near.flatMap { name in ids.filter { Self.folded($0.local) == name } }
    return found.isEmpty ? nil : found.prefix(5).map(\.description)
  }

  /// Up to five controls in which the text occurs.
  private func search(_ wanted: Wanted) -> [String] {
    search(wanted.local).prefix(5).map(\.description)
  }

  /// One spelling for those that are told apart by the case of ASCII letters, by dots for parentheses and brackets, or by
  /// zeros that fill a number up after a hyphen or a parenthesis.
  private static func folded(_ text: some StringProtocol) -> String {
    let source = Array(text.utf8)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(source.count)
    var mayBeFilled = false
    for (index, byte) in source.enumerated() {
      let isBeforeDigit =
        index + 1 < source.count && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(source[index + 1])
      if mayBeFilled, byte == UInt8(ascii: "0"), isBeforeDigit { continue }
      mayBeFilled = byte == UInt8(ascii: "-") || byte == UInt8(ascii: "(")
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): bytes.append(byte | 0x20)
      case UInt8(ascii: "("), UInt8(ascii: "["): bytes.append(UInt8(ascii: "."))
      case UInt8(ascii: ")"), UInt8(ascii: "]"): break
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
