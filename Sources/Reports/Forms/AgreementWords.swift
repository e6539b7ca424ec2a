internal import Agreements
internal import Catalogs
internal import Crypto
internal import Findings
package import Ownership
package import Statements

/// The version of an agreement by which a unit is answered for, and who put their name to it on each side.
package struct AgreementWord: Sendable, Equatable {
  /// A party's acceptance.
  package struct Signature: Sendable, Equatable {
    package var party: String
    package var member: String
    package var day: Day
    package var entry: Int

    /// `onsite/jane on 2026-01-02`.
    package var text: String { "\(member) on \(day)" }
  }

  package var engagement: String
  /// Counted from 1 within its agreement.
  package var number: Int
  package var entry: Int
  package var effective: Day
  /// What of the agreement says so: `domain patch-management`.
  package var assignedBy: String?
  package var client: Signature?
  /// Of the other parties that the terms name, in their order.
  package var others: [Signature]

  /// `acme-onsite, version 2`.
  package var name: String { "\(engagement), version \(number)" }

  /// The day on which the last of them accepted.
  package var accepted: Day? { ([client].compactMap { $0 } + others).map(\.day).max() }
}

/// Finds the agreement's version behind each claim, and the acceptances of its lines.
package struct AgreementWords: Sendable {
  private struct Word {
    var signature: AgreementWord.Signature
    var units: Set<ControlID>
  }

  private let resolver: Resolver
  /// By version's statement, in log order.
  private let words: [Digest: [Word]]
  private let numbers: [Int: Int]

  package init(_ snapshot: Snapshot) {
    resolver = snapshot.resolver
    var lines: [String: Set<ControlID>] = [:]
    for acceptance in resolver.input.acceptances where acceptance.accepts {
      lines["\(acceptance.entry) \(acceptance.party)", default: []].formUnion(acceptance.lines.keys)
    }
    var words: [Digest: [Word]] = [:]
    for record in snapshot.state.acceptances where record.accepts {
      let signature = AgreementWord.Signature(
        party: record.party, member: record.member, day: record.entryDay, entry: record.entry)
      words[record.version, default: []].append(
        Word(signature: signature, units: lines["\(record.entry) \(record.party)"] ?? []))
    }
    self.words = words
    var counts: [String: Int] = [:]
    var numbers: [Int: Int] = [:]
    for (index, version) in resolver.input.versions.enumerated() {
      counts[version.engagement, default: 0] += 1
      numbers[index] = counts[version.engagement]
    }
    self.numbers = numbers
  }

  /// The version that brought the terms that hold; nil where nobody answers.
  package func word(_ unit: ResponsibilityMatrix.UnitRow) -> AgreementWord? {
    guard let claim = unit.ownership.claims.first, let index = claim.holding.termsVersion else { return nil }
    let version = resolver.input.versions[index]
    func signature(_ party: String) -> AgreementWord.Signature? {
      (words[version.statement] ?? []).last { $0.signature.party == party && $0.units.contains(unit.id) }?.signature
    }
    var parties: [String] = []
    for party in claim.answer.parties + claim.answer.terms.responsible
    where party != resolver.input.client && !parties.contains(party) {
      parties.append(party)
    }
    return AgreementWord(
      engagement: claim.engagement, number: numbers[index] ?? 1, entry: version.entry, effective: version.effective,
      assignedBy: claim.answer.assignedBy, client: signature(resolver.input.client),
      others: parties.compactMap(signature))
  }
}

extension AgreementWords {
  /// A party's newest acceptance of a version, whatever lines of it.
  package func signature(of party: String, version index: Int) -> AgreementWord.Signature? {
    (words[resolver.input.versions[index].statement] ?? []).last { $0.signature.party == party }?.signature
  }

  /// The providers that a version names.
  package func providers(_ index: Int) -> [String] { resolver.input.versions[index].document?.providers ?? [] }
}

/// What parties and people call themselves.
package struct CalledNames: Sendable {
  private let parties: [String: String]
  private let people: [String: String]

  package init(_ snapshot: Snapshot) {
    let membership = snapshot.state.membership
    parties = Dictionary(membership.parties.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    var people: [String: String] = [:]
    // A contact who became a member goes by the member's name.
    for contact in snapshot.resolver.input.versions.compactMap(\.document).flatMap(\.contacts) {
      people[contact.id] = contact.name
    }
    for member in membership.members { people[member.id] = member.name }
    self.people = people
  }

  /// A party's name, or its id where it has none.
  package func party(_ id: String) -> String {
    parties[id].flatMap { $0.isEmpty ? nil : $0 } ?? id
  }

  /// `Jane Doe (onsite/jane)`, or the id where that is all there is.
  package func person(_ id: String) -> String {
    guard let name = people[id], !name.isEmpty, name != id else { return id }
    return "\(name) (\(id))"
  }
}
