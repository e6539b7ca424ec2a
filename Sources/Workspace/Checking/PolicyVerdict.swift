package import Crypto
package import Findings
package import TreeLog

/// What a reader's policy makes of a checkpoint that stands alone, as below a proof.
package struct PolicyVerdict: Sendable, Equatable {
  /// Whether a log of the policy has signed it, and its quorum has cosigned it.
  package let isMet: Bool
  /// The name of the quorum.
  package let quorum: String
  /// What the quorum asks for: `2 of one, two, three`.
  package let demand: String
  /// The witnesses of the policy that have cosigned it, each once, in the policy's order.
  package let witnesses: [String]
  /// Why it is not met; nil where it is.
  package let reason: String?

  /// Judges a checkpoint by the lines below it alone.
  package init(_ policy: WitnessPolicy, _ note: SignedNote) {
    quorum = policy.quorumName
    demand = policy.demand
    func names(_ places: [Int]) -> [String] { places.map { policy.witnesses[$0].title } }
    switch policy.judge(note: note) {
    case .met(_, let places): (isMet, witnesses, reason) = (true, names(places), nil)
    case .unmet(_, let places):
      (isMet, witnesses) = (false, names(places))
      reason = "its quorum is \(policy.demand), and it is cosigned by " + PolicyVerdict.listed(names(places))
    case .unknownLog(let origin):
      (isMet, witnesses, reason) = (false, [], "no key that it names for the log '\(origin)' has signed the checkpoint")
    case .broken(let name):
      (isMet, witnesses, reason) = (false, [], "the line of '\(name)' below the checkpoint does not hold")
    case .malformed(let error): (isMet, witnesses, reason) = (false, [], "it is not a checkpoint: \(error)")
    }
  }

  private static func listed(_ names: [String]) -> String {
    names.isEmpty ? "none of its witnesses" : Wording.list(names)
  }

  /// For people.
  package var sentence: String {
    if let reason { return "not met: \(reason)" }
    return demand == "no witness"
      ? "met: it asks for no witness" : "met: '\(quorum)', \(demand); cosigned by \(PolicyVerdict.listed(witnesses))"
  }

  /// As `verify` has it; none where the policy is met.
  package var findings: [Finding] {
    guard let reason else { return [] }
    return [
      Finding(
        .quorumUnmet, "checkpoint", expected: demand, found: PolicyVerdict.listed(witnesses),
        "the policy is not met: \(reason)")
    ]
  }
}

extension WitnessPolicy {
  /// Every key that it names and that custody can check: of logs, and of witnesses.
  package var keys: [NoteKey] { logs + witnesses.compactMap(\.key) }
}
