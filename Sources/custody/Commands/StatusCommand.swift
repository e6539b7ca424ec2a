internal import CommandLine
internal import Findings
internal import Crypto
internal import FoundationEssentials
internal import Index
internal import Ownership
internal import Rendering
internal import Reports
internal import Statements
internal import Storage
internal import TreeLog
internal import Verification

/// `custody status`: the one screen for every morning.
enum StatusCommand {
  static let spec = CommandSpec<NoArguments>(
    name: "status", abstract: "Show on one screen how things stand, and what to do first.",
    discussion: """
      Checks the chain, the tree, every statement and the history, and that every object is there; what objects hold is \
      for 'custody verify' to read.
      """,
    examples: [Example("custody status", "every morning")], parameters: [], initial: NoArguments.init
  ) { _, global, console in
    let session = try Session.open(global, console)
    let today = Clock.now().day
    var options = VerificationOptions(asOf: today)
    options.objects = .none
    let report = try Verifier(session.contents, options: options).verify()
    let faults = report.findings.filter { $0.code.isIntegrityError }
    let chain: StatusInput.Chain =
      faults.first.map { .unsound($0.message) } ?? .sound("every entry, and that every object is there")
    let snapshot = try Snapshot(
      checkpoint: session.checkpoint, state: session.state, evidence: session.index.evidenceBook(), asOf: today,
      library: session.library)
    let unconfirmed = PartyConfirmation.unconfirmed(
      session.state, confirmed: session.trust?.confirmedKeys ?? [:], ownParty: session.ownParty(global))
    let page = StatusPage(
      StatusInput(
        snapshot, chain: chain, endings: try EngagementEnding.list(snapshot),
        unconfirmed: unconfirmed.map { .init(party: $0.party, fingerprint: $0.key.keyID.hex) },
        upcoming: try upcoming(session, after: today), offersWaiting: waiting(session)))
    let text = try page.rendered(as: global.format == .json ? .json : .text, width: console.columns) ?? ""
    try console.write(text.utf8)
    return faults.isEmpty ? .success : .answerIsNo
  }

  /// The newest versions that speak from a later day on, and whose word they lack.
  private static func upcoming(_ session: Session, after today: Day) throws -> [StatusPage.Waiting] {
    let resolver = Resolver(try ResolutionInput(session.state, library: session.library))
    var found: [StatusPage.Waiting] = []
    for engagement in resolver.engagements {
      guard let index = resolver.input.versions.lastIndex(where: { $0.engagement == engagement }) else { continue }
      let version = resolver.input.versions[index]
      guard version.effective > today, !resolver.isEnded(engagement, since: version.entry, on: version.effective) else {
        continue
      }
      for party in session.state.membership.parties where party.leftDay == nil {
        guard let pending = PendingAcceptance.make(index, party.id, resolver, session), pending.waiting > 0 else {
          continue
        }
        let hasDeclined = session.state.acceptances.last {
          $0.version == version.statement && $0.party == party.id
        }.map { !$0.accepts }
        found.append(
          StatusPage.Waiting(
            engagement: engagement, party: party.id, hasDeclined: hasDeclined ?? false, units: pending.waiting,
            from: version.effective))
      }
    }
    return found
  }

  /// Files in the inbox that somebody put there.
  private static func waiting(_ session: Session) -> Int {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: session.layout.inbox)) ?? []
    return names.filter { !$0.hasPrefix(".") && !$0.hasSuffix(".objects") }.count
  }
}
