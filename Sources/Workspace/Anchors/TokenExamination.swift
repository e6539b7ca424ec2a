internal import Crypto
internal import Findings
internal import Index
internal import Statements
internal import TreeLog

/// One look at a token before it is anchored.
struct TokenExamination {
  let desk: Desk
  let checkpoint: Checkpoint
  /// nil far from the store.
  let store: OpenedStore?

  func run(_ bytes: [UInt8], size: Int?, request: [UInt8]?) throws -> AnchoredToken {
    guard bytes.count <= TimestampToken.sizeLimit else {
      throw Failure(.malformedInput, "the token has more than \(TimestampToken.sizeLimit) bytes: it is none")
    }
    guard let reply = TimestampReply(parsing: bytes) else {
      throw Failure(
        .malformedInput, "this is not an RFC 3161 response or token",
        hint: "a page that says why nothing was granted is none: look into the file")
    }
    guard reply.isGranted, let token = reply.token else { throw TokenExamination.refusal(reply) }
    guard let imprint = token.imprint else {
      throw Failure(
        .malformedInput, "the token is not over a SHA-256", hint: "make the request with 'custody timestamp request'")
    }
    let uses = try store?.index.objectUses(SHA256.hash(bytes), upTo: checkpoint.size) ?? []
    let anchoredBy = uses.first { !$0.isEvidence }?.entry
    // Of one that is there already it is not asked again whom it answers, unless it comes as the answer to something.
    let asked = try anchoredBy == nil || request != nil ? asked(imprint, token, request) : nil
    let tree = try treeSize(size, imprint, asked)
    if let fault = TimestampToken.fault(bytes, over: imprint) {
      throw Failure(
        .answerNo, fault == .badSignature ? "the token's signature does not hold" : "the token does not hold",
        hint: "it was changed on the way: ask for another")
    }
    let doubts = anchoredBy == nil ? try doubts(about: token, over: tree) : []
    for doubt in doubts { desk.notices.warn(doubt) }
    if !doubts.isEmpty, let asked, asked.size > 0 {
      desk.notices.say("what was asked stays remembered, for a better answer")
    }
    return AnchoredToken(
      bytes: bytes, size: tree, time: Instant(millisecondsSinceEpoch: token.time), authority: token.authority,
      policy: token.policy, anchoredBy: anchoredBy, asked: asked,
      isWorthless: !doubts.isEmpty)
  }

  /// What of a token will convince nobody, though it holds by itself: better told now than in six years.
  private func doubts(about token: TimestampReply.Token, over size: Int) throws -> [String] {
    var doubts: [String] = []
    let time = Instant(millisecondsSinceEpoch: token.time)
    let tolerance = 15 * 60_000
    if token.isInValidity == false {
      doubts.append(
        "the authority's own certificate was not valid at \(time), the token's time: nobody will believe it; ask another "
          + "authority")
    }
    if token.time > desk.clock.now().millisecondsSinceEpoch + tolerance {
      doubts.append("the token's time, \(time), is yet to come by this machine's clock: one of the two is wrong")
    }
    guard let store, size > 0, size <= checkpoint.size,
      let last = try? Entry(parsing: store.reader.entry(at: size - 1)),
      token.time + (token.accuracy ?? 0) < last.time.millisecondsSinceEpoch - tolerance
    else { return doubts }
    doubts.append(
      "the token's time, \(time), is before entry \(size - 1) that it is over was recorded, \(last.time): one of the clocks was "
        + "wrong, and 'custody verify --timestamp-roots' will say so")
    return doubts
  }

  private static func refusal(_ reply: TimestampReply) -> Failure {
    let reasons = [reply.failure, reply.statusText.map { "'\($0)'" }].compactMap { $0 }
    let why = reasons.isEmpty ? "" : ": \(reasons.joined(separator: ", "))"
    return reply.status == 0 || reply.status == 1
      ? Failure(.malformedInput, "the authority says that it granted a token, and none is in its answer")
      : Failure(
        .answerNo, "the authority granted no token (status \(reply.status))\(why)",
        hint: "ask again, or ask another authority")
  }

  /// The request that a token answers, held against it.
  private func asked(
    _ imprint: Digest, _ token: TimestampReply.Token, _ given: [UInt8]?
  ) throws -> AskedTimestamp? {
    let all = try TimestampMemory(desk.home, origin: checkpoint.origin).all()
    let remembered = all.filter { $0.request.imprint == imprint }
    let asked: AskedTimestamp
    if let given {
      guard let request = TimestampRequest(parsing: given) else {
        throw Failure(
          .malformedInput, "the request is not an RFC 3161 request over a SHA-256",
          hint: "it is the file that 'custody timestamp request' wrote")
      }
      guard request.imprint == imprint else {
        throw Failure(
          .answerNo, "the token is over something else than was asked", hint: "it answers another request")
      }
      asked = remembered.first { $0.request == request } ?? AskedTimestamp(size: 0, request: request)
    } else if let answered = remembered.first(where: { $0.request.nonce == token.nonce }) {
      asked = answered
    } else if remembered.isEmpty {
      desk.notices.say("what was asked is not remembered here, so that the token's nonce is not held against it")
      return nil
    } else {
      throw Failure(
        .answerNo, "the token's nonce is not that of what was asked: it answers another request",
        hint: "if it was asked for elsewhere, give that request: --request FILE")
    }
    guard asked.request.nonce == token.nonce else {
      throw Failure(
        .answerNo, "the token's nonce is not that of the request: it answers another one, or is replayed",
        hint: "ask the authority again")
    }
    if let policy = asked.request.policy, policy != token.policy {
      throw Failure(
        .answerNo, "the token was made under the policy \(token.policy), and \(policy) was asked for",
        hint: "ask an authority that has that policy")
    }
    return asked
  }

  private func treeSize(_ said: Int?, _ imprint: Digest, _ asked: AskedTimestamp?) throws -> Int {
    if let size = said ?? asked.map(\.size), said != nil || size > 0 {
      guard size <= checkpoint.size || said != nil else {
        throw Failure(
          .answerNo, "the token is over \(Wording.entries(size)), and this log has \(checkpoint.size)",
          hint: "this is an older copy, or entries were cut off: run 'custody verify'")
      }
      guard try SHA256.hash(tree(at: size).text) == imprint else {
        throw Failure(
          .answerNo, "the token is over something else than this log's checkpoint of \(Wording.entries(size))",
          hint: said == nil ? "run 'custody verify'" : "without --size the tree is looked for")
      }
      return size
    }
    guard let size = try findSize(imprint) else {
      throw Failure(
        .answerNo, "the token is over no checkpoint of this log",
        hint: "it is of another log, of a newer copy, or over other bytes than a checkpoint's three lines")
    }
    return size
  }

  private func findSize(_ imprint: Digest) throws -> Int? {
    if let store { return try store.size(ofTreeWith: imprint) }
    return SHA256.hash(checkpoint.text) == imprint ? checkpoint.size : nil
  }

  private func tree(at size: Int) throws -> Checkpoint {
    if let store { return try store.tree(at: size) }
    guard size == checkpoint.size else {
      throw Failure(
        .usage, "the checkpoint at hand is of \(Wording.entries(checkpoint.size)), and the token of \(size)",
        hint: "give the checkpoint that was timestamped")
    }
    return checkpoint
  }
}
