package import Agreements
internal import Catalogs
internal import Ownership
package import Statements

/// The times a duty was owed, and whether it was done in each: one after the other, from the term's first day on.
///
/// What is owed every quarter is due a quarter after it was done last, so that a time ends with the evidence that it was
/// done, and the next begins on that day. While nobody does it, it stays one time, however late.
package struct DutyHistory: Sendable, Equatable {
  package enum State: String, Sendable, CaseIterable {
    /// Done by the day on which it was due.
    case met
    /// Done afterwards.
    case late
    /// Not done yet, and that day has passed.
    case missed
    /// Not done yet, and there is time.
    case open
  }

  /// One time.
  package struct Term: Sendable, Equatable {
    /// The day from which it counts: the term's first, or that on which it was done before.
    package var from: Day
    package var due: Day
    package var done: DutyCalendar.Done?
    package var state: State
    /// By how many days it was late, or is.
    package var daysLate: Int
  }

  /// The earliest first; none for what is owed when something happens.
  package var terms: [Term]

  /// - Parameters:
  ///   - when: When it is owed.
  ///   - timeline: The cadences that it was owed by, where versions changed it.
  ///   - termFrom: The first day of the agreement's term.
  ///   - done: When it was done, the earliest first.
  ///   - day: The day as of which it is looked at; what was done later is not known yet.
  package init(
    _ when: Duty.When, timeline: DutyTimeline? = nil, termFrom: Day, done all: [DutyCalendar.Done], asOf day: Day
  ) {
    terms = []
    let done = all.filter { $0.day <= day }
    func add(_ from: Day, _ due: Day, _ done: DutyCalendar.Done?) {
      let end = done?.day ?? day
      let late = max(0, end.daysSinceEpoch - due.daysSinceEpoch)
      let state: State = done == nil ? (late > 0 ? .missed : .open) : (late > 0 ? .late : .met)
      terms.append(Term(from: from, due: due, done: done, state: state, daysLate: late))
    }
    switch when {
    case .within(let days): add(termFrom, termFrom.adding(days: days), done.first)
    case .every(let name):
      guard let cadence = Cadence(rawValue: name) else { return }
      func due(_ from: Day) -> Day? { timeline.map { $0.due(after: from) } ?? cadence.due(after: from) }
      // Nothing is owed before the term, whatever was done then.
      var from = termFrom
      for time in done where time.day > termFrom && time.day > from {
        guard let due = due(from) else { return }
        add(from, due, time)
        from = time.day
      }
      guard let due = due(from), termFrom <= day else { return }
      add(from, due, nil)
    }
  }

  /// The times of an entry of the calendar; what is handed over is owed one time.
  package init(_ entry: DutyCalendar.Entry, done all: [DutyCalendar.Done], asOf day: Day) {
    switch entry.when {
    case .agreed(let when):
      self.init(when, timeline: entry.timeline, termFrom: entry.termFrom, done: all, asOf: day)
    case .handover(let by):
      let days = by.daysSinceEpoch - entry.termFrom.daysSinceEpoch
      self.init(.within(days: days), termFrom: entry.termFrom, done: all, asOf: day)
    }
    // Of a duty that holds no more, what had to be done by its last day, or was.
    if let last = entry.heldThrough {
      terms.removeAll { $0.due > last && $0.done.map { $0.day > last } ?? true }
    }
  }

  package func count(_ state: State) -> Int { terms.count { $0.state == state } }
}
