internal import Findings
package import Ownership
package import Statements

/// By which words a unit stands as it does.
package struct Ground: Hashable, Sendable {
  /// What the words have done.
  package enum Kind: String, Sendable {
    /// They name whoever answers.
    case agreed
    /// They name one party, and those of other agreements name others.
    case contested
    /// They held until their term was over.
    case ranOut = "ran-out"
    /// They held until an entry ended the agreement.
    case ended
    /// They let go of what the agreement gave to somebody before.
    case released
    /// They name a party that has left.
    case left
    /// They would name somebody, and not everybody who is needed has accepted them.
    case unaccepted
    case declined
    /// Nobody can read them.
    case unreadable
  }

  package var kind: Kind
  package var engagement: String
  /// The entry of the version that brought the terms.
  package var version: Int?
  /// The entry with which they took over, mostly the last acceptance that was needed, and its UTC day; where they hold no
  /// more, the entry that says so, if one does.
  package var recorded: Int?
  package var day: Day?
  /// Those of further agreements that stand against it, or that ran out or ended with it.
  package var others: [Ground] = []

  /// - Returns: nil where no agreement has to do with it.
  package init?(_ unit: ResponsibilityMatrix.UnitRow?, _ resolver: Resolver) {
    guard let unit, unit.applies else { return nil }
    self.init(unit.ownership, resolver)
  }

  /// - Returns: nil where no agreement has to do with it.
  package init?(_ ownership: UnitOwnership, _ resolver: Resolver) {
    let input = resolver.input
    var found: [Ground] = []
    if let claim = ownership.claims.first {
      // What contests is the newest of the words; the older ones stood alone before.
      found =
        ownership.error == .contested
        ? Ground.newestFirst(ownership.claims.map { Ground(.contested, $0.engagement, $0.holding, input) })
        : [Ground(.agreed, claim.engagement, claim.holding, input)]
    } else if let unreadable = ownership.undecidedBy {
      found = [Ground(.unreadable, unreadable.engagement, version: unreadable.entry)]
    } else if ownership.error == .lapsed {
      // What had run out long before has not left it to nobody.
      let last = ownership.lapses.map(\.lastDay).max()
      found = ownership.lapses.filter { $0.lastDay == last }.map { lapse in
        Ground(
          lapse.endEntry == nil ? .ranOut : .ended, lapse.engagement, version: input.versions[lapse.version].entry,
          recorded: lapse.endEntry)
      }
    } else if let waiting = ownership.waiting {
      found = [
        Ground(
          ownership.error == .declined ? .declined : .unaccepted, waiting.engagement,
          version: waiting.version.map { input.versions[$0].entry })
      ]
    } else if let departed = ownership.departed {
      let leave = input.leaves.first { departed.parties.contains($0.party) }
      found = [Ground(.left, departed.engagement, recorded: leave?.entry, day: leave?.day)]
    }
    guard var ground = found.first else { return nil }
    ground.others = Array(found.dropFirst())
    self = ground
  }

  /// The newer words by which an agreement let go of what it gave to somebody before.
  ///
  /// - Parameters:
  ///   - before: How the unit stood.
  ///   - after: How it stands on the day.
  /// - Returns: nil where somebody answers, or no words say so.
  static func released(
    _ before: UnitOwnership, _ after: UnitOwnership, _ resolver: Resolver, on day: Day
  ) -> Ground? {
    guard after.error == .unowned else { return nil }
    let scope = resolver.scope(on: day)
    let found = before.claims.compactMap { claim -> Ground? in
      let holding = resolver.holding(claim.engagement, after.unit, on: day, in: scope)
      guard holding.answer.parties.isEmpty, holding.termsVersion != nil else { return nil }
      return Ground(.released, claim.engagement, holding, resolver.input)
    }
    return newestFirst(found).first
  }

  private init(
    _ kind: Kind, _ engagement: String, version: Int? = nil, recorded: Int? = nil, day: Day? = nil
  ) {
    self.kind = kind
    self.engagement = engagement
    self.version = version
    self.recorded = recorded
    self.day = day
  }

  private init(_ kind: Kind, _ engagement: String, _ holding: AgreementState, _ input: ResolutionInput) {
    self.init(
      kind, engagement, version: holding.termsVersion.map { input.versions[$0].entry },
      recorded: holding.recordedEntry, day: holding.recordedDay)
  }

  private static func newestFirst(_ grounds: [Ground]) -> [Ground] {
    grounds.enumerated().sorted { left, right in
      let (one, other) = (left.element.recorded ?? -1, right.element.recorded ?? -1)
      return one == other ? left.offset < right.offset : one > other
    }.map(\.element)
  }

  /// `acme-onsite, entry 25, accepted by entry 27`; of what contests, the newest, then `against` the others.
  package var text: String {
    guard !others.isEmpty else { return own }
    return ([own] + others.map(\.own)).joined(separator: kind == .contested ? "; against " : "; and ")
  }

  private var own: String {
    let words = engagement + (version.map { ", entry \($0)" } ?? "")
    let entry = recorded.map { " by entry \($0)" } ?? ""
    switch kind {
    case .agreed, .contested, .released:
      return words + (recorded == nil || recorded == version ? "" : ", accepted\(entry)")
    case .ranOut: return "\(words), whose term ran out"
    case .ended: return "\(words), ended\(entry)"
    case .left: return "\(words), whose party left\(entry)"
    case .unaccepted: return "\(words), not accepted yet"
    case .declined: return "\(words), declined"
    case .unreadable: return "\(words), which cannot be read"
    }
  }
}
