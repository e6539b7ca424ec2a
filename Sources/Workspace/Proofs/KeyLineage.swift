package import Crypto
package import Ownership
package import Statements
internal import TreeLog

/// How keys came into a log, as far as a few proven entries show it: from the genesis key on, each brought by a
/// statement that somebody signed who was let by an earlier one.
///
/// It says whose key is whose in the log's own words. That nobody revoked a key or took a right away in between it cannot
/// say: that takes the log.
package struct KeyLineage {
  /// A key, and what brought it.
  package struct Known {
    package let key: VerificationKey
    /// The member; of a recovery key, the party.
    package let owner: String
    package let use: Membership.KeyUse
    /// Of a witness key, the name that it cosigns under.
    package let keyName: String?
    /// The entry that brought it.
    package let entry: Int
    /// Who signed that entry's statement; nil for the genesis key, which signed for itself.
    package let broughtBy: String?
    package let broughtByKey: Digest?
    /// Whether the client brought it for another party: whose key it is then rests on the client's word.
    package let isOfClientsWord: Bool

    package var party: String { use == .recovery ? owner : Identifier.party(ofMember: owner) }
  }

  /// An entry that was shown to stand in the log.
  package struct Proven {
    package let entry: Entry
    package let statement: Statement

    package init(entry: Entry, statement: Statement) {
      self.entry = entry
      self.statement = statement
    }
  }

  package private(set) var keys: [Digest: Known] = [:]
  /// The genesis key; nil where entry 0 is not among what was proven.
  package private(set) var genesis: Known?
  /// The client's id and name.
  package private(set) var client: (id: String, name: String)?
  private var roles: [String: MemberEvent.Role] = [:]
  /// What the proven entries say of each member's place, in the log's order.
  private var standings: [String: [Standing]] = [:]
  private var revoked: [Digest: Int] = [:]

  /// Takes in proven entries, in the log's order.
  package init(_ proven: [Proven], origin: String) {
    for item in proven.sorted(by: { $0.entry.sequence < $1.entry.sequence }) {
      guard ByteOrder.areEqual(item.statement.store, origin) else { continue }
      switch item.statement.predicate {
      case .genesis(let event): take(event, item)
      case .member(let event): take(event, item)
      case .keyRevocation(let event): take(event, item)
      case .party, .framework, .engagement, .acceptance, .staffing, .evidence, .assessment, .measurement, .usage,
        .redaction, .hold, .anchor, .unknown:
        break
      }
    }
  }

  /// The key that an entry's statement names as its own, if what was proven shows whose it is and that it came before.
  package func signer(_ entry: Entry) -> Known? {
    guard let known = keys[entry.envelope.keyID], known.use != .witness else { return nil }
    return isUsable(known, at: entry.sequence) ? known : nil
  }

  /// The key that an entry says appended it, which may have come with that very entry.
  package func appender(_ entry: Entry) -> Known? {
    guard let known = keys[entry.by], known.use == .sign, known.entry <= entry.sequence else { return nil }
    return known
  }

  /// What a member was let, from an entry on.
  private struct Standing {
    var entry: Int
    /// nil from when they left.
    var role: MemberEvent.Role?
    var isRobot = false
    /// What an entry said about signing checkpoints, where one did.
    var mayAppendExplicitly: Bool?

    /// As the membership of a log has it: never an auditor, a robot where it was said, anybody else unless it was.
    var mayAppend: Bool {
      guard let role, role != .auditor else { return false }
      return mayAppendExplicitly ?? !isRobot
    }
  }

  /// Why the proven entries themselves keep a key from having appended an entry, or signed the tree whose last one it is: a
  /// clause; nil where they do not.
  package func whyNotAppended(_ known: Known, _ sequence: Int) -> String? {
    guard known.use == .sign else { return "is a key for something else" }
    // Its own entry may be the one that brings the key, or takes the right away.
    let before = standing(of: known.owner, at: sequence - 1)
    let with = standing(of: known.owner, at: sequence)
    if before?.mayAppend == true || with?.mayAppend == true { return nil }
    switch (with ?? before)?.role {
    case .auditor?: return "joined as an auditor, who appends nothing and signs no checkpoint"
    case .some: return "was never let append, nor sign a checkpoint"
    case nil: return with == nil ? nil : "had left before"
    }
  }

  /// Why the proven entries themselves keep a statement from counting: a clause; nil where they do not.
  package func whyNotEntitled(_ known: Known, _ statement: Statement, at sequence: Int) -> String? {
    guard known.use == .sign, sequence > 0, let standing = standing(of: known.owner, at: sequence - 1) else {
      return nil
    }
    guard let role = standing.role else { return "had left before entry \(sequence)" }
    switch statement.predicate {
    case .evidence, .usage, .measurement:
      return role == .auditor ? "joined as an auditor, who assesses and never submits" : nil
    case .framework, .hold, .party:
      return role == .administrator ? nil : "is no administrator, and only those say such things"
    case .anchor: return standing.mayAppend ? nil : "was never let append"
    case .genesis, .member, .keyRevocation, .engagement, .acceptance, .staffing, .assessment, .redaction, .unknown:
      return nil
    }
  }

  private func standing(of member: String, at sequence: Int) -> Standing? {
    standings[member]?.last { $0.entry <= sequence }
  }

  /// What led to a key, from it back to the genesis key.
  package func chain(of key: Known) -> [Known] {
    var chain = [key]
    // Each is of an earlier entry than the one before, so that this ends.
    while let last = chain.last, let by = last.broughtByKey.flatMap({ keys[$0] }), by.entry < last.entry {
      chain.append(by)
    }
    return chain
  }

  private func isUsable(_ known: Known, at sequence: Int) -> Bool {
    guard known.entry < sequence || (known.entry == 0 && sequence == 0) else { return false }
    return revoked[known.key.keyID].map { sequence <= $0 } ?? true
  }

  private func signed(_ item: Proven) -> Known? {
    guard let known = signer(item.entry), item.entry.envelope.isSigned(by: known.key) else { return nil }
    return known
  }

  private mutating func take(_ event: Genesis, _ item: Proven) {
    guard item.entry.sequence == 0, let key = try? VerificationKey(base64: event.publicKey),
      item.entry.envelope.isSigned(by: key)
    else { return }
    let member = "\(event.clientID)/\(event.administratorID)"
    let known = Known(
      key: key, owner: member, use: .sign, keyName: nil, entry: 0, broughtBy: nil, broughtByKey: nil,
      isOfClientsWord: false)
    keys[key.keyID] = known
    genesis = known
    client = (event.clientID, event.clientName)
    roles[member] = .administrator
    standings[member] = [Standing(entry: 0, role: .administrator)]
    if let recovery = event.recovery {
      add(
        recovery.publicKey, recovery.proof, owner: event.clientID, use: .recovery, name: nil, item, by: known,
        isOfClientsWord: false)
    }
  }

  private mutating func take(_ event: MemberEvent, _ item: Proven) {
    guard let signer = signed(item) else { return }
    let isRecovery = signer.use == .recovery && signer.owner == event.party
    let isOwn = signer.use == .sign && signer.party == event.party && roles[signer.owner] == .administrator
    // A party's first member, and its next one where nobody is left, comes with the client.
    let isClients =
      event.event == .join && signer.use == .sign && signer.party == client?.id
      && roles[signer.owner] == .administrator
    guard isRecovery || isOwn || isClients else { return }
    switch event.event {
    case .join:
      guard roles[event.member] == nil else { return }
      roles[event.member] = event.role
    case .change: if let role = event.role, roles[event.member] != nil { roles[event.member] = role }
    case .key: break
    case .leave: roles[event.member] = nil
    }
    note(event, at: item.entry.sequence)
    let isOfClientsWord = signer.party != event.party
    if let publicKey = event.publicKey {
      add(
        publicKey, event.proof ?? [], owner: event.member, use: event.use == .witness ? .witness : .sign,
        name: event.keyName, item, by: signer, isOfClientsWord: isOfClientsWord)
    }
    if let recovery = event.recovery {
      add(
        recovery.publicKey, recovery.proof, owner: event.party, use: .recovery, name: nil, item, by: signer,
        isOfClientsWord: isOfClientsWord)
    }
  }

  private mutating func note(_ event: MemberEvent, at sequence: Int) {
    var standing = standings[event.member]?.last ?? Standing(entry: sequence)
    standing.entry = sequence
    standing.role = roles[event.member]
    if event.event == .join || event.event == .change {
      if let isRobot = event.isRobot { standing.isRobot = isRobot }
      if let mayAppend = event.mayAppend { standing.mayAppendExplicitly = mayAppend }
    }
    standings[event.member, default: []].append(standing)
  }

  private mutating func take(_ event: KeyRevocation, _ item: Proven) {
    guard let signer = signed(item), let key = keys[event.keyID] else { return }
    let isOwn = signer.key.keyID == event.keyID
    guard isOwn || (signer.party == key.party && roles[signer.owner] == .administrator) else { return }
    revoked[event.keyID] = min(revoked[event.keyID] ?? .max, item.entry.sequence)
  }

  private mutating func add(
    _ publicKey: String, _ proof: [UInt8], owner: String, use: Membership.KeyUse, name: String?, _ item: Proven,
    by signer: Known, isOfClientsWord: Bool
  ) {
    guard let key = try? VerificationKey(base64: publicKey), keys[key.keyID] == nil,
      KeyProof.isValid(proof, owner: owner, store: item.statement.store, key: key)
    else { return }
    keys[key.keyID] = Known(
      key: key, owner: owner, use: use, keyName: name, entry: item.entry.sequence, broughtBy: signer.owner,
      broughtByKey: signer.key.keyID, isOfClientsWord: isOfClientsWord)
  }
}
