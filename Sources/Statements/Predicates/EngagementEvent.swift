package import Crypto

/// A version of an agreement, or its early end.
package struct EngagementEvent: Sendable, Equatable {
  package enum Event: String, Sendable, CaseIterable {
    case version, end
  }

  package var event: Event
  package var id: String
  /// The agreement, as written; always there in a version.
  package var document: Digest?
  /// The statement of the newest version of that id before this one.
  package var replaces: Digest?
  /// The first day that an end no longer covers.
  package var on: Day?

  package init(event: Event, id: String, document: Digest? = nil, replaces: Digest? = nil, on: Day? = nil) {
    self.event = event
    self.id = id
    self.document = document
    self.replaces = replaces
    self.on = on
  }

  init(_ fields: inout FieldReader) throws(StatementSyntaxError) {
    event = try fields.choice("event", Event.self)
    id = try fields.identifier("id")
    document = event == .version ? try fields.digest("document") : nil
    replaces = try fields.optionalDigest("replaces")
    on = event == .end ? try fields.optionalDay("on") : nil
  }

  func write(to fields: inout FieldWriter) {
    fields.set("event", event.rawValue)
    fields.set("id", id)
    fields.set("document", document)
    fields.set("replaces", replaces)
    fields.set("on", on)
  }
}
