internal import Catalogs
internal import Crypto
internal import Findings
internal import Ownership
public import Rendering
internal import Statements
internal import TreeLog

/// The report as one page that is looked at, searched and printed: figures, a heat map, what nobody answers for, freshness,
/// the past year, what changed, and every control with why.
extension OwnershipReport {
  /// What is nobody's alone has no pictures.
  public func page(_ cover: ReportCover) throws -> HTMLPage {
    guard selection == .all else { return HTMLRenderer.page(blocks(width: 160), cover: cover) }
    return OwnershipPage(report: self).page(cover)
  }
}

/// Puts the page together.
struct OwnershipPage {
  let report: OwnershipReport

  func page(_ cover: ReportCover) -> HTMLPage {
    let stamp = report.stamp
    let client = report.state.membership.party(report.state.client)?.name ?? report.state.client
    var page = HTMLPage(title: "\(client): who answers for what, as of \(stamp.asOf)")
    page.notices = cover.notices
    page.header.element("h1", [:], page.title)
    page.header.element("p", [:]) { line in
      line.text("Log \(stamp.checkpoint.origin), the first \(Wording.entries(stamp.knownAt)), root ")
      line.element("code", [:], stamp.checkpoint.root.hex)
    }
    addFigures(to: &page.header)
    func part(_ anchor: String, _ title: String, _ body: (inout HTMLFragment) -> Void) {
      page.contents.append((anchor, title))
      page.main.element("section", ["id": anchor]) { section in
        section.element("h2", [:], title)
        body(&section)
      }
      page.main.newline()
    }
    part("map", "Who answers, by family") { HeatMap(report).add(to: &$0) }
    part("nobody", "What nobody answers for, and other errors") { addGaps(to: &$0) }
    part("freshness", "How fresh the evidence is") { FreshnessPicture(report).add(to: &$0) }
    if let trend = report.trend, trend.points.count > 1 {
      part("trend", "The past year") { TrendPicture(trend: trend).add(to: &$0) }
    }
    if let changes = report.changes {
      part("changes", "What changed since \(changes.from.asOf)") { body in
        for block in changes.blocks(width: 160).dropFirst(2) { HTMLRenderer.add(block.below(2), to: &body) }
      }
    }
    part("controls", "Every control, and why") { body in
      body.element(
        "p", [:], "Each line opens to the assignment, the acceptance, the people and the evidence behind it.")
      for framework in report.matrix.frameworks { add(framework, to: &body) }
    }
    page.footer = HTMLRenderer.footer(cover)
    return page
  }

  private func addFigures(to body: inout HTMLFragment) {
    let (controls, units) = report.totals
    let stale = report.matrix.units.count { $0.findings.contains(.staleEvidence) }
    let bare = report.matrix.units.count { $0.findings.contains(.noEvidence) }
    body.element("ul", ["class": "figures"]) { list in
      func figure(_ number: Int, of whole: Int?, _ what: String, isBad: Bool = false) {
        list.element("li", ["class": isBad && number > 0 ? "bad" : ""]) { item in
          item.element("b", [:], "\(number)" + (whole.map { " of \($0)" } ?? ""))
          item.text(what)
        }
      }
      figure(controls.owned, of: controls.total - controls.notApplicable, "controls owned")
      figure(units.owned, of: units.total - units.notApplicable, "units owned")
      figure(units.unowned, of: nil, "units that nobody answers for", isBad: true)
      figure(stale, of: nil, "units with stale evidence")
      figure(bare, of: nil, "units without evidence")
    }
    for framework in report.matrix.unreadable {
      body.element(
        "p", ["class": "notice bad"],
        "The catalog of '\(framework)' cannot be read: its controls are undecided, and no figure counts them.")
    }
  }

  private func addGaps(to body: inout HTMLFragment) {
    let groups = report.gaps.groups
    guard !groups.isEmpty else { return body.element("p", ["class": "good"], "Somebody answers for everything.") }
    for group in groups {
      body.element("h3") { head in
        head.element("span", ["class": "tag \(group.code.severity.tone)"], group.code.rawValue)
        head.text(" \(Wording.count(group.unitCount, "unit")): \(group.reason)")
      }
      body.element("p", [:], group.remedy)
      let named = group.gaps.map { $0.control?.description ?? $0.title }
      body.element(
        "p", ["class": "quiet"],
        named.prefix(40).joined(separator: ", ") + (named.count > 40 ? " and \(named.count - 40) more" : ""))
    }
  }

  private func add(_ framework: ResponsibilityMatrix.FrameworkRows, to body: inout HTMLFragment) {
    body.element(
      "h3", ["id": "framework-\(HTMLText.anchor(framework.id))"],
      "\(framework.id): \(framework.title), version \(framework.version)")
    body.element("div", ["data-filter": ""]) { list in
      for family in FamilyRows.families(framework.controls) {
        let title = family.id.flatMap { report.familyTitles[$0] } ?? ""
        let name = [family.id?.local ?? "", title].filter { !$0.isEmpty }.joined(separator: "  ")
        list.element(
          "h4", ["id": OwnershipPage.anchor(framework.id, family.id), "data-group": ""],
          name.isEmpty ? "Controls" : name)
        for row in family.rows { ControlDetails(report: report, row: row).add(to: &list) }
      }
    }
  }

  /// The place of a family's controls.
  static func anchor(_ framework: String, _ family: ControlID?) -> String {
    "family-\(HTMLText.anchor(family?.description ?? framework))"
  }

  /// The place of a control.
  static func anchor(_ control: ControlID) -> String { "control-\(HTMLText.anchor(control.description))" }
}

extension Block {
  /// A heading as text in bold where a part's own heading stands above it.
  fileprivate func below(_ level: Int) -> Block {
    if case .heading(let text) = self { .verdict(text, .plain) } else { self }
  }
}
