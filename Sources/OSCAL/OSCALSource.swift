internal import Catalogs
package import Crypto
internal import Findings
package import Obligations
package import Ownership
internal import Rendering
internal import Statements

/// What OSCAL documents are made from: a snapshot, and what a store knows beside it. The same source gives the same bytes.
package struct OSCALSource: Sendable {
  /// A file that evidence brought.
  package struct File: Sendable {
    package var name: String
    package var digest: Digest

    package init(name: String, digest: Digest) {
      self.name = name
      self.digest = digest
    }
  }

  /// Evidence that counts on the snapshot's day, and those of its files that are not redacted.
  package struct EvidenceItem: Sendable {
    package var record: EvidenceRecord
    package var files: [File]

    package init(_ record: EvidenceRecord, files: [File]) {
      self.record = record
      self.files = files
    }
  }

  package let snapshot: Snapshot
  /// The frameworks that were asked for; nil for all.
  package let asked: [String]?
  /// Assessments that count, in log order.
  package var marks: [AssessmentBook.Mark] = []
  /// Whose assessments are asked for; nil for both sides'.
  package var side: AssessmentBook.Side?
  /// In log order; only assessment results have it.
  package var evidence: [EvidenceItem] = []
  /// Whether the last verification found the store unsound: the document then says so.
  package var isUnsound = false
  /// The version of OSCAL that documents say to follow: one of `versions`.
  package var version = versions[0]

  /// Versions of OSCAL under whose schemas every document is valid; the first is written unless another is asked for.
  package static let versions = ["1.1.3", "1.2.3"]

  /// - Parameter frameworks: Only these; nil for all that are adopted.
  package init(_ snapshot: Snapshot, frameworks: [String]? = nil) {
    self.snapshot = snapshot
    asked = frameworks
  }

  /// The frameworks that the document is about.
  var frameworks: [ResponsibilityMatrix.FrameworkRows] { matrix.frameworks }

  /// These, and those in which their controls stand that are others under another name: what is open is open there.
  var reachedFrameworks: [ResponsibilityMatrix.FrameworkRows] {
    let own = Set(frameworks.map(\.id))
    let leaning = Set(frameworks.flatMap(\.controls).flatMap(\.control.sameAs).map(\.framework))
    return frameworks + snapshot.matrix.frameworks.filter { leaning.contains($0.id) && !own.contains($0.id) }
  }

  /// The matrix of these.
  package var matrix: ResponsibilityMatrix { asked.map { snapshot.matrix.only($0) } ?? snapshot.matrix }

  /// A document, in JSON: whole lines of UTF-8, the last one ended.
  ///
  /// - Throws: `Failure` where OSCAL cannot say it: no control, nothing open, two controls of one id, several catalogs.
  package func document(_ kind: OSCALKind) throws -> [UInt8] {
    if kind == .catalog { return try catalogBytes() }
    let context = try OSCALContext(self, kind)
    let document: JSONOutput =
      switch kind {
      case .componentDefinition: ComponentDefinition(context).json
      case .securityPlan: try SecurityPlan(context).json()
      case .assessmentResults: AssessmentResults(context).json
      case .actionPlan: try ActionPlan(context).json()
      case .profile, .catalog: try Profile(context).json()
      }
    return Array((JSONOutput.object([(kind.root, document)]).pretty + "\n").utf8)
  }

  /// The one catalog that was asked for, as it was adopted, byte for byte.
  private func catalogBytes() throws -> [UInt8] {
    let rows = frameworks
    if let unreadable = matrix.unreadable.first, rows.count + matrix.unreadable.count == 1 {
      throw Failure(
        .inputMissing, "the catalog of '\(unreadable)' cannot be read",
        hint: "'custody verify' says what is wrong with it")
    }
    guard let row = rows.first else { throw Failure(.inputMissing, "no framework is adopted on \(snapshot.asOf)") }
    guard rows.count == 1 else {
      throw Failure(
        .usage, "\(rows.count) catalogs are adopted, and a document holds one",
        hint: "name it: --framework \(rows.map(\.id).joined(separator: ", or "))")
    }
    guard let bytes = try snapshot.library.bytes(of: row.adoption.catalog, limit: ObjectLibrary.catalogLimit) else {
      throw Failure(
        .inputMissing, "the catalog of '\(row.id)' is not there", hint: "'custody verify' says what is wrong with it")
    }
    return bytes
  }
}
