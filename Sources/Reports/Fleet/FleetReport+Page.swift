internal import Findings
public import Rendering
internal import Statements

/// The page, on which each line leads to its client's own report where that lies beside it.
extension FleetReport {
  /// The blocks, with a table whose names are links.
  public func page(_ cover: ReportCover) -> HTMLPage {
    var page = HTMLPage(title: "Clients, as of \(asOf)")
    page.notices = cover.notices
    page.header.element("h1", [:], title)
    page.header.element("ul", ["class": "figures"]) { list in
      for (count, what, isBad) in figures {
        list.element("li", ["class": isBad ? "bad" : ""]) { item in
          item.element("b", [:], "\(count)")
          item.text(what)
        }
      }
    }
    if let sentence = copiesSentence { page.header.element("p", [:], sentence) }
    page.contents = [("worst", "The worst"), ("clients", "Every client")]
    page.main.element("section", ["id": "worst"]) { addWorst(to: &$0) }
    page.main.newline()
    page.main.element("section", ["id": "clients"]) { addTable(to: &$0) }
    page.footer = HTMLRenderer.footer(cover)
    return page
  }

  private var figures: [(Int, String, Bool)] {
    let tally = tally
    let figures = [
      (tally.sound, "sound", false), (tally.unsound, "not sound", tally.unsound > 0),
      (tally.unreadable, "cannot be read", tally.unreadable > 0),
      (tally.errors, "with units that nobody answers for", false),
      (tally.overdue, "with something stale or overdue", false), (tally.missed, "with a service level missed", false),
      (tally.later, "whose log begins after that day", false), (tally.quiet, "with none of this", false),
    ]
    // What is seldom there is not shown as none.
    return figures.filter { count, what, _ in
      count > 0 || !["with a service level missed", "whose log begins after that day"].contains(what)
    }
  }

  private func addWorst(to body: inout HTMLFragment) {
    body.element("h2", [:], "The worst")
    let worst = worst
    guard !worst.isEmpty else {
      if let verdict { body.element("p", ["class": "verdict good"], verdict) }
      return
    }
    body.element("ol") { list in
      for line in worst {
        list.element("li") { item in
          add(nameOf: line, to: &item)
          item.text(": ")
          item.element(
            "span", ["class": line.trouble == nil ? "" : "bad"], line.reasons(on: asOf).joined(separator: "; "))
        }
        list.newline()
      }
    }
  }

  private func add(nameOf line: FleetLine, to body: inout HTMLFragment) {
    if let page = line.page {
      body.element("a", ["href": page], line.called)
    } else {
      body.element("strong", [:], line.called)
    }
  }

  private static let titles = [
    "client", "state", "unowned", "unaccepted", "contested", "stale", "overdue", "new", "ends", "newest",
  ]

  private func addTable(to body: inout HTMLFragment) {
    let hasPages = lines.contains { $0.page != nil }
    body.element("h2", [:], "Every client, the worst first")
    body.element("div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": "Every client"]) { box in
      box.element("table", ["data-filter": ""]) { table in
        table.element("thead") { head in
          head.element("tr") { row in
            for title in FleetReport.titles + (hasPages ? [] : ["own report"]) {
              row.element("th", ["scope": "col"], title)
            }
          }
        }
        table.element("tbody") { rows in
          for line in lines { add(line, hasPages: hasPages, to: &rows) }
        }
      }
    }
  }

  private func add(_ line: FleetLine, hasPages: Bool, to rows: inout HTMLFragment) {
    rows.element("tr", ["data-row": ""]) { row in
      // A name that leaves room for the rest stays in one piece.
      row.element("td", ["class": DisplayWidth.of(line.called) <= 24 ? "keep" : ""]) { add(nameOf: line, to: &$0) }
      // Without numbers that say anything, the reason stands where they would, so that it does not widen every row.
      if let sentence = line.trouble ?? line.remark(on: asOf).map({ "sound; \($0)" }) {
        let columns = "\(FleetReport.titles.count - 1)"
        row.element("td", ["class": line.trouble == nil ? "" : "bad", "colspan": columns], sentence)
      } else {
        row.element("td", ["class": "keep"], "sound")
        addNumbers(of: line, to: &row)
      }
      if !hasPages {
        row.element("td", ["class": "wide"]) { cell in
          if let next = line.next { cell.element("code", [:], next) }
        }
      }
    }
    rows.newline()
  }

  private func addNumbers(of line: FleetLine, to row: inout HTMLFragment) {
    let facts = line.facts
    let numbers = facts.map { facts in
      [facts.unowned, facts.unaccepted, facts.contested, facts.stale, facts.overdue, facts.news?.entries]
    }
    for number in numbers ?? [] {
      row.element("td", ["class": "number"], number.map { "\($0)" } ?? "")
    }
    row.element("td", ["class": "keep"], facts?.ending.map { "\($0.lastDay)" } ?? "")
    row.element("td", ["class": "keep"], facts?.newest.map { "\($0)" } ?? "")
  }
}
