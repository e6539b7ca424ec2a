package import Crypto
package import Statements

/// What is remembered of each statement that counts, for later ones to refer to.
package struct LedgerRecord: Sendable, Equatable {
  /// The statement's id.
  package var statement: Digest
  package var entry: Int
  package var type: String
  /// The signer's party.
  package var party: String

  package init(statement: Digest, entry: Int, type: String, party: String) {
    self.statement = statement
    self.entry = entry
    self.type = type
    self.party = party
  }
}

/// What an object is to a statement that brings it.
package struct ObjectUse: Sendable, Equatable {
  package var entry: Int
  package var party: String
  package var isEvidence: Bool
  /// Of evidence, the controls it is about.
  package var controls: [String]

  package init(entry: Int, party: String, isEvidence: Bool, controls: [String]) {
    self.entry = entry
    self.party = party
    self.isEvidence = isEvidence
    self.controls = controls
  }
}

/// Finds earlier statements; the fold asks and adds.
package protocol StatementLedger {
  /// The record of a statement that counts, by its id.
  func record(of statement: Digest) throws -> LedgerRecord?
  /// Whether a payload with this id stands in the log already, whether it counts or not.
  func contains(_ statement: Digest) throws -> Bool
  /// The statements that bring an object, those among them that list it in a manifest.
  func uses(of object: Digest) throws -> [ObjectUse]
  /// Notes a statement that stands in the log.
  ///
  /// - Parameter record: nil for one that does not count.
  mutating func add(_ statement: Statement, record: LedgerRecord?) throws
}

/// A ledger in memory.
package struct MemoryLedger: StatementLedger {
  private var records: [Digest: LedgerRecord] = [:]
  private var present: Set<Digest> = []
  private var direct: [Digest: [ObjectUse]] = [:]
  private var manifests: [(object: Digest, use: ObjectUse)] = []
  private let library: ObjectLibrary

  package init(library: ObjectLibrary) {
    self.library = library
  }

  package func record(of statement: Digest) -> LedgerRecord? { records[statement] }

  package func contains(_ statement: Digest) -> Bool { present.contains(statement) }

  package func uses(of object: Digest) throws -> [ObjectUse] {
    var result = direct[object] ?? []
    for manifest in manifests where try library.manifest(manifest.object, lists: object) {
      result.append(manifest.use)
    }
    return result
  }

  package mutating func add(_ statement: Statement, record: LedgerRecord?) {
    present.insert(statement.id)
    guard let record else { return }
    records[statement.id] = record
    for (subject, use) in ObjectUse.uses(of: statement, record: record) {
      direct[subject.digest, default: []].append(use)
      if subject.mediaType == MediaType.manifest {
        var listed = use
        listed.isEvidence = true
        manifests.append((subject.digest, listed))
      }
    }
  }
}

extension ObjectUse {
  /// What each of a statement's subjects is to it.
  package static func uses(of statement: Statement, record: LedgerRecord) -> [(subject: Subject, use: ObjectUse)] {
    var controls: [String] = []
    var bringsEvidence = false
    if case .evidence(let evidence) = statement.predicate {
      controls = evidence.controls
      bringsEvidence = true
    }
    return statement.subjects.map { subject in
      let isList = subject.mediaType == MediaType.list && subject.name.utf8.starts(with: "list/".utf8)
      let isEvidence = bringsEvidence && subject.mediaType != MediaType.manifest && !isList
      return (
        subject,
        ObjectUse(entry: record.entry, party: record.party, isEvidence: isEvidence, controls: controls)
      )
    }
  }
}
