internal import Findings
package import Ownership
internal import Statements

/// Who is who in a matrix, from what the user says and from the store.
package struct MatrixNames: Sendable {
  package var client: String?
  package var providers: [String] = []
  package var people: [String] = []
  package var peopleOf: String?

  package init() {}

  /// The parties, and what was made up for want of a name, a sentence each.
  ///
  /// - Parameter membership: The store's; nil without one.
  package func parties(_ membership: Membership?) throws -> (parties: MatrixParties, remarks: [String]) {
    var remarks: [String] = []
    let client = try client(membership, &remarks)
    let providers = try providers(membership, &remarks)
    guard Set(providers.map(\.id)).contains(client.id) == false else {
      throw Failure(
        .usage, "'\(client.id)' is the client and cannot be a provider too", hint: "give the provider an id of its own")
    }
    var people = try self.people.map { try MatrixNames.person($0) }
    for member in membership?.members ?? [] where member.left == nil && !member.isRobot {
      people.append(MatrixParties.Named(member.id, [member.name], holdsKey: true))
    }
    // A name of one's own wins over the member's, who holds a key all the same.
    let holders = Set(people.filter(\.holdsKey).map(\.id))
    people = people.map { holders.contains($0.id) ? MatrixParties.Named($0.id, $0.names, holdsKey: true) : $0 }
    let known = [client.id] + providers.map(\.id)
    for party in [peopleOf].compactMap({ $0 })
      + people.filter({ !$0.holdsKey }).map({ Identifier.party(ofMember: $0.id) })
    where !known.contains(party) {
      throw Failure(
        .usage, "'\(party)' is neither the client nor a provider here", hint: "they are \(Wording.list(known))")
    }
    return (MatrixParties(client: client, providers: providers, people: people, peopleOf: peopleOf), remarks)
  }

  private func client(_ membership: Membership?, _ remarks: inout [String]) throws -> MatrixParties.Named {
    let named = try client.map { try MatrixNames.party($0) }
    if let membership {
      let own = membership.party(membership.client)
      if let named, named.id != membership.client, client?.contains("=") == true {
        throw Failure(
          .usage, "the client of this store is '\(membership.client)', not '\(named.id)'",
          hint: "say what the matrix calls it: --client NAME")
      }
      return MatrixParties.Named(membership.client, (named?.names ?? []) + [client, own?.name].compactMap { $0 })
    }
    if let named { return named }
    remarks.append("'client' stands for the client: say --client ID=NAME")
    return MatrixParties.Named("client")
  }

  private func providers(_ membership: Membership?, _ remarks: inout [String]) throws -> [MatrixParties.Named] {
    var found: [MatrixParties.Named] = []
    for text in providers {
      let named = try MatrixNames.party(text)
      let own = membership?.party(named.id).map { [$0.name] } ?? []
      if let place = found.firstIndex(where: { $0.id == named.id }) {
        found[place] = MatrixParties.Named(named.id, found[place].names + named.names)
      } else {
        found.append(MatrixParties.Named(named.id, named.names + own))
      }
    }
    guard found.isEmpty else { return found }
    let joined = (membership?.parties ?? []).filter { [.provider, .vendor].contains($0.kind) && $0.leftDay == nil }
    if !joined.isEmpty { return joined.map { MatrixParties.Named($0.id, [$0.name]) } }
    remarks.append("'provider' stands for the provider, if there is one: say --provider ID=NAME")
    return [MatrixParties.Named("provider")]
  }

  /// `onsite=Onsite Services`, `onsite`, or a name alone.
  private static func party(_ text: String) throws -> MatrixParties.Named {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    let id = parts.count == 2 || Identifier.isValid(text) ? parts[0] : IdentifierText.id(from: text)
    guard Identifier.isValid(id) else {
      throw Failure(.usage, "'\(text)' names no party", hint: "write ID=NAME, as in onsite='Onsite Services'")
    }
    return MatrixParties.Named(id, parts.count == 2 ? [parts[1]] : [text])
  }

  private static func person(_ text: String) throws -> MatrixParties.Named {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, Identifier.isMember(parts[0]) else {
      throw Failure(.usage, "'\(text)' names no person", hint: "write PARTY/ID=NAME, as in acme/cfo='Finance director'")
    }
    return MatrixParties.Named(parts[0], [parts[1]])
  }
}
