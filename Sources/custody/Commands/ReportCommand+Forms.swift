internal import Catalogs
internal import CommandLine
internal import Findings
internal import Index
internal import Ownership
internal import Reports
internal import Statements
internal import Workspace

/// `custody report fedramp-crm`, `hipaa-index` and `user-entity-controls`: forms that assessors take.
extension ReportCommand {
  static let fedRAMP = CommandSpec<Arguments>(
    name: "fedramp-crm",
    abstract: "Write the control implementation summary and customer responsibility matrix in FedRAMP's columns.",
    discussion: """
      A workbook has the sheets CIS (status and origination of each control) and CRM (can it be inherited, and who does \
      what); CSV has both in one. Yes is what the provider does wholly, Partial what both do part of, No the rest. The \
      status follows the assessments, and is empty where nobody assessed. Whether a control is corporate, hybrid or \
      configured by the customer, no agreement says: those ticks are left to whoever hands it in.
      """,
    examples: [
      Example("custody report fedramp-crm --output crm.xlsx", "of the only provider"),
      Example("custody report fedramp-crm --party hostco --format csv", "of one of several"),
    ],
    parameters: rows.filter { $0.row.name != "full" } + [
      .option(
        "party", value: "PARTY", help: "The provider or vendor whose matrix it is; the only one unless stated.",
        into: \.party, parse: CommandText.identifier)
    ],
    formats: ReportOutput.formats,
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    let (snapshot, frameworks, store) = try snapshot(arguments, global, console)
    try checkParty(arguments.party, snapshot)
    let candidates = FedRAMPReport.candidates(snapshot)
    guard let party = arguments.party ?? (candidates.count == 1 ? candidates[0] : nil) else {
      throw Failure(
        .usage,
        candidates.isEmpty
          ? "there is no provider whose matrix it could be" : "there are several providers, and a matrix is one's",
        hint: candidates.isEmpty
          ? "custody party add brings one in" : "say which with --party: \(Wording.list(candidates, "or"))")
    }
    return try write(
      FedRAMPReport(snapshot, marks: try store.assessments(snapshot), provider: party, frameworks: frameworks),
      arguments, global, console)
  }

  static let userEntity = CommandSpec<Arguments>(
    name: "user-entity-controls",
    abstract:
      "Report complementary user entity controls: what a provider's system leaves to the client, and to vendors.",
    discussion: """
      For each control that a provider answers for, wholly or in part: the parts and duties that stay with the client (user entity \
      controls) or with a vendor (subservice organization controls), by which line of which agreement, who accepted it on \
      which day, its own evidence, and what is missing. Then what the client owes by agreement.
      """,
    examples: [
      Example("custody report user-entity-controls --framework soc2", "for the description of a system"),
      Example("custody report user-entity-controls --party onsite --output cuec.xlsx", "of one provider's system"),
    ],
    parameters: rows.filter { $0.row.name != "full" } + [
      .option(
        "party", value: "PARTY", help: "Only what this provider's system presumes.", into: \.party,
        parse: CommandText.identifier)
    ],
    formats: ReportOutput.formats,
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    let (snapshot, frameworks, store) = try snapshot(arguments, global, console)
    try checkParty(arguments.party, snapshot)
    return try write(
      UserEntityReport(
        snapshot, try store.dutyBook(snapshot), provider: arguments.party, frameworks: frameworks),
      arguments, global, console)
  }

  static let hipaaIndex = CommandSpec<Arguments>(
    name: "hipaa-index",
    abstract: "Index policies and evidence by citation of the HIPAA Security Rule, with what is missing.",
    discussion: """
      A row for each standard and implementation specification of 45 CFR 164.308 to 164.316: required or addressable, who \
      answers for it, its documents with the days they cover, were collected and recorded, and their digests, the last \
      assessment, the day until which they are kept (164.316(b)(2)(i): six years), and what is missing.
      """,
    examples: [
      Example("custody report hipaa-index", "what is missing"),
      Example("custody report hipaa-index --as-of 2026-06-30 --output index.xlsx", "to hand over"),
    ],
    parameters: rows.filter { $0.row.name != "full" && $0.row.name != "framework" },
    formats: ReportOutput.formats,
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    let (snapshot, _, store) = try snapshot(arguments, global, console)
    let (records, files) = try hipaaEvidence(snapshot, store)
    guard
      let report = HIPAAIndexReport(
        snapshot, marks: try store.assessments(snapshot), records: records, files: files)
    else {
      throw Failure(
        .usage, "the HIPAA Security Rule is not adopted on \(snapshot.asOf)",
        hint: "custody framework adopt hipaa-security")
    }
    return try write(report, arguments, global, console)
  }

  /// So many are looked up together.
  private static let pageSize = 512

  /// The evidence that shows something for the rule on the snapshot's day, and the first names of its files.
  private static func hipaaEvidence(
    _ snapshot: Snapshot, _ store: OpenedStore
  ) throws -> (records: [EvidenceRecord], files: [Int: [String]]) {
    let controls = snapshot.matrix.only([HIPAAIndexReport.framework]).frameworks.flatMap(\.controls)
    let names = Set(controls.flatMap { [$0.control.id.description] + $0.units.map(\.id.description) }).sorted()
    let entries = try store.index.evidenceEntries(forControls: names)
    var records: [EvidenceRecord] = []
    for start in stride(from: 0, to: entries.count, by: pageSize) {
      let some = Array(entries[start..<min(start + pageSize, entries.count)])
      for (record, replaced) in try store.index.evidence(ofEntries: some, upTo: snapshot.state.size) {
        guard record.recorded.day <= snapshot.asOf, record.firstDay <= snapshot.asOf,
          replaced.map({ $0 > snapshot.asOf }) ?? true,
          try !record.isRedacted(snapshot.state.redactedObjects, on: snapshot.asOf, library: store.library)
        else { continue }
        records.append(record)
      }
    }
    let files = try store.index.evidenceFiles(ofEntries: records.map(\.entry))
    return (records, files.mapValues { $0.prefix(5).map(\.name) })
  }
}
