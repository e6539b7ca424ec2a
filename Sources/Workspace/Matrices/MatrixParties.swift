internal import Spreadsheets
internal import Statements

/// Who is who in a matrix: the parties and persons that its words may mean.
package struct MatrixParties: Sendable {
  /// A party or a person, and what a matrix may call them beside the id.
  package struct Named: Sendable, Equatable {
    package let id: String
    package let names: [String]
    /// Whether it is a member, and need not be listed as a contact.
    package let holdsKey: Bool

    package init(_ id: String, _ names: [String] = [], holdsKey: Bool = false) {
      self.id = id
      self.names = names
      self.holdsKey = holdsKey
    }
  }

  package var client: Named
  package var providers: [Named]
  /// Members, and others that were named: `onsite/jane`.
  package var people: [Named]
  /// The party of those whose name says none.
  package var peopleOf: String?

  package init(client: Named, providers: [Named], people: [Named] = [], peopleOf: String? = nil) {
    self.client = client
    self.providers = providers
    self.people = people
    self.peopleOf = peopleOf
  }

  /// What a text means.
  enum Meaning: Equatable {
    case party(String)
    /// With the name that it has where it was written.
    case person(String, name: String)
    /// A word for one of several providers.
    case unclear(String)
  }

  private var all: [Named] { [client] + providers }

  /// A party, or a person whose party is known.
  ///
  /// - Parameters:
  ///   - group: The party that a heading above it names.
  ///   - asPerson: Whether what is no party is a person.
  /// - Returns: nil for what names nobody.
  func meaning(_ text: String, group: String? = nil, asPerson: Bool) -> Meaning? {
    let plain = text.trimmingBlanks
    guard !plain.isEmpty, plain.count <= 120 else { return nil }
    let folded = MatrixWord.folded(plain)
    if let person = people.first(where: { named($0, folded) || MatrixWord.folded(local($0.id)) == folded }) {
      return .person(person.id, name: person.names.first ?? plain)
    }
    if let party = all.first(where: { named($0, folded) }) { return .party(party.id) }
    if case .side(let side)? = MatrixWord(plain) {
      switch side {
      case .client: return .party(client.id)
      case .provider where providers.count == 1: return .party(providers[0].id)
      case .provider:
        return .unclear(
          "'\(plain)' may be any of \(providers.map(\.id).joined(separator: ", ")): say --provider ID='\(plain)'")
      }
    }
    guard asPerson else { return nil }
    if let found = within(folded) {
      let id = IdentifierText.id(from: found.rest)
      return id.isEmpty ? .party(found.party) : .person("\(found.party)/\(id)", name: plain)
    }
    guard let party = group ?? peopleOf else { return nil }
    let id = IdentifierText.id(from: plain)
    return id.isEmpty ? nil : .person("\(party)/\(id)", name: plain)
  }

  private func named(_ named: Named, _ folded: String) -> Bool {
    ([named.id] + named.names).contains { MatrixWord.folded($0) == folded }
  }

  private func local(_ member: String) -> String {
    String(member.drop { $0 != "/" }.dropFirst())
  }

  /// The one party whose name or word stands in a text, and what is left of it: `MSP help desk`, `CISO (client)`.
  private func within(_ folded: String) -> (party: String, rest: String)? {
    let words = folded.split { $0 == " " || "(),/".contains($0) }.map(String.init)
    var found: [(party: String, rest: String)] = []
    for party in all {
      let names = ([party.id] + party.names).map { MatrixWord.folded($0).split(separator: " ").map(String.init) }
      for name in names {
        guard !name.isEmpty, name.count < words.count,
          let start = (0...(words.count - name.count)).first(where: { Array(words[$0..<($0 + name.count)]) == name })
        else { continue }
        let rest = words[..<start] + words[(start + name.count)...]
        found.append((party.id, rest.joined(separator: " ")))
        break
      }
    }
    if found.isEmpty, words.count > 1 {
      for (index, word) in words.enumerated() {
        guard case .side(let side)? = MatrixWord(word), word != "internal", word != "user", word != "org" else {
          continue
        }
        let party = side == .client ? client.id : providers.count == 1 ? providers[0].id : nil
        guard let party else { return nil }
        var rest = words
        rest.remove(at: index)
        found.append((party, rest.joined(separator: " ")))
      }
    }
    return Set(found.map(\.party)).count == 1 ? found[0] : nil
  }
}
