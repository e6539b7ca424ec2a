internal import CommandLine
internal import Rendering
internal import Reports
internal import Statements
internal import Workspace

/// `custody whom`: whom to turn to, at three in the morning.
enum WhomCommand {
  struct Arguments: Sendable {
    var subject: String?
    var severity: String?
    var at: Instant?
  }

  static let spec = CommandSpec<Arguments>(
    name: "whom", abstract: "Say who answers for a control or a domain, and whom to turn to.",
    discussion: """
      One screen: who is accountable, who does the work, by which agreement and on whose word, and the steps of escalation \
      with the hour by which each is due, counted from --at. Whoever has left is named as such.
      """,
    examples: [
      Example("custody whom network-monitoring --severity critical", "the network is down"),
      Example("custody whom 3.3.1 --at 2026-05-04T03:00:00Z", "who answered for a control at that time"),
    ],
    parameters: [
      .positional("CONTROL|DOMAIN", help: "What is wrong.", into: \.subject, parse: CommandText.text),
      .option(
        "severity", value: "WORD", help: "Only steps for this severity, as the agreements call it.", into: \.severity,
        parse: CommandText.text),
      .option(
        "at", value: "INSTANT", help: "When it began; now unless stated.", into: \.at, parse: CommandText.instant),
    ],
    initial: Arguments.init
  ) { arguments, global, console in
    let store = try OpenedStore.open(global, console)
    if let notice = store.verificationNotice { console.warn(notice) }
    let at = arguments.at ?? store.desk.clock.now()
    let reading = WhomReading(store: store, snapshot: try store.snapshot(asOf: at.day), at: at)
    let page = try reading.page(arguments.subject ?? "", severity: arguments.severity)
    let format = global.format == .json ? ReportFormat.json : .text
    try console.write((try page.rendered(as: format, width: console.columns) ?? "").utf8)
    return .success
  }
}
