internal import Crypto
internal import Index
internal import Ownership
internal import Rendering
internal import Statements
internal import Workspace

/// The members of a statement's predicate as lines of a label and a text each.
struct PredicateFields {
  private let store: OpenedStore

  init(_ store: OpenedStore) {
    self.store = store
  }

  /// The predicate as it was signed; nil where the payload does not parse.
  static func predicate(_ payload: [UInt8]) -> JSONObject? {
    guard case .object(let top)? = try? JSONValue(canonical: payload), case .object(let predicate)? = top["predicate"]
    else { return nil }
    return predicate
  }

  /// What is shown apart, for statements of every type.
  private static let apart: Set<String> = ["store", "signedAt", "seen", "from", "through", "collected"]

  /// Each member, those of objects within it under both names: `run status`.
  func lines(_ predicate: JSONObject) throws -> [(label: String, text: String)] {
    var lines: [(label: String, text: String)] = []
    for member in predicate.members where !PredicateFields.apart.contains(member.key) {
      try add(member.value, label: PredicateFields.words(member.key), depth: 0, to: &lines)
    }
    return lines
  }

  private func add(
    _ value: JSONValue, label: String, depth: Int, to lines: inout [(label: String, text: String)]
  ) throws {
    switch value {
    case .object(let object):
      if let list = try listed(object) { return try add(list, label: label, depth: depth + 1, to: &lines) }
      for member in object.members {
        try add(member.value, label: "\(label) \(PredicateFields.words(member.key))", depth: depth + 1, to: &lines)
      }
    default: lines.append((label, try text(value, depth: depth)))
    }
  }

  private func text(_ value: JSONValue, depth: Int) throws -> String {
    // The reader bounds how deep a payload nests; a list in an object could begin anew.
    guard depth < 8 else { return "…" }
    switch value {
    case .string(let text): return try reference(text)
    case .integer(let number): return String(number)
    case .boolean(let flag): return flag ? "yes" : "no"
    case .array(let values): return try values.map { try text($0, depth: depth + 1) }.joined(separator: ", ")
    case .object(let object):
      if let list = try listed(object) { return try text(list, depth: depth + 1) }
      return try object.members.map { "\(PredicateFields.words($0.key)) \(try text($0.value, depth: depth + 1))" }
        .joined(separator: " ")
    }
  }

  /// A statement's id is followed by where it stands.
  private func reference(_ text: String) throws -> String {
    guard let digest = Digest(hex: text) else { return text }
    for case .statement(_, let entry) in try store.index.find(prefix: digest.hex) {
      return "\(text) (entry \(entry))"
    }
    if let owner = store.state.membership.key(digest)?.owner { return "\(text) (\(owner))" }
    return text
  }

  /// The array of a `{"list":"<sha256>"}`; nil for other objects.
  private func listed(_ object: JSONObject) throws -> JSONValue? {
    guard object.members.count == 1, case .string(let text)? = object["list"], let digest = Digest(hex: text) else {
      return nil
    }
    guard let bytes = try store.library.bytes(of: digest, limit: ObjectLibrary.manifestLimit),
      case .array(let values)? = try? JSONValue(canonical: bytes)
    else { return .string("in the object \(text), which cannot be read") }
    return .array(values)
  }

  /// `retain until` for `retainUntil`.
  private static func words(_ key: String) -> String {
    key.reduce(into: "") { words, character in
      words += character.isUppercase ? " " + character.lowercased() : String(character)
    }
  }

  /// What was signed, for a machine.
  static func json(_ value: JSONValue) -> JSONOutput {
    switch value {
    case .string(let text): .string(text)
    case .integer(let number): .integer(number)
    case .boolean(let flag): .bool(flag)
    case .array(let values): .array(values.map(json))
    case .object(let object): .object(object.members.map { ($0.key, json($0.value)) })
    }
  }
}
