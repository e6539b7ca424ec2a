package import Crypto
internal import Findings
internal import Statements

/// What the statements of an offer say of the objects that they bring, so that nothing else of it is copied.
package struct NamedObjects {
  private var sizes: [Digest: Int] = [:]
  /// Whether a manifest, or a list, may name more than can be told without reading it.
  private var mayNameMore = false

  package init() {}

  /// Takes in what a statement names.
  package mutating func add(payload: [UInt8]) {
    guard let statement = try? Statement(payload: payload, lists: { _ in nil }) else {
      mayNameMore = true
      return
    }
    for subject in statement.subjects {
      sizes[subject.digest] = subject.size
      if subject.mediaType == MediaType.manifest { mayNameMore = true }
    }
  }

  /// Whether an object of that size is to be copied.
  ///
  /// - Throws: `malformedInput` where it has another size than a statement says.
  package func isWanted(_ digest: Digest, size: Int) throws -> Bool {
    guard let expected = sizes[digest] else { return mayNameMore }
    guard expected == size else {
      throw Failure(
        .malformedInput,
        "the object \(digest.short) that came with it has \(Wording.bytes(size)), and the statement says \(expected)",
        hint: OfferedObjects.damaged)
    }
    return true
  }
}
