internal import Catalogs
package import Statements

/// What may change which version of an engagement holds, in the order of the log.
package struct AgreementEvent: Sendable {
  package enum What: Sendable {
    /// A version is recorded: its index into the input's.
    case version(Int)
    /// A party's word on a version.
    case acceptance(Int, ResolutionInput.Acceptance)
    /// An end, and the first day that it leaves uncovered.
    case end(on: Day)
  }

  package let entry: Int
  /// The day on which it takes effect.
  package let day: Day
  package let what: What
  /// Of a party's word on a unit with many lines, those lines by their days.
  var datedLines: [ControlID: DatedLines<Schedule.UnitLine>] = [:]
}

extension AgreementEvent {
  /// So many lines of a unit are looked through one by one.
  private static let fewLines = 16

  fileprivate init(_ word: ResolutionInput.Acceptance, on version: Int) {
    self.init(entry: word.entry, day: word.day, what: .acceptance(version, word))
    for (unit, lines) in word.lines where lines.count > AgreementEvent.fewLines {
      datedLines[unit] = DatedLines(lines) { ($0.from, $0.through) }
    }
  }

  /// Whether a word says just these terms of a unit and a day.
  func says(_ terms: Schedule.Terms, of unit: ControlID, on day: Day, in word: ResolutionInput.Acceptance) -> Bool {
    if let dated = datedLines[unit] { return dated.inForce(on: day).contains { $0.terms == terms } }
    return word.lines[unit]?.contains { $0.from <= day && day <= $0.through && $0.terms == terms } ?? false
  }
}

extension ResolutionInput {
  /// The events of each engagement, in log order.
  func events() -> [String: [AgreementEvent]] {
    var words: [Int: [Acceptance]] = [:]
    let indices = Dictionary(
      versions.enumerated().map { ($0.element.statement, $0.offset) }, uniquingKeysWith: { first, _ in first })
    for acceptance in acceptances {
      if let index = indices[acceptance.version] { words[index, default: []].append(acceptance) }
    }
    var events: [String: [AgreementEvent]] = [:]
    for (index, version) in versions.enumerated() {
      var own = [AgreementEvent(entry: version.entry, day: version.day, what: .version(index))]
      for word in words[index] ?? [] {
        own.append(AgreementEvent(word, on: index))
      }
      events[version.engagement, default: []] += own
    }
    for end in ends where events[end.engagement] != nil {
      events[end.engagement]?.append(AgreementEvent(entry: end.entry, day: end.on, what: .end(on: end.on)))
    }
    return events.mapValues { $0.sorted { $0.entry < $1.entry } }
  }
}
