internal import Catalogs

/// From one control, or objective, to another: `3.1.1-3.1.4`, `3.1.1 to 3.1.4`, `3.1.1[a]-3.1.1[c]`.
///
/// What lies between is what the catalog has between, and only within one family, or one control: who writes a range has
/// that part of the catalog before them.
struct ControlRange {
  /// What a text comes to.
  enum Reading {
    case ids([ControlID])
    /// Two controls between which nobody can say what is meant.
    case unclear
  }

  private static let words = [" to ", " through ", " thru ", "..", "\u{2026}", "-", "\u{2013}", "\u{2014}"]

  /// - Returns: nil for a text that is no range.
  static func read(_ text: String, _ finder: ControlFinder) -> Reading? {
    for word in words {
      for range in text.ranges(of: word) {
        guard case .found(let first)? = finder.known(String(text[..<range.lowerBound])), first.count == 1,
          case .found(let last)? = finder.known(String(text[range.upperBound...])), last.count == 1
        else { continue }
        return between(first[0], last[0], finder).map { .ids($0) } ?? .unclear
      }
    }
    return nil
  }

  private static func between(_ first: ControlID, _ last: ControlID, _ finder: ControlFinder) -> [ControlID]? {
    guard first.framework == last.framework, let catalog = finder.catalog(first.framework) else { return nil }
    if let low = catalog.controls.firstIndex(where: { $0.id == first }),
      let high = catalog.controls.firstIndex(where: { $0.id == last })
    {
      guard low < high else { return nil }
      let controls = catalog.controls[low...high]
      guard controls.allSatisfy({ $0.families.first == catalog.controls[low].families.first }) else { return nil }
      return controls.map(\.id)
    }
    guard let control = catalog.unit(first)?.control, catalog.unit(last)?.control == control else { return nil }
    let units = catalog.control(control)?.units.map(\.id) ?? []
    guard let low = units.firstIndex(of: first), let high = units.firstIndex(of: last), low < high else { return nil }
    return Array(units[low...high])
  }
}
