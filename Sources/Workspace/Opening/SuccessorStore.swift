internal import Crypto
internal import Findings
internal import Ownership
internal import Statements
internal import Storage
package import TreeLog
internal import Verification

extension Desk {
  /// Opens the store that a new one is to go on from: a sound one, in which nobody can act any more, or of which somebody
  /// says so.
  ///
  /// - Throws: `answerNo` where it is not sound, or the user says that it can be gone on with.
  package func predecessor(_ path: String) throws -> OpenedStore {
    let store = try open(path)
    let report = try verify(store.layout.name)
    guard report.isSound else {
      let wrong = report.findings.filter(\.code.isIntegrityError)
      let more = wrong.count > 1 ? ", and \(Wording.count(wrong.count - 1, "more finding"))" : ""
      throw Failure(
        .answerNo,
        "the store '\(path)' is not sound, and nothing goes on from it\(wrong.first.map { ": \($0.message)" } ?? "")\(more)",
        hint: "nothing was made; 'custody verify' on it says what is wrong and where: go on from a copy of it that is "
          + "sound")
    }
    let actors = store.whoCanAct
    guard !actors.isEmpty else { return store }
    let client = store.state.membership.client
    let question =
      "The store '\(path)' can still be gone on with, as its entries say: in the name of '\(client)' "
      + "\(Wording.list(actors)). A successor is for a store whose keys are all lost. Are these lost?"
    guard try consent.confirm(Question(question)) else {
      throw Failure(
        .answerNo, "nothing was made", hint: "go on in '\(path)': whoever holds one of those keys can act there")
    }
    return store
  }

  /// Says in a new store which older one it goes on from: one whose keys are all lost, so that nothing can be said in it
  /// any more. The entry is evidence with the label `successor`, and names the old log's origin, size and root.
  ///
  /// - Parameters:
  ///   - old: Checked as every store is that is opened.
  ///   - path: The new store's folder.
  /// - Returns: The new store's checkpoint with that entry.
  package func name(_ old: OpenedStore, aheadOf path: String, _ allowsNetworkStore: Bool) throws -> Checkpoint {
    let store = try open(path)
    var evidence = Evidence(
      controls: [try store.control(of: "backup-recovery", about: "the store that came before")])
    evidence.label = Succession.label
    evidence.description =
      "Goes on from the log \(old.origin) of \(old.checkpoint.size) entries, root \(old.checkpoint.root.hex)."
    let note = Succession.text(old.checkpoint)
    var options = WriteOptions()
    options.allowsNetworkStore = allowsNetworkStore
    let checkpoint = old.checkpointNote.bytes
    let place = SigningPlace(store, signer: try store.signer())
    let written = try Writing.perform(at: place, options) { sink, signed in
      guard signed.isEmpty else { return nil }
      // In byte order of their names.
      let subjects = [
        try sink.keep(checkpoint, name: "checkpoint", mediaType: "text/plain"),
        try sink.keep(note, name: "successor.json", mediaType: "application/json"),
      ]
      return Draft(predicate: .evidence(evidence), subjects: subjects)
    }
    return written.checkpoint
  }
}

extension OpenedStore {
  /// Who can still act in the client's name, a clause each: its administrators whose keys speak, and its recovery keys.
  fileprivate var whoCanAct: [String] {
    let membership = state.membership
    let own = ownKeys()
    let keys = membership.keys.filter { $0.party == membership.client }
    let speaking = keys.filter { membership.speakingKey($0.keyID) != nil }
    let administrators = speaking.filter {
      $0.use == .sign && membership.member($0.owner)?.role == .administrator
    }
    let isHeld = Set(own)
    return administrators.map { key in
      "\(key.owner) signs with the key \(key.keyID.short)" + (isHeld.contains(key.keyID) ? ", which you hold" : "")
    }
      + speaking.filter { $0.use == .recovery }.map { "the recovery key \($0.keyID.short) can bring an administrator" }
  }
}
