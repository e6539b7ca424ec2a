package import Findings
internal import Glibc
package import Rendering

/// Where the program speaks: results to standard output, everything else to standard error.
///
/// Used from one thread. Whatever is printed may come from a store or a document: what a terminal might obey is shown
/// escaped, unless it is written as bytes.
package final class Console {
  /// Where answers come from.
  package struct Input {
    package let isTerminal: Bool
    /// The next line without its end; nil at the end of the input.
    package let line: () -> String?
    /// What is typed after a prompt and not shown; nil where there is no terminal.
    package let secret: (_ prompt: String) -> String?

    package init(
      isTerminal: Bool, line: @escaping () -> String?, secret: @escaping (_ prompt: String) -> String? = { _ in nil }
    ) {
      self.isTerminal = isTerminal
      self.line = line
      self.secret = secret
    }

    package static var standard: Input {
      Input(isTerminal: isatty(STDIN_FILENO) == 1, line: { readLine() }, secret: { HiddenLine.read($0) })
    }
  }

  private let output: OutputChannel
  private let talk: OutputChannel
  private let input: Input
  /// Whether a question found the end of the input: whoever asks on is answered nothing.
  package private(set) var inputHasEnded = false
  private var progressLine: Progress?
  /// What is said while a pager has the terminal.
  private var held: [(text: String, style: Style?, isForMachines: Bool)] = []

  /// Whether talk and progress are left out; errors and questions are not.
  package var isQuiet = false

  /// Whether details are told.
  package var isVerbose = false

  /// What the run has recorded for good, as in `entry 12 is`: a failure after that must not make anybody do it again.
  package var recorded: String?

  /// Whether the command goes on to its answer though nobody reads the results any more: its status says it.
  package var outlivesReader = false

  package init(output: OutputChannel, talk: OutputChannel, input: Input) {
    self.output = output
    self.talk = talk
    self.input = input
  }

  /// The process's own streams.
  package static func standard(environment: (String) -> String?) -> Console {
    Console(
      output: OutputChannel(descriptor: STDOUT_FILENO, bufferLimit: 1 << 16, environment: environment),
      talk: OutputChannel(descriptor: STDERR_FILENO, bufferLimit: 0, environment: environment), input: .standard)
  }

  /// Whether somebody watches the results come.
  package var writesToTerminal: Bool { output.isTerminal }

  /// Whether results may be coloured.
  package var usesColour: Bool { output.usesColour }

  /// How wide a line of results may be.
  package var columns: Int { output.columns }

  /// Whether somebody said how wide a line may be; lines for a program stay whole.
  package var hasWidth: Bool { output.hasWidth }

  /// Whether anybody may still read results: a pipe whose reader has gone shows it before anything is written.
  package var isRead: Bool { output.isRead }

  // MARK: Results

  /// Prints lines of a result; line breaks in the text begin new ones.
  package func print(_ text: String = "", style: Style? = nil) throws {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      for visible in output.fitted(TerminalText.visible(String(line))) {
        let styled = style.map { output.usesColour ? $0.applied(to: visible) : visible } ?? visible
        try write((styled + "\n").utf8)
      }
    }
  }

  /// Prints a text that may need several lines, which begin below each other.
  ///
  /// - Parameter head: What stands before the first line, and as many spaces before the others.
  package func print(wrapped text: String, after head: String = "", style: Style? = nil) throws {
    let (lead, visible) = (TerminalText.visible(head), TerminalText.visible(text))
    let margin = min(DisplayWidth.of(lead), 16)
    for line in HangingLines.lines(visible, lead: lead, margin: margin, width: output.columns) {
      try print(line, style: style)
    }
  }

  /// Prints a result for a machine.
  package func print(_ json: JSONOutput) throws { try write((json.pretty + "\n").utf8) }

  /// Prints a table; nothing but its headings where it has no rows.
  package func print(_ table: TextTable) throws {
    for (index, line) in table.lines(width: output.columns).enumerated() {
      try print(line, style: index == 0 ? .bold : nil)
    }
  }

  /// Writes bytes as they are: a file's content, CSV, a script.
  package func write(_ bytes: some Sequence<UInt8>) throws {
    // On one terminal the result must not begin behind a half-shown progress line.
    if output.isTerminal { progressLine?.erase() }
    try unlessOutlived { try output.write(bytes) }
  }

  /// Hands over the results so far.
  package func flush() throws { try unlessOutlived { try output.flush() } }

  /// Shows results that are longer than the screen through a pager; on a terminal only.
  func page(with pager: Pager) { output.page(with: pager) }

  /// Waits until a pager's reader has seen enough, and says what was said meanwhile.
  func endPaging() {
    output.endPaging()
    let said = held
    held = []
    for (text, style, isForMachines) in said { writeTalk(text, style: style, isForMachines: isForMachines) }
  }

  private func unlessOutlived(_ body: () throws -> Void) throws {
    // What was recorded has to be told: nobody must do it again.
    do { try body() } catch is BrokenPipe where outlivesReader && recorded == nil {}
  }

  // MARK: Talk

  /// Says how things go, and what to do next.
  package func say(_ text: String, style: Style? = nil) {
    if !isQuiet { writeTalk(text, style: style) }
  }

  /// Says what only somebody who asked to be told everything wants to know.
  package func detail(_ text: String) {
    if isVerbose { writeTalk(text) }
  }

  /// Says what the user should know, though the command goes on.
  package func warn(_ text: String) { writeTalk("custody: warning: \(text)", style: .yellow) }

  /// Tells a failure, as text or as JSON.
  package func report(_ error: Failure, format: OutputFormat) {
    if format == .json {
      writeTalk(error.json.compact, isForMachines: true)
    } else {
      writeTalk("custody: error: \(error.message)", style: .red)
      if let hint = error.hint { writeTalk("custody: hint: \(hint)") }
    }
  }

  /// Whether there is a terminal to ask on.
  package var canAsk: Bool { input.isTerminal }

  /// Asks before something is done.
  ///
  /// - Parameter assumesYes: Whether the user has said yes beforehand, by `--yes`.
  /// - Throws: Where there is nobody to ask.
  package func confirm(_ question: String, assumesYes: Bool) throws -> Bool {
    if assumesYes { return true }
    guard input.isTerminal else {
      throw Failure(
        .usage, "there is no terminal to ask on: \(question)", hint: "give '--yes' if the answer is yes")
    }
    try flush()
    progressLine?.erase()
    try? talk.write((TerminalText.visible(question) + " [y/N] ").utf8)
    try? talk.flush()
    let answer = input.line().map { $0.lowercased() }
    return answer == "y" || answer == "yes"
  }

  /// Asks for a line of text.
  ///
  /// - Returns: nil where the answer is empty, or the input has ended.
  package func ask(_ question: String) throws -> String? {
    try flush()
    progressLine?.erase()
    try? talk.write((TerminalText.visible(question) + ": ").utf8)
    try? talk.flush()
    guard let line = input.line() else {
      inputHasEnded = true
      return nil
    }
    let answer = line.drop { $0.isWhitespace }
    return answer.isEmpty ? nil : String(answer)
  }

  /// Asks for something that nobody else is to see.
  ///
  /// - Returns: nil where there is no terminal to ask on, or the answer is empty.
  package func askSecret(_ question: String) throws -> String? {
    try flush()
    progressLine?.erase()
    return input.secret(TerminalText.visible(question) + ": ").flatMap { $0.isEmpty ? nil : $0 }
  }

  /// A line that shows how far a long step has come; on a terminal only.
  ///
  /// - Parameters:
  ///   - step: What is being done: `verifying entries`.
  ///   - total: How many there are, if that is known.
  package func progress(_ step: String, total: Int? = nil) -> Progress {
    progressLine?.erase()
    let talk = talk
    let progress = Progress(
      step: TerminalText.visible(step), total: total, isShown: talk.isTerminal && !isQuiet && !output.isPaging,
      columns: talk.columns,
      now: { ContinuousClock.now }
    ) { text in
      try? talk.write(text.utf8)
      try? talk.flush()
    }
    progressLine = progress
    progress.begin()
    return progress
  }

  /// - Parameter isForMachines: Whether each line stays one line, however narrow the window.
  private func writeTalk(_ text: String, style: Style? = nil, isForMachines: Bool = false) {
    // Where both streams go to one place they should show in the order in which they were written.
    try? output.flush()
    if output.isPaging { return held.append((text, style, isForMachines)) }
    progressLine?.erase()
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let visible = TerminalText.visible(String(line))
      for visible in isForMachines ? [visible] : talk.fitted(visible) {
        let styled = style.map { talk.usesColour ? $0.applied(to: visible) : visible } ?? visible
        // Where standard error is gone there is nobody left to tell.
        try? talk.write((styled + "\n").utf8)
      }
    }
    try? talk.flush()
  }
}
