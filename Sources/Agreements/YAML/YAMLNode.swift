/// A place in a document; lines and columns count from 1, columns in characters.
package struct SourcePosition: Sendable, Hashable {
  package let line: Int
  package let column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// No place: where something was not read from a document.
  package static let unknown = SourcePosition(line: 0, column: 0)
}

extension SourcePosition: Comparable {
  package static func < (left: SourcePosition, right: SourcePosition) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// A YAML document as it is written: a scalar is its text, whatever that looks like.
indirect enum YAMLNode: Sendable {
  case scalar(String, SourcePosition)
  case sequence([YAMLNode], SourcePosition)
  /// In the order of the document; no two keys have the same bytes.
  case mapping([YAMLPair], SourcePosition)

  /// Where the node begins.
  var position: SourcePosition {
    switch self {
    case .scalar(_, let position), .sequence(_, let position), .mapping(_, let position): position
    }
  }

  /// The value under a key, compared by bytes.
  subscript(key: String) -> YAMLNode? {
    guard case .mapping(let pairs, _) = self else { return nil }
    return pairs.first { $0.key.utf8.elementsEqual(key.utf8) }?.value
  }
}

/// A key of a mapping, with where it stands, and its value.
struct YAMLPair: Sendable {
  let key: String
  let position: SourcePosition
  let value: YAMLNode
}
