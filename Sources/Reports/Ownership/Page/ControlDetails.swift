internal import Catalogs
internal import Findings
internal import Obligations
internal import Ownership
internal import Rendering
internal import Statements

/// One control: who answers for it in a line, which opens to why.
struct ControlDetails {
  let report: OwnershipReport
  let row: ResponsibilityMatrix.ControlRow

  func add(to body: inout HTMLFragment) {
    body.element("details", ["data-row": "", "id": OwnershipPage.anchor(row.control.id)]) { details in
      details.element("summary") { line in
        line.element("span", ["class": "id"], row.control.id.local)
        line.text("\(row.control.title) — ")
        line.element("strong", ["class": row.applies && row.error != nil ? "bad" : ""], owner)
        line.element("span", ["class": "tags"]) { tags in
          for code in row.findings { tags.element("span", ["class": "tag \(code.severity.tone)"], code.rawValue) }
          if let state = assessment, state != AssessmentBook.State.none.rawValue {
            tags.element("span", ["class": "tag"], state)
          }
        }
      }
      details.element("div") { inside in
        if row.isSplit { addUnits(to: &inside) } else if let unit = row.units.first { addFacts(unit, to: &inside) }
        if row.units.isEmpty { inside.element("p", [:], "What it is the same as is not adopted: \(sameAs)") }
      }
    }
    body.newline()
  }

  private var sameAs: String { row.control.sameAs.map(\.description).joined(separator: ", ") }

  private var assessment: String? {
    guard let assessments = report.assessments else { return nil }
    return assessments.state(row).rawValue
  }

  private var owner: String {
    if !row.applies { return "not applicable" }
    if let error = row.error { return error.rawValue }
    if let party = row.accountable { return party }
    return "shared: "
      + Set(row.applicable.compactMap(\.accountable)).sorted(by: ByteOrder.precedes).joined(separator: ", ")
  }

  /// Of a control whose units are alike: why, once.
  private func addFacts(_ unit: ResponsibilityMatrix.UnitRow, to body: inout HTMLFragment) {
    var facts: [(String, String)] = []
    if row.units.count > 1 {
      facts.append(("objectives", row.units.map { $0.suffix }.joined(separator: " ") + ", alike in all that follows"))
    }
    facts += ControlDetails.facts(unit, report, of: row.called(row.applicable.isEmpty ? row.units : row.applicable))
    if !row.control.sameAs.isEmpty { facts.append(("same as", sameAs)) }
    body.element("dl") { list in
      for (name, text) in facts {
        list.element("dt", [:], name)
        list.element("dd", [:], text)
      }
    }
    let prose = row.units.filter { !$0.prose.isEmpty }
    guard !prose.isEmpty else { return }
    body.element("ul") { list in
      for unit in prose { list.element("li", [:], "\(unit.suffix) \(unit.prose)") }
    }
  }

  /// Of a control whose units differ: each with its own.
  private func addUnits(to body: inout HTMLFragment) {
    for unit in row.units {
      body.element("h4", [:], unit.id.local + (unit.prose.isEmpty ? "" : ": \(unit.prose)"))
      body.element("dl") { list in
        for (name, text) in ControlDetails.facts(unit, report) {
          list.element("dt", [:], name)
          list.element("dd", [:], text)
        }
      }
    }
  }

  /// Assignment, version, acceptance, work, evidence with its three dates, assessment, and what is the matter.
  ///
  /// - Parameter subject: What stands in sentences for the unit where others are like it, quoted; nil for itself.
  private static func facts(
    _ unit: ResponsibilityMatrix.UnitRow, _ report: OwnershipReport, of subject: String? = nil
  ) -> [(String, String)] {
    guard unit.applies else { return [("not applicable", unit.notApplicable ?? "")] }
    var facts: [(String, String)] = []
    for claim in unit.ownership.claims {
      let version = claim.holding.termsVersion.map { ", signed with entry \(report.versionEntries[$0])" } ?? ""
      let recorded = claim.holding.recordedEntry.map { " with entry \($0)" } ?? ""
      let day = claim.holding.recordedDay.map { ", recorded on \($0)" } ?? ""
      facts.append(
        (
          "assigned",
          "to \(claim.answer.parties.joined(separator: " and ")) by '\(claim.engagement)': "
            + "\(claim.answer.assignedBy ?? "as it stands")\(version), accepted\(recorded)\(day)"
        ))
    }
    if let waiting = unit.ownership.waiting {
      facts.append(("waiting", "'\(waiting.engagement)' is not accepted by \(Wording.list(waiting.missing))"))
    }
    for (name, people) in [
      ("does the work", unit.responsible), ("asked beforehand", unit.consulted), ("told afterwards", unit.informed),
    ] where !people.isEmpty { facts.append((name, people.joined(separator: ", "))) }
    facts.append(("evidence", evidence(unit, report)))
    if let mark = report.assessments?.mark(unit) {
      let note = mark.assessment.note.map { ": \($0)" } ?? ""
      facts.append(
        (
          "assessed",
          "\(mark.assessment.status.rawValue) by \(mark.member), entry \(mark.entry), recorded on \(mark.day)\(note)"
        ))
    }
    for code in unit.findings { facts.append((code.rawValue, FindingSentences.sentence(code, unit, of: subject))) }
    return facts
  }

  private static func evidence(_ unit: ResponsibilityMatrix.UnitRow, _ report: OwnershipReport) -> String {
    guard let newest = unit.newestEvidence else { return "none" }
    let evidence = newest.evidence
    let covered =
      switch (evidence.from, evidence.through) {
      case (let from?, let through?): "covers \(from) through \(through)"
      case (nil, let through?): "covers what was through \(through)"
      case (let from?, nil): "covers what was from \(from)"
      case (nil, nil): "covered days not said"
      }
    let collected = evidence.collected.map { "collected \($0.day)" } ?? "collected on a day not said"
    // What is left of it still counts, and whoever reads it has to know that it is not all there was.
    let partly = report.partlyRedacted.contains(newest.entry) ? ", partly redacted" : ""
    let due = unit.evidenceDue.map { "; due anew after \($0) (\(unit.cadence.rawValue))" } ?? ""
    return
      "\(Wording.count(unit.evidenceCount, "submission")); newest is entry \(newest.entry) of \(newest.member): \(covered), "
      + "\(collected), recorded \(newest.recorded.day)\(partly)\(due)"
  }
}

extension Severity {
  /// The class by which the style knows it.
  var tone: String {
    switch self {
    case .error: "bad"
    case .warning: "warn"
    case .note: "quiet"
    }
  }
}
