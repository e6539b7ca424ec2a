internal import Catalogs
internal import Crypto
package import Statements

/// Rules 3 and 4: which version's answer holds for a unit and a day within one engagement, and who has said what.
package struct AgreementState: Sendable {
  /// An acceptance whose schedule cannot be read, so that nobody can say what it is about.
  package struct UnreadableWord: Sendable, Equatable {
    package var party: String
    package var entry: Int

    package init(party: String, entry: Int) {
      self.party = party
      self.entry = entry
    }
  }

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
  /// What those parties have said of it in schedules that cannot be read.
  package var unreadableWords: [UnreadableWord] = []
  /// Why it was declined, where a reason was given.
  package var declineReason: String?
  /// Index of a version that cannot be read, that the client has accepted, and that stands above the one that holds.
  package var undecidedBy: Int?

  /// Whether a version that cannot be read stands above the one that holds.
  package var isUndecided: Bool { undecidedBy != nil }
}

extension Resolver {
  /// Folds an engagement's versions, acceptances and ends in log order.
  package func holding(_ engagement: String, _ unit: UnitFacts, on day: Day, in scope: AdoptedScope) -> AgreementState {
    var holding = AgreementState()
    let catalog = scope.adoptions[unit.id.framework]?.catalog
    let versions = versionsByEngagement[engagement] ?? []
    var answers: [Int: Answer] = [:]
    // Asked in log order, so that nobody looks at all earlier versions for each.
    var hasSpoken = false
    for index in versions {
      answers[index] = answer(index, unit, on: day, in: scope, hasSpoken: hasSpoken)
      hasSpoken = hasSpoken || speaks(index, for: unit, on: day)
    }
    var words: [Int: [String: Bool]] = [:]
    var reasons: [Int: String] = [:]
    // Versions that may hold on this day: those that answer and that no end has closed.
    var open: [Int] = []

    for event in eventsByEngagement[engagement] ?? [] {
      switch event.what {
      case .version(let index):
        if answers[index] != nil { open.append(index) }
      case .acceptance(let index, let acceptance):
        guard let answer = answers[index], let catalog,
          acceptance.catalogs[unit.id.framework]?.contains(catalog) ?? false,
          event.says(answer.terms, of: unit.id, on: day, in: acceptance)
        else { continue }
        words[index, default: [:]][acceptance.party] = acceptance.accepts
        if !acceptance.accepts { reasons[index] = acceptance.reason }
      case .end(let on):
        guard on <= day else { continue }
        // Nobody's is the answer from here on, and what was recorded so far never comes back on this day.
        holding = AgreementState()
        open.removeAll()
      }
      takeOver(&holding, open, answers, words, event, day)
    }

    if let newest = open.last, newest > holding.version ?? -1, let answer = answers[newest] {
      holding.waiting = newest
      holding.waitingAnswer = answer
      let said = words[newest] ?? [:]
      let needed = neededParties(answer.parties, over: holding.answer.parties, on: day, atEntry: Int.max)
      holding.isDeclined = needed.contains { said[$0] == false }
      holding.declineReason = holding.isDeclined ? reasons[newest] : nil
      holding.missing = needed.filter { said[$0] != true }
      holding.unreadableWords = unreadableWords(on: newest, of: holding.missing)
    }
    holding.undecidedBy = undecided(versions, above: holding.version, on: day)
    return holding
  }

  /// Lets every version newer than the one that holds take over that can, the oldest first, until none can.
  private func takeOver(
    _ holding: inout AgreementState, _ open: [Int], _ answers: [Int: Answer], _ words: [Int: [String: Bool]],
    _ event: AgreementEvent, _ day: Day
  ) {
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for index in open.newer(than: holding.version) {
        guard let answer = answers[index] else { continue }
        let isEqual = answer.terms == holding.answer.terms
        let said = words[index] ?? [:]
        guard
          isEqual
            || neededParties(answer.parties, over: holding.answer.parties, on: day, atEntry: event.entry)
              .allSatisfy({ said[$0] == true })
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

  /// Whose word a version needs: the client's, and that of the parties of both answers. A party that has left answers for
  /// nothing from that day on, and its keys sign nothing.
  func neededParties(_ new: [String], over held: [String], on day: Day, atEntry entry: Int) -> [String] {
    var needed: [String] = []
    for party in [input.client] + new + held where !needed.contains(party) {
      let hasLeft = input.leaves.contains { $0.party == party && $0.entry <= entry && $0.day <= day }
      if !hasLeft || new.contains(party) { needed.append(party) }
    }
    return needed
  }

  /// What parties have said of a version in schedules that cannot be read.
  func unreadableWords(on version: Int, of parties: [String]) -> [AgreementState.UnreadableWord] {
    (acceptancesByVersion[input.versions[version].statement] ?? []).compactMap { acceptance in
      acceptance.isReadable || !parties.contains(acceptance.party)
        ? nil : AgreementState.UnreadableWord(party: acceptance.party, entry: acceptance.entry)
    }
  }

  /// The newest version above the one that holds that cannot be read and that the client has accepted: until then it says
  /// nothing, so that nobody takes away an answer with a document that is none.
  private func undecided(_ versions: [Int], above held: Int?, on day: Day) -> Int? {
    versions.last { index in
      let version = input.versions[index]
      return version.document == nil && index > held ?? -1 && version.effective <= day
        && hasAccepted(input.client, index) && !isEnded(version.engagement, since: version.entry, on: day)
    }
  }

  /// The newest versions that cannot be read and that the client has not accepted, by engagement.
  func unreadableProposals(on day: Day) -> [(engagement: String, entry: Int)] {
    engagements.compactMap { engagement in
      guard let index = versionsByEngagement[engagement]?.last, input.versions[index].document == nil,
        !hasAnswered(input.client, index), !isEnded(engagement, since: input.versions[index].entry, on: day)
      else { return nil }
      return (engagement, input.versions[index].entry)
    }
  }

  /// Whether a party has accepted or declined a version, whatever lines of it.
  private func hasAnswered(_ party: String, _ version: Int) -> Bool {
    (acceptancesByVersion[input.versions[version].statement] ?? []).contains { $0.party == party }
  }

  /// Whether a party has accepted a version, whatever lines of it.
  func hasAccepted(_ party: String, _ version: Int) -> Bool {
    (acceptancesByVersion[input.versions[version].statement] ?? []).contains { $0.party == party && $0.accepts }
  }

  /// Rule 4: whether an end recorded after an entry leaves the day uncovered.
  package func isEnded(_ engagement: String, since entry: Int, on day: Day) -> Bool {
    end(of: engagement, since: entry, on: day) != nil
  }

  /// The first end recorded after an entry that leaves the day uncovered.
  func end(of engagement: String, since entry: Int, on day: Day) -> ResolutionInput.End? {
    input.ends.first { $0.engagement == engagement && $0.entry > entry && $0.on <= day }
  }
}

extension [Int] {
  /// Of versions in log order, those after one that holds.
  func newer(than held: Int?) -> ArraySlice<Int> {
    // Mostly it is the last.
    guard let held, let place = lastIndex(where: { $0 <= held }) else { return self[...] }
    return self[(place + 1)...]
  }
}
