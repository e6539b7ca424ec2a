internal import CommandLine
internal import Findings
internal import Rendering
internal import Reports
internal import Workspace

/// `custody fleet notify`: what is new in many stores.
extension FleetCommands {
  struct NewsArguments: Sendable {
    var places = Arguments()
    var news = NotifyCommand.Arguments()
  }

  static let notify = CommandSpec<NewsArguments>(
    name: "notify", abstract: "Tell what is new in the stores of many clients, those with news only.",
    discussion: """
      As 'custody notify' does for one store: each has its own mark, which moves once the output is written. One that cannot \
      be read, or is not sound, is told of first, each time, and keeps no other from being told.
      """,
    examples: [
      Example("custody fleet notify /srv/clients", "from cron: its output becomes a mail"),
      Example("custody fleet notify --list clients.txt --format json --mark chat", "for a chat"),
    ],
    parameters: FleetCommands.places.map { $0.nested(in: \NewsArguments.places) } + [
      .option(
        "mark", value: "NAME",
        help: "Who listens; each has marks of their own, '\(NewsReading.standardMark)' unless stated.",
        replacing: \.news.mark, parse: CommandText.identifier),
      .flag("peek", help: "Leave the marks where they are: the same is told next time.", into: \.news.peeks),
      .option(
        "fail-on", value: NotifyCommand.Alarm.words.joined(separator: "|"),
        help: "End with 3 where what is new in one of them is this, or worse.",
        completion: .words(NotifyCommand.Alarm.words), into: \.news.alarm, parse: { try NotifyCommand.Alarm.parse($0) }),
    ],
    answers: [
      ExitAnswer(.answerIsNo, "a store is not sound, or cannot be read"),
      ExitAnswer(.findings, "what --fail-on names is new in one of them"),
    ],
    initial: NewsArguments.init
  ) { arguments, global, console in
    console.outlivesReader = false
    try refuseNothing(arguments.places)
    let desk = try Desk(global, console)
    let places = try FleetPlaces(arguments.places.folders, list: arguments.places.list).places
    let reading = NewsReading(home: desk.home, clock: desk.clock, name: arguments.news.mark)
    let each = FleetDesk(desk)
    let looks = FleetWalk.map(places, from: each, desk.notices) { look($0, reading, each) }
    let messages = looks.compactMap(\.message)
    // What is wrong comes first; each part stays in the order of the names.
    let ordered = messages.filter(\.isTrouble) + messages.filter { !$0.isTrouble }
    if !ordered.isEmpty {
      if global.format == .json {
        try console.print(["stores": .array(ordered.map(\.json))])
      } else {
        try console.write(NotifyCommand.text(ordered, console, isFleet: true).utf8)
      }
    }
    try NotifyCommand.told(by: console)
    if !arguments.news.peeks { FleetReading.remember(looks.compactMap(\.mark), at: desk) }
    if messages.contains(where: \.isTrouble) { return .answerIsNo }
    guard let alarm = arguments.news.alarm else { return .success }
    return messages.contains { NotifyCommand.rings(alarm, $0) } ? .findings : .success
  }

  private static func look(
    _ place: FleetPlaces.Place, _ reading: NewsReading, _ desk: FleetDesk
  ) -> NewsReading.Look {
    do {
      if let trouble = place.trouble { throw Failure(.inputMissing, trouble) }
      return try reading.look(desk.desk().open(place.path))
    } catch {
      let failure = Failure(describing: error)
      return NewsReading.Look(
        message: failure.code == .answerNo
          ? .unsound(name: place.name, what: failure.message, folder: place.path)
          : .unreadable(name: place.name, why: failure.message, folder: place.path))
    }
  }
}
