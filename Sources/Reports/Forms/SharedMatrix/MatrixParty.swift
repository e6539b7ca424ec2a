internal import Agreements
internal import Catalogs
internal import Crypto
internal import Ownership
package import Statements

/// A party of a responsibility matrix, and an agreement by which it has a part in it.
package struct MatrixParty: Sendable, Equatable {
  package var party: String
  package var name: String
  package var kind: String
  /// Objectives that it answers for, and further ones of which it does some.
  package var accountable: Int
  package var acting: Int
  /// nil for a party that no agreement in force names here.
  package var agreement: AgreementWord?
  package var model: String?
  package var termFrom: Day?
  package var termThrough: Day?
  /// SHA-256 of the document, in hexadecimal digits.
  package var document: String?
  /// What it owes by that agreement, beside single objectives.
  package var duties: [String]

  /// The client first, then in order of joining; a line for each agreement of each.
  static func list(
    _ rows: [SharedMatrixReport.Row], _ snapshot: Snapshot, only party: String?
  ) -> [MatrixParty] {
    let membership = snapshot.state.membership
    let client = snapshot.state.client
    // The same objective may stand in several frameworks.
    var seen: Set<String> = []
    let rows = rows.filter { $0.unit.map { seen.insert($0.description).inserted } ?? false }
    return membership.parties.flatMap { joined -> [MatrixParty] in
      let isClient = joined.id == client
      let own = rows.filter { isClient ? !$0.client.isNothing : $0.named.contains(joined.id) }
      guard isClient || party == nil || joined.id == party, isClient || !own.isEmpty else { return [] }
      func line(_ word: AgreementWord?, _ rows: [SharedMatrixReport.Row]) -> MatrixParty {
        let version = word.flatMap { word in snapshot.resolver.input.versions.first { $0.entry == word.entry } }
        let document = version?.document
        return MatrixParty(
          party: joined.id, name: joined.name, kind: joined.kind.rawValue,
          accountable: rows.count { answers(joined.id, isClient, $0) },
          acting: rows.count { !answers(joined.id, isClient, $0) && acts(joined.id, isClient, $0) },
          agreement: word, model: document?.model.rawValue, termFrom: document?.termFrom,
          termThrough: document?.termThrough,
          document: snapshot.state.versions.first { $0.entry == word?.entry }?.document.hex,
          duties: (document?.duties ?? []).filter { $0.party == joined.id }.map { "\($0.id): \($0.title)" })
      }
      var words: [AgreementWord] = []
      for word in own.compactMap(\.agreement) where !words.contains(where: { $0.entry == word.entry }) {
        words.append(word)
      }
      return words.isEmpty
        ? [line(nil, own)]
        : words.map { word in
          // One line stands for all objectives of a version, with the newest signatures of any.
          let covered = own.filter { $0.agreement?.entry == word.entry }
          var whole = word
          whole.client = covered.compactMap(\.agreement?.client).max { $0.entry < $1.entry }
          whole.others =
            covered.flatMap { $0.agreement?.others ?? [] }.filter { isClient || $0.party == joined.id }
            .max { $0.entry < $1.entry }.map { [$0] } ?? []
          return line(whole, covered)
        }
    }
  }

  private static func answers(_ party: String, _ isClient: Bool, _ row: SharedMatrixReport.Row) -> Bool {
    isClient ? row.client.isAccountable : row.others.isAccountable && row.providers.first == party
  }

  private static func acts(_ party: String, _ isClient: Bool, _ row: SharedMatrixReport.Row) -> Bool {
    isClient ? row.client.acts : row.providers.contains(party)
  }
}
