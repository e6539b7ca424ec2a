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
    (looks, map(looks, contents) { examine($0, contents) })
  }

  /// Looks at as many at once as are worth it.
  static func map<Result: Sendable>(
    _ looks: [ObjectReferences.Look], _ contents: any StoreContents,
    _ examine: @escaping @Sendable (ObjectReferences.Look) -> Result
  ) -> [Result] {
    let width = contents.readsAtOnce
    return Parallel.map(looks, grain: width == nil ? 64 : 1, width: width, examine)
  }

  static func examine(_ look: ObjectReferences.Look, _ contents: any StoreContents) -> Outcome {
    do {
      guard look.isRead else {
        guard let found = try contents.objectSize(look.digest) else { return .missing }
        if let size = look.size, size != found { return .wrongSize(found) }
        return .present
      }
      var hasher = SHA256Hasher()
      let read = try unsafe contents.readObject(look.digest, expecting: look.size) { unsafe hasher.update($0) }
      guard let bytes = read else { return .missing }
      if let size = look.size, size != bytes { return .wrongSize(bytes) }
      let actual = hasher.finalize()
      return actual == look.digest ? .right(bytes: bytes) : .corrupt(actual, bytes: bytes)
    } catch {
      return .unreadable(error)
    }
  }
}
