package import Catalogs
internal import Findings
package import Obligations
package import Ownership
package import Statements

/// Policies and evidence by citation of the HIPAA Security Rule: for each standard and implementation specification who
/// answers for it, what documents it, how it was assessed, how long the documents are kept, and what is missing
/// (45 CFR 164.308 to 164.316).
public struct HIPAAIndexReport: Sendable {
  /// What it was folded from.
  public let stamp: ReportStamp
  /// The catalog's id.
  package static let framework = "hipaa-security"

  /// A document that is in force or covers some days: evidence that counts.
  package struct Document: Sendable, Equatable {
    package var mark: EvidenceMark
    /// The names of its files, the first few.
    package var files: [String]
    /// The last day on which it has to be there (164.316(b)(2)(i)), and why.
    package var keepUntil: Day
    package var keepWhy: String
    /// Whether it covers no span and nothing has replaced it: a policy in effect.
    package var isInEffect: Bool
  }

  /// A standard, or a specification of one.
  package struct Row: Sendable, Equatable {
    package var citation: String
    package var control: ControlID
    package var isStandard: Bool
    package var title: String
    /// `required` or `addressable`; nil for a standard that its specifications spell out.
    package var rule: String?
    package var applies: Bool
    package var accountable: [String]
    package var agreement: AgreementWord?
    /// The newest first.
    package var documents: [Document]
    package var state: AssessmentBook.State
    package var assessed: (entry: Int, day: Day, member: String)?
    package var missing: [String]
    /// What is done in place of an addressable specification (164.306(d)(3)(ii)(B)(2)).
    package var alternative: String?
    /// Why it is not implemented as it stands (164.306(d)(3)(ii)(B)(1)), or does not apply.
    package var reason: String?
    /// Of a standard that its specifications spell out: how many apply, and of how many something is missing.
    package var parts: (open: Int, all: Int)?
    /// Citations, of its own or of its specifications, for which nobody answers.
    package var unowned: [String] = []
    /// For how many of its specifications each party answers; none where it has no specifications.
    package var shares: [(party: String, count: Int)] = []

    package var keepUntil: Day? { documents.map(\.keepUntil).max() }

    package static func == (left: Row, right: Row) -> Bool {
      left.control == right.control && left.missing == right.missing && left.documents == right.documents
    }
  }

  package let rows: [Row]
  let names: CalledNames

  /// So many documents of a citation are told.
  package static let limit = 10

  /// - Parameters:
  ///   - marks: In log order.
  ///   - records: Evidence on controls of the rule that counts, is neither replaced nor redacted, in log order.
  ///   - files: The names of an entry's files.
  /// - Returns: nil where the rule is not adopted.
  package init?(
    _ snapshot: Snapshot, marks: [AssessmentBook.Mark], records: [EvidenceRecord], files: [Int: [String]]
  ) {
    guard let framework = snapshot.matrix.frameworks.first(where: { $0.id == HIPAAIndexReport.framework }) else {
      return nil
    }
    stamp = ReportStamp(snapshot)
    names = CalledNames(snapshot)
    let families = (try? snapshot.library.catalog(framework.adoption.catalog, framework: framework.id))?.families ?? []
    let maker = HIPAARows(snapshot, marks, records, files)
    var rows: [Row] = []
    var standard: ControlID?
    for control in framework.controls {
      let own = control.control.families.first.flatMap { id in families.first { $0.id == id && $0.isStandard } }
      if let own, own.id != standard {
        let parts = framework.controls.filter { $0.control.families.contains(own.id) }
        rows.append(maker.standard(own, parts))
      }
      standard = own?.id
      rows.append(maker.row(control, isStandard: own == nil))
    }
    self.rows = rows
  }
}

/// Makes the rows.
private struct HIPAARows {
  typealias Row = HIPAAIndexReport.Row
  typealias Document = HIPAAIndexReport.Document

  private let book: AssessmentBook
  private let words: AgreementWords
  private let byControl: [String: [EvidenceRecord]]
  private let files: [Int: [String]]
  private let asOf: Day
  /// What is wrong with specifications that are not implemented as they stand.
  private let faults: [ControlID: String]

  init(
    _ snapshot: Snapshot, _ marks: [AssessmentBook.Mark], _ records: [EvidenceRecord], _ files: [Int: [String]]
  ) {
    book = AssessmentBook(marks, client: snapshot.state.client)
    words = AgreementWords(snapshot)
    let report = AssessmentReport(snapshot, marks: marks, frameworks: [HIPAAIndexReport.framework])
    faults = Dictionary(
      report.frameworks.flatMap { report.specifications($0) }.compactMap { each in
        each.fault.map { (each.row.control.id, $0) }
      }, uniquingKeysWith: { first, _ in first })
    asOf = snapshot.asOf
    self.files = files
    var byControl: [String: [EvidenceRecord]] = [:]
    for record in records {
      for control in Set(record.evidence.controls) { byControl[control, default: []].append(record) }
    }
    self.byControl = byControl
  }

  func row(_ control: ResponsibilityMatrix.ControlRow, isStandard: Bool) -> Row {
    let unit = control.applicable.first
    let accountable = Set(control.applicable.filter(\.ownership.isOwned).compactMap(\.accountable))
    let state = book.state(control)
    let mark = book.newest(control)
    var row = Row(
      citation: "45 CFR \(control.control.id.local)", control: control.control.id, isStandard: isStandard,
      title: control.control.title, rule: control.control.requirement, applies: control.applies,
      accountable: accountable.sorted(by: ByteOrder.precedes), agreement: unit.flatMap(words.word),
      documents: documents([control.control.id.description] + control.units.map(\.id.description)), state: state,
      assessed: mark.map { ($0.entry, $0.day, $0.member) }, missing: [])
    guard control.applies else {
      row.reason = control.units.lazy.compactMap(\.notApplicable).first
      return row
    }
    let note = AssessmentNote(mark?.assessment.note)
    row.alternative = note.alternative
    if [.notApplicable, .alternative].contains(state) || note.alternative != nil, !note.text.isEmpty {
      row.reason = note.text
    }
    if let error = control.error {
      row.missing.append("somebody who answers for it: \(error.rawValue)")
      row.unowned = [control.control.id.local]
    }
    if row.documents.isEmpty { row.missing.append("a policy, procedure or record") }
    if control.findings.contains(.staleEvidence) { row.missing.append("current evidence") }
    if state == .none { row.missing.append("an assessment") }
    if state == .partly { row.missing.append("an assessment of all of it") }
    if state == .notMet { row.missing.append("its implementation: it was assessed as not met") }
    if state == .planned { row.missing.append("its implementation: it is planned") }
    if let fault = faults[control.control.id] { row.missing.append(fault) }
    return row
  }

  /// A standard that its specifications spell out: what there is for any of them, and what is missing of them.
  func standard(_ family: Family, _ parts: [ResponsibilityMatrix.ControlRow]) -> Row {
    let own = parts.map { row($0, isStandard: false) }.filter(\.applies)
    let open = own.filter { !$0.missing.isEmpty }.map(\.control.local)
    let unowned = own.flatMap(\.unowned)
    var missing: [String] = []
    if !open.isEmpty {
      missing.append(
        own.count == 1
          ? "its only specification: \(open[0])"
          : "\(open.count) of \(own.count) specifications: \(open.joined(separator: ", "))")
    }
    if !unowned.isEmpty, own.count > 1 {
      missing.append(
        "somebody who answers for \(unowned.count) of \(own.count) specifications: \(unowned.joined(separator: ", "))")
    }
    let parties = Set(own.flatMap(\.accountable)).sorted(by: ByteOrder.precedes)
    return Row(
      citation: "45 CFR \(family.id.local)", control: family.id, isStandard: true, title: family.title, rule: nil,
      applies: !own.isEmpty, accountable: parties, agreement: nil, documents: documents([family.id.description]),
      state: state(own), assessed: own.compactMap(\.assessed).max { $0.entry < $1.entry }, missing: missing,
      parts: (open.count, own.count), unowned: unowned,
      shares: parties.map { party in (party, own.count { $0.accountable.contains(party) }) })
  }

  /// What the specifications of a standard make of it: it is met where each is, or something allowed stands in its place.
  private func state(_ own: [Row]) -> AssessmentBook.State {
    let states = Set(own.map(\.state))
    if states.contains(.notMet) { return .notMet }
    if states.contains(.planned) { return .planned }
    if states.isSubset(of: [.none]) { return .none }
    if states.contains(.none) || states.contains(.partly) { return .partly }
    // That nothing of it is reasonable and appropriate is no implementation of it.
    if states == [.notApplicable] { return .notApplicable }
    if own.contains(where: { faults[$0.control] != nil }) { return .partly }
    return states.contains(.met) ? .met : .alternative
  }

  private func documents(_ names: [String]) -> [Document] {
    var seen: Set<Int> = []
    let records = names.flatMap { byControl[$0] ?? [] }.filter { seen.insert($0.entry).inserted }
      .sorted { ($0.ageDay, $0.entry) > ($1.ageDay, $1.entry) }
    // A policy in effect is told however many records are newer.
    let policies = records.filter { $0.evidence.through == nil }.prefix(HIPAAIndexReport.limit / 2)
    let shown = records.prefix(HIPAAIndexReport.limit)
    let all = shown + policies.filter { policy in !shown.contains { $0.entry == policy.entry } }
    return all.compactMap { record in
      let subject = RetentionRules.Subject(
        record, frameworks: [HIPAAIndexReport.framework], replaced: nil, assessed: nil, asOf: asOf)
      guard let reason = RetentionRules.reasons(subject).first else { return nil }
      return Document(
        mark: EvidenceMark(record), files: files[record.entry] ?? [], keepUntil: reason.until, keepWhy: reason.text,
        isInEffect: record.evidence.through == nil)
    }
  }
}
