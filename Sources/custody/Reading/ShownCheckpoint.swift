internal import CommandLine
internal import Crypto
internal import Findings
internal import Ownership
internal import Rendering
internal import Statements
internal import TreeLog
internal import Workspace

/// The checkpoint at hand, and whose signatures it carries.
struct ShownCheckpoint {
  private let store: OpenedStore

  init(_ store: OpenedStore) {
    self.store = store
  }

  /// A signature line, and what is known of it.
  private struct Signature {
    let line: SignedNote.Signature
    let owner: String?
    let verifierKey: String?
    /// nil where nobody known has such a key.
    let holds: Bool?
    /// Of a witness, seconds since 1970.
    let time: Int?
  }

  private func signatures() -> [Signature] {
    let note = store.checkpointNote
    return note.signatures.map { line in
      for key in store.state.membership.keys {
        guard let publicKey = try? VerificationKey(base64: key.publicKey) else { continue }
        let log = NoteKey(log: publicKey, name: store.origin)
        if key.use == .sign, log.id == line.keyID, ByteOrder.areEqual(log.name, line.name) {
          return Signature(
            line: line, owner: key.owner, verifierKey: log.text,
            holds: publicKey.isValid(signature: line.bytes, for: note.text), time: nil)
        }
        if let name = key.keyName, let witness = NoteKey(witness: publicKey, name: name), witness.id == line.keyID,
          ByteOrder.areEqual(name, line.name)
        {
          let time = Cosignature.time(of: line, by: witness, text: note.text)
          return Signature(line: line, owner: key.owner, verifierKey: witness.text, holds: time != nil, time: time)
        }
      }
      return Signature(line: line, owner: nil, verifierKey: nil, holds: nil, time: nil)
    }
  }

  func print(_ global: GlobalArguments, _ console: Console) throws {
    let signatures = signatures()
    if global.format == .json { return try console.print(json(signatures)) }
    try console.print("checkpoint of \(store.origin)", style: .bold)
    var lines = DetailLines()
    lines.add("size", Wording.entries(store.checkpoint.size))
    lines.add("root", store.checkpoint.root.hex)
    lines.add("recorded", store.state.lastTime?.description)
    for signature in signatures {
      let whose =
        signature.owner.map { "\($0), \(signature.verifierKey ?? "")" } ?? "nobody known, \(signature.line.name)"
      let state = signature.holds.map { $0 ? "holds" : "does not hold" } ?? "not checked"
      let time = signature.time.map { " at \(ShownCheckpoint.instant($0))" } ?? ""
      lines.add("signature", "\(whose), \(state)\(time)")
    }
    try lines.print(to: console)
    try console.print()
    try console.print(String(decoding: store.checkpointNote.bytes.dropLast(), as: UTF8.self))
  }

  /// A witness may name any second that 63 bits can say.
  private static func instant(_ seconds: Int) -> String {
    seconds < 253_402_300_800 ? Instant(millisecondsSinceEpoch: seconds * 1000).description : "second \(seconds)"
  }

  private func json(_ signatures: [Signature]) -> JSONOutput {
    .object([
      ("checkpoint", CheckpointOutput.json(store.checkpoint)),
      ("recorded", .optional(store.state.lastTime?.description)),
      (
        "signatures",
        .array(
          signatures.map { signature in
            .object([
              ("name", .string(signature.line.name)), ("member", .optional(signature.owner)),
              ("verifierKey", .optional(signature.verifierKey)), ("holds", signature.holds.map { .bool($0) } ?? .null),
              ("time", signature.time.map { .integer($0) } ?? .null),
            ])
          })
      ), ("note", .string(String(decoding: store.checkpointNote.bytes, as: UTF8.self))),
    ])
  }
}
