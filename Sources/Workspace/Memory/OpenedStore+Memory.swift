internal import Catalogs
package import Crypto
internal import Findings
internal import Index
internal import Ownership
internal import Statements
internal import Storage
package import TreeLog

extension OpenedStore {
  /// What is remembered of the log once it was seen as it is now.
  package func seen(genesis: Digest) -> TrustRecord {
    var record = TrustRecord(
      origin: origin, genesis: genesis.hex, size: checkpoint.size, root: checkpoint.root.hex, path: layout.name)
    record.note(state.membership)
    record.keep(checkpointNote)
    return record
  }

  /// Whether this user has seen more of the log than this copy shows.
  package var isOlderThanSeen: Bool { (trust?.size ?? 0) > checkpoint.size }

  /// Refuses to sign or append on a copy that is older than what this user has seen: whoever has seen more would be shown
  /// another log.
  package func refuseIfOlder() throws {
    guard isOlderThanSeen, let trust else { return }
    throw Failure(
      .answerNo,
      "this copy of '\(origin)' is older than what you have seen: it has \(Wording.entries(checkpoint.size)), and you have "
        + "seen \(trust.size)",
      hint: "use the newest copy; if it is lost and this is a backup, run 'custody trust reset --because TEXT'")
  }

  /// Refuses to append to a copy of a store that another party keeps: both would go on from the same entry, and of two logs
  /// of one name each shows the other to be forged.
  package func refuseIfKeptElsewhere() throws {
    if let mark = try CopyMark.read(layout) {
      throw Failure(
        .configuration, "'\(layout.name)' is a copy of a store that is kept elsewhere, pulled from '\(mark.source)'",
        hint: "sign into a file with --offer FILE and send it to whoever keeps the store; if that store is lost, "
          + "'custody pull --keep' makes this copy the store")
    }
    guard let keeper = trust?.keptBy else { return }
    throw Failure(
      .configuration, "the store '\(origin)' is kept by '\(keeper)', and this is a copy of it",
      hint: "sign into a file with --offer FILE and send it to them; to keep the store here again, have them send you "
        + "theirs, and run 'custody init --from FILE --keep'")
  }

  /// What a reader of a copy should know of the commands that are proposed to them; nil where the store is kept here.
  package var copyNotice: String? {
    if let mark = (try? CopyMark.read(layout)) ?? nil {
      return
        "this is a copy, pulled from '\(mark.source)': add --offer FILE to a command that signs, and send the file to "
        + "whoever keeps the store"
    }
    return trust?.keptBy.map { keeper in
      "this is a copy of a store that '\(keeper)' keeps: add --offer FILE to a command that signs, and send them the file"
    }
  }

  /// What a reader should know about how far the store was verified; nil where all of it was, and was sound.
  package var verificationNotice: String? {
    if isRememberedUnsound {
      return "the last verification found this store NOT sound: run 'custody verify' before you rely on this"
    }
    guard let size = trust?.verifiedSize, size > 0 else {
      return "nobody has verified this store for you yet: run 'custody verify' before you rely on this"
    }
    guard size < checkpoint.size, !areOwn(size..<checkpoint.size) else { return nil }
    let day = trust?.verifiedOn.map { " on \($0)" } ?? ""
    return
      "the first \(Wording.entries(size)) were verified\(day); the newest \(checkpoint.size - size) were not: run 'custody "
      + "verify'"
  }

  /// Whether this user's last verification of what lies here found it unsound.
  package var isRememberedUnsound: Bool { trust?.isUnsound(at: layout.name) == true }

  /// The same, as reports are told it.
  var standing: Snapshot.Standing {
    guard let notice = verificationNotice else { return .sound }
    return isRememberedUnsound ? .unsound(notice) : .unverified(notice)
  }

  /// So many entries of one's own at most are nobody's to verify.
  private static let ownLimit = 1000

  /// Whether this user has signed some entries: what they said themselves since they verified the store, nobody has to have
  /// verified for them.
  private func areOwn(_ entries: Range<Int>) -> Bool {
    // After more than this it is time to verify, whoever signed them; and every command would go through them.
    guard entries.count <= OpenedStore.ownLimit else { return false }
    let own = ownKeys()
    var filter = LogFilter()
    filter.range = entries
    guard !own.isEmpty, let rows = try? index.logRows(filter), rows.count == entries.count else { return false }
    return rows.allSatisfy { $0.isEffective && $0.keyID.map(own.contains) ?? false }
  }

  /// Goes on from this copy although more of its log was seen: an entry says so, and once it stands, what lies beyond the
  /// copy is forgotten.
  ///
  /// - Parameter reason: Why, in the user's words; it stays in the log.
  /// - Returns: The entry that says it, and the tree that was seen before.
  package func resetMemory(because reason: String, _ options: WriteOptions) throws -> (entry: Int, lost: Checkpoint) {
    guard isOlderThanSeen, let trust, let root = trust.rootDigest else {
      throw Failure(
        .usage, "there is nothing to reset: this copy has all that you have seen of '\(origin)'",
        hint: "'custody verify' says whether it is sound")
    }
    let lost = Checkpoint(origin: origin, size: trust.size, root: root)
    let genesis = try self.genesis()
    try contents.waitForCheckpoint()
    var evidence = Evidence(controls: [try control(of: "backup-recovery", about: "the restored copy")])
    evidence.label = "restored"
    evidence.description =
      "Restored from a copy of \(Wording.entries(checkpoint.size)); \(Wording.entries(lost.size)), root "
      + "\(lost.root.hex), had been seen before. \(reason)"
    let note = JSONValue.object(
      JSONObject([
        ("because", .string(reason)),
        ("seen", .object(JSONObject([("root", .string(lost.root.hex)), ("size", .integer(lost.size))]))),
      ]))
    let copy = withoutMemory()
    let place = SigningPlace(copy, signer: try copy.signer())
    let written = try Writing.perform(at: place, options) { sink, signed in
      guard signed.isEmpty else { return nil }
      let subject = try sink.keep(note.canonicalBytes + [0x0a], name: "restored.json", mediaType: "application/json")
      return Draft(predicate: .evidence(evidence), subjects: [subject])
    }
    try TrustMemory(desk.home).update(origin, mayShrink: true) { known in
      var record = seen(genesis: genesis)
      (record.size, record.root) = (written.checkpoint.size, written.checkpoint.root.hex)
      record.keep(try? contents.signedNote(of: written.checkpoint))
      record.confirmed = known?.confirmed ?? [:]
      return record
    }
    return (written.entries.first ?? checkpoint.size, lost)
  }

  /// What an entry of the store's own is evidence for: a function of IT, or, where that is not adopted, any control that is.
  ///
  /// - Parameter what: What the entry is about, for a message.
  package func control(of function: String, about what: String) throws -> String {
    let functions = "it-functions"
    let adopted =
      state.adoptions.filter { $0.framework == functions } + state.adoptions.filter { $0.framework != functions }
    for adoption in adopted {
      guard let catalog = try library.catalog(adoption.catalog, framework: adoption.framework) else { continue }
      let names = catalog.controls.map(\.id.description)
      if let name = names.first(where: { $0 == "\(functions)/\(function)" }) ?? names.first { return name }
    }
    throw Failure(
      .malformedInput, "no control is adopted that an entry on \(what) could name",
      hint: "adopt a framework first, or, of a restored copy, restore one that has some")
  }
}
