internal import Catalogs
internal import Findings

/// The controls and units that a word of the command line stands for, as statements write them.
package enum ControlSelection {
  /// A control with its units, a unit with its control, or all of a family.
  package static func ids(_ text: String, _ store: OpenedStore) throws -> [String] {
    let finder = try store.finder()
    switch finder.resolve(text) {
    case .found(let ids): return ids.flatMap { related(to: $0, finder) }.map(\.description)
    case .family(let family):
      let controls = finder.catalog(family.framework)?.controls.filter { $0.families.contains(family) } ?? []
      return controls.flatMap { [$0.id] + $0.units.map(\.id) }.map(\.description)
    case .ambiguous(let ids):
      throw Failure(
        .usage, "--control \(text): that is \(Wording.list(ids.map(\.description), "or"))",
        hint: "write it with its framework")
    case .withdrawn(let id, _): return [id.description]
    case .unknown(let suggestions):
      // The log may speak of a control that no catalog of today has.
      if let id = ControlID(parsing: text), finder.catalog(id.framework) == nil { return [id.description] }
      throw Failure(
        .usage, "--control \(text): no adopted framework has such a control",
        hint: suggestions.isEmpty
          ? "'custody framework list' names the catalogs, and 'custody framework show CATALOG' their controls"
          : "did you mean \(Wording.list(suggestions, "or"))")
    }
  }

  private static func related(to id: ControlID, _ finder: ControlFinder) -> [ControlID] {
    if let control = finder.control(id) { return [id] + control.units.map(\.id).filter { $0 != id } }
    if let unit = finder.unit(id) { return [id, unit.control] }
    return [id]
  }
}
