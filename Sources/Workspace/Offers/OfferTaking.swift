public import Crypto
public import Findings
internal import Ownership
internal import Statements
internal import Storage
public import TreeLog

/// What became of one envelope of an offer file, or of a file that could not be read.
public struct TakenOffer: Sendable {
  /// The file that it came in.
  public let file: String
  /// The statement's id; nil where none could be read.
  public let statement: Digest?
  /// The `<type>` of `urn:custody:<type>:v1`; nil where no statement could be read.
  public let type: String?
  /// Whose key signed it; nil where it is nobody's.
  public let signer: String?
  /// The entry that it became, or would become; nil where it was refused.
  public var entry: Int?
  /// Why it was refused.
  public var refusal: Failure?
  /// The entry that says the very same already, where that is why it was refused.
  public var duplicateOf: Int?
}

/// What became of some offer files.
public struct TakenOffers: Sendable {
  /// Of each envelope, in order.
  public let taken: [TakenOffer]
  /// The newest checkpoint.
  public let checkpoint: Checkpoint
}

extension Desk {
  /// Puts offers into a log, of whoever signed them: each is held against the rules as they stand at its turn; one that is
  /// refused has its reason, and the others go in.
  ///
  /// - Parameters:
  ///   - files: Written with `--offer`; the objects that they bring lie in the file, in `FILE.objects`, beside it, or in
  ///     the store's inbox.
  ///   - person: Whose key signs the new checkpoint, as in `acme/bo`; nil for the desk's own.
  /// - Throws: Where nothing could be read or appended at all.
  public func append(
    _ files: [String], to store: OpenedStore, as person: String? = nil, _ write: WriteOptions = WriteOptions()
  ) throws -> TakenOffers {
    try append(files, to: store, as: person, witnesses: [], write)
  }

  /// The same, with keys of witnesses that the log does not know.
  ///
  /// - Parameters:
  ///   - witnesses: As they were told to the user; a cosignature of theirs is anchored too.
  ///   - isInbox: Whether the files wait in the inbox, so that one which cannot be read at all is no error.
  package func append(
    _ files: [String], to store: OpenedStore, as person: String? = nil, witnesses: [NoteKey], isInbox: Bool = false,
    _ write: WriteOptions = WriteOptions()
  ) throws -> TakenOffers {
    try OfferTaking.run(
      files, into: store.at(signing(as: person)), witnesses: witnesses, throwsForOne: !isInbox, write)
  }
}

/// Puts offers into a log, of whoever signed them: each is held against the rules as they stand at its turn; one that is
/// refused has its reason, and the others go in.
private struct OfferTaking {
  /// What became of each envelope, in order.
  private var taken: [TakenOffer] = []
  /// The newest checkpoint.
  private var checkpoint: Checkpoint

  /// The cosigned checkpoints that are anchored in this run.
  private var anchored: Set<[UInt8]> = []
  /// Requests for time-stamps whose answers are anchored in this run.
  private var answered: [AskedTimestamp] = []
  /// Keys of witnesses that were told, and by which something is anchored now.
  private var witnessKeys: Set<String> = []

  private let appending: Appending
  private let isDryRun: Bool

  static func run(
    _ files: [String], into store: OpenedStore, witnesses: [NoteKey], throwsForOne: Bool, _ options: WriteOptions
  ) throws -> TakenOffers {
    let appender: Signatory
    do {
      appender = try store.signer()
    } catch let error as Failure where error.code == .notEntitled {
      guard let returning = try ReturningMember.appender(of: files, in: store) else { throw error }
      appender = returning
    }
    var taking = OfferTaking(
      appending: try Appending(store, appender: appender, options), isDryRun: options.isDryRun,
      checkpoint: store.checkpoint)
    let waiting = try files.map { path -> (path: String, kind: WaitingKind?) in
      do {
        return (path, try WaitingFile.kind(of: path))
      } catch {
        try passOn(error)
        return (path, nil)
      }
    }
    // Offers first: one of them may bring the key of a witness.
    for file in OfferOrder.sorted(waiting.filter { $0.kind == .offer || $0.kind == nil }.map(\.path)) {
      try taking.take(file)
    }
    for file in waiting where file.kind == .cosignature { try taking.take(cosignature: file.path, appender, witnesses) }
    for file in waiting where file.kind == .token { try taking.take(token: file.path, appender) }
    if throwsForOne, taking.appending.count == 0, taking.taken.count == 1, let refusal = taking.taken[0].refusal,
      taking.taken[0].type == nil
    {
      throw refusal
    }
    if !options.isDryRun {
      try taking.commit()
      for asked in taking.answered { TimestampMemory(store.desk.home, origin: store.origin).forget(asked) }
      let told = taking.witnessKeys
      if !told.isEmpty {
        Afterwards.remember(store.origin, at: store.desk) { known in
          guard var record = known else { return nil }
          record.witnesses = told.union(record.witnesses ?? []).sorted()
          return record == known ? nil : record
        }
      }
    }
    return TakenOffers(taken: taking.taken, checkpoint: taking.checkpoint)
  }

  private init(appending: Appending, isDryRun: Bool, checkpoint: Checkpoint) {
    self.appending = appending
    self.isDryRun = isDryRun
    self.checkpoint = checkpoint
  }

  /// Puts in what counts; where others were faster, what counts as the log stands then.
  private mutating func commit() throws {
    var taken = self.taken
    var places = taken.indices.filter { taken[$0].entry != nil }
    let appending = appending
    // What it holds would hold this append, and with it the store's lock.
    defer { appending.drop = nil }
    appending.drop = { dropped in
      for (place, reason) in dropped {
        try OfferTaking.passOn(reason)
        let index = places[place]
        taken[index].entry = nil
        taken[index].refusal = Failure(describing: reason)
        taken[index].duplicateOf = try taken[index].statement.flatMap { try appending.entry(of: $0) }
      }
      let gone = Set(dropped.map { places[$0.place] })
      places.removeAll { gone.contains($0) }
    }
    checkpoint = try appending.commit()
    for (offset, index) in places.enumerated() { taken[index].entry = checkpoint.size - places.count + offset }
    self.taken = taken
  }

  private mutating func take(_ file: String) throws {
    let envelopes: [Envelope]
    do {
      envelopes = try OfferFile.read(file)
    } catch {
      try OfferTaking.passOn(error)
      taken.append(
        TakenOffer(file: file, statement: nil, type: nil, signer: nil, refusal: Failure(describing: error)))
      return
    }
    var named = NamedObjects()
    for envelope in envelopes { named.add(payload: envelope.payload) }
    let finder = OfferedObjects(
      file: file, inbox: appending.store.layout.inbox, staging: appending.objectStore, named: named)
    for envelope in envelopes { taken.append(try take(envelope, from: file, finder)) }
  }

  /// Anchors a cosigned checkpoint, signed by whoever appends.
  private mutating func take(cosignature file: String, _ appender: Signatory, _ witnesses: [NoteKey]) throws {
    var one = TakenOffer(file: file, statement: nil, type: "anchor", signer: appender.member)
    let keptBefore = appending.keptCount
    do {
      let reading = CosignatureTaking(appending: appending, told: witnesses)
      let found = try reading.read(file)
      if let entry = try reading.entry(anchoring: found) {
        one.duplicateOf = entry
        throw Failure(.malformedInput, "it is in the log already, as entry \(entry)", hint: "nothing is to be done")
      }
      guard anchored.insert(found.note.bytes).inserted else {
        throw Failure(.malformedInput, "another file says the same", hint: "nothing is to be done")
      }
      let bytes = found.note.bytes
      appending.keep(bytes)
      let subject = Subject(
        name: "cosignature", digest: SHA256.hash(bytes), size: bytes.count, mediaType: MediaType.cosignature)
      let entry = appending.nextEntry
      let anchor = Anchor(kind: .cosignature, size: found.checkpoint.size)
      let statement = try appending.add(Draft(predicate: .anchor(anchor), subjects: [subject]), signer: appender)
      one = TakenOffer(file: file, statement: statement.id, type: "anchor", signer: appender.member, entry: entry)
      witnessKeys.formUnion(reading.used(found))
    } catch {
      appending.forgetKept(since: keptBefore)
      try OfferTaking.passOn(error)
      one.refusal = Failure(describing: error)
    }
    taken.append(one)
  }

  /// Anchors a time-stamp token, signed by whoever appends.
  private mutating func take(token file: String, _ appender: Signatory) throws {
    var one = TakenOffer(file: file, statement: nil, type: "anchor", signer: appender.member)
    let keptBefore = appending.keptCount
    do {
      let bytes = try RegularFile.read(file, limit: TimestampToken.sizeLimit) ?? []
      let token = try appending.store.examine(token: bytes)
      if let entry = token.anchoredBy {
        one.duplicateOf = entry
        throw Failure(.malformedInput, "it is in the log already, as entry \(entry)", hint: "nothing is to be done")
      }
      guard anchored.insert(bytes).inserted else {
        throw Failure(.malformedInput, "another file says the same", hint: "nothing is to be done")
      }
      let entry = appending.nextEntry
      let statement = try appending.add(token.draft { appending.keep($0) }, signer: appender)
      one = TakenOffer(file: file, statement: statement.id, type: "anchor", signer: appender.member, entry: entry)
      if let asked = token.answered { answered.append(asked) }
    } catch {
      appending.forgetKept(since: keptBefore)
      try OfferTaking.passOn(error)
      one.refusal = Failure(describing: error)
    }
    taken.append(one)
  }

  /// Throws what is no judgement on an offer, but this machine's fault: nothing is appended then.
  private static func passOn(_ error: any Error) throws {
    switch (error as? StorageError)?.code {
    case .inputOutput, .notPermitted, .notReadable: throw error
    default: break
    }
  }

  /// A schedule that was made under a catalog which this log never adopted would be a word about nothing.
  private func refuseUnknownCatalogs(_ acceptance: Acceptance) throws {
    let adopted = Set(appending.state.adoptions.map(\.catalog))
    guard let unknown = acceptance.catalogs.first(where: { !adopted.contains($0.sha256) }) else { return }
    throw Failure(
      .malformedInput,
      "it accepts under the catalog \(unknown.sha256.short) of '\(unknown.id)', which this log has never adopted",
      hint: "accept again, by a newer checkpoint, or adopt that catalog first")
  }

  /// Refuses what was signed for another store, whose members nobody here knows.
  private func refuseOtherStores(_ envelope: Envelope) throws {
    guard let statement = try? Statement(payload: envelope.payload, lists: { _ in nil }) else { return }
    let own = appending.store.origin
    guard !ByteOrder.areEqual(statement.store, own) else { return }
    throw Failure(
      .malformedInput, "it is for the store '\(statement.store)', and this is '\(own)'",
      hint: "append it there, or have it signed anew for this store")
  }

  /// Whose word an envelope is.
  private func signer(of envelope: Envelope) throws -> Membership.Key {
    guard let owner = appending.state.membership.key(envelope.keyID),
      let key = try? VerificationKey(base64: owner.publicKey)
    else { throw Failure(.notEntitled, "the key \(envelope.keyID.short) that signed it belongs to no member") }
    guard envelope.isSigned(by: key) else {
      throw Failure(.malformedInput, "its signature is not that of key \(envelope.keyID.short)")
    }
    return owner
  }

  private func take(_ envelope: Envelope, from file: String, _ finder: OfferedObjects) throws -> TakenOffer {
    let owner = appending.state.membership.key(envelope.keyID)
    var statement: Statement?
    var staged: [StagedObject] = []
    let keptBefore = appending.keptCount
    do {
      try refuseOtherStores(envelope)
      // Nothing of a stranger's is copied: whose word it is comes first.
      let owner = try signer(of: envelope)
      let lists: (Digest) -> [UInt8]? = {
        ((try? finder.small($0)) ?? nil) ?? (try? appending.library.bytes(of: $0, limit: ObjectLibrary.manifestLimit))
          ?? nil
      }
      do throws(StatementSyntaxError) {
        statement = try Statement(payload: envelope.payload, lists: lists)
      } catch {
        throw Failure(.malformedInput, "its statement is malformed: \(error)")
      }
      if case .acceptance(let acceptance)? = statement?.predicate { try refuseUnknownCatalogs(acceptance) }
      if let statement { staged = try OfferedObjects.bring(of: statement, finder, into: appending, isDryRun: isDryRun) }
      let entry = appending.nextEntry
      try appending.add(envelope)
      if !isDryRun { try appending.publish(staged) }
      return TakenOffer(
        file: file, statement: statement?.id, type: statement?.predicate.typeName, signer: owner.owner, entry: entry)
    } catch {
      finder.discard(staged)
      appending.forgetKept(since: keptBefore)
      try OfferTaking.passOn(error)
      return TakenOffer(
        file: file, statement: statement?.id, type: statement?.predicate.typeName, signer: owner?.owner,
        refusal: Failure(describing: error), duplicateOf: try statement.flatMap { try appending.entry(of: $0.id) })
    }
  }
}
