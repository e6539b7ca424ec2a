internal import CommandLine
internal import Findings
internal import Glibc
internal import Rendering
internal import Reports
internal import Statements
internal import Storage
internal import Workspace

/// Shows a store's status anew whenever it changed.
///
/// What is looked at in between is only the state of three files. A terminal keeps all of its settings, so that there is
/// nothing to put back whenever the user ends it.
struct StatusWatch {
  private let interval: Int
  private let alarm: StatusCommand.Alarm?
  private let global: GlobalArguments
  private let console: Console

  init(every interval: Int, until alarm: StatusCommand.Alarm?, _ global: GlobalArguments, _ console: Console) {
    (self.interval, self.alarm, self.global, self.console) = (interval, alarm, global, console)
  }

  /// What was seen, and the store's own state then.
  private struct Look {
    var text: String
    var status: ExitStatus
  }

  /// Goes on until the alarm rings, or nobody reads any more.
  ///
  /// - Throws: What keeps the store from being opened when it is first looked at.
  func run() throws -> ExitStatus {
    // Nobody has to be told an answer once nobody reads: watching ends then.
    console.outlivesReader = false
    StatusWatch.unblockEnding()
    let desk = try Desk(global, console)
    let layout = try desk.find(global.store)
    var shown: String?
    var trace: (files: String, day: Day)?
    while true {
      // Taken before the store is read: what comes in meanwhile is seen at the next look.
      let now = (files: StoreLocation.trace(layout), day: desk.clock.today)
      if trace.map({ $0 != now }) ?? true {
        let look = try look(layout, desk, isFirst: shown == nil)
        trace = now
        if look.text != shown {
          try show(look.text, isFirst: shown == nil)
          shown = look.text
        }
        if alarm != nil, look.status != .success { return look.status }
      }
      guard console.isRead else { return .success }
      sleep(UInt32(interval))
    }
  }

  /// Whoever starts a program from a thread that holds signals off hands that on, and nobody could end it then.
  private static func unblockEnding() {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGHUP] { unsafe sigaddset(&signals, signal) }
    unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  private func look(_ layout: StoreLayout, _ desk: Desk, isFirst: Bool) throws -> Look {
    do {
      let store = try OpenedStore.open(layout, at: desk)
      let reading = StatusReading(store: store)
      let page = try reading.page(try reading.chain())
      let text =
        global.format == .json ? page.value.compact + "\n" : try StatusCommand.text(page, global, console)
      return Look(text: text, status: StatusCommand.status(page, alarm))
    } catch let error where !isFirst {
      // A store that cannot be read now may be back at the next look: what is shown meanwhile says so.
      let failure = Failure(describing: error)
      let text =
        global.format == .json
        ? failure.json.compact + "\n"
        : TerminalText.visible((failure.code == .answerNo ? "NOT SOUND: " : "cannot be read now: ") + failure.message)
          + "\n"
      return Look(text: text, status: failure.code == .answerNo ? .answerIsNo : .success)
    }
  }

  private func show(_ text: String, isFirst: Bool) throws {
    if global.format != .json {
      if console.writesToTerminal {
        // To the corner, and everything below it erased (ECMA-48, CUP and ED); what was scrolled away stays.
        try console.write("\u{1b}[H\u{1b}[2J".utf8)
      } else if !isFirst {
        try console.write("\n".utf8)
      }
    }
    try console.write(text.utf8)
    try console.flush()
  }
}
