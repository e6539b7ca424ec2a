internal import CommandLine
internal import Crypto
internal import Findings
internal import Obligations
internal import Rendering
internal import Statements
internal import Workspace

/// `custody measure`: what a service level had over a period.
enum MeasureCommand {
  struct Arguments: Sendable {
    var levels: [String] = []
    var measuring = Measuring(level: "")
    var way: RowMeasure?
    var column: String?
    var start: String?
    var end: String?
    var at: String?
    var within: String?
    var atLeast: String?
    var write = WriteOptions()
  }

  static let spec = CommandSpec<Arguments>(
    name: "measure", abstract: "Record what a service level had over a period, by hand or from a system's rows.",
    discussion: """
      Whoever promises a level measures it, for each period of its cadence once the period has ended; of several \
      measurements the newest counts. Without --rows the value is what its party asserts.

      With --rows it is computed from what a monitoring or ticket system exports, as CSV or JSON, and the file is kept as \
      evidence. Instants are in UTC unless they name an offset. What does not come out even is rounded at the sixth \
      digit, never in favour of whoever promises.

      uptime: of rows with the beginning and end of each outage. Those that overlap count once, they are clipped to the \
      period, and one without an end lasts to the period's end.

      mean, percentile:N (by nearest rank), share: of the numbers or spans of time in --column, in rows whose --at lies in \
      the period; or of the time from --start to --end of each ticket. A ticket counts where it ended in the period, and \
      where it was still open at its end, up to there. A share is the percentage of rows that keep --within or --at-least, \
      or that say yes.
      """,
    examples: [
      Example("custody measure acme-onsite/uptime --period 2026-09 --value 99.95", "a value that is known"),
      Example(
        "custody measure acme-onsite/uptime --period 2026-09 --rows outages.csv --compute uptime --source monitoring",
        "computed from outages, which are kept"),
      Example(
        "custody measure acme-onsite/response --period 2026-q3 --rows tickets.json --compute percentile:95 --start created "
          + "--end answered",
        "how long 95 of 100 tickets waited at most"),
      Example(
        "custody measure acme-onsite/patching --period 2026-09 --rows hosts.csv --compute share --column compliant",
        "how many per cent are patched"),
    ],
    parameters: [
      .positionals(
        "LEVEL", help: "The service level, as ENGAGEMENT/LEVEL.", into: \.levels, parse: CommandText.text),
      .option(
        "period", value: "PERIOD", help: "One of its periods: 2026-09, 2026-q3, 2026-w38, 2026-09-14.",
        into: \.measuring.period, parse: CommandText.text),
      .option(
        "value", value: "NUMBER", help: "What it had, in the level's unit.", into: \.measuring.value,
        parse: { text in
          guard let value = Decimal(text) else {
            throw InvalidValue("'\(text)' is not a decimal number: write it as in 99.95, without its unit")
          }
          return value
        }),
      .option(
        "count", value: "NUMBER", help: "How many measurements, outages or tickets are behind it.",
        into: \.measuring.count, parse: CommandText.count),
    ] + rows
      + WriteOptions.parameters(in: \.write),
    initial: Arguments.init
  ) { arguments, global, console in
    guard let level = arguments.levels.first, arguments.levels.count == 1 else {
      throw Failure(.usage, "one service level is measured at a time: \(arguments.levels.joined(separator: ", "))")
    }
    var measuring = arguments.measuring
    measuring.level = level
    measuring.measure = try measure(arguments)
    try measuring.check()
    let result = try measuring.record(at: try SigningPlace.open(arguments.write, global, console), arguments.write)
    try result.written.tell(sentence(result), global, console, members(result))
    return .success
  }

  private static let rows: [Parameter<Arguments>] = {
    let parameters: [Parameter<Arguments>] = [
      .option(
        "rows", value: "FILE", help: "What the system exported, as CSV or JSON; it is kept as evidence.",
        completion: .file, into: \.measuring.rows, parse: CommandText.text),
      .option(
        "compute", value: "uptime|mean|percentile:N|share", help: "How the value is made of the rows.",
        completion: .words(["uptime", "mean", "percentile:95", "share"]), into: \.way,
        parse: { text in
          guard let way = RowMeasure(text) else {
            throw InvalidValue("write uptime, mean, percentile:95 or share, not '\(text)'")
          }
          return way
        }),
      .option("column", value: "NAME", help: "The column that is measured.", into: \.column, parse: CommandText.text),
      .option("start", value: "NAME", help: "The column with each beginning.", into: \.start, parse: CommandText.text),
      .option(
        "end", value: "NAME", help: "The column with each end; empty where it is not over.", into: \.end,
        parse: CommandText.text),
      .option(
        "at", value: "NAME", help: "With --column, the column that says when each row was.", into: \.at,
        parse: CommandText.text),
      .option(
        "within", value: "LIMIT", help: "Of a share: the most that a row may have, as in '4 hours'.", into: \.within,
        parse: CommandText.text),
      .option(
        "at-least", value: "LIMIT", help: "Of a share: the least that a row must have.", into: \.atLeast,
        parse: CommandText.text),
      .option(
        "source", value: "TEXT", help: "The system that the rows came from.", into: \.measuring.source,
        parse: CommandText.text),
      .repeatable(
        "control", "c", value: "ID",
        help: "What the rows are evidence for; the functions that the level is about unless stated.",
        into: \.measuring.controls, parse: CommandText.text),
    ]
    return parameters.map { parameter in
      var parameter = parameter
      parameter.row.group = "From rows"
      return parameter
    }
  }()

  private static func measure(_ arguments: Arguments) throws -> RowMeasure? {
    guard var measure = arguments.way else {
      let columns = [
        ("column", arguments.column), ("start", arguments.start), ("end", arguments.end), ("at", arguments.at),
        ("within", arguments.within), ("at-least", arguments.atLeast),
      ]
      if let (name, _) = columns.first(where: { $0.1 != nil }) {
        throw Failure(.usage, "--\(name) says how rows are measured, and --compute is missing")
      }
      return nil
    }
    measure.column = arguments.column
    measure.start = arguments.start
    measure.end = arguments.end
    measure.at = arguments.at
    measure.within = arguments.within
    measure.atLeast = arguments.atLeast
    return measure
  }

  private static func sentence(_ result: Measuring.Result) -> String {
    var text = "\(result.name): \(result.measurement.value)"
    if let unit = result.unit { text += " \(unit)" }
    if let count = result.measurement.count {
      text += result.computed == nil ? " of \(count)" : ", from \(Wording.count(count, "row"))"
    }
    if let open = result.measured?.open, open > 0 { text += ", \(open) of them still open at its end" }
    if let computed = result.computed { text += ", \(computed)" }
    if let target = result.target, let isMet = result.isMet {
      text += "; promised \(target): \(isMet ? "met" : "missed")"
    }
    return text
  }

  private static func members(_ result: Measuring.Result) -> [(String, JSONOutput)] {
    let measurement = result.measurement
    return [
      ("engagement", .string(measurement.engagement)), ("level", .string(measurement.level)),
      ("from", .string("\(measurement.from)")), ("through", .string("\(measurement.through)")),
      ("value", .string(measurement.value)), ("unit", .optional(result.unit)),
      ("count", measurement.count.map { .integer($0) } ?? .null),
      ("open", result.measured.map { .integer($0.open) } ?? .null), ("target", .optional(result.target)),
      ("met", result.isMet.map { .bool($0) } ?? .null), ("rows", .optional(result.rows?.hex)),
      ("computed", .optional(result.computed)),
    ]
  }
}
