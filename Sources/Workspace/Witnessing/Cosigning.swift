package import Crypto
internal import Findings
internal import Index
internal import Ownership
internal import Statements
internal import Storage
package import TreeLog

/// A checkpoint that this user has cosigned.
package struct Cosigned {
  package let checkpoint: Checkpoint
  package let witness: NoteKey
  /// Seconds since 1970.
  package let time: Int
  /// Whether nothing of this log was cosigned before.
  package let isFirst: Bool
  /// The checkpoint with the log's signatures and the new line.
  package let note: SignedNote
  /// Keys that were trusted to sign for the log until now, and are not any more: the log says that they may not append.
  package let dropped: [NoteKey]
}

/// Cosigns checkpoints as a witness does: only what extends all it has cosigned before, and nothing before that is
/// remembered on the disk.
package struct Cosigning {
  let desk: Desk
  /// The name of the key to cosign with; nil for the only one.
  let name: String?

  package init(at desk: Desk, name: String? = nil) {
    self.desk = desk
    self.name = name
  }

  /// Whose word a request has to have.
  private enum Signers {
    /// The keys that are remembered, and those that the user says sign for the log.
    case told([NoteKey])
    /// Those that may sign the newest checkpoint of a log at hand, and those that may append from now on, which take the place
    /// of all that are remembered: a key that the log has revoked since is in anybody's hands.
    case log(now: [NoteKey], later: [NoteKey])
  }

  /// Cosigns the newest checkpoint of a store at hand.
  ///
  /// The keys by which later requests are judged are those that may append now, as the log's entries say.
  package func cosign(_ store: OpenedStore) throws -> Cosigned {
    let last = try WitnessMemory(desk.home).record(of: store.origin)?.last
    let size = store.checkpoint.size
    guard (last?.size ?? 0) <= size else {
      throw Failure(
        .answerNo,
        "you have cosigned \(Wording.entries(last?.size ?? 0)) of '\(store.origin)', and this copy has \(size)",
        hint: "entries were cut off, or this is an older copy: 'custody verify' says more")
    }
    let request = try store.cosignatureRequest(since: last?.size ?? 0)
    let witness = try key(for: store.origin, in: store)
    let keys = store.logKeys
    return try answer(
      request,
      by: .log(now: keys, later: keys.filter { store.state.membership.mayAppend($0.key.keyID) }), with: witness)
  }

  /// Cosigns what came by mail: a request of the witness protocol.
  ///
  /// - Parameter keys: Verifier keys that the user says sign for the log, beside those that are remembered.
  package func cosign(requestAt path: String, keys: [NoteKey]) throws -> Cosigned {
    let bytes = try InputFile.read(path, limit: AddCheckpointRequest.sizeLimit)
    guard AddCheckpointRequest.isMeant(by: bytes) else {
      throw Failure(
        .malformedInput, "'\(path)' is not a request for a cosignature",
        hint: "whoever keeps the store makes one: custody cosign --request FILE")
    }
    let origin = try origin(of: bytes, from: path)
    return try answer(
      bytes, by: .told(keys.filter { ByteOrder.areEqual($0.name, origin) && $0.type != .cosignature }),
      with: try key(for: origin, in: nil))
  }

  /// Trusts keys no more to sign for their log, as a witness far from the store is told: by telephone, say, that one was
  /// stolen.
  ///
  /// - Returns: The keys of each log that are trusted still.
  package func drop(_ keys: [NoteKey]) throws -> [(origin: String, left: [NoteKey])] {
    let time = Int(desk.clock.now().millisecondsSinceEpoch / 1000)
    var origins: [String] = []
    for key in keys where !origins.contains(where: { ByteOrder.areEqual($0, key.name) }) { origins.append(key.name) }
    return try origins.map { origin in
      let own = keys.filter { ByteOrder.areEqual($0.name, origin) }
      return (origin, try WitnessMemory(desk.home).drop(own, of: origin, at: time))
    }
  }

  private func key(for origin: String, in store: OpenedStore?) throws -> WitnessKey {
    try WitnessKey.pick(at: desk, origin: origin, name: name) { id in
      store?.state.membership.key(id).flatMap { $0.use == .witness ? $0.keyName : nil }
    }
  }

  private func answer(_ request: [UInt8], by signers: Signers, with witness: WitnessKey) throws -> Cosigned {
    let origin = try origin(of: request, from: nil)
    var result: Cosigned?
    try WitnessMemory(desk.home).update(origin) { known in
      let remembered = (known?.verifierKeys ?? []).compactMap { NoteKey(text: $0) }
      var dropped = known?.droppedKeys ?? [:]
      let keys: [NoteKey]
      let later: [NoteKey]
      let isKnownLog: Bool
      switch signers {
      case .told(let told):
        // What is said anew is trusted anew.
        for key in told { dropped[key.text] = nil }
        keys = told + remembered.filter { !told.contains($0) }
        (later, isKnownLog) = (keys, false)
      case .log(let now, let next):
        keys = now.filter { dropped[$0.text] == nil }
        later = next.filter { dropped[$0.text] == nil }
        isKnownLog = true
      }
      let answer = WitnessRule.addCheckpoint(request) { _ in
        keys.isEmpty && !isKnownLog && known == nil ? nil : WitnessRule.Log(keys: keys, last: known?.last)
      }
      if case .forbidden = answer { try Cosigning.refuse(dropped, under: request, of: origin) }
      let checkpoint = try Cosigning.allowed(answer, origin: origin)
      guard !keys.contains(where: { $0.key == witness.noteKey.key }) else {
        throw Failure(
          .notEntitled, "the key of the witness '\(witness.noteKey.name)' signs for the log itself",
          hint: "no log is a witness of itself: cosign with a key of its own")
      }
      try compareWithSeen(checkpoint.tree)
      let now = Int(desk.clock.now().millisecondsSinceEpoch / 1000)
      guard now > 0 else { throw Failure(.configuration, "this clock says a time before 1970") }
      let time = max(now, known?.time ?? 0)
      guard
        let line = try Cosignature.sign(checkpoint.note.text, name: witness.noteKey.name, time: time, with: witness.key)
      else { throw Failure(.bug, "the witness key '\(witness.noteKey.name)' cannot cosign") }
      let own = checkpoint.note.signatures.filter {
        $0.keyID != line.keyID || !ByteOrder.areEqual($0.name, line.name)
      }
      result = Cosigned(
        checkpoint: checkpoint.tree, witness: witness.noteKey, time: time, isFirst: known?.last == nil,
        note: SignedNote(text: checkpoint.note.text, signatures: own + [line]),
        dropped: remembered.filter { !later.contains($0) })
      return WitnessMemory.Record(
        origin: origin, size: checkpoint.size, root: checkpoint.root.hex, time: time,
        verifierKeys: Set(later.map(\.text)).sorted(), droppedKeys: dropped.isEmpty ? nil : dropped)
    }
    guard let result else { throw Failure(.bug, "nothing was cosigned") }
    return result
  }

  /// The log that a request is about; what has none is answered by the rule, as everything else is.
  private func origin(of request: [UInt8], from path: String?) throws -> String {
    do throws(AddCheckpointSyntaxError) {
      return try AddCheckpointRequest(parsing: request).checkpoint.origin
    } catch {
      let answer = WitnessRule.addCheckpoint(request) { _ in nil }
      if case .forbidden = answer { _ = try Cosigning.allowed(answer, origin: "") }
      throw Failure(
        .malformedInput, "\(path.map { "'\($0)'" } ?? "the request") is not a request for a cosignature: \(error)")
    }
  }

  /// Refuses what is signed with a key that the user has dropped, and says so.
  private static func refuse(_ dropped: [String: Int], under request: [UInt8], of origin: String) throws {
    guard let note = try? AddCheckpointRequest(parsing: request).checkpoint.note else { return }
    for (text, time) in dropped.sorted(by: { ByteOrder.precedes($0.key, $1.key) }) {
      guard let key = NoteKey(text: text), note.verified(by: [key])?.isEmpty == false else { continue }
      throw Failure(
        .answerNo,
        "nothing was cosigned: the checkpoint is signed with a key that you dropped on \(Instant(clampingSeconds: time).day)",
        hint:
          "have the verifier key that signs for '\(origin)' now told to you apart, and say it with a REQUEST: --key VERIFIERKEY"
      )
    }
  }

  /// Nobody cosigns what contradicts what they have seen themselves as a reader.
  private func compareWithSeen(_ tree: Checkpoint) throws {
    guard let trust = try TrustMemory(desk.home).record(of: tree.origin), trust.size == tree.size,
      trust.rootDigest != tree.root
    else { return }
    throw Failure(
      .answerNo, "you have seen another tree of \(Wording.entries(tree.size)) of '\(tree.origin)'",
      hint: "somebody shows two histories: ask the store's owner what happened")
  }

  /// The checkpoint that may be cosigned; what the protocol answers otherwise, as a failure.
  private static func allowed(_ answer: WitnessRule.Answer, origin: String) throws -> UnverifiedCheckpoint {
    switch answer {
    case .ok(let checkpoint): return checkpoint
    case .malformed(let reason):
      throw Failure(.malformedInput, "the request for a cosignature is malformed: \(reason)")
    case .forbidden(let reason):
      throw Failure(
        .answerNo, "nothing was cosigned: \(reason)",
        hint:
          "whoever keeps \(origin.isEmpty ? "the log" : "'\(origin)'") has the verifier key that signs its checkpoints from 'custody cosign --request': have it told "
          + "to you apart, and say it: --key VERIFIERKEY")
    case .notFound(let origin):
      throw Failure(
        .answerNo, "you are a witness of no log '\(origin)'",
        hint: "have the verifier key that signs its checkpoints told to you apart, and say it once: --key VERIFIERKEY")
    case .conflict(let size):
      throw Failure(
        .answerNo, "you have cosigned \(Wording.entries(size)) of '\(origin)', and the request begins elsewhere",
        hint: "ask for one that begins there: custody cosign --request FILE --since \(size)")
    case .unprocessable(let reason):
      throw Failure(
        .answerNo, "nothing was cosigned: \(reason)",
        hint: "somebody may show two histories of '\(origin)': ask the store's owner what happened")
    }
  }
}

extension OpenedStore {
  /// What a witness is sent to have the newest checkpoint cosigned.
  ///
  /// - Parameter old: The size that it has cosigned last; 0 for none.
  package func cosignatureRequest(since old: Int) throws -> [UInt8] {
    guard old <= checkpoint.size else {
      throw Failure(
        .usage, "the log has \(Wording.entries(checkpoint.size)), and the request is to begin at \(old)",
        hint: "a witness says which size it has cosigned last")
    }
    let proof = old == 0 || old == checkpoint.size ? [] : try reader.consistencyProof(from: old)
    return AddCheckpointRequest.encode(old: old, proof: proof, checkpoint: checkpointNote.bytes)
  }

  /// The keys that may have signed its checkpoints, as its entries say: those that may append now, and whoever appended
  /// last.
  var logKeys: [NoteKey] {
    let membership = state.membership
    return membership.keys.filter {
      $0.use == .sign && (membership.mayAppend($0.keyID) || ($0.keyID == state.lastBy && state.lastMayAppend))
    }
    .compactMap { try? VerificationKey(base64: $0.publicKey) }.map { NoteKey(log: $0, name: origin) }
  }
}

extension OpenedStore {
  /// The verifier keys that have signed the newest checkpoint: what a witness is told apart, to know the log by.
  package var checkpointKeys: [NoteKey] {
    logKeys.filter { key in
      checkpointNote.signatures.contains { $0.keyID == key.id && ByteOrder.areEqual($0.name, key.name) }
    }
  }
}

extension OpenedStore {
  /// Where a cosigned checkpoint waits for whoever appends: each witness's newest word on a size under one name.
  package func placeInInbox(for cosigned: Cosigned) -> String {
    "\(layout.inbox)/cosigned-\(cosigned.checkpoint.size)-\(cosigned.witness.hexID).note"
  }

  /// The entry that revoked a witness's key; nil where none has.
  package func revocation(of witness: NoteKey) -> Int? {
    state.membership.keys.first { $0.use == .witness && $0.keyID == witness.key.keyID }?.revoked
  }

  /// Whether the log knows a witness's key, and has not revoked it.
  package func knows(witness: NoteKey) -> Bool {
    state.membership.keys.contains { $0.use == .witness && $0.revoked == nil && $0.keyID == witness.key.keyID }
  }
}
