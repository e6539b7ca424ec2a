internal import CommandLine
internal import Crypto
internal import Findings
internal import Index
internal import Obligations
internal import Ownership
internal import Reports
internal import Statements
internal import Workspace

/// How a store stands: what its page of status is made from.
struct StatusReading {
  let store: OpenedStore

  /// - Parameter day: The day for which ownership is resolved; nil for today.
  func page(_ chain: StatusInput.Chain, asOf day: Day? = nil) throws -> StatusPage {
    StatusPage(try input(chain, asOf: day))
  }

  /// What a look that reads no object's content says of the chain.
  ///
  /// What the last verification found wrong with an object is still wrong, though this look would not see it.
  func chain() throws -> StatusInput.Chain {
    let soundness = try store.soundness()
    if let fault = soundness.faults.first { return .unsound(fault.message) }
    if store.isRememberedUnsound { return .unsound("the last verification found it so") }
    return .sound(soundness.scope)
  }

  private func input(_ chain: StatusInput.Chain, asOf day: Day?) throws -> StatusInput {
    let today = store.desk.clock.today
    let snapshot = try store.snapshot(asOf: day ?? today)
    let unconfirmed = store.unconfirmedParties()
    var input = StatusInput(
      snapshot, chain: chain, endings: try EngagementEnding.list(snapshot),
      unconfirmed: unconfirmed.map { .init(party: $0.party, fingerprint: $0.key.keyID.hex) },
      upcoming: try upcoming(after: snapshot.asOf), offersWaiting: store.offersWaiting)
    let book = try store.dutyBook(snapshot)
    input.duties = DutyCalendar.owed(snapshot, done: book)
    input.unreadableHandovers = book.handovers.findings
    let assessments = try store.index.assessments()
    // What the assessments rest on makes no difference to what they say, or to a plan of action.
    let marks = assessments.map { record in
      AssessmentBook.Mark(
        entry: record.entry, day: record.recorded.day, party: record.party, member: record.member,
        assessment: record.assessment)
    }
    input.assessments = marks
    input.lateActions = ActionItem.list(snapshot, marks: marks).filter(\.isLate)
    let shelf = try day == nil ? RequestShelf(store) : RequestShelf(store, at: snapshot)
    input.overdueRequests = try shelf.overdue().map { ($0.list.name, $0.states) }
    input.labels = try store.index.labels()
    // Seldom has a store such evidence, and then its beginning is looked at.
    if input.labels.contains(where: { $0.label == Succession.label }) {
      input.succession = (try? Succession.find(in: store.reader, library: store.library)) ?? nil
    }
    input.retention = try store.index.retention(after: snapshot.asOf)
    return input
  }

  /// The newest versions that speak from a later day on, and whose word they lack.
  private func upcoming(after day: Day) throws -> [StatusPage.Waiting] {
    try PendingAcceptance.upcoming(store, after: day).map { upcoming in
      StatusPage.Waiting(
        engagement: upcoming.pending.version.engagement, party: upcoming.party, hasDeclined: upcoming.hasDeclined,
        units: upcoming.pending.waiting, from: upcoming.from)
    }
  }
}

extension StatusPage {
  /// Whether the chain was found not to be sound.
  var isUnsound: Bool { if case .unsound = input.chain { true } else { false } }
}
