/// A party joins, gives notice, or leaves.
package struct PartyEvent: Sendable, Equatable {
  package enum Event: String, Sendable, CaseIterable {
    case join, notice, leave
  }

  package enum Kind: String, Sendable, CaseIterable {
    case provider, vendor, auditor
  }

  package var event: Event
  package var id: String
  /// Always there when a party joins.
  package var kind: Kind?
  /// Always there when a party joins.
  package var name: String?

  package init(event: Event, id: String, kind: Kind?, name: String?) {
    self.event = event
    self.id = id
    self.kind = kind
    self.name = name
  }

  init(_ fields: inout FieldReader) throws(StatementSyntaxError) {
    event = try fields.choice("event", Event.self)
    id = try fields.identifier("id")
    kind = event == .join || fields.has("kind") ? try fields.choice("kind", Kind.self) : nil
    name = event == .join ? try fields.text("name") : try fields.optionalText("name")
  }

  func write(to fields: inout FieldWriter) {
    fields.set("event", event.rawValue)
    fields.set("id", id)
    fields.set("kind", kind?.rawValue)
    fields.set("name", name)
  }
}
