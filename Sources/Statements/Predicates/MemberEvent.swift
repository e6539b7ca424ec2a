internal import Crypto

/// A member joins, changes or leaves, or gets a key.
package struct MemberEvent: Sendable, Equatable {
  package enum Event: String, Sendable, CaseIterable {
    case join, change, key, leave
  }

  package enum Role: String, Sendable, CaseIterable {
    case administrator, contributor, auditor
  }

  package enum KeyUse: String, Sendable, CaseIterable {
    case sign, witness
  }

  package var event: Event
  /// `party/id`.
  package var member: String
  package var name: String?
  package var role: Role?
  package var isRobot: Bool?
  /// Whether the member's keys may sign checkpoints, where that is not what the role says.
  package var mayAppend: Bool?
  /// Base 64 of the DER SubjectPublicKeyInfo.
  package var publicKey: String?
  /// The new key's own signature over `KeyProof`.
  package var proof: [UInt8]?
  /// `sign` where absent.
  package var use: KeyUse?
  /// The name under which a witness key cosigns.
  package var keyName: String?
  package var recovery: RecoveryKey?

  package init(event: Event, member: String) {
    self.event = event
    self.member = member
  }

  init(_ fields: inout FieldReader) throws(StatementSyntaxError) {
    event = try fields.choice("event", Event.self)
    member = try fields.member("member")
    name = event == .join ? try fields.text("name") : try fields.optionalText("name")
    role = event == .join || fields.has("role") ? try fields.choice("role", Role.self) : nil
    isRobot = try fields.optionalBoolean("robot")
    mayAppend = try fields.optionalBoolean("append")
    publicKey = event == .key ? try fields.text("publicKey") : try fields.optionalText("publicKey")
    proof = publicKey == nil ? nil : try fields.bytes("proof")
    use = fields.has("use") ? try fields.choice("use", KeyUse.self) : nil
    keyName = use == .witness ? try fields.text("keyName", "a key name") { SignedNote.isValidName($0) } : nil
    recovery = try RecoveryKey(&fields)
    guard publicKey == nil || event == .join || event == .key else {
      throw fields.failure("publicKey", "comes with a join or a key only")
    }
    guard use == nil || publicKey != nil else { throw fields.failure("use", "comes with a public key only") }
  }

  func write(to fields: inout FieldWriter) {
    fields.set("event", event.rawValue)
    fields.set("member", member)
    fields.set("name", name)
    fields.set("role", role?.rawValue)
    fields.set("robot", isRobot)
    fields.set("append", mayAppend)
    fields.set("publicKey", publicKey)
    fields.set("proof", proof.map { Base64.encode($0) })
    fields.set("use", use?.rawValue)
    fields.set("keyName", keyName)
    fields.set("recovery", recovery?.object)
  }
}
