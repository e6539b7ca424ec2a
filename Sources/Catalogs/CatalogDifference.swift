/// What one catalog has that another has not, and what both have in other words.
///
/// Compared are units by their ids, and, of controls that are the same as others' and so have none, those controls.
public struct CatalogDifference: Sendable, Equatable {
  /// In the new catalog's order.
  public let gained: [ControlID]
  /// In the old catalog's order.
  public let lost: [ControlID]
  /// Those that both have, with another prose, or whose control has another title or statement, or is the same as others.
  public let reworded: [ControlID]

  /// What changes from one catalog to another.
  package init(from old: Catalog, to new: Catalog) {
    let (before, after) = (CatalogDifference.wordings(old), CatalogDifference.wordings(new))
    let known = Dictionary(before.map { ($0.id, $0.wording) }, uniquingKeysWith: { first, _ in first })
    let present = Set(after.map(\.id))
    gained = after.map(\.id).filter { known[$0] == nil }
    lost = before.map(\.id).filter { !present.contains($0) }
    reworded = after.filter { known[$0.id] != nil && known[$0.id] != $0.wording }.map(\.id)
  }

  /// Whether every unit is there as it was.
  public var isEmpty: Bool { gained.isEmpty && lost.isEmpty && reworded.isEmpty }

  private static func wordings(_ catalog: Catalog) -> [(id: ControlID, wording: [[UInt8]])] {
    catalog.controls.flatMap { control -> [(id: ControlID, wording: [[UInt8]])] in
      // As bytes: Swift takes other spellings of a character for the same.
      let own = [control.title, control.statement].map { Array($0.utf8) }
      guard control.sameAs.isEmpty else {
        return [(control.id, own + control.sameAs.map { Array($0.description.utf8) })]
      }
      return control.units.map { ($0.id, own + [Array($0.prose.utf8)]) }
    }
  }
}
