package import Agreements
package import Catalogs
internal import Findings
internal import Index
internal import Obligations
internal import Ownership
internal import Statements

/// A plan that a user names, read whole.
package struct PlanFile {
  /// What keeps a plan from being read, all of it.
  ///
  /// What it leaves open is not known yet: what has a fault would look as if it were not there.
  package struct Faults: Error {
    package let faults: [Diagnostic]
  }

  /// The label of plans that are kept as evidence.
  package static let label = "plan"
  private static let limit = 1 << 20

  package let plan: Plan
  /// What it leaves open.
  package let gaps: [Diagnostic]

  package init(_ bytes: [UInt8], functions: Catalog) throws {
    let domains = functions.controls.map(\.id.local)
    let (plan, sources, faults) = Plan.read(bytes, domains: domains)
    guard faults.isEmpty, let plan else { throw Faults(faults: faults) }
    (self.plan, gaps) = (plan, PlanGaps.of(plan, sources, domains: domains))
  }

  /// - Throws: `Faults`, where it is there and cannot be read.
  package static func read(_ path: String, functions: Catalog) throws -> PlanFile {
    try PlanFile(InputFile.read(path, limit: limit), functions: functions)
  }

  /// The plan that an entry of a store keeps.
  package static func read(entry: Int, of store: OpenedStore, functions: Catalog) throws -> PlanFile {
    let isPlan = try store.index.entries(labelled: label).contains(entry)
    let files = try isPlan ? store.index.evidenceFiles(ofEntries: [entry])[entry] ?? [] : []
    guard let file = files.first(where: { !$0.name.utf8.elementsEqual(reportName.utf8) }) else {
      throw Failure(
        .inputMissing, "entry \(entry) keeps no plan",
        hint: "'custody plan record' makes such entries; 'custody log' lists")
    }
    if let redaction = store.redaction(of: file.digest) {
      throw Failure(.inputMissing, "the plan of entry \(entry) was redacted by entry \(redaction)")
    }
    guard let bytes = try store.library.bytes(of: file.digest, limit: limit) else {
      throw Failure(.inputMissing, "the plan of entry \(entry) is not in the store any more")
    }
    return try PlanFile(bytes, functions: functions)
  }

  /// What the report is called that is kept beside a plan.
  package static let reportName = "plan-report.txt"

  /// The functions of IT as they are built in.
  package static func functions() throws -> Catalog {
    guard let bytes = BundledCatalogs.bytes(of: ControlFinder.functions) else {
      throw Failure(.bug, "the catalog of the functions is not built in")
    }
    return try Catalog(parsing: bytes, framework: ControlFinder.functions)
  }
}
