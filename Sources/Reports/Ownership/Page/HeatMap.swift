internal import Catalogs
internal import Findings
internal import Ownership
internal import Rendering
internal import Statements

/// Families by party: how many units each answers for, and how many nobody does, in numbers under colour.
struct HeatMap {
  private struct Line {
    let anchor: String
    let name: String
    var byParty: [String: Int] = [:]
    var unowned = 0
    var notApplicable = 0
    var total = 0
  }

  private let parties: [OwnershipSummary.PartyShare]
  private var lines: [(framework: String, lines: [Line])] = []

  init(_ report: OwnershipReport) {
    let summary = OwnershipSummary(report.matrix, report.state)
    parties = summary.parties
    for framework in report.matrix.frameworks {
      var own: [Line] = []
      for family in FamilyRows.families(framework.controls) {
        let id = family.id
        let title = id.flatMap { report.familyTitles[$0] } ?? ""
        var line = Line(
          anchor: OwnershipPage.anchor(framework.id, id),
          name: [id?.local ?? "", title].filter { !$0.isEmpty }.joined(separator: "  "))
        for unit in family.rows.flatMap(\.units) {
          line.total += 1
          if !unit.applies {
            line.notApplicable += 1
          } else if unit.ownership.error != nil {
            line.unowned += 1
          } else if let party = unit.accountable {
            line.byParty[party, default: 0] += 1
          }
        }
        if line.total > 0 { own.append(line) }
      }
      lines.append((framework.id, own))
    }
  }

  /// A table for each framework, whose rows lead to the families' controls.
  func add(to body: inout HTMLFragment) {
    for (framework, lines) in lines where !lines.isEmpty {
      body.element(
        "div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": "Heat map of \(framework)"]
      ) { box in
        box.element("table", ["class": "heat"]) { table in
          table.element("caption", [:], "\(framework): units by family and party that answers for them")
          table.element("thead") { head in
            head.element("tr") { row in
              row.element("th", ["scope": "col"], "family")
              for party in parties { row.element("th", ["scope": "col", "class": "number"], party.party) }
              for title in ["not owned", "not applicable", "all"] {
                row.element("th", ["scope": "col", "class": "number"], title)
              }
            }
          }
          table.element("tbody") { rows in for line in lines { add(line, to: &rows) } }
        }
      }
      body.newline()
    }
  }

  private func add(_ line: Line, to rows: inout HTMLFragment) {
    rows.element("tr") { row in
      row.element("th", ["scope": "row"]) {
        $0.element("a", ["href": "#\(line.anchor)"], line.name.isEmpty ? "all" : line.name)
      }
      for party in parties {
        let count = line.byParty[party.party] ?? 0
        row.element("td", ["class": HeatMap.heat(count, of: line.total)], count == 0 ? "·" : "\(count)")
      }
      row.element(
        "td", ["class": line.unowned > 0 ? "none" : ""], line.unowned == 0 ? "·" : "\(line.unowned) not owned")
      row.element("td", [:], line.notApplicable == 0 ? "·" : "\(line.notApplicable)")
      row.element("td", [:], "\(line.total)")
    }
  }

  /// Four shades, by quarters.
  private static func heat(_ count: Int, of total: Int) -> String {
    count == 0 || total == 0 ? "" : "h\(min(4, (count * 4 + total - 1) / total))"
  }
}
