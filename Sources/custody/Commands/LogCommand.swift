internal import Index
internal import CommandLine
internal import Findings
internal import Rendering
internal import Ownership
internal import Statements
internal import TreeLog
internal import Workspace

/// `custody log`: what the log holds, a line an entry.
enum LogCommand {
  struct Arguments: Sendable {
    var type: String?
    var member: String?
    var control: String?
    var since: Day?
    var until: Day?
    var label: String?
    var limit: Int?
    var showsAll = false
    var oldestFirst = false

    /// Whether it is said which entries are meant.
    var isChoice: Bool {
      [type, member, control, label].contains { $0 != nil } || since != nil || until != nil || limit != nil || showsAll
        || oldestFirst
    }
  }

  static let spec = CommandSpec<Arguments>(
    name: "log", abstract: "List what the log holds, the newest first.",
    discussion: """
      Each line has the entry's number, the day it was recorded, its type, who signed it, and what it says; of an entry \
      that does not count, why it does not. Of a long log the newest 50 are listed unless something else is asked for; \
      --all lists every one. A pipe or a file gets each entry whole in a line, and CSV and JSON every entry. 'custody show NUMBER' says everything about one.
      """,
    examples: [
      Example("custody log --limit 20", "the last twenty entries"),
      Example("custody log --type evidence --control 3.1.1 --since 2026-01-01", "a year's evidence for one control"),
      Example("custody log --label REQ-14", "what was submitted for an auditor's request"),
      Example("custody log --member onsite --reverse", "what a party has said, from the beginning"),
    ],
    parameters: [
      .option(
        "type", value: "TYPE", help: "Entries of this type only, as in evidence or acceptance.",
        completion: .words(types), into: \.type, parse: type),
      .option(
        "member", value: "MEMBER", help: "Entries signed by this member, or by anybody of this party.", into: \.member,
        parse: signer),
      .option(
        "control", value: "ID", help: "Evidence and assessments of this control, its units, or a family.",
        into: \.control, parse: CommandText.text),
      .option(
        "since", value: "DAY", help: "Recorded on this UTC day or later.", into: \.since, parse: CommandText.day),
      .option(
        "until", value: "DAY", help: "Recorded on this UTC day or earlier.", into: \.until, parse: CommandText.day),
      .option(
        "label", value: "LABEL", help: "Evidence of this label, as an auditor's request id.", into: \.label,
        parse: CommandText.text),
      .flag("all", help: "Every entry, however many.", into: \.showsAll),
      .option("limit", "n", value: "NUMBER", help: "At most so many.", into: \.limit, parse: CommandText.count),
      .flag("reverse", help: "The oldest first.", into: \.oldestFirst),
    ],
    formats: [.text, .csv, .json],
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    let store = try OpenedStore.open(global, console)
    if let member = arguments.member { try KnownNames.checkJoined(member, in: store.state.membership) }
    var filter = EntryListing.Filter()
    filter.type = arguments.type
    filter.signer = arguments.member
    filter.controls = try arguments.control.map { try ControlSelection.ids($0, store) }
    filter.since = arguments.since
    filter.until = arguments.until
    filter.label = arguments.label
    let isCut = !arguments.isChoice && global.format == .text && store.checkpoint.size > newest
    filter.limit = isCut ? newest : arguments.limit
    filter.newestFirst = !arguments.oldestFirst
    let printer = EntryPrinter(store, global, console)
    try EntryListing(store).forEach(filter, printer.print)
    try printer.finish()
    if printer.count == 0, global.format == .text {
      let near = try arguments.label.flatMap { label in
        Spelling.nearest(to: label, among: try store.index.labels().map(\.label))
      }
      console.say("no entry is like that" + (near.map { ": did you mean --label \(ShellWord.quoted($0))" } ?? ""))
    }
    if isCut { console.say("and \(store.checkpoint.size - newest) older: 'custody log --all' lists them") }
    return .success
  }

  /// So many entries of a long log are listed.
  private static let newest = 50

  /// The types that are known here.
  private static let types = [
    "genesis", "party", "member", "key-revocation", "framework", "engagement", "acceptance", "staffing", "evidence",
    "assessment", "measurement", "usage", "redaction", "hold", "anchor",
  ]

  private static let type: @Sendable (String) throws -> String = { text in
    // A type that is not known here is listed under its whole name, which has a colon.
    guard types.contains(text) || text.utf8.contains(UInt8(ascii: ":")) else {
      throw InvalidValue("write \(Wording.list(types, "or")), not '\(text)'")
    }
    return text
  }

  private static let signer: @Sendable (String) throws -> String = { text in
    guard Identifier.isMember(text) || Identifier.isValid(text) else {
      throw InvalidValue("'\(text)' is neither a member, as in acme/bo, nor a party")
    }
    return text
  }
}
