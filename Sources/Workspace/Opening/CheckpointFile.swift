internal import Crypto
package import TreeLog

/// A checkpoint in a file: a signed note, or the three lines that it signs.
package enum CheckpointFile {
  /// nil for anything else.
  package static func read(_ bytes: [UInt8]) -> Checkpoint? {
    if let unverified = try? UnverifiedCheckpoint(parsing: bytes) {
      return Checkpoint(origin: unverified.origin, size: unverified.size, root: unverified.root)
    }
    let text = bytes.last == 0x0a ? bytes : bytes + [0x0a]
    let note = SignedNote(text: text, signatures: [])
    return (try? UnverifiedCheckpoint(note: note)).map { Checkpoint(origin: $0.origin, size: $0.size, root: $0.root) }
  }
}
