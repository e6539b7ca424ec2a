internal import Crypto
internal import Ownership
internal import TreeLog

/// Looks at objects, several at a time: whether they are there, have the size that was said and hash to their names.
enum ObjectExamination {
  enum Outcome: Sendable {
    case right(bytes: Int)
    /// It is there, and was not read.
    case present
    case missing
    case wrongSize(Int)
    case corrupt(Digest, bytes: Int)
    case unreadable(any Error)
  }

  /// - Parameter progress: Told now and then how many are done.
  static func run(
    _ looks: [ObjectReferences.Look], _ contents: any StoreContents
  ) -> (looks: [ObjectReferences.Look], outcomes: [Outcome]) {
    (looks, Parallel.map(looks, grain: 64) { examine($0, contents) })
  }

  static func examine(_ look: ObjectReferences.Look, _ contents: any StoreContents) -> Outcome {
    do {
      // Of a wrong size it is wrong, whatever it holds: it may be too long to be read at all.
      guard let found = try contents.objectSize(look.digest) else { return .missing }
      if let size = look.size, size != found { return .wrongSize(found) }
      guard look.isRead else { return .present }
      var hasher = SHA256Hasher()
      guard let bytes = try unsafe contents.readObject(look.digest, { unsafe hasher.update($0) }) else {
        return .missing
      }
      if let size = look.size, size != bytes { return .wrongSize(bytes) }
      let actual = hasher.finalize()
      return actual == look.digest ? .right(bytes: bytes) : .corrupt(actual, bytes: bytes)
    } catch {
      return .unreadable(error)
    }
  }
}
