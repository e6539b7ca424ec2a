internal import Crypto
internal import Findings
internal import Statements
internal import TreeLog

/// How far the witnesses reach whose word a reader asks for.
///
/// A cosignature counts for the tree that it is over, wherever it lies: below the store's checkpoint, or anchored by an
/// entry. What the log's own key is asked to have signed is the newest checkpoint, which extends all that are anchored.
enum PolicyCheck {
  /// How much of the log a quorum vouches for.
  struct Reach {
    /// The newest tree that the quorum has cosigned; 0 for none.
    let size: Int
    /// How many entries no witness of the policy has seen.
    let rest: Int
    let summary: String
    /// The newest tree that any witness of the policy has cosigned, and who; nil for none.
    let seen: (size: Int, witnesses: String)?
  }

  /// - Returns: nil without a policy, or where there is no checkpoint to judge.
  static func run(
    _ walk: LogWalk, _ head: Head?, _ policy: WitnessPolicy?, _ findings: inout FindingList
  ) -> Reach? {
    guard let policy, let head else { return nil }
    let (own, broken) = policy.signers(of: head.claimed.note, origin: head.origin)
    var signers = walk.cosigners.filter { $0.key <= head.size }
    if broken == nil { signers[head.size, default: WitnessPolicy.Signers()].add(own) }
    let seen = signers.filter { !$0.value.witnesses.isEmpty }.keys.max() ?? 0
    let word = seen > 0 ? (size: seen, witnesses: names(policy, signers[seen])) : nil
    let isOwn = own.hasLog && broken == nil
    let met = signers.filter { (isOwn || $0.value.hasLog) && policy.isMet(by: $0.value.witnesses) }.keys.max()
    guard let met else {
      let reason =
        if let broken {
          "the line of '\(broken)' below the checkpoint does not hold"
        } else if !isOwn, !signers.values.contains(where: \.hasLog) {
          "no key that it names for the log '\(head.origin)' has signed the checkpoint"
        } else {
          "no tree of this log is cosigned by \(policy.demand)"
        }
      findings.add(
        .history,
        Finding(
          .quorumUnmet, "checkpoint", expected: policy.demand, found: names(policy, signers[seen]),
          "the policy is not met: \(reason)"))
      return Reach(
        size: 0, rest: head.size - seen, summary: "the policy's quorum vouches for none of it", seen: word)
    }
    let rest = head.size - max(seen, met)
    let whom = names(policy, signers[met])
    return Reach(
      size: met, rest: rest,
      summary: "the policy's quorum vouches for the first \(Wording.entries(met)) (\(whom)); "
        + (rest == 0 ? "nothing is newer" : "the newest \(rest) none of its witnesses has seen"), seen: word)
  }

  private static func names(_ policy: WitnessPolicy, _ signers: WitnessPolicy.Signers?) -> String {
    let places = signers?.witnesses.sorted() ?? []
    guard let signers, !places.isEmpty else { return "no witness" }
    return places.map { place in
      policy.witnesses[place].title + (signers.times[place].map { " on \(Instant(clampingSeconds: $0).day)" } ?? "")
    }.joined(separator: ", ")
  }
}
