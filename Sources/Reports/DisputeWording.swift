internal import Crypto
package import Ownership
package import Rendering
internal import Statements

/// Who speaks for statements of a key under suspicion, in words and for machines.
package enum DisputeWording {
  /// `entries 4 to 9, 3 statements of acme/bo: onsite had seen them by 2026-03-01 (entry 12)`
  package static func sentence(_ dispute: Dispute) -> String { dispute.sentence }

  /// Who speaks, alone.
  package static func voices(_ dispute: Dispute) -> String { dispute.voices }

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
