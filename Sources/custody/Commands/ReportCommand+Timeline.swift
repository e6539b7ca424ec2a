internal import CommandLine
internal import Reports
internal import Workspace

/// `custody report timeline`: how one control came to be where it is.
extension ReportCommand {
  static let timeline = CommandSpec<Arguments>(
    name: "timeline", abstract: "Report all that ever happened to a control or unit, and who answered for it when.",
    discussion: """
      First who was accountable, from when through when and by which words, by what is known now; then every entry about it: \
      adoptions, agreements, answers, staffing, evidence, assessments, holds and redactions, and the days on which it changed \
      hands or ran out.
      """,
    examples: [
      Example("custody report timeline 3.1.1", "who had it, and what was done"),
      Example(
        "custody report timeline '3.1.1[a]' --known-at 2026-03-31", "a unit, as the log knew at the end of March"),
    ],
    parameters: [
      .positional("CONTROL", help: "A control or unit, in any spelling.", into: \.subject, parse: CommandText.text)
    ] + promiseRows,
    formats: ReportOutput.formats,
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    let (snapshot, _, store) = try snapshot(arguments, global, console)
    let report = try TimelineReading(store: store, snapshot: snapshot).report(arguments.subject ?? "")
    return try write(report, arguments, global, console)
  }
}
