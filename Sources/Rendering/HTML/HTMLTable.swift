/// Writes a table as HTML: headings say which column they are of, and a line over all columns is one.
package enum HTMLTable {
  package static func add(_ table: Table, caption: String? = nil, to body: inout HTMLFragment) {
    guard !table.rows.isEmpty else { return }
    body.element("div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": caption ?? "Table"]) {
      box in
      box.element("table", ["data-filter": ""]) { element in
        if let caption { element.element("caption", [:], caption) }
        if table.isTitled { addHead(table, to: &element) }
        element.element("tbody") { rows in
          for row in table.rows { add(row, of: table, to: &rows) }
        }
      }
    }
  }

  private static func addHead(_ table: Table, to element: inout HTMLFragment) {
    element.element("thead") { head in
      head.element("tr") { row in
        for column in table.columns {
          row.element("th", ["scope": "col", "class": column.isRightAligned ? "number" : ""], column.title)
        }
      }
    }
  }

  private static func add(_ row: Table.Row, of table: Table, to rows: inout HTMLFragment) {
    switch row {
    case .heading(let text):
      rows.element("tr", ["class": "group", "data-group": ""]) {
        $0.element("th", ["colspan": String(table.columns.count), "scope": "colgroup"], text)
      }
    case .cells(let cells):
      rows.element("tr", ["data-row": ""]) { line in
        for (column, cell) in zip(table.columns, cells) {
          line.element("td", ["class": column.isRightAligned ? "number" : ""], cell.text())
        }
      }
    }
    rows.newline()
  }
}
