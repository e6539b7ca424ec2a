/// How what one control asks relates to what another does, as the words of OSCAL's mapping model say it.
///
/// Read from the named control to the proposed one: of 3.1.14 `subset` 03.01.12 the first is a part of the second.
package struct CrosswalkRelation: RawRepresentable, Hashable, Sendable {
  /// The word: a catalog may have one that is not known here.
  package let rawValue: String

  package init(rawValue: String) { self.rawValue = rawValue }

  package static let equal = CrosswalkRelation(rawValue: "equal")
  /// The named one is a part of the other.
  package static let subset = CrosswalkRelation(rawValue: "subset")
  /// The other is a part of the named one.
  package static let superset = CrosswalkRelation(rawValue: "superset")
  package static let intersects = CrosswalkRelation(rawValue: "intersects")
  package static let related = CrosswalkRelation(rawValue: "related")

  /// Those that are known, the closest first.
  package static let known: [CrosswalkRelation] = [.equal, .superset, .subset, .intersects, .related]

  /// The relation as the other control has it.
  package var turned: CrosswalkRelation {
    switch self {
    case .subset: .superset
    case .superset: .subset
    case CrosswalkRelation(rawValue: "source"): CrosswalkRelation(rawValue: "derived")
    case CrosswalkRelation(rawValue: "derived"): CrosswalkRelation(rawValue: "source")
    default: self
    }
  }

  /// 0 for the closest.
  private var distance: Int {
    CrosswalkRelation.known.firstIndex(of: self) ?? CrosswalkRelation.known.count
  }
}

extension CrosswalkRelation: Comparable {
  /// Whether the left one is the closer; of two that are not known, by their bytes.
  package static func < (left: CrosswalkRelation, right: CrosswalkRelation) -> Bool {
    left.distance == right.distance
      ? left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8) : left.distance < right.distance
  }
}
