internal import Catalogs
internal import Ownership
internal import Rendering

/// Controls of one family, which follow each other.
struct FamilyRows {
  let id: ControlID?
  private(set) var rows: [ResponsibilityMatrix.ControlRow]

  /// In the order of the rows.
  static func families(_ rows: [ResponsibilityMatrix.ControlRow]) -> [FamilyRows] {
    var families: [FamilyRows] = []
    for row in rows {
      let id = row.control.families.first
      if let last = families.last, last.id == id {
        families[families.count - 1].rows.append(row)
      } else {
        families.append(FamilyRows(id: id, rows: [row]))
      }
    }
    return families
  }

  /// The most controls of which one line would say the same; the first where there are several such sets.
  ///
  /// - Parameter terms: What the line says of a control; nil for one that is like no other.
  func alike(_ terms: (ResponsibilityMatrix.ControlRow) -> [Cell]?) -> [ResponsibilityMatrix.ControlRow] {
    var sets: [(terms: [Cell], rows: [ResponsibilityMatrix.ControlRow])] = []
    for row in rows {
      guard let terms = terms(row) else { continue }
      if let index = sets.firstIndex(where: { $0.terms == terms }) {
        sets[index].rows.append(row)
      } else {
        sets.append((terms, [row]))
      }
    }
    return sets.reduce([]) { $1.rows.count > $0.count ? $1.rows : $0 }
  }
}
