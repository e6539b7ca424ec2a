internal import CommandLine
internal import Workspace

/// How the library speaks through the console.
extension Desk {
  /// The desk of whoever runs a command.
  init(_ global: GlobalArguments, _ console: Console) throws {
    self.init(
      home: try Home { Environment.process[$0] }, person: global.person,
      passphrase: Environment.process["CUSTODY_PASSPHRASE"],
      consent: ConsoleConsent(console: console, assumesYes: global.assumesYes), notices: ConsoleNotices(console),
      hosts: StoreHosts(
        searchPath: Environment.process["PATH"], options: global.allowsPlainHTTP ? ["--plain-http"] : []))
  }
}

extension OpenedStore {
  /// Opens the store that a command is about.
  static func open(_ global: GlobalArguments, _ console: Console) throws -> OpenedStore {
    try Desk(global, console).open(global.store)
  }
}

extension SigningPlace {
  /// The place at which a command signs.
  static func open(_ write: WriteOptions, _ global: GlobalArguments, _ console: Console) throws -> SigningPlace {
    try open(write, store: global.store, at: Desk(global, console))
  }
}

/// Asks on the terminal.
private struct ConsoleConsent: Consent {
  let console: Console
  let assumesYes: Bool

  func confirm(_ question: Question) throws -> Bool {
    if assumesYes { return try BlanketConsent().confirm(question) }
    return try console.confirm(question.text, assumesYes: false)
  }
}

extension ConsoleConsent {
  func accepts(_ offer: Question) throws -> Bool {
    guard !assumesYes, console.canAsk else { return false }
    return try console.confirm(offer.text, assumesYes: false)
  }

  func passphrase(for owner: String) throws -> String? {
    try console.askSecret("passphrase of the key of \(owner)")
  }
}

/// Tells on standard error.
private struct ConsoleNotices: Notices {
  private let console: Console

  init(_ console: Console) { self.console = console }

  func say(_ text: String) { console.say(text) }
  func warn(_ text: String) { console.warn(text) }
  func detail(_ text: String) { console.detail(text) }
  func willCommit() { Interruption.hold() }
  func didNotCommit() { Interruption.release() }
  func recorded(_ entries: ClosedRange<Int>) {
    let isOne = entries.count == 1
    console.recorded =
      isOne ? "entry \(entries.lowerBound) is" : "entries \(entries.lowerBound) to \(entries.upperBound) are"
  }
  func begin(_ step: String, total: Int?) -> any StepProgress { console.progress(step, total: total) }
}

extension Progress: StepProgress {}
