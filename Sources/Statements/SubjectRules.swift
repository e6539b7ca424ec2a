internal import Crypto

/// Which objects a statement of each type brings.
enum SubjectRules {
  /// Reads the subjects of a statement and holds them against its predicate.
  static func read(
    _ value: JSONValue, predicate: Predicate, seen: Statement.Seen?, lists: ListLoader
  ) throws(StatementSyntaxError) -> [Subject] {
    guard case .array(let values) = value, !values.isEmpty else {
      throw StatementSyntaxError(path: "subject", reason: "is no array of subjects")
    }
    if values.count == 1, try isPlaceholder(values[0], predicate: predicate, seen: seen, lists: lists) {
      try check([], predicate: predicate, lists: lists)
      return []
    }
    var subjects: [Subject] = []
    subjects.reserveCapacity(values.count)
    for (index, value) in values.enumerated() {
      let subject = try Subject(value, "subject[\(index)]", lists: lists)
      if let last = subjects.last, !ByteOrder.precedes(last.name, subject.name) {
        throw StatementSyntaxError(path: "subject[\(index)].name", reason: "is out of byte order, or there twice")
      }
      guard Manifest.isValidName(subject.name) else {
        throw StatementSyntaxError(
          path: "subject[\(index)].name", reason: "is not relative, or has '.', '..', backslashes or control characters"
        )
      }
      subjects.append(subject)
    }
    try check(subjects, predicate: predicate, lists: lists)
    return subjects
  }

  /// Whether the one subject stands for no object: `{"digest":{"sha256":R},"name":"_"}`.
  private static func isPlaceholder(
    _ value: JSONValue, predicate: Predicate, seen: Statement.Seen?, lists: ListLoader
  ) throws(StatementSyntaxError) -> Bool {
    var fields = try FieldReader(value, path: "subject[0]", lists: lists)
    guard !fields.has("annotations"), !fields.has("mediaType") else { return false }
    let digest = try Subject.digest(&fields)
    _ = try fields.text("name", "'_', though it brings no object") { $0 == Subject.placeholderName }
    try fields.finish()
    let expected: Digest?
    switch predicate {
    case .genesis(let genesis): expected = Base64.decode(genesis.publicKey).map { SHA256.hash($0) }
    default: expected = seen?.root
    }
    // An unknown type may mean something else by it.
    if case .unknown = predicate { return true }
    guard digest == expected else {
      throw StatementSyntaxError(path: "subject[0].digest", reason: "is not the root that was seen")
    }
    return true
  }

  /// Holds the objects against what the predicate names.
  private static func check(
    _ subjects: [Subject], predicate: Predicate, lists: ListLoader
  ) throws(StatementSyntaxError) {
    if case .unknown = predicate { return }
    var rest = subjects
    for (field, digest) in lists.referenced {
      try take("list/\(field)", digest, MediaType.list, from: &rest)
    }
    switch predicate {
    case .framework(let framework): try take("catalog", framework.catalog, MediaType.catalog, from: &rest)
    case .acceptance(let acceptance): try take("schedule", acceptance.schedule, MediaType.schedule, from: &rest)
    case .engagement(let engagement):
      guard let document = engagement.document else { break }
      try take("document", document, MediaType.document, from: &rest)
      // The papers that the document names, under their file names.
      rest = []
    case .evidence:
      guard !rest.isEmpty else {
        throw StatementSyntaxError(path: "subject", reason: "brings no evidence")
      }
      if rest.contains(where: { $0.mediaType == MediaType.manifest }) {
        guard rest.count == 1, rest[0].name == "manifest" else {
          throw StatementSyntaxError(
            path: "subject", reason: "has a manifest beside other evidence, or under another name")
        }
      }
      rest = []
    case .anchor(let anchor):
      let name = anchor.kind == .cosignature ? "cosignature" : "token"
      guard rest.count == 1, rest[0].name == name else {
        throw StatementSyntaxError(path: "subject", reason: "is not the one object '\(name)'")
      }
      rest = []
    default: break
    }
    guard rest.isEmpty else {
      throw StatementSyntaxError(path: "subject", reason: "brings '\(rest[0].name)', which its predicate does not name")
    }
  }

  private static func take(
    _ name: String, _ digest: Digest, _ mediaType: String, from subjects: inout [Subject]
  ) throws(StatementSyntaxError) {
    guard let index = subjects.firstIndex(where: { ByteOrder.areEqual($0.name, name) }) else {
      throw StatementSyntaxError(path: "subject", reason: "lacks '\(name)'")
    }
    let subject = subjects.remove(at: index)
    guard subject.digest == digest, ByteOrder.areEqual(subject.mediaType, mediaType) else {
      throw StatementSyntaxError(
        path: "subject", reason: "has '\(name)' with another digest than the predicate's, or not as \(mediaType)")
    }
  }
}
