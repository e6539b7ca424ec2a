internal import Findings

/// Names that were perhaps meant by one that does not exist.
enum ControlSuggestions {
  /// Up to five names within two changes of the text, the nearest first.
  static func nearest(_ text: String, among names: [String]) -> [String] {
    let wanted = Array(text.utf8)
    // Long texts are no slip of the finger, and short ones are near to everything.
    guard (3...64).contains(wanted.count) else { return [] }
    var found: [(distance: Int, name: String)] = []
    var seen: Set<String> = []
    for name in names where abs(name.utf8.count - wanted.count) <= 2 && seen.insert(name).inserted {
      let distance = Spelling.distance(wanted, Array(name.utf8))
      if distance <= 2 { found.append((distance, name)) }
    }
    // A stable order among equals: as the catalogs have them.
    let ordered = (0...2).flatMap { distance in found.filter { $0.distance == distance } }
    return ordered.prefix(5).map(\.name)
  }
}
