internal import CommandLine
internal import Workspace

/// `custody search`: entries by what is written in them.
enum SearchCommand {
  struct Arguments: Sendable {
    var words: [String] = []
    var limit = 100
  }

  static let spec = CommandSpec<Arguments>(
    name: "search", abstract: "Find entries by the words in them, the best first.",
    discussion: """
      Looked through are the names of objects, those that manifests list among them, descriptions, controls, members, \
      sources, labels and commands. All words must occur, in any case, each as the beginning of one.
      """,
    examples: [
      Example("custody search access review", "entries about access reviews"),
      Example("custody search 3.1.1 january", "what there is on a control, by the name of a file"),
    ],
    parameters: [
      .positionals("TEXT", help: "Words, or beginnings of words.", into: \.words, parse: CommandText.text),
      .option(
        "limit", "n", value: "NUMBER", help: "At most so many; 100 unless stated.", replacing: \.limit,
        parse: CommandText.count),
    ],
    formats: [.text, .csv, .json],
    answers: [ExitAnswer(.success, "something was found"), ExitAnswer(.answerIsNo, "nothing was found")],
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    let store = try OpenedStore.open(global, console)
    let printer = EntryPrinter(store, global, console)
    let found = try EntryListing(store).search(
      arguments.words.joined(separator: " "), limit: arguments.limit, printer.print)
    try printer.finish()
    if found == 0 { console.say("no entry has all of these words") }
    return found == 0 ? .answerIsNo : .success
  }
}
