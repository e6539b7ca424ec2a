package import Crypto

/// A key no longer speaks, from this entry on.
package struct KeyRevocation: Sendable, Equatable {
  package enum Reason: String, Sendable, CaseIterable {
    case left, lost, stolen, superseded
  }

  package var keyID: Digest
  package var reason: Reason
  /// The tree size from which on the key's statements are disputed.
  package var suspectSince: Int?
  package var note: String?

  package init(keyID: Digest, reason: Reason, suspectSince: Int? = nil, note: String? = nil) {
    self.keyID = keyID
    self.reason = reason
    self.suspectSince = suspectSince
    self.note = note
  }

  init(_ fields: inout FieldReader) throws(StatementSyntaxError) {
    keyID = try fields.digest("keyid")
    reason = try fields.choice("reason", Reason.self)
    suspectSince = try fields.optionalInteger("suspectSince")
    note = try fields.optionalText("note")
  }

  func write(to fields: inout FieldWriter) {
    fields.set("keyid", keyID)
    fields.set("reason", reason.rawValue)
    fields.set("suspectSince", suspectSince)
    fields.set("note", note)
  }
}
