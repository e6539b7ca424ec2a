internal import CommandLine
internal import Findings
internal import Obligations
internal import Rendering
internal import Reports
internal import Workspace

/// `custody status`: the one screen for every morning.
enum StatusCommand {
  /// What ends the command with status 3.
  enum Alarm: String, Choice, CaseIterable {
    /// An error of ownership, as `verify` has it.
    case error
    /// Evidence that is too old, a duty or an item of a plan of action that is late, an auditor's request that is not
    /// answered in time, or an error.
    case overdue
    /// Evidence or a duty that is due within thirty days, or any of the others.
    case due
  }

  struct Arguments: Sendable {
    var alarm: Alarm?
    /// How often a watched store is looked at, in seconds; nil where it is looked at once.
    var interval: Int?
  }

  static let spec = CommandSpec<Arguments>(
    name: "status", abstract: "Show on one screen how things stand, and what to do first.",
    discussion: """
      Checks the chain, the tree, every statement and the history, and that every object is there; what objects hold is \
      for 'custody verify' to read. Of a long log, what you have checked before is taken as checked, and it says so.

      With --fail-on it ends with 3 where a control is in error, where evidence, a duty, an item of a plan of action \
      or an auditor's request is overdue as well, or where evidence or a duty is due within thirty days as well: for a job that sends a mail when it fails.

      With --watch it goes on: a terminal shows the page anew whenever the store changes or a day begins, a file or another \
      program gets a further page, and in JSON a line for each. It goes on until you end it; with --fail-on until what that \
      names is there, or the chain is not sound.
      """,
    examples: [
      Example("custody status", "every morning"),
      Example("custody status --quiet --fail-on overdue || mail -s \"evidence is late\" it@example.com", "from cron"),
      Example("custody status --watch", "on a screen on the wall"),
    ],
    parameters: [
      .option(
        "fail-on", value: "error|overdue|due", help: "End with 3 where this, or worse, is there.",
        completion: .words(Alarm.words), into: \.alarm, parse: { try Alarm.parse($0) }),
      .optionalValue(
        "watch", value: "SECONDS", bare: 2,
        help: "Show it anew whenever the store changes, looked at every 2 seconds unless stated.", into: \.interval,
        parse: { text in
          guard let seconds = Int(text), (1...3600).contains(seconds) else {
            throw InvalidValue("'\(text)' is not a number of seconds from 1 to 3600")
          }
          return seconds
        }),
    ],
    answers: [
      ExitAnswer(.answerIsNo, "the chain is not sound"), ExitAnswer(.findings, "what --fail-on names is there"),
    ],
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    if let interval = arguments.interval {
      return try StatusWatch(every: interval, until: arguments.alarm, global, console).run()
    }
    let store = try OpenedStore.open(global, console)
    if let notice = store.copyNotice { console.warn(notice) }
    let reading = StatusReading(store: store)
    let page = try reading.page(try reading.chain())
    try console.write(try text(page, global, console).utf8)
    return status(page, arguments.alarm)
  }

  /// The page as it is shown.
  static func text(_ page: StatusPage, _ global: GlobalArguments, _ console: Console) throws -> String {
    try page.rendered(
      as: global.format == .json ? .json : .text, width: console.columns, usesColour: console.usesColour) ?? ""
  }

  /// What the command ends with.
  static func status(_ page: StatusPage, _ alarm: Alarm?) -> ExitStatus {
    guard !page.isUnsound else { return .answerIsNo }
    return alarm.map { rings($0, page) } == true ? .findings : .success
  }

  private static func rings(_ alarm: Alarm, _ page: StatusPage) -> Bool {
    switch alarm {
    case .error: page.hasErrors
    case .overdue:
      page.hasErrors || page.due.contains(where: \.isStale) || page.duties.contains(where: \.isOverdue)
        || !page.lateActions.isEmpty || !page.overdueRequests.isEmpty
    case .due: rings(.overdue, page) || !page.due.isEmpty || !page.duties.isEmpty
    }
  }
}
