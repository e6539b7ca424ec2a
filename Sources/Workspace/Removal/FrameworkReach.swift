internal import Catalogs
package import Ownership

/// Which frameworks evidence on a control shows something of: its own, and those that have it under another name.
package struct FrameworkReach {
  private var others: [String: Set<String>] = [:]
  private var controls: [String: String] = [:]

  /// By every catalog that was ever adopted: what was asked for once may still have to be kept.
  package init(_ store: OpenedStore) throws { try self.init(store.state, store.library) }

  package init(_ state: LogState, _ library: ObjectLibrary) throws {
    for adoption in state.adoptions {
      guard let catalog = try library.catalog(adoption.catalog, framework: adoption.framework) else { continue }
      for control in catalog.controls {
        for target in control.sameAs { others[target.description, default: []].insert(adoption.framework) }
        for unit in control.units { controls[unit.id.description] = control.id.description }
      }
    }
  }

  /// The control that a unit is of; a control stands for itself.
  package func control(of unit: String) -> String { controls[unit] ?? unit }

  /// The ids of the frameworks.
  package func frameworks(of units: [String]) -> Set<String> {
    var found: Set<String> = []
    for unit in units {
      if let slash = unit.firstIndex(of: "/") { found.insert(String(unit[..<slash])) }
      found.formUnion(others[control(of: unit)] ?? [])
      found.formUnion(others[unit] ?? [])
    }
    return found
  }
}
