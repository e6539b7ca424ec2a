internal import CommandLine
internal import Findings
internal import Ownership
internal import Rendering
internal import Reports
internal import Statements
internal import Workspace

/// `custody fleet`: many clients' stores at once.
enum FleetCommands {
  static let group = Command(
    group: "fleet", "Look at the stores of many clients at once.", [Command(report), Command(notify)])

  struct Arguments: Sendable {
    var folders: [String] = []
    var list: String?
    var asOf: Day?
    var since: Day?
    var verifies = false
    var peeks = false
    var output: String?
    var outputFolder: String?
    var alarm = Alarm.never
  }

  /// What ends the command with status 3.
  enum Alarm: String, Choice {
    case never, error, overdue, due

    var fleet: FleetAlarm? {
      switch self {
      case .never: nil
      case .error: .error
      case .overdue: .overdue
      case .due: .due
      }
    }
  }

  static let places: [Parameter<Arguments>] = [
    .positionals(
      "FOLDER", help: "A store, its address, or a folder whose direct sub-folders are stores.", required: false,
      completion: .folder, into: \.folders, parse: CommandText.text),
    .option(
      "list", value: "FILE", help: "A file with a store's folder in each line; lines that begin with # say nothing.",
      completion: .file, into: \.list, parse: CommandText.text),
  ]

  static let report = CommandSpec<Arguments>(
    name: "report", abstract: "Report how the stores of many clients stand, a line for each, the worst first.",
    discussion: """
      Each store is checked as 'custody status' checks it; --verify reads every object as well, as 'custody verify' does. A \
      folder that cannot be read, is not a store or is not sound has a line that says so, and keeps no other from being \
      looked at. A store whose log begins after the day of --as-of says so, and has no numbers; folders with copies of one \
      log are told of, and counted as one client. Changes are counted since your last look on an earlier day, which is remembered once the report is \
      written; --peek remembers nothing, and --since says from which day on to count.

      With --output-folder there is a page for all of them, index.html, and in 'clients' one for each, made of its own \
      store alone, to which its line leads. Pages there of clients that are not among these are removed. Where one of \
      these pages would replace a file that custody did not make, nothing is written.

      It ends with 1 where a store is not sound or cannot be read, and else with 3 where what --fail-on names is found in \
      one of them: an error of ownership, something overdue as well, or something due within thirty days as well.
      """,
    examples: [
      Example("custody fleet report /srv/clients", "every morning"),
      Example("custody fleet report /srv/clients --output-folder /srv/www/clients", "pages for a browser, with links"),
      Example("custody fleet report --list clients.txt --format xlsx --output clients.xlsx", "for a spreadsheet"),
      Example(
        "custody fleet report /srv/clients --quiet --fail-on overdue > today.txt || mail -s clients it@example.com < today.txt",
        "from cron"),
    ],
    parameters: places + [
      .option(
        "as-of", value: "DATE", help: "The day for which ownership is resolved; today unless stated.", into: \.asOf,
        parse: CommandText.day),
      .option(
        "since", value: "DATE", help: "Count changes from the end of this UTC day.", into: \.since,
        parse: CommandText.day),
      .flag("verify", help: "Read every object too, as 'custody verify' does.", into: \.verifies),
      .flag("peek", help: "Do not remember that you looked.", into: \.peeks),
      .option(
        "fail-on", value: Alarm.words.joined(separator: "|"), help: "End with 3 where this, or worse, is found.",
        completion: .words(Alarm.words), replacing: \.alarm, parse: { try Alarm.parse($0) }),
      .option(
        "output", "o", value: "FILE", help: "Where it goes, instead of standard output.", completion: .file,
        into: \.output, parse: CommandText.text),
      .option(
        "output-folder", value: "DIR", help: "A folder for pages in HTML: of all clients, and of each.",
        completion: .folder, into: \.outputFolder, parse: CommandText.text),
    ],
    formats: ReportOutput.formats,
    answers: [
      ExitAnswer(.answerIsNo, "a store is not sound, or cannot be read"),
      ExitAnswer(.findings, "what --fail-on names is found"),
    ],
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    try refuseNothing(arguments)
    guard arguments.output == nil || arguments.outputFolder == nil else {
      throw Failure(.usage, "--output and --output-folder say two places for one page", hint: "give one of them")
    }
    guard arguments.outputFolder == nil || global.format == .text || global.format == .html else {
      throw Failure(
        .usage, "--output-folder holds pages in HTML, and \(global.format.rawValue) is asked for",
        hint: "'--output FILE.\(global.format.rawValue)' writes all clients in one file")
    }
    let desk = try Desk(global, console)
    let places = try FleetPlaces(arguments.folders, list: arguments.list).places
    // What cannot be written is said before anything is looked at.
    let output = try ReportOutput(
      arguments.outputFolder.map { "\($0)/index.html" } ?? arguments.output,
      asked: arguments.outputFolder == nil ? ReportFormat(rawValue: global.format.rawValue) ?? .text : .html)
    let pages = try arguments.outputFolder.map { try FleetPages($0, for: places) }
    let reading = FleetReading(
      desk: FleetDesk(desk), asOf: arguments.asOf, since: arguments.since,
      verifies: arguments.verifies, pages: pages)
    var looks = FleetWalk.map(places, from: reading.desk, desk.notices) { reading.look($0) }
    reading.markForks(&looks)
    let report = FleetReport(looks.map(\.line), asOf: arguments.asOf ?? desk.clock.today, since: arguments.since)
    _ = try output.write(report, console)
    if let gone = try pages?.removeOthers(), gone > 0 {
      console.say("\(Wording.count(gone, "page")) of clients that are not among these removed")
    }
    try console.flush()
    if !arguments.peeks, arguments.since == nil, arguments.asOf == nil {
      FleetReading.remember(looks.compactMap(\.mark), at: desk)
    }
    return status(report, arguments.alarm)
  }

  static func refuseNothing(_ arguments: Arguments) throws {
    guard arguments.folders.isEmpty, arguments.list == nil else { return }
    throw Failure(
      .usage, "no store is named", hint: "name a folder of stores, or a file that lists them with '--list FILE'")
  }

  private static func status(_ report: FleetReport, _ alarm: Alarm) -> ExitStatus {
    guard report.lines.allSatisfy({ $0.trouble == nil }) else { return .answerIsNo }
    guard let alarm = alarm.fleet else { return .success }
    return report.lines.contains { $0.rings(alarm) } ? .findings : .success
  }
}
