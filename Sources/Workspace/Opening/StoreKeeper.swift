internal import Crypto
internal import Findings
internal import Ownership
internal import Statements
internal import Storage

/// A provider that is to keep a store from its first day, and the file that it gets the store in.
public struct StoreKeeper: Sendable {
  /// The key card of its first administrator.
  public var card: String
  /// The provider's name, for people; its id where it is nil.
  public var name: String?
  /// The file to write the store to.
  public var output: String

  /// A provider, by the card of its first administrator.
  public init(card: String, name: String? = nil, output: String) {
    self.card = card
    self.name = name
    self.output = output
  }

  /// The card, with what has to hold before anything is made.
  func checkedCard(of new: NewStore) throws -> KeyCard {
    let card = try KeyCard.read(card, origin: new.origin)
    let party = Identifier.party(ofMember: card.member)
    guard card.use == nil, Identifier.isMember(card.member), party != new.client else {
      throw Failure(
        .malformedInput, "the key card '\(self.card)' is '\(card.member)'s, who cannot be a provider's first member",
        hint: "have the provider make one: custody key new --as PROVIDER/NAME --origin \(card.store) --output FILE")
    }
    try OutputFile.check(output)
    return card
  }
}

extension Desk {
  /// Takes the provider in that is to keep a store, with the right to append, and writes the store to a file for it.
  ///
  /// What an earlier run did already is not done again. From then on nobody appends to the copy that stays here.
  func handOver(_ made: inout MadeStore, to keeper: StoreKeeper, _ new: NewStore) throws {
    let card = try keeper.checkedCard(of: new)
    let chain = KeyChain(home)
    guard let held = try chain.all().first(where: { $0.keyID == made.keyID }),
      let key = Base64.decode(card.publicKey).map({ SHA256.hash($0) })
    else { throw Failure(.bug, "the key of the store that was made is not held") }
    var store = try open(made.path)
    if store.state.membership.key(key) == nil {
      let signer = Signatory(member: held.owner, key: try chain.open(held) { try passphrase(for: held.owner) })
      let party = Identifier.party(ofMember: card.member)
      var member = card.join(role: .administrator)
      member.mayAppend = true
      let drafts = [
        Draft(predicate: .party(PartyEvent(event: .join, id: party, kind: .provider, name: keeper.name ?? party))),
        Draft(predicate: .member(member)),
      ]
      var write = WriteOptions()
      write.allowsNetworkStore = new.allowsNetworkStore
      _ = try Writing.perform(at: SigningPlace(store, signer: signer), write) { _, signed in
        signed.count < drafts.count ? drafts[signed.count] : nil
      }
      store = try open(made.path)
    }
    try OutputFile.telling(keeper.output) {
      try StoreArchive.write(keeper.output, of: store.layout, allowsNetworkStore: new.allowsNetworkStore)
    }
    try TrustMemory(home).update(store.origin) { known in
      var record = known
      record?.keptBy = Identifier.party(ofMember: card.member)
      return record
    }
    made.checkpoint = store.checkpoint
    made.keeper = (card.member, key)
  }
}
