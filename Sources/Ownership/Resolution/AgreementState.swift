internal import Catalogs
internal import Crypto
package import Statements

/// Rule 3: which version's answer holds for a unit and a day within one engagement, and who has said what.
package struct AgreementState: Sendable {
  /// Index of the version that holds; nil while none does.
  package var version: Int?
  /// nobody where none holds.
  package var answer = Answer.nobody(.nobody)
  /// The version that brought the terms that hold; a later one with equal terms changes nothing.
  package var termsVersion: Int?
  /// The entry with which those terms took over, and its UTC day.
  package var recordedEntry: Int?
  package var recordedDay: Day?
  /// The newest version that speaks for the day and does not hold yet.
  package var waiting: Int?
  package var waitingAnswer: Answer?
  /// Whether a party that is needed has said no to the waiting version.
  package var isDeclined = false
  /// Parties whose word the waiting version lacks.
  package var missing: [String] = []
  /// Why it was declined, where a reason was given.
  package var declineReason: String?
  /// Whether a version that cannot be read stands above the one that holds.
  package var isUndecided = false
}

extension Resolver {
  /// Folds an engagement's versions and acceptances in log order.
  package func holding(_ engagement: String, _ unit: UnitFacts, on day: Day, in scope: AdoptedScope) -> AgreementState {
    var holding = AgreementState()
    let catalog = scope.adoptions[unit.id.framework]?.catalog
    let versions = versionsByEngagement[engagement] ?? []
    var answers: [Int: Answer] = [:]
    for index in versions { answers[index] = answer(index, unit, on: day, in: scope) }
    var words: [Int: [String: Bool]] = [:]
    var reasons: [Int: String] = [:]
    var known: [Int] = []

    for event in events(of: versions) {
      switch event.what {
      case .version(let index):
        if answers[index] != nil { known.append(index) }
      case .acceptance(let index, let acceptance):
        guard let answer = answers[index], let catalog,
          acceptance.catalogs[unit.id.framework]?.contains(catalog) ?? false,
          acceptance.lines[unit.id]?.contains(where: {
            $0.from <= day && day <= $0.through && $0.terms == answer.terms
          }) ?? false
        else { continue }
        words[index, default: [:]][acceptance.party] = acceptance.accepts
        if !acceptance.accepts { reasons[index] = acceptance.reason }
      }
      takeOver(&holding, known, answers, words, event, day)
    }

    if let newest = known.last, newest > holding.version ?? -1, let answer = answers[newest] {
      holding.waiting = newest
      holding.waitingAnswer = answer
      let said = words[newest] ?? [:]
      let needed = neededParties(answer, holding.answer, on: day, atEntry: Int.max)
      holding.isDeclined = needed.contains { said[$0] == false }
      holding.declineReason = holding.isDeclined ? reasons[newest] : nil
      holding.missing = needed.filter { said[$0] != true }
    }
    holding.isUndecided = versions.contains { index in
      input.versions[index].document == nil && index > holding.version ?? -1
        && !isEnded(engagement, since: input.versions[index].entry, on: day)
    }
    return holding
  }

  private struct Event {
    enum What {
      case version(Int)
      case acceptance(Int, ResolutionInput.Acceptance)
    }

    let entry: Int
    let day: Day
    let what: What
  }

  private func events(of versions: [Int]) -> [Event] {
    var events: [Event] = []
    for index in versions {
      let version = input.versions[index]
      events.append(Event(entry: version.entry, day: version.day, what: .version(index)))
      for acceptance in acceptancesByVersion[version.statement] ?? [] {
        events.append(Event(entry: acceptance.entry, day: acceptance.day, what: .acceptance(index, acceptance)))
      }
    }
    return events.sorted { $0.entry < $1.entry }
  }

  /// Lets every version newer than the one that holds take over that can, the oldest first, until none can.
  private func takeOver(
    _ holding: inout AgreementState, _ known: [Int], _ answers: [Int: Answer], _ words: [Int: [String: Bool]],
    _ event: Event, _ day: Day
  ) {
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for index in known where index > holding.version ?? -1 {
        guard let answer = answers[index] else { continue }
        let isEqual = answer.terms == holding.answer.terms
        let said = words[index] ?? [:]
        guard
          isEqual
            || neededParties(answer, holding.answer, on: day, atEntry: event.entry).allSatisfy({ said[$0] == true })
        else { continue }
        if !isEqual || holding.version == nil {
          holding.termsVersion = index
          holding.recordedEntry = event.entry
          holding.recordedDay = event.day
        }
        holding.version = index
        holding.answer = answer
        hasChanged = true
      }
    }
  }

  /// Whose word a version needs: the client's, and that of the accountable parties of both answers. A party that has left
  /// answers for nothing from that day on, and its keys sign nothing.
  private func neededParties(_ new: Answer, _ held: Answer, on day: Day, atEntry entry: Int) -> [String] {
    var needed: [String] = []
    for party in [input.client] + new.parties + held.parties where !needed.contains(party) {
      let hasLeft = input.leaves.contains { $0.party == party && $0.entry <= entry && $0.day <= day }
      if !hasLeft || new.parties.contains(party) { needed.append(party) }
    }
    return needed
  }

  /// Rule 4: whether an end recorded after an entry leaves the day uncovered.
  package func isEnded(_ engagement: String, since entry: Int, on day: Day) -> Bool {
    input.ends.contains { $0.engagement == engagement && $0.entry > entry && $0.on <= day }
  }
}
