internal import Catalogs

/// Which of the controls of other frameworks that are proposed a user takes, said beforehand.
package struct CrosswalkWish: Sendable {
  /// A relation, or all of them.
  package enum Word: String, Sendable, CaseIterable {
    case all, equal, superset, subset, intersects, related
  }

  private let words: Set<Word>

  /// - Parameter words: None takes nothing.
  package init(_ words: [Word] = []) { self.words = Set(words) }

  /// Whether anything was said.
  var isSaid: Bool { !words.isEmpty }

  func takes(_ relation: CrosswalkRelation) -> Bool {
    words.contains(.all) || Word(rawValue: relation.rawValue).map { words.contains($0) } ?? false
  }
}
