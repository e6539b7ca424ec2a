/// A value of the JSON that custody signs: RFC 8785 with integers from 0 to 2^53 - 1 only, and no null.
package enum JSONValue: Sendable, Equatable {
  case string(String)
  case integer(Int)
  case boolean(Bool)
  case array([JSONValue])
  case object(JSONObject)

  package static func == (left: JSONValue, right: JSONValue) -> Bool {
    switch (left, right) {
    // Text is compared as bytes: Swift's own == takes different spellings of an accent for the same.
    case (.string(let left), .string(let right)): ByteOrder.areEqual(left, right)
    case (.integer(let left), .integer(let right)): left == right
    case (.boolean(let left), .boolean(let right)): left == right
    case (.array(let left), .array(let right)): left == right
    case (.object(let left), .object(let right)): left == right
    default: false
    }
  }

  /// The largest integer: what a double holds exactly.
  package static let integerLimit = 9_007_199_254_740_991
}

/// A JSON object: members in the canonical order of their keys.
package struct JSONObject: Sendable, Equatable {
  /// Sorted by the keys' UTF-16 units, each key once.
  package private(set) var members: [(key: String, value: JSONValue)]

  /// An object of some members, given in any order, with keys that differ.
  package init(_ members: [(key: String, value: JSONValue)] = []) {
    self.members = members.sorted { CanonicalOrder.precedes($0.key, $1.key) }
  }

  /// An object whose members the reader has found in order.
  init(inOrder members: [(key: String, value: JSONValue)]) {
    self.members = members
  }

  /// The value under a key; setting nil removes it.
  package subscript(key: String) -> JSONValue? {
    get { members.first { ByteOrder.areEqual($0.key, key) }?.value }
    set {
      members.removeAll { ByteOrder.areEqual($0.key, key) }
      guard let newValue else { return }
      let place = members.firstIndex { CanonicalOrder.precedes(key, $0.key) } ?? members.count
      members.insert((key, newValue), at: place)
    }
  }

  package static func == (left: JSONObject, right: JSONObject) -> Bool {
    left.members.count == right.members.count
      && zip(left.members, right.members).allSatisfy { ByteOrder.areEqual($0.key, $1.key) && $0.value == $1.value }
  }
}

/// The order of keys in canonical JSON: by UTF-16 code units (RFC 8785 section 3.2.3).
enum CanonicalOrder {
  static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf16.lexicographicallyPrecedes(right.utf16)
  }
}

/// The order of text everywhere else: by UTF-8 bytes.
package enum ByteOrder {
  package static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  package static func areEqual(_ left: String, _ right: String) -> Bool {
    let (one, other) = (left.utf8, right.utf8)
    guard one.count == other.count else { return false }
    // Most texts lie in one piece, where they compare many bytes at a time.
    let isSame = unsafe one.withContiguousStorageIfAvailable { one in
      unsafe other.withContiguousStorageIfAvailable { unsafe one.elementsEqual($0) }
    }
    return (isSame ?? nil) ?? one.elementsEqual(other)
  }
}
