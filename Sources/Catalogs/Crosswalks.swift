/// Which controls of other catalogs ask for much the same: what the catalogs' props `crosswalk` say, read both ways.
///
/// A control that is the same as another is nowhere in it: it is that other one.
package struct Crosswalks {
  /// One control that another leads to.
  package struct Link: Hashable, Sendable {
    package let control: ControlID
    /// From the control that was asked about to this one.
    package let relation: CrosswalkRelation
  }

  private var links: [ControlID: [ControlID: CrosswalkRelation]] = [:]
  private let finder: ControlFinder

  /// - Parameter finder: Of the catalogs whose controls are meant; what leads out of them leads nowhere.
  package init(_ finder: ControlFinder) {
    self.finder = finder
    var turned: [(from: ControlID, to: ControlID, relation: CrosswalkRelation)] = []
    for control in finder.catalogs.flatMap(\.controls) {
      for (name, relation) in Crosswalks.stated(control) {
        for from in finder.canonical(control.id) ?? [] {
          for to in targets(name) where to.framework != from.framework {
            note(relation, from: from, to: to)
            turned.append((to, from, relation.turned))
          }
        }
      }
    }
    // What a catalog says of its own control comes before what another's says of it.
    for link in turned where links[link.from]?[link.to] == nil { note(link.relation, from: link.from, to: link.to) }
  }

  /// What a control's own catalog says, in its order.
  package static func stated(_ control: Control) -> [(target: String, relation: CrosswalkRelation)] {
    control.properties.filter { $0.name == "crosswalk" }.map {
      ($0.value, CrosswalkRelation(rawValue: $0.category ?? CrosswalkRelation.related.rawValue))
    }
  }

  private mutating func note(_ relation: CrosswalkRelation, from: ControlID, to: ControlID) {
    let known = links[from]?[to]
    links[from, default: [:]][to] = known.map { min($0, relation) } ?? relation
  }

  /// The controls that a target names: those of a family, where it is one.
  private func targets(_ name: String) -> [ControlID] {
    guard let id = ControlID(parsing: name) else { return [] }
    if let found = finder.canonical(id) { return found.map { finder.unit($0)?.control ?? $0 } }
    return finder.catalog(id.framework)?.controls(inFamily: id).flatMap { finder.canonical($0.id) ?? [] } ?? []
  }

  /// What a control, or the control of an objective, leads to: the closest relation first, then in byte order.
  package func links(from id: ControlID) -> [Link] {
    let control = finder.control(id) == nil ? finder.unit(id)?.control ?? id : id
    let sources = Set(finder.canonical(control) ?? [control])
    var found: [ControlID: CrosswalkRelation] = [:]
    for source in sources {
      for (target, relation) in links[source] ?? [:] where !sources.contains(target) {
        found[target] = found[target].map { min($0, relation) } ?? relation
      }
    }
    return found.map { Link(control: $0.key, relation: $0.value) }
      .sorted { $0.relation == $1.relation ? $0.control < $1.control : $0.relation < $1.relation }
  }
}
