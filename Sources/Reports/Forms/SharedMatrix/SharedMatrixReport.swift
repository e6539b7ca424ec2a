package import Catalogs
package import Findings
package import Obligations
package import Ownership
internal import Statements

/// The shared (customer) responsibility matrix: for each assessment objective whose it is, what either side does for it,
/// who shows it, and by which agreement (32 CFR 170.19(c)(2)(ii), 170.16(c)(2), 170.17(c)(5)).
public struct SharedMatrixReport: Sendable {
  /// What it was folded from.
  public let stamp: ReportStamp

  /// One objective of one requirement.
  package struct Row: Sendable, Equatable {
    package var framework: String
    package var family: ControlID?
    /// As the program numbers it: `AC.L2-3.1.1` where CMMC is adopted, else as its own catalog does.
    package var requirement: String
    package var control: ControlID
    /// nil where a requirement's own catalog is not adopted, so that its objectives are unknown.
    package var unit: ControlID?
    /// `[a]`; empty where the requirement is assessed as a whole.
    package var objective: String
    package var title: String
    package var text: String
    package var allocation: Allocation
    /// Why nobody answers, or why it does not apply.
    package var reason: String?
    package var client: SidePart
    package var others: SidePart
    /// Of the other side, each party by itself: those that act, then those that are asked or told.
    package var each: [PartyPart] = []
    /// Parties beside the client that do some of it.
    package var providers: [String]
    /// Everybody beside the client who is named for it, if only to be asked or told.
    package var named: [String]
    /// Of these, who is asked beforehand, and who is told afterwards.
    package var consulted: [String] = []
    package var informed: [String] = []
    /// Who does the work, by name.
    package var people: [String]
    package var evidence: EvidenceMark?
    package var agreement: AgreementWord?
    package var findings: [FindingCode]

    /// The parties of which `others` speaks: those that act; where none does, those that are asked or told.
    package var speaking: [String] { others.isNothing ? [] : providers.isEmpty ? named : providers }

    /// What the other side does: of several parties each by its id.
    package var othersText: String {
      guard each.count > 1 else { return others.text }
      return each.map { "\($0.party): \($0.part.text)" }.joined(separator: "; ")
    }

    /// What one party of the other side does.
    package func text(of party: String) -> String { each.first { $0.party == party }?.part.text ?? "" }
  }

  /// How many objectives a side has.
  package struct Counts: Sendable, Equatable {
    private var byAllocation: [Allocation: Int] = [:]
    package subscript(allocation: Allocation) -> Int { byAllocation[allocation] ?? 0 }
    package var total: Int { byAllocation.values.reduce(0, +) }

    init(_ rows: [Row]) { for row in rows { byAllocation[row.allocation, default: 0] += 1 } }
  }

  /// A framework that is reported on.
  package struct Framework: Sendable {
    package let id: String
    package let title: String
    package let rows: [Row]
    /// In the catalog's order.
    package let families: [(id: ControlID?, title: String, counts: Counts)]
    package let totals: Counts
  }

  package let frameworks: [Framework]
  /// The one whose matrix it is; nil for everybody's.
  package let party: String?
  /// Objectives in which that party has no part, by framework.
  let leftOut: [String: Int]
  /// Adopted frameworks that hold the same requirements under other names, or none.
  let otherFrameworks: [String]
  let client: String
  let names: CalledNames
  let parties: [MatrixParty]

  /// - Parameters:
  ///   - marks: What was assessed, in log order: what was assessed as not applicable is nobody's to do.
  ///   - frameworks: Those to report on; nil for all that are adopted, each requirement once.
  ///   - party: Only what that party has a part in; nil for all.
  package init(
    _ snapshot: Snapshot, marks: [AssessmentBook.Mark] = [], frameworks asked: [String]? = nil, party: String? = nil
  ) {
    stamp = ReportStamp(snapshot)
    self.party = party
    client = snapshot.state.client
    names = CalledNames(snapshot)
    let adopted = snapshot.matrix.frameworks
    let shown = adopted.filter { asked?.contains($0.id) ?? SharedMatrixReport.isOwn($0, among: adopted) }
    otherFrameworks = adopted.map(\.id).filter { id in !shown.contains { $0.id == id } }
    let maker = SharedMatrixRows(snapshot, names, AssessmentBook(marks, client: snapshot.state.client))
    let titles = (try? snapshot.familyTitles()) ?? [:]
    var leftOut: [String: Int] = [:]
    self.frameworks = shown.map { framework in
      let all = framework.controls.flatMap { maker.rows($0, framework.id) }
      let rows = party.map { party in all.filter { $0.named.contains(party) } } ?? all
      leftOut[framework.id] = all.count - rows.count
      var families: [(id: ControlID?, rows: [Row])] = []
      for row in rows {
        if families.last?.id == row.family, !families.isEmpty {
          families[families.count - 1].rows.append(row)
        } else {
          families.append((row.family, [row]))
        }
      }
      return Framework(
        id: framework.id, title: framework.title, rows: rows,
        families: families.map { ($0.id, $0.id.flatMap { titles[$0] } ?? "", Counts($0.rows)) }, totals: Counts(rows))
    }
    self.leftOut = leftOut
    parties = MatrixParty.list(self.frameworks.flatMap(\.rows), snapshot, only: party)
  }

  /// Whether a framework is told where none is asked for: the functions of IT are no requirements of a program, and what
  /// CMMC level 2 numbers anew, or asks anyway, stands there.
  private static func isOwn(
    _ framework: ResponsibilityMatrix.FrameworkRows, among adopted: [ResponsibilityMatrix.FrameworkRows]
  ) -> Bool {
    let ids = Set(adopted.map(\.id))
    switch framework.id {
    case "it-functions": return ids.count == 1
    case "nist-800-171-r2", "cmmc-level-1": return !ids.contains("cmmc-level-2")
    default: return true
    }
  }
}

/// Makes the rows of a requirement.
private struct SharedMatrixRows {
  typealias Row = SharedMatrixReport.Row

  private let snapshot: Snapshot
  private let names: CalledNames
  private let notes: AgreementNotes
  private let words: AgreementWords
  private let book: AssessmentBook
  /// What CMMC level 2 calls a requirement.
  private let numbers: [ControlID: String]

  init(_ snapshot: Snapshot, _ names: CalledNames, _ book: AssessmentBook) {
    self.book = book
    self.snapshot = snapshot
    self.names = names
    notes = AgreementNotes(snapshot.resolver)
    words = AgreementWords(snapshot)
    var numbers: [ControlID: String] = [:]
    for row in snapshot.matrix.frameworks.first(where: { $0.id == "cmmc-level-2" })?.controls ?? [] {
      for target in row.control.sameAs { numbers[target] = row.control.id.local }
    }
    self.numbers = numbers
  }

  func rows(_ row: ResponsibilityMatrix.ControlRow, _ framework: String) -> [Row] {
    guard !row.units.isEmpty else {
      return [
        Row(
          framework: framework, family: row.control.families.first, requirement: row.control.id.local,
          control: row.control.id, unit: nil, objective: "", title: row.control.title, text: row.control.statement,
          allocation: .nobody, reason: FindingCode.undecided.rawValue, client: SidePart(), others: SidePart(),
          providers: [], named: [], people: [], evidence: nil, agreement: nil, findings: row.findings)
      ]
    }
    return row.units.map { self.row($0, of: row, framework) }
  }

  private func row(
    _ unit: ResponsibilityMatrix.UnitRow, of row: ResponsibilityMatrix.ControlRow, _ framework: String
  ) -> Row {
    let note = unit.ownership.claims.first.flatMap { notes.note(unit.ownership.unit, $0, on: snapshot.asOf) }
    let mark = unit.applies ? book.mark(unit)?.assessment : nil
    let isOut = mark?.status == .notApplicable
    let why = AssessmentNote(mark?.note).text
    let sides = isOut ? UnitSides(notApplicable: ()) : UnitSides(unit, note: note, in: snapshot)
    let isWhole = unit.id == unit.control
    return Row(
      framework: framework, family: row.control.families.first,
      requirement: numbers[row.control.id] ?? row.control.id.local, control: row.control.id, unit: unit.id,
      objective: isWhole ? "" : UnitNames.suffixes([unit.id], of: unit.control)[0], title: row.control.title,
      text: unit.prose.isEmpty ? row.control.statement : unit.prose, allocation: sides.allocation,
      reason: isOut
        ? (why.isEmpty ? "assessed as not applicable, without a reason" : why)
        : unit.applies ? unit.ownership.error?.rawValue : unit.notApplicable,
      client: sides.client, others: sides.others, each: sides.each, providers: sides.acting, named: sides.named,
      consulted: sides.consulted, informed: sides.informed,
      people: unit.responsible.filter { Identifier.isMember($0) }.map(names.person),
      evidence: unit.newestEvidence.map(EvidenceMark.init), agreement: words.word(unit), findings: unit.findings)
  }
}
