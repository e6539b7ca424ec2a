internal import CommandLine
internal import Findings
internal import Rendering
internal import Storage
internal import Workspace

/// `custody suggest`: what files are probably evidence for.
enum SuggestCommand {
  struct Arguments: Sendable {
    var files: [String] = []
    var list: String?
    var excluded: [String] = []
  }

  static let spec = CommandSpec<Arguments>(
    name: "suggest", abstract: "Suggest which controls files are evidence for; nothing is signed.",
    discussion: """
      Looked at are the names of files and folders, then what was submitted to this store before: files called the same but \
      for days, numbers and versions, files of the same folder, evidence of which the same words were said. What \
      the catalogs say goes with these in other adopted frameworks is added as 'perhaps'. Each suggestion says what speaks \
      for it; what was replaced since does not.

      --list writes a table for a spreadsheet: go through it, mend the controls, delete the lines that you do not want, and \
      submit it with 'custody submit --list'. A line without a control is refused there, so that nothing goes in unseen. No key is needed.
      """,
    examples: [
      Example("custody suggest access-review-2026-q2.pdf", "what last quarter's was for"),
      Example("custody suggest october/ --list october/list.csv", "a folder, to go through with a spreadsheet"),
    ],
    parameters: [
      .positionals("FILE", help: "File or folder.", completion: .file, into: \.files, parse: CommandText.text),
      .option(
        "list", value: "CSV", help: "Write a list for 'submit --list' there.", completion: .file, into: \.list,
        parse: CommandText.text),
      .repeatable(
        "exclude", value: "PATTERN",
        help: "Leave out of folders what is called so, as in '*.tmp', or lies so in them, as in 'old/*'.",
        into: \.excluded,
        parse: CommandText.text),
    ],
    formats: [.text, .csv, .json],
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    if let list = arguments.list {
      guard try RegularFile.sizeWithoutFollowing(list) == nil else {
        throw Failure(.cannotCreate, "'\(list)' is there already", hint: "name a file that is not there yet")
      }
      try OutputFile.check(list)
    }
    let store = try OpenedStore.open(global, console)
    let files = try Suggesting(store, excluding: arguments.excluded).suggest(for: arguments.files)
    let report = SuggestionReport(files: files, list: arguments.list)
    if let list = arguments.list { try OutputFile.write(list, Array((report.csv() ?? "").utf8)) }
    let format = ReportFormat(rawValue: global.format.rawValue) ?? .text
    try console.write((try report.rendered(as: format, width: console.columns) ?? "").utf8)
    if let list = arguments.list {
      let isEmpty = files.contains { $0.controls.isEmpty }
      console.say(
        "next: go through '\(list)'\(isEmpty ? ", where some lines have no control yet" : ""), then: "
          + global.here("custody submit --list \(ShellWord.quoted(list))"))
    }
    return .success
  }
}
