internal import Agreements
package import Crypto
package import Ownership
internal import Statements

/// The tables of credits that agreements name, and what they give for a period.
package struct CreditBook {
  /// What became of a table that is in force.
  package enum Table: Sendable, Equatable {
    case read(CreditTable)
    /// It is not in the store any more, or is no such table: why.
    case unreadable(String)
  }

  /// The table in force on a period's last day, and what it gives.
  package struct Answer: Sendable, Equatable {
    package var file: String
    package var table: Table
    package var credit: CreditTable.Credit?
  }

  private let resolver: Resolver
  private let asOf: Day
  private let tables: [Digest: Table]

  /// - Parameter read: What an object holds. It is asked once for each table that any version names.
  package init(_ snapshot: Snapshot, read: (Digest) throws -> Table) rethrows {
    resolver = snapshot.resolver
    asOf = snapshot.asOf
    var tables: [Digest: Table] = [:]
    for version in resolver.input.versions {
      for paper in version.document?.allPapers ?? [] where paper.kind == CreditTable.kind {
        guard let digest = version.papers[paper.file], tables[digest] == nil else { continue }
        tables[digest] = try read(digest)
      }
    }
    self.tables = tables
  }

  /// Whether no agreement names a table.
  package var isEmpty: Bool { tables.isEmpty }

  /// - Returns: nil where no table was in force on the period's last day, or is today where it is not over.
  package func answer(for result: LevelResults.Result) -> Answer? {
    guard !isEmpty else { return nil }
    let day = min(result.period.through, asOf)
    let paper = HeldPapers.list(resolver, on: day).last {
      $0.engagement == result.engagement && $0.kind == CreditTable.kind && $0.isInForce(on: day)
    }
    guard let paper, let digest = paper.digest, let table = tables[digest] else { return nil }
    switch table {
    case .read(let read): return Answer(file: paper.file, table: table, credit: read.credit(for: result))
    case .unreadable: return Answer(file: paper.file, table: table, credit: nil)
    }
  }
}
