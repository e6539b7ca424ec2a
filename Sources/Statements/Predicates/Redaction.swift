package import Crypto

/// The bytes of some objects are removed, or are to be; their digests stay.
package struct Redaction: Sendable, Equatable {
  package enum Event: String, Sendable, CaseIterable {
    case announce, redact
  }

  package var event: Event
  package var objects: [Digest]
  package var reason: String
  /// Who or what entitles to it: a law, an order, a policy.
  package var authority: String

  package init(event: Event, objects: [Digest], reason: String, authority: String) {
    self.event = event
    self.objects = objects
    self.reason = reason
    self.authority = authority
  }

  init(_ fields: inout FieldReader) throws(StatementSyntaxError) {
    event = try fields.choice("event", Event.self)
    objects = try fields.list("objects", Element.digest)
    reason = try fields.text("reason")
    authority = try fields.text("authority")
  }

  func write(to fields: inout FieldWriter) {
    fields.set("event", event.rawValue)
    fields.set("objects", objects)
    fields.set("reason", reason)
    fields.set("authority", authority)
  }
}
