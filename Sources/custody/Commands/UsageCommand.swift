internal import CommandLine
internal import Findings
internal import Rendering
internal import Statements
internal import Workspace

/// `custody usage`: hours that were worked.
enum UsageCommand {
  struct Arguments: Sendable {
    var engagements: [String] = []
    var recording = HourRecording(engagement: "")
    var write = WriteOptions()
  }

  static let spec = CommandSpec<Arguments>(
    name: "usage", abstract: "Record hours that were worked under an agreement, by hand or from a list.",
    discussion: """
      Each party records its own hours, by the functions that they served. With --block they draw on a block of hours that \
      the agreement gives, the oldest hours first; they count on their last day. 'custody report hours' shows what is \
      left, and where both sides worked in one domain.

      --list takes a table as spreadsheets save it, with the columns domains, from, through, hours, block, member, units \
      and note, of which domains, from and hours are needed; what a line leaves empty is what the options say. Several \
      domains or units stand in one field, separated by semicolons. Lines that the log has already are not entered again.
      """,
    examples: [
      Example(
        "custody usage acme-onsite --domains cloud-security --from 2026-09-03 --hours 2.5 --block security-block "
          + "--note 'alert rules'",
        "hours of one day, from a block"),
      Example("custody usage acme-onsite --list september.csv", "a month's worth"),
    ],
    parameters: [
      .positionals(
        "ENGAGEMENT", help: "The agreement that they were worked under.", into: \.engagements,
        parse: CommandText.identifier),
      .repeatable(
        "domains", value: "DOMAIN,…", help: "The functions that they served.", into: \.recording.details.domains,
        parse: CommandText.text),
      .option(
        "from", value: "DAY", help: "The first day.", into: \.recording.details.from, parse: CommandText.day),
      .option(
        "through", value: "DAY", help: "The last day; the first unless stated.", into: \.recording.details.through,
        parse: CommandText.day),
      .option(
        "hours", value: "NUMBER", help: "How many: 2.5.", into: \.recording.details.hours,
        parse: { text in
          guard let hours = Decimal(text) else {
            throw InvalidValue("'\(text)' is not a number of hours: write it as in 2.5")
          }
          return hours
        }),
      .option(
        "block", value: "ID", help: "The block of hours that they draw on.", into: \.recording.details.block,
        parse: CommandText.identifier),
      .option(
        "member", value: "MEMBER", help: "Who worked.", into: \.recording.details.member, parse: CommandText.member),
      .repeatable(
        "unit", value: "ID", help: "A control, or objective, that the work was about.",
        into: \.recording.details.units, parse: CommandText.text),
      .option("note", value: "TEXT", help: "What was done.", into: \.recording.details.note, parse: CommandText.text),
      .option(
        "list", value: "CSV", help: "A table with these options as its columns.", completion: .file,
        into: \.recording.list, parse: CommandText.text),
      .option(
        "dates", value: "dmy|mdy|ymd", help: "How the list writes days; YYYY-MM-DD is always understood.",
        completion: .words(DateOrder.allCases.map(\.rawValue)), into: \.recording.dates,
        parse: { text in
          guard let order = DateOrder(text) else { throw InvalidValue("'\(text)' is none of dmy, mdy and ymd") }
          return order
        }),
    ] + WriteOptions.parameters(in: \.write),
    initial: Arguments.init
  ) { arguments, global, console in
    guard let engagement = arguments.engagements.first, arguments.engagements.count == 1 else {
      throw Failure(.usage, "hours are of one agreement: \(arguments.engagements.joined(separator: ", "))")
    }
    var recording = arguments.recording
    recording.engagement = engagement
    recording.details.domains = recording.details.domains.flatMap { text in
      text.split { ",;".contains($0) || $0.isWhitespace }.map { String($0) }
    }
    let result = try recording.record(at: try SigningPlace.open(arguments.write, global, console), arguments.write)
    try result.written.tell(
      sentence(result), global, console,
      [
        ("usages", .integer(result.usages.count)), ("hours", .string("\(result.hours)")),
        ("known", .integer(result.known)),
      ])
    return .success
  }

  private static func sentence(_ result: HourRecording.Result) -> String {
    guard let first = result.usages.first else { return "nothing new: all of it is in the log already" }
    let hours = "\(result.hours) \(result.hours == Decimal(1) ? "hour" : "hours") of '\(first.engagement)'"
    guard result.usages.count == 1 else { return "\(hours) in \(result.usages.count) lines" }
    let span = first.from == first.through ? "on \(first.from)" : "from \(first.from) through \(first.through)"
    let block = first.block.map { ", drawn on '\($0)'" } ?? ", outside any block"
    return "\(hours) \(span) in \(Wording.list(first.domains))\(block)"
  }
}
