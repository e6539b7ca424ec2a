internal import CommandLine
internal import Crypto
internal import Findings
internal import Ownership
internal import Rendering
internal import Reports
internal import Statements
internal import Workspace

/// `custody status`: the one screen for every morning.
enum StatusCommand {
  static let spec = CommandSpec<NoArguments>(
    name: "status", abstract: "Show on one screen how things stand, and what to do first.",
    discussion: """
      Checks the chain, the tree, every statement and the history, and that every object is there; what objects hold is \
      for 'custody verify' to read. Of a long log, what you have checked before is taken as checked, and it says so.
      """,
    examples: [Example("custody status", "every morning")], parameters: [], initial: NoArguments.init
  ) { _, global, console in
    let store = try OpenedStore.open(global, console)
    let today = store.desk.clock.today
    let soundness = try store.soundness()
    let faults = soundness.faults
    let chain: StatusInput.Chain = faults.first.map { .unsound($0.message) } ?? .sound(soundness.scope)
    let snapshot = try store.snapshot(asOf: today)
    let unconfirmed = store.unconfirmedParties()
    let page = StatusPage(
      StatusInput(
        snapshot, chain: chain, endings: try EngagementEnding.list(snapshot),
        unconfirmed: unconfirmed.map { .init(party: $0.party, fingerprint: $0.key.keyID.hex) },
        upcoming: try upcoming(store, after: today), offersWaiting: store.offersWaiting))
    let text = try page.rendered(as: global.format == .json ? .json : .text, width: console.columns) ?? ""
    try console.write(text.utf8)
    return faults.isEmpty ? .success : .answerIsNo
  }

  /// The newest versions that speak from a later day on, and whose word they lack.
  private static func upcoming(_ store: OpenedStore, after today: Day) throws -> [StatusPage.Waiting] {
    try PendingAcceptance.upcoming(store, after: today).map { upcoming in
      StatusPage.Waiting(
        engagement: upcoming.pending.version.engagement, party: upcoming.party, hasDeclined: upcoming.hasDeclined,
        units: upcoming.pending.waiting, from: upcoming.from)
    }
  }
}
