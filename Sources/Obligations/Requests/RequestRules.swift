package import Findings
package import Ownership
package import Statements

/// What stands in the log for an auditor's requests.
package enum RequestRules {
  /// Evidence that answers a request, or seems to.
  package struct Answer: Sendable, Equatable {
    package let record: EvidenceRecord
    /// Whether a person said so, by the label; else its controls and days fit, and nobody said that it is what was meant.
    package let isTied: Bool
    /// The controls of the request that it is for.
    package let controls: [String]
  }

  /// Evidence for a request's controls that does not count for it.
  package struct Miss: Sendable, Equatable {
    package let record: EvidenceRecord
    /// Why not: `covers 2026-01-01 to 2026-03-31, outside of the period`.
    package let reason: String
  }

  /// How a request stands.
  package enum Status: String, Sendable, CaseIterable {
    case open, partly, answered
    /// The auditor's own list says that nothing more is asked for.
    case accepted
  }

  /// A request, and what stands in the log for it.
  package struct State: Sendable, Equatable {
    package let request: AuditRequest
    /// In log order. What a person tied to it wins over what only matches.
    package let answers: [Answer]
    /// The controls for which nothing is there; none where a person tied evidence to the request that is for none of its
    /// controls: that it answers is then that person's word.
    package let missing: [String]
    /// Days of its period of which nothing answers, in order; none where it names no whole period, or nothing answers.
    package let uncovered: [ClosedRange<Day>]
    /// The newest first.
    package let misses: [Miss]

    /// A request that names no control is answered only by who says so; one that names a period, by what covers it, or by
    /// who says so.
    package var status: Status {
      if request.verdict == .accepted { return .accepted }
      if answers.isEmpty { return .open }
      if answers.contains(where: \.isTied) { return missing.isEmpty ? .answered : .partly }
      return missing.isEmpty && uncovered.isEmpty && !request.hasUnreadControls ? .answered : .partly
    }

    /// Whether nothing is to be done for it: it is answered, or the auditor has accepted what there is.
    package var isSettled: Bool { status == .answered || status == .accepted }

    /// Whether it was due before a day and is not settled.
    package func isOverdue(on day: Day) -> Bool { !isSettled && request.due.map { $0 < day } ?? false }
  }

  /// So many that do not count are kept for each request.
  private static let missLimit = 5

  /// Holds requests against evidence.
  ///
  /// A label ties what was recorded after the request came in: a number is used again in the next list, and what was there
  /// before cannot have been meant for it.
  ///
  /// - Parameters:
  ///   - requests: Of one list.
  ///   - list: Its name, by which a label may tell it from others.
  ///   - evidence: What counts, is not replaced and shows something still, in log order.
  package static func states(
    _ requests: [AuditRequest], of list: String? = nil, _ evidence: [EvidenceRecord]
  ) -> [State] {
    var byNumber: [String: [Int]] = [:]
    var byControl: [String: Set<Int>] = [:]
    for (place, request) in requests.enumerated() {
      for name in RequestLabel.names(request.number, of: list) { byNumber[name, default: []].append(place) }
      for id in request.targets.flatMap(\.reach) { byControl[id, default: []].insert(place) }
    }
    var tied: [Int: [Answer]] = [:]
    var matching: [Int: [Answer]] = [:]
    var misses: [Int: [Miss]] = [:]
    for record in evidence {
      let own = Set(record.evidence.controls)
      let named = record.evidence.label.map { RequestLabel.numbers($0) } ?? []
      let labelled = Set(named.flatMap { byNumber[$0] ?? [] })
      for place in labelled {
        if let came = requests[place].came, record.entry <= came {
          if own.isDisjoint(with: requests[place].targets.flatMap(\.reach)) {
            misses[place, default: []].append(Miss(record: record, reason: tooEarly))
          }
          continue
        }
        if wasReturned(record, requests[place]) {
          misses[place, default: []].append(Miss(record: record, reason: returned))
          continue
        }
        tied[place, default: []].append(
          Answer(record: record, isTied: true, controls: covered(requests[place], own)))
      }
      for place in own.reduce(into: Set<Int>(), { $0.formUnion(byControl[$1] ?? []) }) {
        let isOld = wasReturned(record, requests[place])
        // What is tied to it is told once.
        if isOld, labelled.contains(place) { continue }
        if let reason = isOld ? returned : misfit(record, requests[place]) {
          misses[place, default: []].append(Miss(record: record, reason: reason))
        } else {
          matching[place, default: []].append(
            Answer(record: record, isTied: false, controls: covered(requests[place], own)))
        }
      }
    }
    return requests.enumerated().map { place, request in
      let answers = tied[place] ?? matching[place] ?? []
      let there = Set(answers.flatMap(\.controls))
      // Of evidence for none of its controls a person has said that it answers; of evidence for some, for these.
      let isSaid = tied[place] != nil && there.isEmpty
      let counted = Set(answers.map(\.record.entry))
      return State(
        request: request, answers: answers,
        missing: isSaid ? [] : request.controls.filter { !there.contains($0) },
        uncovered: RequestPeriodGaps.days(of: request, answers, asWhole: isSaid),
        misses: Array((misses[place] ?? []).reversed().filter { !counted.contains($0.record.entry) }.prefix(missLimit)))
    }
  }

  private static let tooEarly = "was recorded before the request came in"

  private static let returned = "was there when the auditor gave the request back"

  private static func wasReturned(_ record: EvidenceRecord, _ request: AuditRequest) -> Bool {
    request.returned.map { record.entry <= $0 } ?? false
  }

  private static func covered(_ request: AuditRequest, _ controls: Set<String>) -> [String] {
    request.targets.filter { !$0.reach.isDisjoint(with: controls) }.map(\.control)
  }

  /// Why evidence for a request's controls does not match it; nil where it does.
  ///
  /// What has a period asks for days that evidence covers, or was collected or recorded on; what has none, for what was
  /// recorded since it came in.
  private static func misfit(_ record: EvidenceRecord, _ request: AuditRequest) -> String? {
    if request.hasUnreadPeriod { return "may be of other days: the request's period is not understood" }
    guard request.from != nil || request.through != nil else {
      guard let came = request.came, record.entry <= came else { return nil }
      return tooEarly
    }
    let (first, last) = (min(record.firstDay, record.ageDay), record.ageDay)
    guard request.from.map({ last < $0 }) ?? false || request.through.map({ first > $0 }) ?? false else { return nil }
    return first == last ? "is of \(last), outside of the period" : "covers \(first) to \(last), outside of the period"
  }
}

extension RequestRules {
  /// `request-overdue`, one for each request of a list that is late on a day.
  ///
  /// - Parameter list: The file's name.
  package static func findings(_ states: [State], of list: String, on day: Day) -> [Finding] {
    states.filter { $0.isOverdue(on: day) }.map { state in
      let (request, due) = (state.request, state.request.due.map { "\($0)" } ?? "")
      return Finding(
        .requestOverdue, "\(list)/request \(request.number)", entry: request.came, expected: due,
        found: state.status.rawValue,
        "request '\(request.number)' of '\(list)' was due on \(due) and is \(state.status == .partly ? "answered in part" : "not answered")"
          + (request.owner.map { ": '\($0)' is to answer it" } ?? ""))
    }
  }
}
