package import Agreements
package import Crypto
package import Ownership
package import Statements

/// The papers that agreements name and both sides have accepted: the statement of work, a business associate agreement, a
/// responsibility matrix.
///
/// A paper speaks from its own first day through its own last day; where it does not say, from the term's first through
/// the term's last. After an early end it speaks no more.
package enum HeldPapers {
  /// A paper that an agreement names, by the version that holds.
  package struct Entry: Sendable, Equatable {
    package var engagement: String
    /// `business-associate-agreement`
    package var kind: String
    package var file: String
    /// nil where the version's statement does not bring it.
    package var digest: Digest?
    package var from: Day
    /// The last day, included.
    package var through: Day
    /// Whether the paper itself ends then, and not only the agreement that names it.
    package var endsByItself: Bool
    /// The client and the providers of the version: it is between these.
    package var parties: [String]
    /// How long before the agreement's end notice must be given, where that is agreed.
    package var notice: TimeSpan?
    /// The entry of the version that says so.
    package var version: Int

    /// Whether it is in force on a day: from its first day through its last.
    package func isInForce(on day: Day) -> Bool { from <= day && day <= through }
  }

  /// The papers that are named on a day by versions that hold, whether in force yet, or still, or not: by engagement,
  /// then in the order of the document.
  package static func list(_ resolver: Resolver, on day: Day) -> [Entry] {
    resolver.engagements.flatMap { engagement in
      list(resolver.lines(engagement, on: day), resolver)
    }
  }

  /// Those of a snapshot's day.
  package static func list(_ snapshot: Snapshot) -> [Entry] {
    list(snapshot.matrix.lines.map(\.state), snapshot.resolver)
  }

  private static func list(_ states: [LineState], _ resolver: Resolver) -> [Entry] {
    states.flatMap { state -> [Entry] in
      guard state.key.kind == .paper, let held = state.held, !held.texts.isEmpty else { return [] }
      let version = resolver.input.versions[held.version]
      guard let document = version.document else { return [] }
      let ends = resolver.input.ends.filter { $0.engagement == state.engagement && $0.entry > version.entry }
      let last = ([document.termThrough] + ends.map { $0.on.adding(days: -1) }).min() ?? document.termThrough
      return document.allPapers.filter { $0.kind == state.key.id }.map { paper in
        let through = paper.through ?? document.termThrough
        return Entry(
          engagement: state.engagement, kind: paper.kind, file: paper.file, digest: version.papers[paper.file],
          from: paper.from ?? document.termFrom, through: min(through, last),
          endsByItself: paper.through.map { $0 < last } ?? false,
          parties: [document.client] + document.providers, notice: document.notice, version: version.entry)
      }
    }
  }

  /// Papers in force that end by themselves within the notice that their agreement asks for, else within 90 days, and that no
  /// paper of the same kind and agreement follows the day after; the soonest first.
  package static func ending(_ entries: [Entry], on day: Day) -> [Entry] {
    entries.filter { entry in
      guard entry.isInForce(on: day), entry.endsByItself else { return false }
      let first = entry.notice?.day(before: entry.through) ?? entry.through.adding(days: -noticeDays)
      let next = entry.through.adding(days: 1)
      let isFollowed = entries.contains {
        $0.engagement == entry.engagement && $0.kind == entry.kind && $0.isInForce(on: next)
      }
      return first <= day && !isFollowed
    }.sorted { ($0.through, $0.engagement, $0.kind) < ($1.through, $1.engagement, $1.kind) }
  }

  /// How long before a paper's end it is told, where its agreement names no notice.
  package static let noticeDays = 90
}
