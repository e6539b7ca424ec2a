package import Crypto

/// What a member says, as the payload of an envelope spells it (in-toto Statement v1).
///
/// A value of this type is well formed. Whether its signature holds and its signer may say it is not said here.
///
/// Specification: <https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md>.
package struct Statement: Sendable, Equatable {
  /// The tree of this log that the signer had before them.
  package struct Seen: Sendable, Equatable {
    package var root: Digest
    /// At least 1.
    package var size: Int

    package init(root: Digest, size: Int) {
      self.root = root
      self.size = size
    }
  }

  /// SHA-256 of the payload.
  package let id: Digest
  package let predicate: Predicate
  /// The origin of the log it is for.
  package let store: String
  package let signedAt: Instant
  /// nil in a genesis only.
  package let seen: Seen?
  /// The objects that it brings, in byte order of their names.
  package let subjects: [Subject]
  /// Objects that hold arrays of the predicate and could not be read; the arrays are empty here, and what the statement
  /// says is not known.
  package let missingLists: [Digest]

  static let type = "https://in-toto.io/Statement/v1"

  /// Reads a payload.
  ///
  /// - Parameter lists: Gives the objects that hold arrays of the predicate.
  package init(payload: [UInt8], lists source: @escaping ListLoader.Source) throws(StatementSyntaxError) {
    let value: JSONValue
    do {
      value = try JSONValue(canonical: payload)
    } catch {
      throw StatementSyntaxError(path: "", reason: "the payload is not canonical JSON: \(error)")
    }
    id = SHA256.hash(payload)
    var subjectsAsWritten = JSONValue.array([])
    if case .object(let object) = value { subjectsAsWritten = object["subject"] ?? subjectsAsWritten }
    let lists = ListLoader(source, subjects: subjectsAsWritten)
    var top = try FieldReader(value, path: "", lists: lists)
    _ = try top.text("_type", Statement.type) { ByteOrder.areEqual($0, Statement.type) }
    let predicateType = try top.text("predicateType")
    let predicateValue = try top.value("predicate")
    let subjectValue = try top.value("subject")
    try top.finish()

    var fields = try FieldReader(predicateValue, path: "predicate", lists: lists)
    store = try fields.text("store")
    signedAt = try fields.instant("signedAt")
    if let known = try Predicate(type: predicateType, &fields) {
      predicate = known
      if case .genesis = known {
        seen = nil
      } else {
        seen = try Statement.seen(&fields)
      }
      try fields.finish()
    } else {
      predicate = .unknown(predicateType: predicateType)
      seen = fields.has("seen") ? try Statement.seen(&fields) : nil
    }
    missingLists = lists.missing
    subjects = try SubjectRules.read(
      subjectValue, predicate: predicate, seen: seen, lists: lists)
  }

  private static func seen(_ fields: inout FieldReader) throws(StatementSyntaxError) -> Seen {
    var seen = try FieldReader(try fields.value("seen"), path: "predicate.seen", lists: fields.lists)
    let root = try seen.digest("root")
    let size = try seen.integer("size")
    try seen.finish()
    guard size >= 1 else { throw StatementSyntaxError(path: "predicate.seen.size", reason: "is no tree size") }
    return Seen(root: root, size: size)
  }

  /// The payload of a new statement.
  ///
  /// - Parameters:
  ///   - subjects: In any order.
  ///   - placeholder: What stands for an object where there is none: the root seen, of a genesis the key's id.
  ///   - replacing: Arrays of the predicate that lie in objects of their own, by the names of their fields.
  package static func payload(
    _ predicate: Predicate, store: String, signedAt: Instant, seen: Seen?, subjects: [Subject],
    placeholder: Digest, listed replacing: [String: Digest] = [:]
  ) -> [UInt8] {
    var fields = FieldWriter()
    predicate.write(to: &fields)
    fields.set("store", store)
    fields.set("signedAt", signedAt)
    if let seen {
      var object = FieldWriter()
      object.set("root", seen.root)
      object.set("size", seen.size)
      fields.set("seen", object.object)
    }
    var predicateObject = fields.object
    if !replacing.isEmpty, case .object(var object) = predicateObject {
      for (field, digest) in replacing {
        object[field] = .object(JSONObject([("list", .string(digest.hex))]))
      }
      predicateObject = .object(object)
    }
    var top = FieldWriter()
    top.set("_type", Statement.type)
    top.set("predicate", predicateObject)
    top.set("predicateType", predicate.predicateType)
    let sorted = subjects.sorted { ByteOrder.precedes($0.name, $1.name) }
    top.set(
      "subject",
      .array(
        sorted.isEmpty
          ? [
            .object(
              JSONObject([
                ("digest", Subject.digestSet(placeholder)), ("name", .string(Subject.placeholderName)),
              ]))
          ] : sorted.map(\.object)))
    return top.object.canonicalBytes
  }
}
