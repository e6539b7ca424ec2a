internal import Crypto
package import Ownership
package import Rendering
internal import Findings
internal import Statements

/// Who speaks for statements of a key under suspicion, in words and for machines.
package enum DisputeWording {
  /// `entries 4 to 9, 3 statements of acme/bo: onsite had seen them by 2026-03-01 (entry 12)`
  package static func sentence(_ dispute: Dispute) -> String {
    let isOne = dispute.count == 1
    let which =
      isOne
      ? "entry \(dispute.from), of \(dispute.member)"
      : "entries \(dispute.from) to \(dispute.through), \(dispute.count) statements of \(dispute.member)"
    let revoked = dispute.revokedBy.map { ", whose key entry \($0) revoked" } ?? ""
    return "\(which)\(revoked): \(voices(dispute))"
  }

  /// Who speaks, alone.
  package static func voices(_ dispute: Dispute) -> String {
    let what = dispute.count == 1 ? "it" : "them"
    guard !dispute.speakers.isEmpty else {
      return "nobody else speaks for \(what): it takes another word to know whose hand it was"
    }
    return Wording.list(
      dispute.speakers.map { speaker in
        let who =
          switch speaker.kind {
          case .party: speaker.name
          case .cosignature: "the witness '\(speaker.name)'"
          case .timestamp: "the authority '\(speaker.name)'"
          }
        // Anybody can make a token in any name, by any clock.
        if speaker.kind == .timestamp, speaker.isTrusted != true {
          return "a timestamp in the name of '\(speaker.name)' says \(speaker.time) (entry \(speaker.entry)), "
            + (speaker.isTrusted == false ? "which nobody whom you trust vouches for" : "which is not judged here")
        }
        return "\(who) had seen \(what) by \(speaker.time) (entry \(speaker.entry))"
      })
  }

  /// For machines.
  package static func json(_ dispute: Dispute) -> JSONOutput {
    [
      "from": .integer(dispute.from), "through": .integer(dispute.through), "count": .integer(dispute.count),
      "member": .string(dispute.member), "keyid": .string(dispute.keyID.hex),
      "suspectSince": .integer(dispute.suspectSince),
      "revokedBy": dispute.revokedBy.map { .integer($0) } ?? .null,
      "spokenFor": .array(dispute.speakers.map { json($0) }),
    ]
  }

  private static func json(_ speaker: Dispute.Speaker) -> JSONOutput {
    [
      "by": .string(speaker.kind.rawValue), "name": .string(speaker.name), "size": .integer(speaker.size),
      "time": .string("\(speaker.time)"), "entry": .integer(speaker.entry),
      "trusted": speaker.isTrusted.map { .bool($0) } ?? .null,
    ]
  }
}
