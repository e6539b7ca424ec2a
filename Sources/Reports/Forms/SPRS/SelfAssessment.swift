internal import Findings
internal import Obligations
internal import Ownership
internal import Statements

/// What an assessment of a framework rests on: who said it and when, and what of it the store does not show.
struct SelfAssessment: Sendable {
  let assessors: [SPRSReport.Assessor]
  /// The days of the oldest and the newest word that counts; nil where nobody assessed anything.
  let assessed: (first: Day, last: Day)?
  /// Requirements whose evidence was replaced or redacted since.
  let outdated: [String]
  /// Requirements that were assessed as met, and of all or some of whose objectives no evidence is in the store.
  let withoutEvidence: [String]
  /// Requirements for all or some of whose objectives nobody answers.
  let unowned: [String]

  /// - Parameter name: What a requirement is called.
  init(
    _ snapshot: Snapshot, _ rows: [ResponsibilityMatrix.ControlRow], _ book: AssessmentBook,
    name: (ResponsibilityMatrix.ControlRow) -> String
  ) {
    let counted = rows.flatMap { row in row.applicable.compactMap { book.mark($0) } }
    assessed = counted.map(\.day).min().flatMap { first in counted.map(\.day).max().map { (first, $0) } }
    assessors = SelfAssessment.assessors(counted, snapshot)
    outdated = rows.filter { row in row.applicable.contains { book.mark($0)?.outdated != nil } }.map(name)
    withoutEvidence = rows.filter { row in
      book.state(row) == .met
        && row.applicable.contains { book.mark($0)?.assessment.status == .met && $0.newestEvidence == nil }
    }.map(name)
    unowned = rows.filter { $0.applies && $0.error != nil }.map(name)
  }

  /// In the order of their first words.
  private static func assessors(_ marks: [AssessmentBook.Mark], _ snapshot: Snapshot) -> [SPRSReport.Assessor] {
    var assessors: [SPRSReport.Assessor] = []
    for mark in marks.sorted(by: { $0.entry < $1.entry }) {
      if let place = assessors.firstIndex(where: { $0.party == mark.party }) {
        if !assessors[place].people.contains(mark.member) { assessors[place].people.append(mark.member) }
      } else {
        assessors.append(
          SPRSReport.Assessor(
            party: mark.party, name: snapshot.state.membership.party(mark.party)?.name ?? "",
            isClient: mark.party == snapshot.state.client, people: [mark.member]))
      }
    }
    return assessors
  }

  /// Who assessed, in words; nil where nobody did.
  var assessorText: String? {
    guard !assessors.isEmpty else { return nil }
    return assessors.map { each in
      let name = each.name.isEmpty ? each.party : "\(each.name) (\(each.party))"
      return (each.isClient ? "self-assessment by " : "") + "\(name): \(Wording.list(each.people))"
    }.joined(separator: "; ")
  }

  /// What the store does not show of it, a sentence each: MET is by evidence in final form (32 CFR 170.24(b)).
  ///
  /// - Parameter told: Requirements whose missing evidence is told already.
  func unproven(besides told: Set<String> = []) -> [String] {
    var sentences: [String] = []
    let bare = withoutEvidence.filter { !told.contains($0) }
    if !bare.isEmpty {
      sentences.append(
        "evidence of \(SelfAssessment.some(bare)), assessed as met: of all or some objectives none is in this store "
          + "(32 CFR 170.24(b): by evidence in final form)")
    }
    if !unowned.isEmpty {
      sentences.append(
        "somebody who answers for \(SelfAssessment.some(unowned)): for all or some objectives nobody does ('custody report "
          + "gaps')")
    }
    return sentences
  }

  /// `3.1.1, 3.1.2 and 3.1.3`; of many how many there are, and the first.
  private static func some(_ names: [String]) -> String {
    names.count <= 4
      ? Wording.list(names)
      : "\(Wording.count(names.count, "requirement")) (\(names.prefix(3).joined(separator: ", ")) and so on)"
  }
}
