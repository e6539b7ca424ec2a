package import Catalogs
internal import Findings
internal import Ownership
internal import Statements
internal import Storage

/// A control of another adopted framework that the files may also show something of.
package struct CrosswalkProposal: Sendable, Equatable {
  package let control: ControlID
  /// The control's short title.
  package let title: String
  /// From what was named to this one: the closest there is.
  package let relation: CrosswalkRelation
  /// What was named and leads to it, in byte order.
  package let from: [String]
  /// Whether it was taken.
  package internal(set) var isTaken = false
}

/// Proposes, for what is submitted, controls of other adopted frameworks, and takes those that the user wants.
package struct CrosswalkOffer {
  private static let shown = 6

  private let place: SigningPlace
  private let choice: ControlChoice

  package init(_ place: SigningPlace, _ choice: ControlChoice) {
    self.place = place
    self.choice = choice
  }

  /// Adds to each batch what the user takes.
  ///
  /// - Parameter isDryRun: Whether nobody is asked.
  /// - Returns: All that is proposed, the closest first.
  package func take(
    _ wish: CrosswalkWish, into batches: inout [EvidenceBatch], isDryRun: Bool
  ) throws -> [CrosswalkProposal] {
    guard let store = place.store, try CrosswalkReach.mayLead(store) else { return try nothing(wish) }
    let reach = try CrosswalkReach(store, try choice.everything())
    var all = reach.proposals(for: Array(Set(batches.flatMap(\.evidence.controls))))
    guard !all.isEmpty else { return try nothing(wish) }
    let isTaken: (CrosswalkProposal) -> Bool
    if wish.isSaid {
      isTaken = { wish.takes($0.relation) }
    } else {
      tell(all)
      let them = all.count == 1 ? "that control" : "those \(all.count) controls"
      let isAgreed = try !isDryRun && place.desk.consent.accepts(Question("Submit it for \(them), too?"))
      isTaken = { _ in isAgreed }
    }
    for index in all.indices { all[index].isTaken = isTaken(all[index]) }
    let taken = Set(all.filter(\.isTaken).map(\.control))
    guard !taken.isEmpty else {
      if wish.isSaid { tell(all) }
      return all
    }
    for index in batches.indices {
      let own = batches[index].evidence.controls
      let more = reach.proposals(for: own).map(\.control).filter(taken.contains).map(\.description)
      batches[index].evidence.controls = Set(own + more).sorted(by: ByteOrder.precedes)
    }
    return all
  }

  private func nothing(_ wish: CrosswalkWish) throws -> [CrosswalkProposal] {
    if wish.isSaid {
      place.desk.notices.warn(
        "--also takes nothing here: no control of another adopted framework is known to go with it")
    }
    return []
  }

  private func tell(_ all: [CrosswalkProposal]) {
    let some = all.prefix(CrosswalkOffer.shown).map { "\($0.control) (\($0.relation.rawValue))" }
    let rest = all.count > some.count ? " and \(all.count - some.count) more" : ""
    place.desk.notices.say(
      "this may also show \(some.joined(separator: ", "))\(rest): add --control ID, or --also RELATION to take them")
  }
}

/// Which controls of other adopted frameworks go with which, as the adopted catalogs say it.
struct CrosswalkReach {
  private let finder: ControlFinder
  private let crosswalks: Crosswalks
  private let excluded: Set<String>

  /// Whether any adopted catalog may say something of another: found out by its text alone, so that where none does, as
  /// with NIST SP 800-171 and CMMC, no submission waits until all of them are taken apart.
  static func mayLead(_ store: OpenedStore) throws -> Bool {
    // The functions are compared by no catalog.
    let adoptions = store.state.adoptions.filter { $0.framework != ControlFinder.functions }
    let catalogs = Dictionary(adoptions.map { ($0.catalog, $0.framework) }, uniquingKeysWith: { $1 })
    let frameworks = Set(catalogs.values)
    guard frameworks.count > 1 else { return false }
    let word = ByteSearch([Array("crosswalk".utf8)])
    return try catalogs.contains { catalog, framework in
      guard let bytes = try store.library.bytes(of: catalog, limit: ObjectLibrary.catalogLimit), word.isIn(bytes) else {
        return false
      }
      return ByteSearch(frameworks.subtracting([framework]).map { Array($0.utf8) }).isIn(bytes)
    }
  }

  /// - Parameter finder: Of the catalogs that are adopted today.
  init(_ store: OpenedStore, _ finder: ControlFinder) throws {
    self.finder = finder
    crosswalks = Crosswalks(finder)
    let scope = LeaningScope(store: store, day: store.desk.clock.today)
    // What is adopted as not applicable asks for no evidence.
    excluded = Set(finder.catalogs.flatMap { scope.adoption(of: $0.framework)?.notApplicable.keys.map { $0 } ?? [] })
  }

  /// What goes with some controls and units and is not among them.
  func proposals(for controls: [String]) -> [CrosswalkProposal] {
    let ids = controls.compactMap { ControlID(parsing: $0) }
    let named = Set(ids + ids.compactMap { finder.unit($0)?.control })
    var found: [ControlID: (relation: CrosswalkRelation, from: Set<String>)] = [:]
    for id in ids {
      for link in crosswalks.links(from: id) where !named.contains(link.control) && applies(link.control) {
        let known = found[link.control]
        found[link.control] = (
          known.map { min($0.relation, link.relation) } ?? link.relation, (known?.from ?? []).union([id.description])
        )
      }
    }
    return found.map { control, value in
      CrosswalkProposal(
        control: control, title: finder.control(control)?.title ?? "", relation: value.relation,
        from: value.from.sorted(by: ByteOrder.precedes))
    }.sorted { $0.relation == $1.relation ? $0.control < $1.control : $0.relation < $1.relation }
  }

  private func applies(_ control: ControlID) -> Bool {
    guard let found = finder.control(control), !excluded.contains(control.description) else { return false }
    return found.units.isEmpty || !found.units.allSatisfy { excluded.contains($0.id.description) }
  }
}
