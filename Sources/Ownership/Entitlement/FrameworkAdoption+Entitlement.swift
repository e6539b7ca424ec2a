internal import Catalogs
internal import Statements

extension EntitlementRules {
  /// An administrator of the client.
  mutating func take(_ adoption: FrameworkAdoption) throws {
    guard isClientAdministrator else { throw notEntitled("\(signer.name) is no administrator of the client") }
    let record = LogState.Adoption(
      entry: sequence, day: context.day, framework: adoption.id, catalog: adoption.catalog,
      effective: adoption.effective,
      notApplicable: Dictionary(
        adoption.notApplicable.map { ($0.unit, $0.reason) }, uniquingKeysWith: { first, _ in first }),
      isUnreadable: isUnreadable)
    if let catalog = try library.catalog(adoption.catalog, framework: adoption.id), catalog.controls.isEmpty {
      throw malformed("its catalog '\(catalog.title)' has no control")
    }
    // Units that the catalog takes away may be said not to apply: so nobody has to look for who answers for them.
    let known = state.adoptions.filter { $0.framework == adoption.id } + [record]
    for exclusion in adoption.notApplicable {
      switch try library.canonicity(of: exclusion.unit, adoptions: known) {
      case .canonical, .unreadable: continue
      case .sameAs(let targets):
        throw malformed("'\(exclusion.unit)' is the same as \(targets.joined(separator: ", ")): say it of that")
      case .unknown: throw malformed("the catalog has no '\(exclusion.unit)'")
      }
    }
    state.adoptions.append(record)
  }
}
