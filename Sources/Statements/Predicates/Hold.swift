package import Crypto

/// A legal hold begins or ends.
package struct Hold: Sendable, Equatable {
  package enum Event: String, Sendable, CaseIterable {
    case begin, end
  }

  package var event: Event
  package var id: String
  package var objects: [Digest]
  package var controls: [String]
  package var reason: String

  package init(event: Event, id: String, objects: [Digest] = [], controls: [String] = [], reason: String) {
    self.event = event
    self.id = id
    self.objects = objects
    self.controls = controls
    self.reason = reason
  }

  init(_ fields: inout FieldReader) throws(StatementSyntaxError) {
    event = try fields.choice("event", Event.self)
    id = try fields.identifier("id")
    objects = try fields.optionalList("objects", Element.digest)
    controls = try fields.optionalList("controls", Element.control)
    reason = try fields.text("reason")
  }

  func write(to fields: inout FieldWriter) {
    fields.set("event", event.rawValue)
    fields.set("id", id)
    fields.set("objects", objects)
    fields.set("controls", controls)
    fields.set("reason", reason)
  }
}
