/// Where each value of a document stands, so that what is found about it later can be said with line and column.
///
///     sources.position("scope", 2, "responsible", 0)
///
/// For a document that was built by hand it is empty and every position unknown.
package struct SourceMap: Sendable {
  /// A key of a mapping, or an index into a list, from 0.
  package enum Step: Sendable, Equatable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    case key(String)
    case index(Int)

    package init(stringLiteral key: String) { self = .key(key) }
    package init(integerLiteral index: Int) { self = .index(index) }
  }

  private let root: YAMLNode?

  /// Of lists whose faulty items were left out, where in the document the others stand.
  private let kept: [String: [Int]]

  package init() {
    root = nil
    kept = [:]
  }

  init(root: YAMLNode, kept: [String: [Int]] = [:]) {
    self.root = root
    self.kept = kept
  }

  /// Where the value begins that the steps lead to.
  ///
  /// - Returns: Where they lead nowhere, as to an optional key that is absent or to the first of a list that is written
  ///   as a scalar, the position of the innermost value on the way.
  package func position(_ steps: Step...) -> SourcePosition { position(steps) }

  /// Where the value begins that the steps lead to.
  package func position(_ steps: [Step]) -> SourcePosition {
    guard var node = root else { return .unknown }
    for step in inDocument(steps) {
      switch (step, node) {
      case (.key(let key), .mapping):
        guard let value = node[key] else { return node.position }
        node = value
      case (.index(let index), .sequence(let items, _)) where items.indices.contains(index):
        node = items[index]
      default: return node.position
      }
    }
    return node.position
  }

  /// The steps as they lead through the document, items with faults among its lists.
  private func inDocument(_ steps: [Step]) -> [Step] {
    guard steps.count >= 2, case .key(let key) = steps[0], case .index(let index) = steps[1],
      let places = kept[key], places.indices.contains(index)
    else { return steps }
    return [steps[0], .index(places[index])] + steps.dropFirst(2)
  }
}
