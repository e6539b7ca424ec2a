import Testing

@testable import CommandLine

/// What the sample's `submit` reads out of words.
private func submit(_ words: String...) throws -> SampleCommands.SubmitArguments {
  final class Box { var arguments = SampleCommands.SubmitArguments() }
  let rows = SampleCommands.submit.parameters
  let globals = GlobalArguments.parameters(formats: [.text, .json])
  let grammar = Grammar(rows: rows.map(\.row) + globals.map(\.row), command: "custody submit")
  var arguments = SampleCommands.SubmitArguments()
  for occurrence in try grammar.read(words) where occurrence.row < rows.count {
    try rows[occurrence.row].apply(&arguments, occurrence.value)
  }
  return arguments
}

struct GrammarTests {
  @Test func `a value stands after its name, or behind an equals sign`() throws {
    #expect(try submit("--note", "x y").note == "x y")
    #expect(try submit("--note=x=y").note == "x=y")
    #expect(try submit("--note=").note?.isEmpty == true)
    #expect(try submit("--note=-x").note == "-x")
    #expect(try submit("-n", "x").note == "x")
    #expect(try submit("--note", "").note?.isEmpty == true)
    #expect(try submit().note == nil)
    #expect(try submit("--count", "7").count == 7)
    #expect(try submit().count == 1)
  }

  @Test func `short flags go in a bundle, whose last may take a value`() throws {
    let arguments = try submit("-vln", "x")
    #expect(arguments.isVerbose && arguments.isLoud)
    #expect(arguments.note == "x")
    #expect(try submit("-v").isLoud == false)
  }

  @Test func `a repeatable option keeps its order`() throws {
    #expect(try submit("-c", "b", "--control=a", "--control", "c").controls == ["b", "a", "c"])
  }

  @Test func `an optional value is taken only behind an equals sign`() throws {
    #expect(try submit("--objects").depth == .all)
    #expect(try submit("--objects=none").depth == SampleCommands.Depth.none)
    let arguments = try submit("--objects", "new")
    #expect(arguments.depth == .all)
    #expect(arguments.files == ["new"])
  }

  @Test func `words without a name stand anywhere, and after two hyphens they may begin with one`() throws {
    #expect(try submit("a", "-v", "-", "--", "--note", "-x", "--").files == ["a", "-", "--note", "-x", "--"])
    #expect(try submit("--").files.isEmpty)
  }

  @Test func `a shared group of rows fills its own struct`() throws {
    let write = try submit("--offer", "f", "--dry-run").write
    #expect(write.offer == "f")
    #expect(write.isDryRun)
  }

  @Test func `what follows two hyphens is another program's command line, as it stands`() {
    #expect(
      run("exec", "-c", "3.1.1", "--", "grep", "-h", "--", "--format=json").output == "grep|-h|--|--format=json\n")
    #expect(run("exec", "--", "").output == "\n")
  }

  @Test(
    arguments: [
      (
        ["submit", "--contrl", "x"], "'custody submit' has no option '--contrl'", "did you mean '--control'"
      ),
      (
        ["submit", "--elephant"], "'custody submit' has no option '--elephant'",
        "'custody submit --help' shows what there is"
      ),
      (["submit", "--no"], "'custody submit' has no option '--no'", "did you mean '--note'"),
      (["submit", "-vx"], "'custody submit' has no option '-x'", "'custody submit --help' shows what there is"),
      (["submit", "-nv", "x"], "'-n' in '-nv' needs a value after it", "write '-n TEXT' by itself"),
      (["submit", "--note"], "'--note' needs a value, TEXT", "'custody submit --help' shows what there is"),
      (["submit", "--note", "--"], "'--note' needs a value, TEXT", "'custody submit --help' shows what there is"),
      (["submit", "-n", "-5"], "'-n' needs a value, TEXT", "if '-5' is the value, write '--note=-5'"),
      (["submit", "--verbose=yes"], "'--verbose' takes no value", "'custody submit --help' shows what there is"),
      (["submit", "--note=a", "-n", "b"], "'-n' is given twice", "'custody submit' takes it once"),
      (["submit", "-vv"], "'-v' is given twice", "'custody submit' takes it once"),
      (["submit", "-c", "a b", "f"], "'-c': 'a b' is no control", "leave the space out"),
      (["submit", "-c", "a", "--count", "x", "f"], "'--count': 'x' is no number", nil),
      (["submit", "-c", "a", "--objects=some", "f"], "'--objects': write all, new or none, not 'some'", nil),
      (["submit", "-c", "a", "--format", "html", "f"], "'--format': write text, json or csv, not 'html'", nil),
      (["submit", "-c", "a", "--store=", "f"], "'--store': its value is empty", nil),
      (
        ["submit"], "'custody submit' needs 'FILE' and '--control ID': file to store",
        "'custody submit --help' shows what there is"
      ),
      (
        ["exec", "--control", "x", "uname"], "'custody exec' does not know what to do with 'uname'",
        "write '--' before the command that is to run"
      ),
      (
        ["exec", "--control", "x"], "'custody exec' needs '-- COMMAND': the command and its words",
        "'custody exec --help' shows what there is"
      ),
      (
        ["party", "confirm", "a", "b", "c"], "'custody party confirm' does not know what to do with 'c'",
        "'custody party confirm --help' shows what there is"
      ),
      (["sumbit"], "'custody' has no command 'sumbit'", "did you mean 'custody submit'"),
      (["x"], "'custody' has no command 'x'", "'custody --help' lists what there is"),
      (["party", "confrim"], "'custody party' has no command 'confrim'", "did you mean 'custody party confirm'"),
      (
        ["party"], "'custody party' needs to be told what to do: confirm or fail",
        "'custody party --help' says what each does"
      ),
      (["--quiet"], "no command is given", "'custody help' lists them"),
      (["--stroe", "x"], "'custody' has no command 'x'", "'custody --help' lists what there is"),
      (["--stroe"], "'custody' has no option '--stroe'", "did you mean '--store'"),
    ] as [([String], String, String?)])
  func `wrong words are told in a sentence, with what to do`(words: [String], message: String, hint: String?) {
    let output = OutputChannel()
    let talk = OutputChannel()
    let console = Console(output: output, talk: talk, input: Console.Input(isTerminal: false, line: { nil }))
    let program = Program(
      SampleCommands.program(), environment: Environment { _ in nil }, console: console)
    #expect(program.run(words).rawValue == 64)
    #expect(output.written.isEmpty)
    #expect(talk.written == "custody: error: \(message)\n" + (hint.map { "custody: hint: \($0)\n" } ?? ""))
  }
}
