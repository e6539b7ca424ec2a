internal import Findings

/// Names that were perhaps meant by one that does not exist.
enum ControlSuggestions {
  /// Up to five names that go on where the text ends, the shortest first: `164.312(a)(1)` for `164.312(a)`.
  ///
  /// - Parameter names: Folded like the text.
  static func continuing(_ text: String, among names: [String]) -> [String] {
    guard text.contains(where: \.isNumber) || text.utf8.count >= 4 else { return [] }
    let separators: Set<UInt8> = [UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_")]
    var found: [String] = []
    var seen: Set<String> = []
    for name in names {
      let rest = Array(name.utf8.dropFirst(text.utf8.count))
      guard name.utf8.starts(with: text.utf8), let next = rest.first, separators.contains(next),
        seen.insert(name).inserted
      else { continue }
      found.append(name)
    }
    let depth = { (name: String) in name.utf8.count { separators.contains($0) } }
    let ordered = found.enumerated().sorted { (depth($0.element), $0.offset) < (depth($1.element), $1.offset) }
    return ordered.prefix(5).map(\.element)
  }

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
