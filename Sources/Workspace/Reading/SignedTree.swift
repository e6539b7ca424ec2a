package import Crypto
internal import Ownership
package import Statements
package import TreeLog

/// The newest checkpoint of a store, with what a person says of it on paper.
package struct SignedTree {
  package let checkpoint: Checkpoint
  /// The signed note, as it lies in the store.
  package let note: [UInt8]
  /// Who signed it; nil where the log does not say whose the key is.
  package let signer: String?
  package let key: NoteKey?
  /// The UTC day of the last entry, as whoever appended it says.
  package let day: Day?

  package init(_ store: OpenedStore) {
    checkpoint = store.checkpoint
    note = store.checkpointNote.bytes
    let known = store.state.lastBy.flatMap { store.state.membership.key($0) }
    signer = known?.owner
    key = known.flatMap { try? VerificationKey(base64: $0.publicKey) }.map { NoteKey(log: $0, name: store.origin) }
    day = store.state.lastTime?.day
  }

  /// Short lines for paper.
  package var slip: CheckpointSlip {
    var remarks =
      signer.map { signer -> [String] in
        let line = "signed by \(signer)"
        return line.utf8.count <= CheckpointSlip.width ? [line] : ["signed by", signer]
      } ?? []
    if let key {
      // The first digits, as they are read out: enough to tell one key from another.
      let digits = Array(key.key.keyID.hex.prefix(16))
      let groups = stride(from: 0, to: digits.count, by: 4).map { String(digits[$0..<min($0 + 4, digits.count)]) }
      remarks.append("key \(groups.joined(separator: " "))")
    }
    if let day { remarks.append("\(day)") }
    return CheckpointSlip(checkpoint, remarks: remarks)
  }
}
