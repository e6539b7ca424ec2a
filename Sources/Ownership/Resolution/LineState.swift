internal import Agreements
internal import Crypto
package import Statements

/// Which line of an engagement holds on a day about something that is no unit, and what waits to take its place.
package struct LineState: Sendable {
  /// What a version says.
  package struct Saying: Sendable, Equatable {
    /// Index into the resolver's versions.
    package var version: Int
    /// The lines of the schedule, in byte order; none where the version has no such line.
    package var texts: [String]
    /// The parties that they name.
    package var parties: [String]
  }

  package var engagement: String
  package var key: Schedule.LineKey
  /// What holds; nil where nothing does, or only what names parties that have left.
  package var held: Saying?
  /// The entry with which that took over.
  package var heldSince: Int?
  /// What the newest version says, where it does not hold yet.
  package var waiting: Saying?
  /// Parties whose word that lacks.
  package var missing: [String] = []
  /// Those of them that have said no.
  package var decliners: [String] = []
  package var declineReason: String?
  /// What they have said in schedules that cannot be read.
  package var unreadableWords: [AgreementState.UnreadableWord] = []

  /// `acme-onsite/level uptime`.
  package var subject: String { "\(engagement)/\(key)" }
}

extension Resolver {
  /// The lines of an engagement that are about no unit: those that hold on a day, and those that wait to.
  ///
  /// Held one by one like units: a line holds once the client and the parties that it and its predecessor name have
  /// accepted it. A line that is gone is a change like any other.
  package func lines(_ engagement: String, on day: Day) -> [LineState] {
    var said: [Int: [Schedule.LineKey: DocumentLine]] = [:]
    // Asked in log order, so that nobody looks at all earlier versions for each.
    var hasSpoken = false
    for index in versionsByEngagement[engagement] ?? [] {
      said[index] = documentLines(index, on: day, hasSpoken: hasSpoken)
      hasSpoken = hasSpoken || isInTerm(input.versions[index], on: day)
    }
    let keys = Set(said.values.flatMap(\.keys)).sorted(by: Schedule.LineKey.precedes)
    return keys.compactMap { state(of: $0, in: engagement, said, on: day) }
  }

  /// What a version says on a day about all that is no unit; nil where it does not speak for the day.
  func documentLines(_ index: Int, on day: Day) -> [Schedule.LineKey: DocumentLine]? {
    let earlier = (versionsByEngagement[input.versions[index].engagement] ?? []).prefix { $0 < index }
    return documentLines(
      index, on: day, hasSpoken: earlier.contains { isInTerm(input.versions[$0], on: day) })
  }

  /// - Parameter hasSpoken: Whether an earlier version speaks for the day.
  private func documentLines(
    _ index: Int, on day: Day, hasSpoken: @autoclosure () -> Bool
  ) -> [Schedule.LineKey: DocumentLine]? {
    let version = input.versions[index]
    guard let document = version.document, day >= version.effective else { return nil }
    // Outside its term it has no line wherever an earlier version speaks for the day.
    guard day >= document.termFrom, day <= document.termThrough else { return hasSpoken() ? [:] : nil }
    return linesByVersion[index]
  }

  private func isInTerm(_ version: ResolutionInput.Version, on day: Day) -> Bool {
    guard let document = version.document else { return false }
    return day >= version.effective && day >= document.termFrom && day <= document.termThrough
  }

  private func state(
    of key: Schedule.LineKey, in engagement: String, _ said: [Int: [Schedule.LineKey: DocumentLine]], on day: Day
  ) -> LineState? {
    var fold = LineFold(client: input.client, key: key, said: said)
    for event in eventsByEngagement[engagement] ?? [] {
      fold.take(event, on: day) { new, held, entry in
        neededParties(new, over: held, on: day, atEntry: entry)
      }
    }
    var state = LineState(engagement: engagement, key: key)
    if let held = fold.held, let version = fold.version {
      let isPresent = held.parties.isEmpty || !held.parties.allSatisfy { hasLeft($0, on: day) }
      if isPresent {
        state.held = LineState.Saying(version: version, held)
        state.heldSince = fold.since
      }
    }
    if let newest = fold.open.last, newest > fold.version ?? -1 {
      let line = said[newest]?[key]
      let words = fold.words[newest] ?? [:]
      state.waiting = LineState.Saying(version: newest, line ?? DocumentLine(texts: [], parties: []))
      state.missing = neededParties(line?.parties ?? [], over: fold.held?.parties ?? [], on: day, atEntry: Int.max)
        .filter { words[$0] != true }
      state.decliners = state.missing.filter { words[$0] == false }
      state.declineReason = state.decliners.isEmpty ? nil : fold.reasons[newest]
      state.unreadableWords = unreadableWords(on: newest, of: state.missing)
    }
    return state.held == nil && state.waiting?.texts.isEmpty ?? true ? nil : state
  }

  /// Whether a party has left by a day.
  package func hasLeft(_ party: String, on day: Day) -> Bool {
    input.leaves.contains { $0.party == party && $0.day <= day }
  }
}

extension LineState.Saying {
  fileprivate init(version: Int, _ line: DocumentLine) {
    self.init(version: version, texts: line.texts.sorted(by: ByteOrder.precedes), parties: line.parties)
  }
}

/// The events of an engagement as they bear on one line and one day.
private struct LineFold {
  let client: String
  let key: Schedule.LineKey
  /// What each version says on that day.
  let said: [Int: [Schedule.LineKey: DocumentLine]]
  /// The version that holds, and its line; no line where it has none.
  var version: Int?
  var held: DocumentLine?
  var since: Int?
  /// Versions that speak for the day and that no end has closed.
  var open: [Int] = []
  /// The latest word of each party on each version.
  var words: [Int: [String: Bool]] = [:]
  var reasons: [Int: String] = [:]

  init(client: String, key: Schedule.LineKey, said: [Int: [Schedule.LineKey: DocumentLine]]) {
    self.client = client
    self.key = key
    self.said = said
  }

  /// - Parameter needed: Whose word a line needs: the parties it names, those of the one that holds, the entry.
  mutating func take(
    _ event: AgreementEvent, on day: Day, needed: (_ new: [String], _ held: [String], _ entry: Int) -> [String]
  ) {
    switch event.what {
    case .version(let index):
      if said[index] != nil { open.append(index) }
    case .acceptance(let index, let acceptance):
      guard let lines = said[index], let answer = word(acceptance, lines[key]) else { return }
      words[index, default: [:]][acceptance.party] = answer
      if !answer { reasons[index] = acceptance.reason }
    case .end(let on):
      guard on <= day else { return }
      (version, held, since) = (nil, nil, nil)
      open.removeAll()
    }
    takeOver(event.entry, needed)
  }

  /// What an acceptance says of a version's line; nil where it says nothing of it.
  private func word(_ acceptance: ResolutionInput.Acceptance, _ line: DocumentLine?) -> Bool? {
    guard acceptance.isReadable else { return nil }
    let signed = acceptance.otherLines[key]
    if let line, signed == line.texts { return acceptance.accepts }
    // A line that is gone, or that names another party now, is not in the schedule of whoever loses it: who accepts the
    // version without it lets it go.
    let isListed =
      line != nil && !key.isStatementOfWork
      && (acceptance.party == client || line?.parties.contains(acceptance.party) ?? false)
    return !isListed && signed == nil && acceptance.accepts ? true : nil
  }

  private mutating func takeOver(_ entry: Int, _ needed: ([String], [String], Int) -> [String]) {
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for index in open.newer(than: version) {
        let line = said[index]?[key]
        let isEqual = line?.texts == held?.texts
        guard
          isEqual
            || needed(line?.parties ?? [], held?.parties ?? [], entry).allSatisfy({ words[index]?[$0] == true })
        else { continue }
        if !isEqual { since = entry }
        version = index
        held = line
        hasChanged = true
      }
    }
  }
}
