internal import Crypto
package import Ownership
internal import Rendering
package import Statements

/// The newest evidence for a unit, as forms cite it.
package struct EvidenceMark: Sendable, Equatable {
  package var entry: Int
  package var party: String
  package var member: String
  package var covered: (from: Day, through: Day)?
  package var collected: Day?
  package var recorded: Day
  /// The system it came from, where that was said.
  package var source: String?
  package var description: String?
  /// SHA-256 in hexadecimal digits: of its files, or of the manifest that lists them.
  package var digests: [String]

  package init(_ record: EvidenceRecord) {
    entry = record.entry
    party = record.party
    member = record.member
    if let through = record.evidence.through { covered = (record.evidence.from ?? through, through) }
    collected = record.evidence.collected?.day
    recorded = record.recorded.day
    source = record.evidence.source
    description = record.evidence.description
    digests = (record.manifest.map { [$0] } ?? record.artifacts).map(\.hex)
  }

  package static func == (left: EvidenceMark, right: EvidenceMark) -> Bool { left.entry == right.entry }

  /// A form names so many files; an entry may have thousands, and 'custody show' lists them.
  private static let limit = 10

  /// The digests that a cell holds.
  var cell: Cell {
    digests.count > EvidenceMark.limit
      ? .list(digests.prefix(EvidenceMark.limit) + ["and \(digests.count - EvidenceMark.limit) more"]) : .list(digests)
  }

  /// For machines.
  var json: JSONOutput {
    [
      "entry": .integer(entry), "party": .string(party), "member": .string(member),
      "from": .optional(covered.map { "\($0.from)" }), "through": .optional(covered.map { "\($0.through)" }),
      "collected": .optional(collected.map { "\($0)" }), "recorded": .string("\(recorded)"),
      "source": .optional(source), "sha256": .strings(digests),
    ]
  }
}
