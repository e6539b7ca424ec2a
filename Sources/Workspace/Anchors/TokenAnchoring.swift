internal import Crypto
internal import Ownership
package import Statements
internal import TreeLog

/// A time-stamp token that was looked at, and may join the log.
package struct AnchoredToken {
  /// The file's bytes as they are: a response, or the token alone.
  package let bytes: [UInt8]
  /// The size of the tree that it is over.
  package let size: Int
  /// The authority's time.
  package let time: Instant
  /// Who made it, as it says itself; nobody has judged that.
  package let authority: String?
  /// The policy that it was made under.
  package let policy: String
  /// The entry that anchors the very same bytes already; nil for none.
  package let anchoredBy: Int?
  /// The request that it answers; nil where none is at hand.
  package let asked: AskedTimestamp?
  /// Whether it will convince nobody, though it holds by itself: the request waits for a better answer then.
  package let isWorthless: Bool

  /// The request that its anchoring uses up; nil where none is at hand, or one that has to stay.
  var answered: AskedTimestamp? { isWorthless ? nil : asked }

  /// `application/timestamp-reply` (RFC 3161, section 3.4) for a response; a token alone is a CMS object (RFC 7193).
  var mediaType: String {
    TimestampReply(parsing: bytes)?.isResponse == true ? "application/timestamp-reply" : "application/cms"
  }

  /// The statement that anchors it, not yet signed.
  ///
  /// - Parameter keep: Takes in the object that it brings.
  package func draft(keep: ([UInt8]) throws -> Void) rethrows -> Draft {
    try keep(bytes)
    let subject = Subject(name: "token", digest: SHA256.hash(bytes), size: bytes.count, mediaType: mediaType)
    return Draft(predicate: .anchor(Anchor(kind: .timestamp, size: size)), subjects: [subject])
  }
}

extension OpenedStore {
  /// Looks at a token: whether it was granted, is over a tree of this log, answers what was asked, and is signed by the
  /// certificate that it brings. Whether its authority is to be believed is up to each reader.
  ///
  /// - Parameters:
  ///   - bytes: A response, or the token alone.
  ///   - size: The tree's size; nil to find it.
  ///   - request: The request that it answers; nil for one that is remembered, where there is one.
  /// - Throws: `malformedInput` or `answerNo`, and why, where it is not to be anchored.
  package func examine(token bytes: [UInt8], size: Int? = nil, request: [UInt8]? = nil) throws -> AnchoredToken {
    try TokenExamination(desk: desk, checkpoint: checkpoint, store: self).run(bytes, size: size, request: request)
  }
}

extension SigningPlace {
  /// The same, beside the store or far from it: there, the token has to be over the checkpoint at hand.
  package func examine(token bytes: [UInt8], size: Int? = nil, request: [UInt8]? = nil) throws -> AnchoredToken {
    try TokenExamination(desk: desk, checkpoint: checkpoint, store: store).run(bytes, size: size, request: request)
  }

  /// Anchors a token that was looked at, or offers to.
  package func anchor(_ token: AnchoredToken, _ write: WriteOptions) throws -> Writing.Written {
    let written = try Writing.perform(at: self, write) { sink, signed in
      guard signed.isEmpty else { return nil }
      return try token.draft { _ = try sink.keep($0, name: "token", mediaType: token.mediaType) }
    }
    if !write.isDryRun, let asked = token.answered { TimestampMemory(desk.home, origin: origin).forget(asked) }
    return written
  }
}
