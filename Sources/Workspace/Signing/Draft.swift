package import Crypto
internal import Findings
package import Statements

/// A statement that is to be signed, and the objects that it brings.
package struct Draft {
  package var predicate: Predicate
  package var subjects: [Subject] = []

  package init(predicate: Predicate, subjects: [Subject] = []) {
    self.predicate = predicate
    self.subjects = subjects
  }

  /// Makes the payload; arrays that would not fit into an entry move into objects of their own.
  ///
  /// - Parameter keep: Stores such an object.
  package func payload(
    store: String, signedAt: Instant, seen: Statement.Seen?, placeholder: Digest, keep: ([UInt8]) throws -> Void
  ) throws -> [UInt8] {
    var listed: [String: Digest] = [:]
    var subjects = subjects
    while true {
      let payload = Statement.payload(
        predicate, store: store, signedAt: signedAt, seen: seen, subjects: subjects, placeholder: placeholder,
        listed: listed)
      guard payload.count > Draft.payloadLimit else { return payload }
      guard let (field, bytes) = Draft.largestArray(in: payload, except: Set(listed.keys)) else {
        throw Failure(
          .malformedInput, "the statement is too long for an entry, which holds 65,535 bytes",
          hint: "shorten its texts, or split it into several")
      }
      try keep(bytes)
      let digest = SHA256.hash(bytes)
      listed[field] = digest
      subjects.append(Subject(name: "list/\(field)", digest: digest, size: bytes.count, mediaType: MediaType.list))
    }
  }

  /// The longest payload whose entry fits: base 64 and the entry's own members come on top.
  private static let payloadLimit = (Entry.sizeLimit - 700) / 4 * 3

  /// The predicate's largest array, canonically, and the name of its field.
  private static func largestArray(in payload: [UInt8], except: Set<String>) -> (field: String, bytes: [UInt8])? {
    guard case .object(let top)? = try? JSONValue(canonical: payload), case .object(let predicate)? = top["predicate"]
    else { return nil }
    let arrays = predicate.members.compactMap { member -> (field: String, bytes: [UInt8])? in
      guard case .array = member.value, !except.contains(member.key) else { return nil }
      return (member.key, member.value.canonicalBytes)
    }
    return arrays.max { $0.bytes.count < $1.bytes.count }.flatMap { $0.bytes.count > 128 ? $0 : nil }
  }
}
