internal import Findings
internal import Statements
internal import Ownership
internal import TreeLog

/// A line and a count for each of the six questions.
enum CheckSummary {
  static func make(
    walk: LogWalk, head: Head?, objects: ObjectCheck.Tally, matrix: ResponsibilityMatrix?, findings: FindingList,
    extended: [VerificationOptions.KnownTree], timestamps: [JudgedTimestamp], vouched: PolicyCheck.Reach? = nil
  ) -> [CheckResult] {
    func result(
      _ name: CheckResult.Name, _ count: Int, _ figures: [(name: String, value: Int)], _ summary: String
    ) -> CheckResult {
      CheckResult(
        name: name, isOK: head != nil && findings.isOK(name), count: count, figures: figures, summary: summary)
    }
    let state = walk.fold.state
    let size = state.size
    let totals = matrix?.totals
    let looked = size - (walk.past?.size ?? 0)
    let taken = walk.past.map { "; the \(Wording.entries($0.size)) before them were verified on \($0.on)" } ?? ""
    let newer = walk.past == nil ? "" : "newer "
    let applying = (totals?.units.total ?? 0) - (totals?.units.notApplicable ?? 0)
    return [
      result(
        .chain, looked, walk.past.map { [("takenAsVerified", $0.size)] } ?? [],
        "\(Wording.count(looked, "\(newer)entry", "\(newer)entries")), each naming the one before it\(taken)"),
      result(
        .tree, walk.tiles.count, [],
        "\(Wording.count(walk.tiles.count, "hash tile")) recomputed"
          + (walk.lastBy.map { "; checkpoint signed by \(walk.owner(of: $0))" } ?? "")),
      result(
        .statements, walk.statementCount, [("effective", walk.effectiveCount)],
        "\(Wording.count(walk.statementCount, "statement")), \(walk.effectiveCount) of them \(walk.effectiveCount == 1 ? "counts" : "count")"
      ),
      result(
        .objects, objects.checked + objects.unread,
        [
          ("read", objects.checked), ("bytes", objects.bytes), ("redacted", objects.redacted),
          ("unreferenced", objects.unreferenced),
        ] + (objects.withheld > 0 ? [("withheld", objects.withheld)] : []),
        "\(Wording.count(objects.checked, "object")) read and hashed"
          + (objects.unread > 0 ? ", \(objects.unread) there and not read" : "")
          + (objects.redacted > 0 ? ", \(objects.redacted) redacted" : "")
          + (objects.withheld > 0 ? ", \(objects.withheld) withheld" : "")),
      history(walk, head, extended, timestamps, vouched, result),
      result(
        .ownership, totals?.units.total ?? 0,
        [("owned", totals?.units.owned ?? 0), ("unowned", totals?.units.unowned ?? 0)],
        "\(totals?.units.owned ?? 0) of \(Wording.count(applying, "unit")) owned on \(walk.options.asOf)"
      ),
    ]
  }

  /// How far the word of others than whoever appends reaches, and how much nobody else has seen: neither another party, nor
  /// a witness whom the reader's policy names.
  private static func history(
    _ walk: LogWalk, _ head: Head?, _ extended: [VerificationOptions.KnownTree], _ timestamps: [JudgedTimestamp],
    _ vouched: PolicyCheck.Reach?,
    _ result: (CheckResult.Name, Int, [(name: String, value: Int)], String) -> CheckResult
  ) -> CheckResult {
    let state = walk.fold.state
    let keeper = state.keeper.map { "nobody but \($0)" } ?? "nobody"
    let outside = state.outsideReach.max { $0.reach.size < $1.reach.size }
    let cosigned = vouched?.seen.flatMap { $0.size > outside?.reach.size ?? 0 ? $0 : nil }
    let reached = cosigned?.size ?? outside?.reach.size ?? 0
    let rest = max(0, state.size - reached)
    let isConfirmed = !walk.options.unconfirmed(state).contains { $0.party == outside?.party }
    let party = outside.map { outside in
      "\(outside.party)\(isConfirmed ? "" : ", whose key you have not confirmed,") has signed for the first "
        + "\(Wording.entries(outside.reach.size)), last on \(outside.reach.time.day)"
    }
    let witnesses = cosigned.map { "the first \(Wording.entries($0.size)) are cosigned by \($0.witnesses)" }
    let word = [party, witnesses].compactMap { $0 }.joined(separator: "; ")
    let told =
      word.isEmpty
      ? "no outside witness yet: \(keeper) has signed for any of it"
      : word + "; " + (rest == 0 ? "nothing is newer" : "\(keeper) has seen the newest \(rest)")
    let dated = timestamps.filter { $0.isTrusted == true }
    let size = dated.map(\.size).max() ?? 0
    let figures = timestamps.isEmpty ? [] : [("timestamps", timestamps.count), ("trustedTimestamps", dated.count)]
    return result(
      .history, walk.seenCount,
      [("seenByOthers", reached), ("unseenByOthers", rest)] + figures + (size > 0 ? [("dated", size)] : []),
      "\(Wording.count(walk.seenCount, "tree")) that signers had seen \(walk.seenCount == 1 ? "is" : "are") this log's; \(told)"
        + extended.map { "; it extends \($0.source), of \(Wording.entries($0.size))" }.joined()
        + dates(timestamps, of: state.size, isJudged: walk.options.timestampRoots != nil, isPart: walk.past != nil)
    )
  }

  /// By when the log was there, as authorities say whom the reader trusts, and how much none of them has seen.
  private static func dates(
    _ timestamps: [JudgedTimestamp], of size: Int, isJudged: Bool, isPart: Bool
  ) -> String {
    let what = isPart ? "newer timestamp" : "timestamp"
    guard isJudged else {
      return timestamps.isEmpty
        ? "" : "; \(Wording.count(timestamps.count, what)), not judged: --timestamp-roots"
    }
    let trusted = timestamps.filter { $0.isTrusted == true }
    guard let newest = trusted.max(by: { ($0.size, $1.before) < ($1.size, $0.before) }) else {
      return timestamps.isEmpty
        ? "; there is no timestamp to judge"
        : "; of \(Wording.count(timestamps.count, what)) none is vouched for by the roots you gave"
    }
    let rest = size - newest.size
    return "; the first \(Wording.entries(newest.size)) existed before \(newest.before)"
      + (newest.authority.map { ", by '\($0)'" } ?? "")
      + (rest == 0 ? "" : "; nobody independent has dated the newest \(rest)")
  }
}
