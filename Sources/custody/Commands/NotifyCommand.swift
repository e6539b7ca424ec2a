internal import CommandLine
internal import Findings
internal import Rendering
internal import Reports
internal import Storage
internal import Workspace

/// `custody notify`: what is new since it was asked last.
enum NotifyCommand {
  struct Arguments: Sendable {
    var since: NamedTree?
    var mark = NewsReading.standardMark
    var peeks = false
    var alarm: Alarm?
  }

  /// What ends the command with status 3.
  enum Alarm: String, Choice {
    /// A finding that was not there, at the weight of an error.
    case error
    /// Something that has become overdue, or an error.
    case overdue
    /// Something that is due within thirty days now, an agreement that ends soon now, or any of the others.
    case due
    /// Whatever is told.
    case any
  }

  static let spec = CommandSpec<Arguments>(
    name: "notify", abstract: "Tell what is new since you asked last, for a mail or a chat; nothing where nothing is.",
    discussion: """
      New entries by kind, who answers for what now, findings that are new and that are closed, errors of ownership that have \
      become others, what has become due or overdue, and agreements that now end within 90 or 30 days. The first line is a \
      subject for a mail. Where nothing is new nothing is printed, so that cron sends no mail; JSON then has 0 entries and \
      nothing else.

      As far as which entry it has told is remembered in your own folder, for each store and each name given with --mark; \
      the mark moves once the output is written, so that news which got lost on its way is told again. --peek and --since \
      leave it where it is. The first time there is nothing to compare with: it says so, and tells what comes after. A \
      folder that was moved or renamed goes on from where its log was told of; of two copies each has its own mark.

      Of a store that shrank, forked or is not sound it says that first, ends with 1, and goes on saying so: the mark stays.
      """,
    examples: [
      Example("custody notify", "what is new, from cron: its output becomes a mail"),
      Example(
        "custody notify > news.txt; test ! -s news.txt || mail -s \"$(head -n 1 news.txt)\" it@example.com < news.txt",
        "with a subject of its own"),
      Example("custody notify --mark chat --format json", "for another listener"),
      Example("custody notify --since 2026-09-30 --fail-on overdue", "since a day's end; nothing is remembered"),
    ],
    parameters: [
      .option(
        "since", value: "SIZE|DATE|FILE",
        help: "From a tree's size, a day's end, or a file with a checkpoint on; the mark stays.", completion: .file,
        into: \.since, parse: { NamedTree(try CommandText.text($0)) }),
      .option(
        "mark", value: "NAME",
        help: "Who listens; each has a mark of their own, '\(NewsReading.standardMark)' unless stated.",
        replacing: \.mark, parse: CommandText.identifier),
      .flag("peek", help: "Leave the mark where it is: the same is told next time.", into: \.peeks),
      .option(
        "fail-on", value: Alarm.words.joined(separator: "|"), help: "End with 3 where what is new is this, or worse.",
        completion: .words(Alarm.words), into: \.alarm, parse: { try Alarm.parse($0) }),
    ],
    answers: [
      ExitAnswer(.answerIsNo, "the store is not sound, or not the one that was told of"),
      ExitAnswer(.findings, "what --fail-on names is new"),
    ],
    initial: Arguments.init
  ) { arguments, global, console in
    // What is not read was not told: the mark must not move then.
    console.outlivesReader = false
    let desk = try Desk(global, console)
    let reading = NewsReading(
      home: desk.home, clock: desk.clock, name: arguments.mark, since: arguments.since)
    let look = try look(reading, global.store, desk)
    if let message = look.message {
      if global.format == .json {
        try console.print(message.json)
      } else {
        try console.write(text([message], console, isFleet: false).utf8)
      }
    } else if global.format == .json {
      // A program that reads it gets an answer each time; a mail is sent where there is something to tell.
      try console.print(.object([("entries", 0)]))
    }
    try told(by: console)
    if !arguments.peeks, let mark = look.mark { try ReadMarks(desk.home).move(mark) }
    guard let message = look.message else { return .success }
    if message.isTrouble { return .answerIsNo }
    return arguments.alarm.map { rings($0, message) } == true ? .findings : .success
  }

  /// A store that cannot be opened because it was cut or forked is what has to be told first of all.
  private static func look(_ reading: NewsReading, _ store: String?, _ desk: Desk) throws -> NewsReading.Look {
    let layout = try desk.find(store)
    do {
      return try reading.look(OpenedStore.open(layout, at: desk))
    } catch let error as Failure where error.code == .answerNo {
      return NewsReading.Look(
        message: .unsound(name: StoreLayout.name(layout.root), what: error.message, folder: layout.root))
    }
  }

  /// Makes sure that all was written.
  ///
  /// - Throws: Where the reader has gone, or the disk is full: the mark stays then.
  static func told(by console: Console) throws {
    do {
      try console.flush()
    } catch is BrokenPipe {
      throw Failure(
        .ioError, "nobody reads the output any more: the mark stays where it was", hint: "the same is told next time")
    }
  }

  /// A subject, an empty line, and what there is to tell.
  static func text(_ messages: [NewsReading.Message], _ console: Console, isFleet: Bool) -> String {
    let renderer = TextRenderer(width: min(console.columns, 80), usesColour: console.usesColour)
    let bodies = messages.map { message -> String in
      let head: [Block] = isFleet ? [.heading(message.subject)] : []
      return renderer.render(head + message.blocks(width: renderer.width))
    }
    guard let first = messages.first else { return "" }
    let subject =
      isFleet ? "custody: news of \(Wording.count(messages.count, "client"))" : "custody: \(first.subject)"
    // A mail's subject is one line, however long a name is.
    return TextWrapping.shortened(TerminalText.visible(subject), width: 200) + "\n\n" + bodies.joined(separator: "\n")
  }

  static func rings(_ alarm: Alarm, _ message: NewsReading.Message) -> Bool {
    guard case .news(let news) = message else { return message.isTrouble }
    return switch alarm {
    case .error: news.newErrors > 0
    case .overdue: rings(.error, message) || !news.overdue.isEmpty
    case .due: rings(.overdue, message) || !news.due.isEmpty || !news.endings.isEmpty
    case .any: true
    }
  }
}
