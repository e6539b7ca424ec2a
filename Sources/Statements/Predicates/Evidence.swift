package import Crypto

/// Artifacts show something about controls.
package struct Evidence: Sendable, Equatable {
  /// How a command that was run came by what it printed.
  package struct Run: Sendable, Equatable {
    package var arguments: [String]
    /// The command's exit status.
    package var status: Int
    package var host: String
    package var start: Instant
    package var end: Instant

    package init(arguments: [String], status: Int, host: String, start: Instant, end: Instant) {
      self.arguments = arguments
      self.status = status
      self.host = host
      self.start = start
      self.end = end
    }
  }

  /// Controls or units; empty only where a duty is named.
  package var controls: [String]
  package var description: String?
  /// First and last day covered.
  package var from: Day?
  package var through: Day?
  package var collected: Instant?
  /// The system it came from.
  package var source: String?
  package var query: String?
  /// How many rows or items.
  package var count: Int?
  /// An auditor's request id, or any other label.
  package var label: String?
  /// `engagement/duty`.
  package var duty: String?
  package var retainUntil: Day?
  /// Statements of earlier evidence.
  package var replaces: [Digest]
  package var run: Run?

  package init(controls: [String]) {
    self.controls = controls
    replaces = []
  }

  init(_ fields: inout FieldReader) throws(StatementSyntaxError) {
    duty = try fields.optionalText("duty")
    if let duty, !Identifier.isMember(duty) { throw fields.failure("duty", "is not 'engagement/duty'") }
    controls = try fields.list("controls", mayBeEmpty: duty != nil, Element.control)
    description = try fields.optionalText("description")
    (from, through) = try fields.optionalSpan()
    collected = try fields.optionalInstant("collected")
    source = try fields.optionalText("source")
    query = try fields.optionalText("query")
    count = try fields.optionalInteger("count")
    label = try fields.optionalText("label")
    retainUntil = try fields.optionalDay("retainUntil")
    replaces = try fields.optionalList("replaces", Element.digest)
    guard let value = fields.optionalValue("run") else { return }
    var run = try FieldReader(value, path: "predicate.run", lists: fields.lists)
    self.run = Run(
      arguments: try run.list("arguments") { value, path throws(StatementSyntaxError) in
        // An argument of a command may well be empty.
        guard case .string(let text) = value else { throw StatementSyntaxError(path: path, reason: "is no text") }
        return text
      },
      status: try run.integer("status"), host: try run.text("host"), start: try run.instant("start"),
      end: try run.instant("end"))
    try run.finish()
    if let run = self.run, run.start > run.end {
      throw StatementSyntaxError(path: "predicate.run.start", reason: "is after 'end'")
    }
  }

  func write(to fields: inout FieldWriter) {
    fields.set("controls", .array(controls.map { .string($0) }))
    fields.set("description", description)
    fields.set("from", from)
    fields.set("through", through)
    fields.set("collected", collected)
    fields.set("source", source)
    fields.set("query", query)
    fields.set("count", count)
    fields.set("label", label)
    fields.set("duty", duty)
    fields.set("retainUntil", retainUntil)
    fields.set("replaces", replaces)
    guard let run else { return }
    var object = FieldWriter()
    object.set("arguments", run.arguments)
    object.set("status", run.status)
    object.set("host", run.host)
    object.set("start", run.start)
    object.set("end", run.end)
    fields.set("run", object.object)
  }
}
