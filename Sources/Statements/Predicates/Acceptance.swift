package import Crypto

/// A party accepts, or declines, lines of an engagement's version.
package struct Acceptance: Sendable, Equatable {
  package enum Answer: String, Sendable, CaseIterable {
    case accept, decline
  }

  /// A framework's catalog that the party had before it.
  package struct NamedCatalog: Sendable, Equatable {
    package var id: String
    package var sha256: Digest

    package init(id: String, sha256: Digest) {
      self.id = id
      self.sha256 = sha256
    }
  }

  /// The id of the version's statement.
  package var engagement: Digest
  package var document: Digest
  package var catalogs: [NamedCatalog]
  package var schedule: Digest
  package var answer: Answer
  package var reason: String?

  package init(
    engagement: Digest, document: Digest, catalogs: [NamedCatalog], schedule: Digest, answer: Answer,
    reason: String? = nil
  ) {
    self.engagement = engagement
    self.document = document
    self.catalogs = catalogs
    self.schedule = schedule
    self.answer = answer
    self.reason = reason
  }

  init(_ fields: inout FieldReader) throws(StatementSyntaxError) {
    engagement = try fields.digest("engagement")
    document = try fields.digest("document")
    let lists = fields.lists
    catalogs = try fields.list("catalogs", mayBeEmpty: true) { value, path throws(StatementSyntaxError) in
      var catalog = try FieldReader(value, path: path, lists: lists)
      let named = NamedCatalog(id: try catalog.identifier("id"), sha256: try catalog.digest("sha256"))
      try catalog.finish()
      return named
    }
    schedule = try fields.digest("schedule")
    answer = try fields.choice("answer", Answer.self)
    reason = try fields.optionalText("reason")
  }

  func write(to fields: inout FieldWriter) {
    fields.set("engagement", engagement)
    fields.set("document", document)
    fields.set(
      "catalogs",
      .array(
        catalogs.map { catalog in
          var fields = FieldWriter()
          fields.set("id", catalog.id)
          fields.set("sha256", catalog.sha256)
          return fields.object
        }))
    fields.set("schedule", schedule)
    fields.set("answer", answer.rawValue)
    fields.set("reason", reason)
  }
}
