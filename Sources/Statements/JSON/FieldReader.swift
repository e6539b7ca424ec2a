internal import Crypto

/// Why a payload is not the statement it should be.
package struct StatementSyntaxError: Error, Equatable, Sendable {
  /// Where in the payload: `predicate.controls[2]`.
  package let path: String
  package let reason: String

  package init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }
}

extension StatementSyntaxError: CustomStringConvertible {
  package var description: String { path.isEmpty ? reason : "'\(path)' \(reason)" }
}

/// Takes the members of an object one by one, each by its type, and knows in the end which were not asked for.
///
/// An optional member is absent, never null or empty.
struct FieldReader {
  let path: String
  private let object: JSONObject
  private var taken = 0
  /// Reads the objects that hold arrays kept outside the payload.
  let lists: ListLoader

  init(_ value: JSONValue, path: String, lists: ListLoader) throws(StatementSyntaxError) {
    guard case .object(let object) = value else { throw StatementSyntaxError(path: path, reason: "is no object") }
    self.path = path
    self.object = object
    self.lists = lists
  }

  func failure(_ key: String, _ reason: String) -> StatementSyntaxError {
    StatementSyntaxError(path: path.isEmpty ? key : "\(path).\(key)", reason: reason)
  }

  func has(_ key: String) -> Bool { object[key] != nil }

  mutating func optionalValue(_ key: String) -> JSONValue? {
    guard let value = object[key] else { return nil }
    taken += 1
    return value
  }

  mutating func value(_ key: String) throws(StatementSyntaxError) -> JSONValue {
    guard let value = optionalValue(key) else { throw failure(key, "is missing") }
    return value
  }

  /// A member that may be absent, converted where it is there.
  mutating func optional<T>(
    _ key: String, _ read: (inout FieldReader, String) throws(StatementSyntaxError) -> T
  ) throws(StatementSyntaxError) -> T? {
    has(key) ? try read(&self, key) : nil
  }

  mutating func text(_ key: String) throws(StatementSyntaxError) -> String {
    guard case .string(let text) = try value(key) else { throw failure(key, "is no text") }
    guard !text.isEmpty else { throw failure(key, "is empty") }
    return text
  }

  mutating func optionalText(_ key: String) throws(StatementSyntaxError) -> String? {
    has(key) ? try text(key) : nil
  }

  /// A text that must satisfy a rule.
  mutating func text(
    _ key: String, _ rule: String, where isValid: (String) -> Bool
  ) throws(StatementSyntaxError) -> String {
    let text = try text(key)
    guard isValid(text) else { throw failure(key, "is not \(rule)") }
    return text
  }

  mutating func identifier(_ key: String) throws(StatementSyntaxError) -> String {
    try text(key, "an identifier") { Identifier.isValid($0) }
  }

  mutating func member(_ key: String) throws(StatementSyntaxError) -> String {
    try text(key, "a member, 'party/id'") { Identifier.isMember($0) }
  }

  mutating func digest(_ key: String) throws(StatementSyntaxError) -> Digest {
    guard let digest = Digest(hex: try text(key)) else { throw failure(key, "is no SHA-256 in lower-case hexadecimal") }
    return digest
  }

  mutating func optionalDigest(_ key: String) throws(StatementSyntaxError) -> Digest? {
    has(key) ? try digest(key) : nil
  }

  mutating func day(_ key: String) throws(StatementSyntaxError) -> Day {
    guard let day = Day(try text(key)) else { throw failure(key, "is no day, 'YYYY-MM-DD'") }
    return day
  }

  mutating func optionalDay(_ key: String) throws(StatementSyntaxError) -> Day? {
    has(key) ? try day(key) : nil
  }

  /// The members `from` and `through`, the first and last day of a span, either of which may be absent.
  mutating func optionalSpan() throws(StatementSyntaxError) -> (from: Day?, through: Day?) {
    let span = (from: try optionalDay("from"), through: try optionalDay("through"))
    if let from = span.from, let through = span.through, from > through {
      throw failure("from", "is after 'through'")
    }
    return span
  }

  /// The same, both required.
  mutating func span() throws(StatementSyntaxError) -> (from: Day, through: Day) {
    let span = (from: try day("from"), through: try day("through"))
    guard span.from <= span.through else { throw failure("from", "is after 'through'") }
    return span
  }

  mutating func instant(_ key: String) throws(StatementSyntaxError) -> Instant {
    guard let instant = Instant(try text(key)) else { throw failure(key, "is no instant, 'YYYY-MM-DDTHH:MM:SS.sssZ'") }
    return instant
  }

  mutating func optionalInstant(_ key: String) throws(StatementSyntaxError) -> Instant? {
    has(key) ? try instant(key) : nil
  }

  mutating func integer(_ key: String) throws(StatementSyntaxError) -> Int {
    guard case .integer(let number) = try value(key) else { throw failure(key, "is no integer") }
    return number
  }

  mutating func optionalInteger(_ key: String) throws(StatementSyntaxError) -> Int? {
    has(key) ? try integer(key) : nil
  }

  mutating func optionalBoolean(_ key: String) throws(StatementSyntaxError) -> Bool? {
    guard let value = optionalValue(key) else { return nil }
    guard case .boolean(let flag) = value else { throw failure(key, "is neither true nor false") }
    return flag
  }

  mutating func bytes(_ key: String) throws(StatementSyntaxError) -> [UInt8] {
    guard let bytes = Base64.decode(try text(key)) else { throw failure(key, "is no padded base 64") }
    return bytes
  }

  mutating func choice<T: RawRepresentable<String> & CaseIterable>(
    _ key: String, _ type: T.Type
  ) throws(StatementSyntaxError) -> T {
    let text = try text(key)
    guard let value = T.allCases.first(where: { ByteOrder.areEqual($0.rawValue, text) }) else {
      throw failure(key, "is none of \(T.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return value
  }

  /// An array, or the object that holds it: `{"list":"<sha256>"}`.
  ///
  /// - Returns: No elements where the object is not to be had; the loader remembers which.
  mutating func list<T>(
    _ key: String, mayBeEmpty: Bool = false,
    _ element: (JSONValue, String) throws(StatementSyntaxError) -> T
  ) throws(StatementSyntaxError) -> [T] {
    let path = path.isEmpty ? key : "\(path).\(key)"
    let values: [JSONValue]
    switch try value(key) {
    case .array(let inline): values = inline
    case .object(let reference):
      guard reference.members.count == 1, case .string(let hex)? = reference["list"], let digest = Digest(hex: hex)
      else { throw failure(key, "is neither an array nor '{\"list\":\"<sha256>\"}'") }
      guard let loaded = try lists.load(digest, field: key, path: path) else { return [] }
      values = loaded
    default: throw failure(key, "is no array")
    }
    guard mayBeEmpty || !values.isEmpty else { throw failure(key, "is empty") }
    var result: [T] = []
    result.reserveCapacity(values.count)
    for (index, value) in values.enumerated() { result.append(try element(value, "\(path)[\(index)]")) }
    return result
  }

  mutating func optionalList<T>(
    _ key: String, _ element: (JSONValue, String) throws(StatementSyntaxError) -> T
  ) throws(StatementSyntaxError) -> [T] {
    has(key) ? try list(key, element) : []
  }

  /// Refuses members that nobody asked for.
  func finish() throws(StatementSyntaxError) {
    guard taken < object.members.count else { return }
    throw StatementSyntaxError(
      path: path,
      reason: "has a member that is unknown here, among \(object.members.map(\.key).joined(separator: ", "))")
  }
}

/// How the elements of arrays are read.
enum Element {
  static func text(_ value: JSONValue, _ path: String) throws(StatementSyntaxError) -> String {
    guard case .string(let text) = value, !text.isEmpty else {
      throw StatementSyntaxError(path: path, reason: "is no text")
    }
    return text
  }

  static func digest(_ value: JSONValue, _ path: String) throws(StatementSyntaxError) -> Digest {
    guard let digest = Digest(hex: try text(value, path)) else {
      throw StatementSyntaxError(path: path, reason: "is no SHA-256 in lower-case hexadecimal")
    }
    return digest
  }

  static func control(_ value: JSONValue, _ path: String) throws(StatementSyntaxError) -> String {
    let text = try text(value, path)
    guard ControlReference.isValid(text) else {
      throw StatementSyntaxError(path: path, reason: "is no control, 'framework/id'")
    }
    return text
  }

  static func domain(_ value: JSONValue, _ path: String) throws(StatementSyntaxError) -> String {
    let text = try text(value, path)
    guard Identifier.isValid(text) else { throw StatementSyntaxError(path: path, reason: "is not a domain's id") }
    return text
  }

  static func member(_ value: JSONValue, _ path: String) throws(StatementSyntaxError) -> String {
    let text = try text(value, path)
    guard Identifier.isMember(text) || Identifier.isValid(text) else {
      throw StatementSyntaxError(path: path, reason: "is neither a party nor a member")
    }
    return text
  }
}

/// A control or unit as statements write it: `framework/id`.
package enum ControlReference {
  /// Whether the text has the form; whether such a control exists is for the catalogs to say.
  package static func isValid(_ text: String) -> Bool {
    guard let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")) else { return false }
    let local = text.utf8[text.utf8.index(after: slash)...]
    return Identifier.isValid(text[..<slash]) && !local.isEmpty && local.count <= 256
      && local.allSatisfy { $0 > 0x20 && $0 != 0x7f && $0 != UInt8(ascii: "/") }
  }
}
