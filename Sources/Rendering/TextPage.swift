/// Lines of a report, each at most so many columns wide.
///
/// Whatever is added is shown, never obeyed: callers need not ask where it comes from.
package struct TextPage {
  /// In columns: lines below a longer lead begin here all the same.
  private static let hangingLimit = 16

  package let width: Int
  package private(set) var lines: [String] = []

  package init(width: Int) {
    self.width = max(40, width)
  }

  /// The lines, each ended.
  package var text: String { lines.map { $0 + "\n" }.joined() }

  package mutating func skip() {
    if let last = lines.last, !last.isEmpty { lines.append("") }
  }

  /// A heading with a line below it.
  package mutating func heading(_ text: String) {
    skip()
    let wrapped = TextWrapping.lines(TerminalText.visible(text), width: width)
    lines += wrapped
    lines.append(String(repeating: "=", count: wrapped.map { DisplayWidth.of($0) }.max() ?? 0))
  }

  /// Words that go on under their own beginning, behind a lead: `  why   nobody …`; behind a long one, nearer to the left.
  ///
  /// - Parameters:
  ///   - limit: At most so many lines, of which the last ends with an ellipsis where something is left out.
  ///   - sequence: The parameters of an SGR sequence that stand around each line.
  package mutating func add(_ text: String, lead: String = "", atMost limit: Int = .max, sequence: String? = nil) {
    let lead = TerminalText.visible(lead)
    let margin = min(DisplayWidth.of(lead), TextPage.hangingLimit)
    let whole = HangingLines.lines(TerminalText.visible(text), lead: lead, margin: margin, width: width)
    for line in HangingLines.first(limit, of: whole, width: width) { append(line, sequence) }
  }

  /// A command that can be copied.
  package mutating func add(command: String, lead: String = "") {
    let margin = DisplayWidth.of(lead)
    for (index, line) in TextWrapping.command(TerminalText.visible(command), width: width - margin).enumerated() {
      append((index == 0 ? lead : String(repeating: " ", count: margin)) + line)
    }
  }

  package mutating func add(_ table: TextTable) {
    lines += table.lines(width: width)
  }

  private mutating func append(_ line: String, _ sequence: String? = nil) {
    var line = line
    while line.last == " " { line.removeLast() }
    lines.append(sequence.map { "\u{1b}[\($0)m\(line)\u{1b}[0m" } ?? line)
  }
}
