internal import Crypto
internal import Findings
public import Statements

/// An anchored time-stamp token, and what a reader makes of it.
public struct JudgedTimestamp: Sendable, Equatable {
  /// The entry that anchors it.
  public var entry: Int
  /// The size of the tree that it is over.
  public var size: Int
  /// The authority's time.
  public var time: Instant
  /// By how much that may be off, in milliseconds; 0 where it does not say.
  public var accuracy: Int
  /// Who made it; nil where that cannot be told.
  public var authority: String?
  /// The policy that it was made under.
  public var policy: String
  /// Whether the reader's roots vouch for it; nil where the reader gave none.
  public var isTrusted: Bool?
  /// Why it is not trusted: a clause.
  public var reason: String?
  /// The entries that it is the first trusted one to be over; nil where it is not trusted, or an earlier one has more.
  public var firstOver: Range<Int>?
  /// The earliest and the latest moment at which these say that they were recorded.
  public var claimed: ClosedRange<Instant>?

  /// The tree was there before this moment.
  public var before: Instant { time.adding(milliseconds: accuracy) }
  /// The token, and so its entry and all that follow, was not there before this moment.
  var notBefore: Instant { time.adding(milliseconds: -accuracy) }
}

/// What the anchored tokens of a log say, by the roots that a reader trusts.
struct TimestampJudgement {
  /// A token that holds by itself.
  struct Token {
    let entry: Int
    let size: Int
    let object: [UInt8]
  }

  private(set) var judged: [JudgedTimestamp] = []
  private(set) var findings: [Finding] = []

  /// By how much clocks may differ, in milliseconds.
  private static let tolerance = 15 * 60_000

  /// - Parameters:
  ///   - times: When each entry says that it was recorded, in milliseconds since 1970; nothing is held against them where
  ///     these are fewer than the entries.
  ///   - roots: What the reader trusts; nil to judge none.
  init(_ tokens: [Token], times: [Int], roots: TimestampRoots?) {
    judged = tokens.compactMap { TimestampJudgement.judge($0, roots) }
    guard roots != nil else { return }
    for stamp in judged where stamp.isTrusted == false {
      findings.append(
        Finding(
          .timestampUntrusted, "entry \(stamp.entry)", entry: stamp.entry, found: stamp.authority,
          "nobody whom you trust vouches for the timestamp of \(stamp.time) that entry \(stamp.entry) anchors: "
            + (stamp.reason ?? "no reason is known")))
    }
    divide(times)
    holdAgainst(times)
  }

  private static func judge(_ token: Token, _ roots: TimestampRoots?) -> JudgedTimestamp? {
    guard let read = TimestampReply(parsing: token.object)?.token else { return nil }
    var stamp = JudgedTimestamp(
      entry: token.entry, size: token.size, time: Instant(millisecondsSinceEpoch: read.time),
      accuracy: read.accuracy ?? 0, authority: read.authority, policy: read.policy)
    guard let roots else { return stamp }
    let (verdict, authority) = roots.judge(token.object)
    stamp.authority = authority ?? stamp.authority
    switch verdict {
    case .trusted: stamp.isTrusted = true
    case .untrusted(let reason):
      stamp.isTrusted = false
      stamp.reason = reason
    }
    return stamp
  }

  /// Says of each trusted token which entries nobody had dated before: those that no earlier token is over.
  private mutating func divide(_ times: [Int]) {
    var reached = 0
    for index in judged.indices.filter({ judged[$0].isTrusted == true }).sorted(by: {
      (judged[$0].before, judged[$0].entry) < (judged[$1].before, judged[$1].entry)
    }) where judged[index].size > reached {
      let range = reached..<judged[index].size
      judged[index].firstOver = range
      if range.upperBound <= times.count, let first = times[range].min(), let last = times[range].max() {
        judged[index].claimed =
          Instant(millisecondsSinceEpoch: first)...Instant(millisecondsSinceEpoch: last)
      }
      reached = range.upperBound
    }
  }

  /// Entries whose own times cannot be: later than an authority had seen them, or earlier than a token that stands before
  /// them in the log.
  private mutating func holdAgainst(_ times: [Int]) {
    let trusted = judged.filter { $0.isTrusted == true }
    guard !trusted.isEmpty else { return }
    // Of the tokens over an entry the earliest counts, and of those that stand before it the latest.
    var earliest: [JudgedTimestamp] = []
    for stamp in trusted.sorted(by: { $0.size > $1.size }) where earliest.last.map({ stamp.before < $0.before }) ?? true
    {
      earliest.append(stamp)
    }
    let standing = trusted.sorted { $0.entry < $1.entry }
    var latest: JudgedTimestamp?
    var next = 0
    var run: (first: Int, last: Int, isLate: Bool, stamp: JudgedTimestamp)?
    for (entry, time) in times.enumerated() {
      while let last = earliest.last, last.size <= entry { earliest.removeLast() }
      while next < standing.count, standing[next].entry <= entry {
        if latest.map({ standing[next].notBefore > $0.notBefore }) ?? true { latest = standing[next] }
        next += 1
      }
      let limit = TimestampJudgement.tolerance
      let late = earliest.last.flatMap { time > $0.before.millisecondsSinceEpoch + limit ? $0 : nil }
      let early = latest.flatMap { time < $0.notBefore.millisecondsSinceEpoch - limit ? $0 : nil }
      guard let stamp = late ?? early else {
        tell(&run)
        continue
      }
      if let known = run, known.isLate == (late != nil), known.stamp.entry == stamp.entry {
        run?.last = entry
      } else {
        tell(&run)
        run = (entry, entry, late != nil, stamp)
      }
    }
    tell(&run)
  }

  private mutating func tell(_ run: inout (first: Int, last: Int, isLate: Bool, stamp: JudgedTimestamp)?) {
    guard let found = run else { return }
    run = nil
    let isOne = found.first == found.last
    let which = isOne ? "entry \(found.first) is" : "entries \(found.first) to \(found.last) are"
    let who = found.stamp.authority.map { "'\($0)'" } ?? "an authority"
    findings.append(
      Finding(
        .clockDisorder, "entry \(found.first)", entry: found.first,
        expected: found.isLate ? "not after \(found.stamp.before)" : "not before \(found.stamp.notBefore)",
        found.isLate
          ? "\(which) dated after \(who) had seen \(isOne ? "it" : "them"), by the timestamp of entry \(found.stamp.entry)"
          : "\(which) dated before \(found.stamp.notBefore), the time by \(who) of the timestamp that entry "
            + "\(found.stamp.entry) brought before \(isOne ? "it" : "them")"))
  }
}
