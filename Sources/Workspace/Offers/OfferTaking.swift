package import Crypto
package import Findings
internal import Ownership
internal import Statements
internal import Storage
package import TreeLog

/// What became of one envelope of an offer file, or of a file that could not be read.
package struct TakenOffer {
  /// The file that it came in.
  package let file: String
  /// The statement's id; nil where none could be read.
  package let statement: Digest?
  /// The `<type>` of `urn:custody:<type>:v1`; nil where no statement could be read.
  package let type: String?
  /// Whose key signed it; nil where it is nobody's.
  package let signer: String?
  /// The entry that it became, or would become; nil where it was refused.
  package var entry: Int?
  /// Why it was refused.
  package var refusal: Failure?
}

/// Puts offers into a log, of whoever signed them: each is held against the rules as they stand at its turn; one that is
/// refused has its reason, and the others go in.
package struct OfferTaking {
  /// What became of each envelope, in order.
  package private(set) var taken: [TakenOffer] = []
  /// The newest checkpoint.
  package private(set) var checkpoint: Checkpoint

  private let appending: Appending
  private let isDryRun: Bool

  /// - Parameter files: Written with `--offer`; the objects that they bring lie in `FILE.objects`, beside the file, or in
  ///   the store's inbox.
  /// - Throws: Where nothing could be read or appended at all.
  package static func run(_ files: [String], into store: OpenedStore, _ options: WriteOptions) throws -> OfferTaking {
    var taking = OfferTaking(
      appending: try Appending(store, appender: store.signer(), options), isDryRun: options.isDryRun,
      checkpoint: store.checkpoint)
    for file in files { taking.take(file) }
    if taking.appending.count == 0, taking.taken.count == 1, let refusal = taking.taken[0].refusal,
      taking.taken[0].type == nil
    {
      throw refusal
    }
    if !options.isDryRun { taking.checkpoint = try taking.appending.commit() }
    return taking
  }

  private init(appending: Appending, isDryRun: Bool, checkpoint: Checkpoint) {
    self.appending = appending
    self.isDryRun = isDryRun
    self.checkpoint = checkpoint
  }

  private mutating func take(_ file: String) {
    do {
      for envelope in try OfferFile.read(file) { taken.append(take(envelope, from: file)) }
    } catch {
      taken.append(
        TakenOffer(file: file, statement: nil, type: nil, signer: nil, refusal: Failure(describing: error)))
    }
  }

  private func take(_ envelope: Envelope, from file: String) -> TakenOffer {
    let owner = appending.state.membership.key(envelope.keyID)
    var statement: Statement?
    var staged: [StagedObject] = []
    let keptBefore = appending.keptCount
    do {
      // Nothing of a stranger's is copied: whose word it is comes first.
      guard let owner, let key = try? VerificationKey(base64: owner.publicKey) else {
        throw Failure(.notEntitled, "the key \(envelope.keyID.short) that signed it belongs to no member")
      }
      guard envelope.isSigned(by: key) else {
        throw Failure(.malformedInput, "its signature is not that of key \(envelope.keyID.short)")
      }
      let finder = OfferedObjects(file: file, inbox: appending.store.layout.inbox)
      let lists: (Digest) -> [UInt8]? = {
        finder.small($0) ?? (try? appending.library.bytes(of: $0, limit: ObjectLibrary.manifestLimit)) ?? nil
      }
      do throws(StatementSyntaxError) {
        statement = try Statement(payload: envelope.payload, lists: lists)
      } catch {
        throw Failure(.malformedInput, "its statement is malformed: \(error)")
      }
      if let statement { staged = try OfferedObjects.bring(of: statement, finder, into: appending, isDryRun: isDryRun) }
      let entry = appending.nextEntry
      try appending.add(envelope)
      if !isDryRun { try appending.publish(staged) }
      return TakenOffer(
        file: file, statement: statement?.id, type: statement?.predicate.typeName, signer: owner.owner, entry: entry)
    } catch {
      appending.discard(staged)
      appending.forgetKept(since: keptBefore)
      return TakenOffer(
        file: file, statement: statement?.id, type: statement?.predicate.typeName, signer: owner?.owner,
        refusal: Failure(describing: error))
    }
  }
}
