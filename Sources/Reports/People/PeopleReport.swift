internal import Agreements
package import Crypto
internal import Catalogs
internal import Findings
package import Ownership
package import Statements

/// Who does how much, who has left and is still named, who has nothing to do, and with which keys they sign.
public struct PeopleReport: Sendable {
  /// What it was folded from.
  public let stamp: ReportStamp

  /// A party, and how much it answers for.
  package struct Party: Sendable, Equatable {
    package var id: String
    package var name: String
    package var kind: String
    package var left: Day?
    package var controls: Int
    package var units: Int
    /// Units that it answers for and for which nobody is named who is there.
    package var unstaffed: Int
    /// Members that have not left.
    package var members: Int
  }

  /// Somebody, be they a member or only named in an agreement.
  package struct Person: Sendable, Equatable {
    /// Whether they can sign.
    package enum State: String, Sendable {
      case active
      /// They have left, or every key of theirs is revoked.
      case gone
      /// They never joined: a contact of an agreement, or a name that nobody has.
      case contact
      case unknown
    }

    package var id: String
    package var name: String?
    package var party: String
    package var role: String?
    package var isRobot: Bool
    package var state: State
    /// What they are named for as those who do the work.
    package var controls: Int
    package var units: Int
    /// Controls that their party answers for.
    package var partyControls: Int
    /// Keys that speak for them.
    package var keys: Int

    /// Whether more than half of what their party answers for hangs on them.
    package var isSinglePoint: Bool { controls > 0 && controls * 2 > partyControls && partyControls > 0 }
    /// Whether they are named and cannot do it.
    package var isStillNamed: Bool { units > 0 && (state == .gone || state == .unknown) }
    /// Whether they are there and named for nothing.
    package var isIdle: Bool { state == .active && units == 0 && !isRobot }
  }

  /// A key that speaks, or that did.
  package struct Key: Sendable, Equatable {
    package var id: Digest
    package var owner: String
    package var use: String
    package var introduced: Int
    package var revoked: Int?
    package var isSuspect: Bool
    /// Why it signs nothing any more: `has left, by entry 12`; nil where it does.
    package var ending: String?
    /// When its last statement that counts says that it was signed, whatever it is about.
    package var lastSigned: Instant?
  }

  /// The client first, then in order of joining.
  package let parties: [Party]
  /// By parties, then by names.
  package let people: [Person]
  /// In order of joining.
  package let keys: [Key]

  /// - Parameter lastSigned: By keys, when each has signed evidence, measurements and all else last; what is missing there is
  ///   told by what the fold remembers, which is all but evidence and measurements.
  package init(_ snapshot: Snapshot, lastSigned: [Digest: Instant] = [:]) {
    stamp = ReportStamp(snapshot)
    let work = Work(snapshot)
    let membership = snapshot.state.membership
    parties = membership.parties.map { party in
      Party(
        id: party.id, name: party.name, kind: party.kind.rawValue, left: party.leftDay,
        controls: work.controls[party.id]?.count ?? 0, units: work.units[party.id] ?? 0,
        unstaffed: work.unstaffed[party.id] ?? 0, members: membership.activeMembers(of: party.id).count)
    }
    people = PeopleReport.people(snapshot, work)
    keys = membership.keys.map { key in
      Key(
        id: key.keyID, owner: key.owner, use: key.use.rawValue, introduced: key.introduced, revoked: key.revoked,
        isSuspect: key.suspectSince != nil, ending: membership.ending(of: key),
        lastSigned: [key.lastSignedAt, lastSigned[key.keyID]].compactMap { $0 }.max())
    }
  }

  private static func people(_ snapshot: Snapshot, _ work: Work) -> [Person] {
    let membership = snapshot.state.membership
    let contacts = Dictionary(
      snapshot.resolver.input.versions.flatMap { $0.document?.contacts ?? [] }.map { ($0.id, $0.name) },
      uniquingKeysWith: { $1 })
    let named = work.people.keys.filter { id in membership.member(id) == nil }
    let ids = membership.members.map(\.id) + named
    return ids.map { id in
      let member = membership.member(id)
      let party = Identifier.party(ofMember: id)
      let state: Person.State =
        if member != nil {
          membership.isGone(member: id) ? .gone : .active
        } else if contacts[id] != nil {
          membership.isPresent(party: party) ? .contact : .gone
        } else {
          .unknown
        }
      let own = work.people[id]
      return Person(
        id: id, name: member?.name ?? contacts[id], party: party, role: member?.role.rawValue,
        isRobot: member?.isRobot ?? false, state: state, controls: own?.controls.count ?? 0, units: own?.units ?? 0,
        partyControls: work.controls[party]?.count ?? 0,
        keys: membership.keys.count { $0.owner == id && membership.speakingKey($0.keyID) != nil })
    }.sorted { left, right in
      left.party == right.party ? ByteOrder.precedes(left.id, right.id) : ByteOrder.precedes(left.party, right.party)
    }
  }

  /// Who is named for what.
  private struct Work {
    struct Share {
      var controls: Set<ControlID> = []
      var units = 0
    }

    /// Controls of which a party answers for anything.
    var controls: [String: Set<ControlID>] = [:]
    var units: [String: Int] = [:]
    var unstaffed: [String: Int] = [:]
    var people: [String: Share] = [:]

    init(_ snapshot: Snapshot) {
      for unit in snapshot.matrix.units where unit.applies && unit.ownership.isOwned {
        guard let party = unit.accountable else { continue }
        controls[party, default: []].insert(unit.control)
        units[party, default: 0] += 1
        if unit.findings.contains(.unstaffed) { unstaffed[party, default: 0] += 1 }
        for person in unit.responsible where Identifier.isMember(person) {
          people[person, default: Share()].controls.insert(unit.control)
          people[person, default: Share()].units += 1
        }
      }
    }
  }
}
