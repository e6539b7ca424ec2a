/// Writes a page of blocks as Markdown for tickets and wikis: the tables of GitHub Flavored Markdown (section 4.10), and
/// nothing in any text that would be taken for markup.
package enum MarkdownRenderer {
  package static func render(_ blocks: [Block], cover: ReportCover) -> String {
    var pieces: [String] = []
    for notice in cover.notices {
      pieces.append("> **\(notice.isAlarm ? "Not sound" : "Note"):** \(escaped(notice.text))")
    }
    var isFirst = true
    for block in blocks {
      switch block {
      case .heading(let text):
        pieces.append((isFirst ? "# " : "## ") + escaped(text))
        isFirst = false
      case .subheading(let text): pieces.append("### " + escaped(text))
      case .gap: continue
      case .paragraph(let text): pieces.append(escaped(text))
      case .facts(let facts): pieces.append(facts.map(line).joined(separator: "\n"))
      case .table(let table): if !table.rows.isEmpty { pieces += tables(table) }
      case .brief(let text, let lead, _): pieces.append("**\(escaped(lead.trimmed))** \(escaped(text))")
      case .verdict(let text, _): pieces.append("**\(escaped(text))**")
      case .command(let text, let lead):
        pieces.append((lead.trimmed.isEmpty ? "" : escaped(lead.trimmed) + " ") + code(text))
      }
    }
    if !cover.foot.isEmpty { pieces.append("---") }
    pieces += cover.foot.map(escaped)
    return pieces.joined(separator: "\n\n") + "\n"
  }

  private static func line(_ fact: Block.Fact) -> String {
    let value =
      switch fact.value {
      case .text(let text): escaped(text)
      case .command(let text): code(text)
      }
    return "- \(escaped(fact.name.trimmed)): \(value)"
  }

  /// A table; a line over all columns is a heading between two tables.
  private static func tables(_ table: Table) -> [String] {
    var pieces: [String] = []
    var rows: [[Cell]] = []
    func flush() {
      guard !rows.isEmpty else { return }
      let head = table.columns.map { escaped(table.isTitled ? $0.title : "") }
      let rule = table.columns.map { $0.isRightAligned ? "---:" : "---" }
      let lines = [head, rule] + rows.map { $0.map { escaped($0.text()) } }
      pieces.append(lines.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n"))
      rows = []
    }
    for row in table.rows {
      switch row {
      case .cells(let cells): rows.append(cells)
      case .heading(let text):
        flush()
        pieces.append("**\(escaped(text))**")
      }
    }
    flush()
    return pieces
  }

  /// The text with a backslash before every character that Markdown gives a meaning (CommonMark 0.31, section 2.4).
  package static func escaped(_ text: String) -> String {
    var result = ""
    var isAtStart = true
    let scalars = Array(TerminalText.visible(text).unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case "\\", "`", "*", "_", "{", "}", "[", "]", "<", ">", "#", "|", "~", "&", "!", "@": result += "\\"
      case "-", "+", "=": if isAtStart { result += "\\" }
      case ".", ")":
        let isBeforeSpace = index + 1 == scalars.count || scalars[index + 1] == " "
        if isBeforeSpace, startsList(result) { result += "\\" }
      // A bare address would become a link.
      case ":": if result.hasSuffix("http") || result.hasSuffix("https") { result += "\\" }
      default: break
      }
      result.unicodeScalars.append(scalar)
      isAtStart = false
    }
    return result
  }

  /// Whether a full stop after it would make the first item of a list.
  private static func startsList(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 9 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  /// As code, between more backquotes than the text has in a row.
  private static func code(_ text: String) -> String {
    let shown = TerminalText.visible(text)
    var (longest, run) = (0, 0)
    for scalar in shown.unicodeScalars {
      run = scalar == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    return longest == 0 ? "`\(shown)`" : "\(fence) \(shown) \(fence)"
  }
}
