internal import Agreements
package import Findings
internal import Catalogs
package import Statements

/// Who owns a unit on a day, as far as a tree knows, and why nobody does where nobody does.
package struct UnitOwnership: Sendable {
  /// An engagement's answer that names a party.
  package struct Claim: Sendable {
    package var engagement: String
    package var answer: Answer
    package var holding: AgreementState
  }

  /// A version that waits for a party's word.
  package struct Waiting: Sendable {
    package var engagement: String
    /// Index of the version.
    package var version: Int?
    /// What it would say.
    package var answer: Answer
    /// Whose word is missing.
    package var missing: [String]
    package var declineReason: String?
    /// What those have said in schedules that cannot be read.
    package var unreadable: [AgreementState.UnreadableWord]

    init(_ engagement: String, _ answer: Answer, _ holding: AgreementState) {
      self.engagement = engagement
      self.answer = answer
      version = holding.waiting
      missing = holding.missing
      declineReason = holding.declineReason
      unreadable = holding.unreadableWords
    }
  }

  /// What an engagement's answer was until its term ran out, or an end was recorded.
  package struct Lapse: Sendable {
    package var engagement: String
    /// Index of the version that brought those terms.
    package var version: Int
    /// The last day on which it held.
    package var lastDay: Day
    /// The entry that ended it; nil where its term ran out.
    package var endEntry: Int?
  }

  package var unit: UnitFacts
  /// The one party that answers; the client where a retained duty was given away.
  package var accountable: String?
  /// One of the seven kinds, the first that applies.
  package var error: FindingCode?
  /// Whether a newer version waits while this one holds.
  package var isPending = false
  /// The claims that count; of several, all that contest.
  package var claims: [Claim] = []
  /// What waits for a party's word.
  package var waiting: Waiting?
  /// The version that cannot be read, where one leaves the unit undecided: its engagement and entry.
  package var undecidedBy: (engagement: String, entry: Int)?
  /// An answer that would hold if its party had not left.
  package var departed: (engagement: String, parties: [String])?
  /// Answers that named a party and that have lapsed, in the engagements' order; those aside in whose place a newer
  /// version waits.
  package var lapses: [Lapse] = []
  /// Of several, the one that ran longest.
  package var lapsed: Lapse? {
    lapses.reduce(nil) { longest, next in longest.map { $0.lastDay >= next.lastDay ? $0 : next } ?? next }
  }

  init(unit: UnitFacts) {
    self.unit = unit
  }

  /// Whether nothing keeps the unit from being owned.
  package var isOwned: Bool { error == nil }

  /// The findings on ownership alone: the error, and `pending`.
  package var findings: [FindingCode] { (error.map { [$0] } ?? []) + (isPending ? [.pending] : []) }
}

extension Resolver {
  /// Rules 1 to 6 for a unit that applies.
  package func ownership(_ unit: UnitFacts, on day: Day, in scope: AdoptedScope) -> UnitOwnership {
    var result = UnitOwnership(unit: unit)
    var claims: [UnitOwnership.Claim] = []
    var absences: [FindingCode] = []
    for engagement in engagements {
      let holding = holding(engagement, unit, on: day, in: scope)
      if let index = holding.undecidedBy {
        absences.append(.undecided)
        result.undecidedBy = result.undecidedBy ?? (engagement, input.versions[index].entry)
      }
      let isNamed = !holding.answer.parties.isEmpty
      if isNamed, !hasLeft(holding.answer, on: day) {
        claims.append(UnitOwnership.Claim(engagement: engagement, answer: holding.answer, holding: holding))
        continue
      }
      if let answer = holding.waitingAnswer, !answer.parties.isEmpty {
        absences.append(holding.isDeclined ? .declined : .unaccepted)
        if result.waiting == nil || holding.isDeclined {
          result.waiting = UnitOwnership.Waiting(engagement, answer, holding)
        }
      } else if let lapse = lapse(engagement, unit, before: day, known: scope) {
        absences.append(.lapsed)
        result.lapses.append(lapse)
      }
      if isNamed { result.departed = (engagement, holding.answer.parties) }
    }
    settle(&result, claims, absences)
    return result
  }

  private func settle(_ result: inout UnitOwnership, _ claims: [UnitOwnership.Claim], _ absences: [FindingCode]) {
    let counting = result.unit.isRetained ? claims : Contest.counting(claims)
    let pending = counting.first { $0.holding.waiting != nil }
    result.isPending = pending != nil
    if let pending, let answer = pending.holding.waitingAnswer {
      result.waiting = UnitOwnership.Waiting(pending.engagement, answer, pending.holding)
    } else if !counting.isEmpty {
      result.waiting = nil
    }
    if absences.contains(.undecided) {
      result.error = .undecided
      return
    }
    if counting.isEmpty {
      result.error = FindingCode.ownershipErrors.first { absences.contains($0) } ?? .unowned
      return
    }
    if result.unit.isRetained {
      result.claims = [counting.first { $0.answer.isUndelegable } ?? Contest.speaking(counting)]
      result.accountable = input.client
      result.error = counting.contains { $0.answer.isUndelegable } ? .undelegable : nil
      return
    }
    let remaining = Contest.withoutYielding(counting)
    result.claims = remaining
    let parties = Set(remaining.flatMap(\.answer.parties))
    if parties.count > 1 {
      result.error = .contested
    } else {
      result.accountable = parties.first
    }
  }

  /// Rule 6: a party has left from the UTC day of its leave's entry on.
  private func hasLeft(_ answer: Answer, on day: Day) -> Bool {
    answer.parties.contains { hasLeft($0, on: day) }
  }

  /// The last answer that named a party and held until its term or an end ran out, before this day.
  ///
  /// - Parameter today: The scope of the day itself, whose catalog the unit was read from.
  private func lapse(
    _ engagement: String, _ unit: UnitFacts, before day: Day, known today: AdoptedScope
  ) -> UnitOwnership.Lapse? {
    var lastDays: Set<Day> = []
    for index in versionsByEngagement[engagement] ?? [] {
      if let through = input.versions[index].document?.termThrough, through < day { lastDays.insert(through) }
    }
    for end in input.ends where end.engagement == engagement && end.on <= day {
      lastDays.insert(end.on.adding(days: -1))
    }
    for lastDay in lastDays.sorted().reversed() {
      let scope = scope(on: lastDay)
      guard let unit = scope.counterpart(of: unit, from: today), scope.applies(unit) == true else { continue }
      let holding = holding(engagement, unit, on: lastDay, in: scope)
      guard let version = holding.version, !holding.answer.parties.isEmpty, !hasLeft(holding.answer, on: lastDay)
      else { continue }
      let end = end(of: engagement, since: input.versions[version].entry, on: lastDay.adding(days: 1))
      let runsOut = input.versions[version].document?.termThrough == lastDay
      guard runsOut || end != nil else { continue }
      return UnitOwnership.Lapse(
        engagement: engagement, version: holding.termsVersion ?? version, lastDay: lastDay,
        endEntry: runsOut ? nil : end?.entry)
    }
    return nil
  }
}

/// Rule 5: what counts where several engagements answer.
enum Contest {
  /// A client's default counts only where no other engagement's answer names a party, an in-house default after that.
  static func counting(_ claims: [UnitOwnership.Claim]) -> [UnitOwnership.Claim] {
    let tiers: [[Answer.Origin]] = [
      [.line, .providerDefault, .retained], [.clientDefault, .retainedDefault], [.inHouseDefault],
    ]
    for tier in tiers {
      let found = claims.filter { tier.contains($0.answer.origin) }
      if !found.isEmpty { return found }
    }
    return []
  }

  /// Of a retained unit, the first claim by a line, else the first: the client answers by all of them, and a default of
  /// another engagement names nobody who does the work.
  ///
  /// - Parameter claims: At least one.
  static func speaking(_ claims: [UnitOwnership.Claim]) -> UnitOwnership.Claim {
    claims.first { $0.answer.origin != .retainedDefault } ?? claims[0]
  }

  /// Drops claims that yield to another engagement's, which names another party and does not yield in turn, be it
  /// through further ones: of claims that yield in a circle none wins.
  static func withoutYielding(_ claims: [UnitOwnership.Claim]) -> [UnitOwnership.Claim] {
    let winners = claims.indices.map { claim in claims.indices.filter { yields(claims[claim], to: claims[$0]) } }
    return claims.indices.filter { claim in
      winners[claim].allSatisfy { reaches(claim, from: $0, winners) }
    }.map { claims[$0] }
  }

  private static func yields(_ claim: UnitOwnership.Claim, to other: UnitOwnership.Claim) -> Bool {
    other.engagement != claim.engagement && other.answer.parties != claim.answer.parties
      && claim.answer.terms.yieldsTo.contains(other.engagement)
  }

  /// Whether one yields to another in the end.
  private static func reaches(_ goal: Int, from start: Int, _ winners: [[Int]]) -> Bool {
    var reached: Set<Int> = [start]
    var open = [start]
    while let next = open.popLast() {
      open += winners[next].filter { reached.insert($0).inserted }
    }
    return reached.contains(goal)
  }
}
