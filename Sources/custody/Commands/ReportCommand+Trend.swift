internal import CommandLine
internal import Findings
internal import Ownership
internal import Reports
internal import Workspace

/// `custody report trend`: how it came to be as it is.
extension ReportCommand {
  static let trend = CommandSpec<Arguments>(
    name: "trend", abstract: "Report how ownership, evidence and open gaps came along, by month or quarter.",
    discussion: """
      A line for each period's last day, and one for today: how many units somebody answers for, how many of them have \
      current evidence, and how many gaps were open, each as it was known at that day's end. Days before the log's first \
      entry are left out. The log is read once, however many days are asked about.
      """,
    examples: [
      Example("custody report trend", "the last twelve months"),
      Example("custody report trend --every quarter --last 8 --framework cmmc-level-2", "two years, for a board"),
      Example("custody report trend --as-of 2026-06-30 --format csv --output trend.csv", "for a spreadsheet's chart"),
    ],
    parameters: [
      .option(
        "every", value: "month|quarter", help: "How far lines lie apart; month unless stated.",
        completion: .words(Trend.Period.allCases.map(\.rawValue)), replacing: \.every,
        parse: { text in
          guard let period = Trend.Period(rawValue: text) else {
            throw InvalidValue("write month or quarter, not '\(text)'")
          }
          return period
        }),
      .option(
        "last", value: "N", help: "How many past periods; 12 unless stated.", replacing: \.last,
        parse: { text in
          guard let count = Int(text), (1...240).contains(count) else {
            throw InvalidValue("write a number from 1 to 240, not '\(text)'")
          }
          return count
        }),
    ] + rows.filter { ["framework", "as-of", "known-at", "output"].contains($0.row.name) },
    formats: ReportOutput.formats,
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    let store = try OpenedStore.open(global, console)
    for notice in [store.verificationNotice, store.copyNotice] { if let notice { console.warn(notice) } }
    let report = try TrendReading(store: store).report(
      every: arguments.every, last: arguments.last, through: arguments.asOf, knownAt: arguments.knownAt,
      frameworks: arguments.frameworks.isEmpty ? nil : arguments.frameworks)
    return try write(report, arguments, global, console)
  }
}
