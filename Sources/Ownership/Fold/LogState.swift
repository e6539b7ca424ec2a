package import Crypto
package import Statements

/// Everything but evidence that the entries folded so far amount to.
///
/// Small however long the log grows with evidence, so that it can be kept and taken up again.
package struct LogState: Sendable, Equatable, Codable {
  /// The origin; empty before the genesis entry.
  package internal(set) var store = ""
  /// How many entries are folded in.
  package internal(set) var size = 0
  package internal(set) var membership = Membership()
  /// In log order, as the lists below.
  package internal(set) var adoptions: [Adoption] = []
  package internal(set) var versions: [EngagementVersion] = []
  package internal(set) var ends: [EngagementEnd] = []
  package internal(set) var acceptances: [AcceptanceRecord] = []
  package internal(set) var staffings: [StaffingRecord] = []
  package internal(set) var holds: [HoldRecord] = []
  package internal(set) var redactions: [RedactionRecord] = []
  /// Objects that are redacted and that nobody has submitted again since, with the days from which that counts.
  package internal(set) var redactedObjects: [Digest: Day] = [:]
  /// The newest few entries that could be read, in log order: when, and by whom.
  package internal(set) var recentEntries: [EntryTime] = []
  /// Whether that appender might append before or after the last entry.
  package internal(set) var lastMayAppend = false
  /// How far each party's word reaches: the largest tree that a statement of its says it had seen.
  package internal(set) var reach: [String: Reach] = [:]
  /// For each party, the latest moment at which one of its statements says that it was signed, each counted as no later
  /// than its own entry's time.
  package internal(set) var lastSigned: [String: Instant] = [:]

  package init() {}

  package var client: String { membership.client }

  /// The time and the appender of the last entry that could be read.
  package var lastTime: Instant? { recentEntries.last?.time }
  package var lastBy: Digest? { recentEntries.last?.by }

  /// The party whose key appended last; the client where that cannot be read, nil before the genesis entry.
  ///
  /// Whoever appends signs the checkpoint over all of it, and could sign another: no witness of itself.
  package var keeper: String? {
    let party = lastBy.flatMap { membership.key($0)?.party } ?? client
    return party.isEmpty ? nil : party
  }

  /// How far the word of each party but the keeper reaches, in order of joining.
  package var outsideReach: [(party: String, reach: Reach)] {
    membership.parties.compactMap { party in
      guard party.id != keeper else { return nil }
      return reach[party.id].map { (party.id, $0) }
    }
  }

  /// What an entry says of itself.
  package struct EntryTime: Sendable, Equatable, Codable {
    package var entry: Int
    package var time: Instant
    package var by: Digest
  }

  /// A tree that a party's key has signed for.
  package struct Reach: Sendable, Equatable, Codable {
    package var size: Int
    /// The entry of the statement that says so, and that entry's time.
    package var entry: Int
    package var time: Instant
  }

  /// A catalog, adopted from a day on.
  package struct Adoption: Sendable, Equatable, Codable {
    package var entry: Int
    package var day: Day
    package var framework: String
    package var catalog: Digest
    package var effective: Day
    /// Units and controls that do not apply, with the reasons.
    package var notApplicable: [String: String]
    /// Whether the list of what does not apply is missing or changed: nobody can say which units apply.
    package var isUnreadable = false
  }

  package struct EngagementVersion: Sendable, Equatable, Codable {
    package var entry: Int
    /// The UTC day of the entry.
    package var day: Day
    package var statement: Digest
    package var engagement: String
    package var document: Digest
    /// The papers that the statement brings beside the agreement, by file name.
    package var papers: [String: Digest] = [:]
    /// The UTC day it was signed on.
    package var signedDay: Day
    /// The party that signed it, and the key.
    package var party: String
    package var keyID: Digest
  }

  /// The earliest end that was recorded after a version: of several the others change nothing.
  package func end(of version: EngagementVersion) -> EngagementEnd? {
    ends.filter { $0.engagement == version.engagement && $0.entry > version.entry }.min { $0.on < $1.on }
  }

  package struct EngagementEnd: Sendable, Equatable, Codable {
    package var entry: Int
    /// The UTC day of the entry.
    package var entryDay: Day
    package var engagement: String
    /// The first day not covered: never before the day on which the statement takes effect (`effectiveDay`).
    package var on: Day
    package var party: String
  }

  package struct AcceptanceRecord: Sendable, Equatable, Codable {
    package var entry: Int
    /// The UTC day of the entry.
    package var entryDay: Day
    /// The day on which it takes effect (`effectiveDay`).
    package var day: Day
    package var signedAt: Instant
    /// How many entries its signer had seen.
    package var seenSize: Int
    package var party: String
    package var member: String
    package var keyID: Digest
    /// The version's statement.
    package var version: Digest
    package var accepts: Bool
    package var schedule: Digest
    /// The catalogs it was signed for, by framework: several where a new one is adopted for later.
    package var catalogs: [String: [Digest]]
    package var reason: String?
  }

  package struct StaffingRecord: Sendable, Equatable, Codable {
    package var entry: Int
    package var party: String
    package var engagement: String
    package var units: [String]
    package var responsible: [String]
  }

  package struct HoldRecord: Sendable, Equatable, Codable {
    package var entry: Int
    package var id: String
    package var party: String
    package var objects: [Digest]
    package var controls: [String]
    package var reason: String
    package var ended: Int?
    /// Whether what it holds is in a list that is missing or changed: it then holds everything.
    package var isUnreadable = false
  }

  package struct RedactionRecord: Sendable, Equatable, Codable {
    package var entry: Int
    /// The UTC day of the entry.
    package var entryDay: Day
    /// The day on which it takes effect (`effectiveDay`).
    package var day: Day
    package var signedAt: Instant
    package var isAnnouncement: Bool
    package var objects: [Digest]
    package var reason: String
    package var authority: String
  }
}
