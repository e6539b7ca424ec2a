internal import Agreements
package import Statements

/// What each side does for a unit, in the words of the agreement's notes.
package struct UnitNote: Sendable, Equatable {
  package var client: String?
  package var provider: String?

  /// - Parameters: What stands in the notes; what says that a side does nothing is nil.
  package init(client: String?, provider: String?) {
    self.client = client.flatMap(UnitNote.deed)
    self.provider = provider.flatMap(UnitNote.deed)
  }

  /// Matrices that were taken in have words in the cells of a side that does nothing.
  private static let idle: Set<String> = ["", "none", "nothing", "n/a", "na", "not applicable", "no responsibility"]

  private static func deed(_ text: String) -> String? {
    let plain = text.lowercased().drop { !$0.isLetter && !$0.isNumber }
    var word = String(plain)
    while let last = word.last, !last.isLetter, !last.isNumber { word.removeLast() }
    return idle.contains(word) ? nil : text
  }
}

/// The notes of agreements, found by unit: of several the most specific counts, as of the scope's lines.
///
/// Nothing follows from a note, so that a later version may change one without anybody's word. Those are told that the
/// parties have put their names to.
package struct AgreementNotes: Sendable {
  private let resolver: Resolver
  /// For each version its notes, found like lines; nil for one without notes.
  private let matchings: [LineMatching?]

  package init(_ resolver: Resolver) {
    self.resolver = resolver
    let names = ControlNames(resolver.input.adoptions)
    matchings = resolver.input.versions.map { version in
      guard let notes = version.document?.notes, !notes.isEmpty else { return nil }
      return LineMatching(notes.map { ScopeLine(target: $0.target, accountable: "") }, names: names)
    }
  }

  /// What the agreement by which somebody answers for a unit says that each side does; nil where it says nothing.
  package func note(_ unit: UnitFacts, _ claim: UnitOwnership.Claim, on day: Day) -> UnitNote? {
    guard let index = version(of: claim), let document = resolver.input.versions[index].document,
      let best = matchings[index]?.best(unit, on: day)
    else { return nil }
    let notes = best.indices.map { document.notes[$0] }
    func joined(_ texts: [String?]) -> String? {
      let said = texts.compactMap { $0 }
      return said.isEmpty ? nil : said.joined(separator: "; ")
    }
    let note = UnitNote(client: joined(notes.map(\.client)), provider: joined(notes.map(\.provider)))
    return note.client == nil && note.provider == nil ? nil : note
  }

  /// The newest version with the terms that hold that the client and all whom these name have accepted.
  private func version(of claim: UnitOwnership.Claim) -> Int? {
    guard let terms = claim.holding.termsVersion, let newest = claim.holding.version else { return nil }
    let parties = Set([resolver.input.client] + claim.answer.parties + claim.answer.terms.responsible)
    let later = (resolver.versionsByEngagement[claim.engagement] ?? []).filter { $0 > terms && $0 <= newest }
    return later.last { index in
      parties.allSatisfy { resolver.input.versions[index].party == $0 || resolver.hasAccepted($0, index) }
    } ?? terms
  }
}
