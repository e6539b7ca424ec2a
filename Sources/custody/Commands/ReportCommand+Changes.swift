internal import CommandLine
internal import Reports
internal import Workspace

/// `custody report changes`: what is otherwise than it was.
extension ReportCommand {
  static let changes = CommandSpec<Arguments>(
    name: "changes",
    abstract: "Report what changed between two days or trees: who answers for what, and by whose word.",
    discussion: """
      Unit by unit, from whom to whom, and by which version and acceptance; then the frameworks, parties, members and keys, \
      agreements and answers, staffing, assessments, holds and redactions in between, and how much was submitted. Each end \
      is what was known then, for its day: a day's own, else that of the tree's last entry.

      Without --from it begins 90 days before the end, without --to it ends now.
      """,
    examples: [
      Example("custody report changes", "the last 90 days"),
      Example("custody report changes --from 2026-01-01 --to 2026-03-31", "a quarter, for a steering committee"),
      Example("custody report changes --from checkpoint-of-march", "since a checkpoint that you kept"),
    ],
    parameters: [
      .option(
        "from", value: "SIZE|DATE|FILE",
        help: "Where it begins: a tree's size, a day's end, or a file with a checkpoint.",
        completion: .file, into: \.fromTree, parse: { NamedTree(try CommandText.text($0)) }),
      .option(
        "to", value: "SIZE|DATE|FILE", help: "Where it ends; now unless stated.", completion: .file, into: \.toTree,
        parse: { NamedTree(try CommandText.text($0)) }),
      .option(
        "as-of", value: "DATE",
        help: "The day for which ownership is resolved at the later end; its own unless stated.",
        into: \.asOf, parse: CommandText.day),
    ] + rows.filter { !["as-of", "known-at"].contains($0.row.name) },
    formats: ReportOutput.formats,
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    let store = try OpenedStore.open(global, console)
    for notice in [store.verificationNotice, store.copyNotice] { if let notice { console.warn(notice) } }
    var report = try ChangesReading(store: store, from: arguments.fromTree, to: arguments.toTree, asOf: arguments.asOf)
      .report(
        frameworks: arguments.frameworks.isEmpty ? nil : arguments.frameworks)
    report.listsAll = arguments.full
    return try write(report, arguments, global, console)
  }
}
