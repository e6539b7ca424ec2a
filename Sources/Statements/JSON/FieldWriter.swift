package import Crypto

/// Gathers the members of an object; absent values leave no trace.
package struct FieldWriter {
  private var members: [(key: String, value: JSONValue)] = []

  package init() {}

  package mutating func set(_ key: String, _ value: JSONValue?) {
    if let value { members.append((key, value)) }
  }

  package mutating func set(_ key: String, _ text: String?) {
    set(key, text.map { JSONValue.string($0) })
  }

  package mutating func set(_ key: String, _ number: Int?) {
    set(key, number.map { JSONValue.integer($0) })
  }

  package mutating func set(_ key: String, _ flag: Bool?) {
    set(key, flag.map { JSONValue.boolean($0) })
  }

  package mutating func set(_ key: String, _ digest: Digest?) {
    set(key, digest?.hex)
  }

  package mutating func set(_ key: String, _ day: Day?) {
    set(key, day?.description)
  }

  package mutating func set(_ key: String, _ instant: Instant?) {
    set(key, instant?.description)
  }

  /// Texts as an array; an empty one is left out.
  package mutating func set(_ key: String, _ texts: [String]) {
    if !texts.isEmpty { set(key, .array(texts.map { .string($0) })) }
  }

  package mutating func set(_ key: String, _ digests: [Digest]) {
    set(key, digests.map(\.hex))
  }

  /// The object.
  package var object: JSONValue { .object(JSONObject(members)) }
}
