internal import Catalogs
internal import Ownership
internal import Statements

/// How much of a catalog counts that is adopted only because others lean on it: what they lean on.
///
/// The 15 practices of CMMC level 1 are 17 requirements of NIST SP 800-171; adopting level 1 must not make anybody answer
/// for all 110. What nobody asks for is adopted as not applicable, with a reason that tells it from what a user excludes,
/// so that it comes into scope when a catalog that asks for it is adopted, or the catalog itself.
struct LeaningScope {
  /// The reason by which these exclusions are known again.
  static let reason = "asked for by no adopted catalog"

  let store: OpenedStore
  let day: Day

  /// The adoption of a framework that holds on the day.
  func adoption(of framework: String) -> LogState.Adoption? {
    store.state.adoptions.filter { $0.framework == framework && $0.effective <= day }.max {
      ($0.effective, $0.entry) < ($1.effective, $1.entry)
    }
  }

  /// What a user has excluded of a framework so far, in order.
  func userExclusions(of framework: String) -> [FrameworkAdoption.Exclusion] {
    (adoption(of: framework)?.notApplicable ?? [:]).filter { $0.value != LeaningScope.reason }
      .map { FrameworkAdoption.Exclusion(unit: $0.key, reason: $0.value) }
      .sorted { ByteOrder.precedes($0.unit, $1.unit) }
  }

  /// What is to be excluded of a catalog that is leaned on, once another is adopted.
  ///
  /// - Parameters:
  ///   - other: The catalog that is leaned on.
  ///   - newcomer: The catalog that is being adopted.
  /// - Returns: nil where its adoption is right as it is.
  func exclusions(of other: Catalog, for newcomer: Catalog) throws -> [FrameworkAdoption.Exclusion]? {
    let known = adoption(of: other.framework)
    if let known, !known.notApplicable.values.contains(LeaningScope.reason) { return nil }
    var leaning = [newcomer]
    for framework in Set(store.state.adoptions.map(\.framework)) where framework != newcomer.framework {
      guard let adoption = adoption(of: framework),
        let catalog = try store.library.catalog(adoption.catalog, framework: framework),
        catalog.leansOn.contains(other.framework)
      else { continue }
      leaning.append(catalog)
    }
    let finder = ControlFinder(catalogs: [other] + leaning)
    let asked = Set(
      leaning.flatMap(\.controls).filter { !$0.sameAs.isEmpty }.flatMap { finder.canonical($0.id) ?? [] }
        .compactMap { other.control($0)?.id ?? other.unit($0)?.control })
    let user = userExclusions(of: other.framework)
    let said = Set(user.map(\.unit))
    let narrowed = other.controls.map(\.id).filter { !asked.contains($0) && !said.contains($0.description) }
      .map { FrameworkAdoption.Exclusion(unit: $0.description, reason: LeaningScope.reason) }
    let all = (user + narrowed).sorted { ByteOrder.precedes($0.unit, $1.unit) }
    let before = known?.notApplicable ?? [:]
    let after = Dictionary(all.map { ($0.unit, $0.reason) }, uniquingKeysWith: { first, _ in first })
    return known != nil && before == after ? nil : all
  }
}
