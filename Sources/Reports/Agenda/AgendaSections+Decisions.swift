internal import Catalogs
internal import Findings
internal import Obligations
internal import Ownership
internal import Rendering
internal import Statements

/// What the committee is asked to decide.
extension AgendaSections {
  /// What only the committee can settle.
  func decisions() throws -> AgendaReport.Section {
    var section = AgendaReport.Section(
      key: "decisions", title: "Decisions asked for", columns: ["decide", "about"],
      nothing: "None: everything is owned and accepted.")
    func add(_ decide: String, _ about: String) { section.rows.append([.text(decide), .text(about)]) }
    for code in FindingCode.ownershipErrors {
      let units = snapshot.matrix.units.filter { $0.applies && $0.ownership.error == code }
      guard let first = units.first else { continue }
      add("\(code.rawValue): \(code.row.remedy)", "\(Wording.count(units.count, "unit")), the first \(first.id)")
    }
    for wait in StatusPage(StatusInput(snapshot, chain: .unchecked)).waiting {
      let verb = wait.hasDeclined ? "declined" : "has not accepted"
      add(
        "'\(wait.engagement)': change it, or have it accepted",
        "\(wait.party) \(verb) \(Wording.count(wait.units, "unit"))")
    }
    for row in snapshot.matrix.lines where row.finding != nil {
      add("'\(row.engagement)': change it, or have it accepted", "'\(row.key)'")
    }
    for finding in PaperRules.findings(snapshot) {
      add("\(finding.code.rawValue): \(finding.code.row.remedy)", finding.subject)
    }
    for ending in try EngagementEnding.list(snapshot) {
      if let notice = ending.noticeBy {
        guard notice <= next else { continue }
        let isPast = notice < snapshot.asOf
        add(
          isPast ? "renew '\(ending.engagement)', or hand over" : "renew '\(ending.engagement)', or give notice",
          isPast ? "it ends on \(ending.lastDay); notice had to be given by \(notice)" : "by \(notice)")
      } else {
        add("renew '\(ending.engagement)', or hand over", "it ends on \(ending.lastDay)")
      }
    }
    for paper in HeldPapers.ending(HeldPapers.list(snapshot), on: snapshot.asOf) {
      add(
        "agree on what follows \(paper.kind) '\(paper.file)' of '\(paper.engagement)'",
        "it ends on \(paper.through), and none follows")
    }
    promises(add)
    return section
  }

  /// Hours beyond what was bought, and duties that are late.
  private func promises(_ add: (_ decide: String, _ about: String) -> Void) {
    let (first, last) = (String("\(from)".prefix(7)), String("\(through)".prefix(7)))
    for block in HourLedger(settled).blocks {
      let beyond = block.months.filter { first <= $0.month && $0.month <= last }.reduce(Decimal.zero) { $0 + $1.beyond }
      guard !beyond.isZero else { continue }
      add(
        "'\(block.name)': buy more, or do without",
        "\(beyond) \("\(beyond)" == "1" ? "hour" : "hours") beyond what it had")
    }
    let late = duties.filter(\.isOverdue)
    if let oldest = late.first {
      add(
        "by when the late duties are done",
        "\(Wording.count(late.count, "duty", "duties")) late, the first \(oldest.name) of \(oldest.party)")
    }
  }
}
