/// Writes a table as HTML: headings say which column they are of, and a line over all columns is one.
package enum HTMLTable {
  /// - Parameters:
  ///   - caption: What stands above it.
  ///   - name: What a screen reader calls it where it has no caption: the heading that it stands under.
  package static func add(
    _ table: Table, caption: String? = nil, name: String? = nil, to body: inout HTMLFragment
  ) {
    guard !table.rows.isEmpty else { return }
    body.element(
      "div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": caption ?? name ?? "Table"]
    ) {
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
        for (place, (column, cell)) in zip(table.columns, cells).enumerated() {
          let text = cell.text()
          // What a row is about stands in front; a number there is told as a number is.
          let isHead = place == 0 && table.columns.count > 1 && !text.isEmpty
          let kind = column.isRightAligned ? "number" : column.overflow == .keep ? "keep" : ""
          if isHead {
            line.element("th", ["scope": "row", "class": kind], text)
          } else {
            line.element("td", ["class": kind], text)
          }
        }
      }
    }
    rows.newline()
  }
}
