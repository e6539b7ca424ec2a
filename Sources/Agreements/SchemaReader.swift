internal import Findings
internal import Catalogs
internal import Statements

/// Reads typed values out of a tree and notes every fault, so that one run shows them all.
///
/// Each function gives nil where it has noted a fault.
struct SchemaReader {
  private(set) var faults: [Diagnostic] = []
  /// Of each list of items, which of them have no fault.
  var kept: [String: [Int]] = [:]

  mutating func note(_ position: SourcePosition, _ message: String) {
    faults.append(Diagnostic(position, message))
  }

  /// A mapping's fields; keys that are not among those known are faults.
  ///
  /// - Parameter whose: What the mapping is, as in `the duty`.
  mutating func fields(of node: YAMLNode, _ whose: String, known: [String]) -> MappingFields? {
    guard case .mapping(let pairs, let position) = node else {
      note(node.position, "\(whose) must be a mapping, written { key: value, … }")
      return nil
    }
    for pair in pairs where !known.contains(where: { $0.utf8.elementsEqual(pair.key.utf8) }) {
      if let near = Spelling.nearest(to: pair.key, among: known) {
        note(pair.position, "\(whose) has no key '\(pair.key)': did you mean '\(near)'")
      } else {
        note(pair.position, "\(whose) has no key '\(pair.key)': its keys are \(known.joined(separator: ", "))")
      }
    }
    return MappingFields(whose: whose, position: position, node: node)
  }

  /// The value of a key that must be there.
  mutating func required(_ key: String, _ fields: MappingFields) -> YAMLNode? {
    if let node = fields.node[key] { return node }
    note(fields.position, "\(fields.whose) has no '\(key)', which it needs")
    return nil
  }

  /// Text that is not empty and has nothing in it that would break a line of a schedule.
  mutating func text(_ node: YAMLNode, _ key: String) -> String? {
    guard case .scalar(let text, let position) = node else {
      note(node.position, "'\(key)' must be text, not a list or a mapping")
      return nil
    }
    guard !text.isEmpty else {
      note(position, "'\(key)' is empty: write its value, or leave the key out")
      return nil
    }
    guard text.unicodeScalars.allSatisfy(SchemaReader.isPrintable) else {
      note(position, "'\(key)' has a tab, a line break or another control character in it")
      return nil
    }
    return text
  }

  /// Text that a grammar accepts.
  ///
  /// - Parameter wanted: What is wanted instead, as in `an identifier`.
  mutating func text(
    _ node: YAMLNode, _ key: String, _ wanted: String, where isValid: (String) -> Bool
  ) -> String? {
    guard let text = text(node, key) else { return nil }
    guard isValid(text) else {
      note(node.position, "'\(text)' in '\(key)' is not \(wanted)")
      return nil
    }
    return text
  }

  mutating func identifier(_ node: YAMLNode, _ key: String) -> String? {
    text(
      node, key, "an identifier: 1 to 32 lower-case letters, digits and inner hyphens",
      where: { Identifier.isValid($0) })
  }

  mutating func day(_ node: YAMLNode, _ key: String) -> Day? {
    text(node, key, "a day of the calendar, written YYYY-MM-DD", where: { Day($0) != nil }).flatMap { Day($0) }
  }

  /// Two days in order; either may be absent.
  mutating func span(_ fields: MappingFields) -> (from: Day?, through: Day?) {
    let from = fields.node["from"].flatMap { day($0, "from") }
    let through = fields.node["through"].flatMap { day($0, "through") }
    if let from, let through, through < from, let node = fields.node["through"] {
      note(node.position, "'through' is \(through), which is before 'from', \(from)")
    }
    return (from, through)
  }

  mutating func cadence(_ node: YAMLNode, _ key: String) -> String? {
    let names = Cadence.allCases.map(\.rawValue)
    return text(node, key, "a cadence: \(SchemaReader.alternatives(names))", where: { Cadence(rawValue: $0) != nil })
  }

  /// A list, each of whose items is read by itself.
  ///
  /// - Parameter acceptsScalar: Whether one item may stand there without a list around it.
  mutating func list(
    _ node: YAMLNode, _ key: String, acceptsScalar: Bool = false,
    item: (inout SchemaReader, YAMLNode) -> String?
  ) -> [String]? {
    switch node {
    case .sequence(let items, _):
      let read = items.map { item(&self, $0) }
      return read.contains(nil) ? nil : read.compactMap(\.self)
    case .scalar(let text, let position):
      if acceptsScalar { return item(&self, node).map { [$0] } }
      let example = text.isEmpty ? "[]" : "[\(text)]"
      note(position, "'\(key)' must be a list: write \(example)\(text.isEmpty ? ", or leave the key out" : "")")
      return nil
    case .mapping(_, let position):
      note(position, "'\(key)' must be a list, not a mapping")
      return nil
    }
  }

  /// `a, b or c`.
  static func alternatives(_ names: [String]) -> String {
    guard names.count > 1, let last = names.last else { return names.joined() }
    return names.dropLast().joined(separator: ", ") + " or " + last
  }

  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: false
    default: true
    }
  }
}

/// A mapping that is being read, and what it is called in messages.
struct MappingFields {
  let whose: String
  let position: SourcePosition
  let node: YAMLNode
}
