internal import Crypto

/// Who the client is and who its first administrator: entry 0 of every log.
///
///     {"administrator":{"id":"bo","name":"Bo","publicKey":"MCow…"},"client":{"id":"acme","name":"Acme Manufacturing"},
///      "signedAt":"2026-01-01T09:00:00.000Z","store":"acme/fd110d30"}
package struct Genesis: Sendable, Equatable {
  package var clientID: String
  package var clientName: String
  /// The part after the slash: `bo` of `acme/bo`.
  package var administratorID: String
  package var administratorName: String
  /// Base 64 of the DER SubjectPublicKeyInfo.
  package var publicKey: String
  package var recovery: RecoveryKey?

  package init(
    clientID: String, clientName: String, administratorID: String, administratorName: String, publicKey: String,
    recovery: RecoveryKey? = nil
  ) {
    self.clientID = clientID
    self.clientName = clientName
    self.administratorID = administratorID
    self.administratorName = administratorName
    self.publicKey = publicKey
    self.recovery = recovery
  }

  init(_ fields: inout FieldReader) throws(StatementSyntaxError) {
    var client = try FieldReader(try fields.value("client"), path: "predicate.client", lists: fields.lists)
    clientID = try client.identifier("id")
    clientName = try client.text("name")
    try client.finish()
    var administrator = try FieldReader(
      try fields.value("administrator"), path: "predicate.administrator", lists: fields.lists)
    administratorID = try administrator.identifier("id")
    administratorName = try administrator.text("name")
    publicKey = try administrator.text("publicKey")
    try administrator.finish()
    recovery = try RecoveryKey(&fields)
  }

  func write(to fields: inout FieldWriter) {
    var client = FieldWriter()
    client.set("id", clientID)
    client.set("name", clientName)
    fields.set("client", client.object)
    var administrator = FieldWriter()
    administrator.set("id", administratorID)
    administrator.set("name", administratorName)
    administrator.set("publicKey", publicKey)
    fields.set("administrator", administrator.object)
    fields.set("recovery", recovery?.object)
  }
}

/// A party's offline key, which may sign `member` statements of that party and nothing else.
package struct RecoveryKey: Sendable, Equatable {
  /// Base 64 of the DER SubjectPublicKeyInfo.
  package var publicKey: String
  /// The key's signature over `KeyProof` for the party's id.
  package var proof: [UInt8]

  package init(publicKey: String, proof: [UInt8]) {
    self.publicKey = publicKey
    self.proof = proof
  }

  /// Takes the member `recovery`, where it is there.
  init?(_ fields: inout FieldReader) throws(StatementSyntaxError) {
    guard let value = fields.optionalValue("recovery") else { return nil }
    var recovery = try FieldReader(value, path: "predicate.recovery", lists: fields.lists)
    publicKey = try recovery.text("publicKey")
    proof = try recovery.bytes("proof")
    try recovery.finish()
  }

  var object: JSONValue {
    var fields = FieldWriter()
    fields.set("publicKey", publicKey)
    fields.set("proof", Base64.encode(proof))
    return fields.object
  }
}
