internal import Crypto
internal import Findings
package import TreeLog

/// A checkpoint in a file: a signed note, the three lines that it signs, or a slip that somebody typed in.
package enum CheckpointFile {
  /// nil for anything else.
  ///
  /// - Throws: `malformedInput` for a slip whose check does not fit: a wrong digit is no other tree. And for a note whose
  ///   signatures cannot be read, which is not to pass for one that has none.
  package static func read(_ bytes: [UInt8]) throws -> UnverifiedCheckpoint? {
    do throws(CheckpointSyntaxError) {
      return try UnverifiedCheckpoint(parsing: bytes)
    } catch {
      if String(decoding: bytes, as: UTF8.self).contains("\n\n\u{2014} ") {
        throw Failure(
          .malformedInput, "the checkpoint cannot be read: \(error)",
          hint: "it was cut or changed on its way: have it sent again; nothing is said about the store")
      }
    }
    let text = bytes.last == 0x0a ? bytes : bytes + [0x0a]
    if let bare = try? UnverifiedCheckpoint(note: SignedNote(text: text, signatures: [])) { return bare }
    do throws(MistypedSlip) {
      guard let slip = try CheckpointSlip.read(bytes) else { return nil }
      return try? UnverifiedCheckpoint(note: SignedNote(text: slip.text, signatures: []))
    } catch {
      throw Failure(
        .malformedInput,
        "the slip of \(Wording.entries(error.size)) of '\(error.origin)' is mistyped: its line 'check' does not fit",
        hint: "compare each line with the paper; nothing is said about the store")
    }
  }
}

extension CheckpointFile {
  /// A file that a user names, which has to be a checkpoint.
  package static func read(named path: String) throws -> UnverifiedCheckpoint {
    guard let checkpoint = try read(InputFile.read(path, limit: 1 << 20)) else {
      throw Failure(
        .malformedInput, "'\(path)' is not a checkpoint",
        hint: "it is the store's file 'checkpoint', its first three lines, or a slip of 'custody checkpoint --slip'")
    }
    return checkpoint
  }
}
