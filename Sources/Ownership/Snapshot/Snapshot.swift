package import Catalogs
internal import Crypto
package import Findings
public import Statements
public import TreeLog

/// What a log amounts to as of one checkpoint and one day: computed once, and all that a report is made from.
///
/// Reports, `status` and `verify` ask one snapshot, so that they cannot answer differently. Whatever made it — the index
/// or a fold from the first entry on — has checked that the entries are those of the checkpoint.
public struct Snapshot: Sendable {
  /// The tree that it was folded from.
  public let checkpoint: Checkpoint
  /// The day for which ownership is resolved.
  public let asOf: Day
  /// Parties, keys, adoptions, agreements and acceptances.
  package let state: LogState
  /// Who answers for each unit on that day.
  public let matrix: ResponsibilityMatrix
  /// Answers for other days and engagements.
  package let resolver: Resolver
  /// Findings that are about no unit: agreements that cannot be read, catalogs, parties.
  package let generalFindings: [Finding]
  /// What was measured, and the hours that were worked; nil where whoever made the snapshot has not looked.
  package let promises: PromiseBook?
  /// The objects that it rests on.
  package let library: ObjectLibrary
  /// How far whoever made it knows the store to be sound.
  package var standing = Standing.sound

  /// What a reader has to know of the store before all else.
  package enum Standing: Sendable, Equatable {
    /// All of it was verified.
    case sound
    /// Some of it was not; the sentence says what.
    case unverified(String)
    /// The last verification found it not sound; the sentence says so.
    case unsound(String)
  }

  /// Resolves a fold.
  ///
  /// - Throws: What reading an object throws; one that is missing or damaged is no error, and what rests on it is
  ///   undecided.
  package init(
    checkpoint: Checkpoint, state: LogState, evidence: any EvidenceSource, promises: PromiseBook? = nil, asOf: Day,
    library: ObjectLibrary
  ) throws {
    self.checkpoint = checkpoint
    self.asOf = asOf
    self.state = state
    self.library = library
    self.promises = promises
    resolver = Resolver(try ResolutionInput(state, library: library))
    matrix = try ResponsibilityMatrix(resolver, state: state, evidence: evidence, asOf: asOf, library: library)
    generalFindings =
      try UnreadableVersions.findings(resolver, asOf: asOf)
      + CatalogFindings.findings(state, asOf: asOf, library: library)
      + MembershipFindings.findings(state)
  }

  /// All that somebody has to act on: who owns what, by which words, and what is the matter with catalogs and parties.
  package func findings() -> [Finding] { matrix.ownershipFindings(state) + generalFindings }

  /// What the adopted catalogs call their families.
  package func familyTitles() throws -> [ControlID: String] {
    var titles: [ControlID: String] = [:]
    for row in matrix.frameworks {
      let catalog = try library.catalog(row.adoption.catalog, framework: row.id)
      for family in catalog?.families ?? [] { titles[family.id] = family.title }
    }
    return titles
  }
}
