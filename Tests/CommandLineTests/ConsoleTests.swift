import Findings
import Rendering
import Testing

@testable import CommandLine

struct ConsoleTests {
  @Test func `results and talk are escaped, line breaks aside, and bytes are not`() throws {
    let output = OutputChannel()
    let talk = OutputChannel()
    let console = Console(output: output, talk: talk, input: Console.Input(isTerminal: false, line: { nil }))
    try console.print("a\u{1b}c\nb", style: .red)
    console.say("\u{7}")
    console.warn("x")
    try console.write([0x1b])
    #expect(output.written == "a\\u{1b}c\nb\n\u{1b}")
    #expect(talk.written == "\\u{7}\ncustody: warning: x\n")
    console.isQuiet = true
    console.say("more")
    console.report(Failure(.bug, "\u{1b}"), format: .csv)
    #expect(talk.written == "\\u{7}\ncustody: warning: x\ncustody: error: \\u{1b}\n")
  }

  @Test func `a command that is proposed stands by itself where the line is too wide, and a shell reads it as one`() {
    let talk = OutputChannel(isTerminal: true, columns: 40)
    let console = Console(output: OutputChannel(), talk: talk, input: Console.Input(isTerminal: false, line: { nil }))
    console.say("next: compare the key id by telephone, then: custody party confirm onsite 0123456789abcdef")
    #expect(
      talk.written == """
        next: compare the key id by telephone,
          then:
          custody party confirm onsite \\
            0123456789abcdef

        """)
  }

  @Test func `a failure as JSON is one line, however narrow the window`() {
    let talk = OutputChannel(isTerminal: true, columns: 20)
    let console = Console(output: OutputChannel(), talk: talk, input: Console.Input(isTerminal: false, line: { nil }))
    let failure = Failure(.inputMissing, "there is nothing at 'nothing'", hint: "look at its spelling")
    console.report(failure, format: .json)
    #expect(talk.written == failure.json.compact + "\n")
  }

  @Test func `colour is used where it is shown`() throws {
    let output = OutputChannel(isTerminal: true, usesColour: true)
    let console = Console(output: output, talk: OutputChannel(), input: Console.Input(isTerminal: false, line: { nil }))
    try console.print("a\u{1b}", style: .red)
    #expect(output.written == "\u{1b}[31ma\\u{1b}\u{1b}[0m\n")
  }
}

struct ProgressTests {
  private func progress(isShown: Bool) -> (texts: [String], count: Int) {
    var texts: [String] = []
    var moment = ContinuousClock.now
    let progress = Progress(
      step: "verifying entries", total: 4000, isShown: isShown, columns: 100, now: { moment },
      write: { texts.append($0) })
    for _ in 0..<40 {
      progress.advance(by: 50)
      moment += .milliseconds(50)
    }
    progress.finish()
    progress.finish()
    return (texts, progress.count)
  }

  @Test func `a line is written ten times a second at most, and taken away in the end`() {
    let (texts, count) = progress(isShown: true)
    #expect(count == 2000)
    #expect(texts.count == 21)
    #expect(texts.first == "\rverifying entries: 50 of 4000, 1 %\u{1b}[K")
    #expect(texts[10] == "\rverifying entries: 1050 of 4000, 26 %, 1050/s\u{1b}[K")
    #expect(texts.last == "\r\u{1b}[K")
  }

  @Test func `a step is shown when it begins`() throws {
    let talk = OutputChannel(isTerminal: true)
    let console = Console(output: OutputChannel(), talk: talk, input: Console.Input(isTerminal: false, line: { nil }))
    let progress = console.progress("taking in files", total: 1)
    #expect(talk.written == "\rtaking in files: 0 of 1, 0 %\u{1b}[K")
    progress.finish()
    let quiet = OutputChannel()
    _ = Console(output: OutputChannel(), talk: quiet, input: Console.Input(isTerminal: false, line: { nil }))
      .progress("taking in files", total: 1)
    #expect(quiet.written.isEmpty)
  }

  @Test func `where nobody watches nothing is written`() {
    #expect(progress(isShown: false).texts.isEmpty)
  }
}
