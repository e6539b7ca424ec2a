/// A cosigned checkpoint or an RFC 3161 token joins the store.
package struct Anchor: Sendable, Equatable {
  package enum Kind: String, Sendable, CaseIterable {
    case cosignature, timestamp
  }

  package var kind: Kind
  /// The size of the tree that is anchored.
  package var size: Int

  package init(kind: Kind, size: Int) {
    self.kind = kind
    self.size = size
  }

  init(_ fields: inout FieldReader) throws(StatementSyntaxError) {
    kind = try fields.choice("kind", Kind.self)
    size = try fields.integer("size")
    guard size >= 1 else { throw fields.failure("size", "is no tree size") }
  }

  func write(to fields: inout FieldWriter) {
    fields.set("kind", kind.rawValue)
    fields.set("size", size)
  }
}
