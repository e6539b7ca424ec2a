internal import Crypto
package import TreeLog

/// A checkpoint in a file: a signed note, or the three lines that it signs.
package enum CheckpointFile {
  /// nil for anything else.
  package static func read(_ bytes: [UInt8]) -> UnverifiedCheckpoint? {
    if let signed = try? UnverifiedCheckpoint(parsing: bytes) { return signed }
    let text = bytes.last == 0x0a ? bytes : bytes + [0x0a]
    return try? UnverifiedCheckpoint(note: SignedNote(text: text, signatures: []))
  }
}
