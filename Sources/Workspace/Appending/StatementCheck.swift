internal import Agreements
internal import Catalogs
internal import Crypto
internal import Findings
internal import Index
internal import Ownership
internal import Statements
internal import Storage
internal import TreeLog

/// What the fold leaves to the verifier, asked before a statement is written: that the tree the signer had seen is one of this
/// log's, that objects have the sizes that the statement says, and that what it brings can be read and holds.
struct StatementCheck {
  let store: OpenedStore
  /// The log with what was taken in before.
  let fold: Fold<IndexLedger>
  let library: ObjectLibrary
  /// In bytes, of an object that comes with the same append; nil for any other.
  let broughtSize: (Digest) -> Int?

  /// - Throws: `Failure` with what keeps the statement out.
  func check(_ statement: Statement) throws {
    let checkpoint = store.checkpoint
    if let seen = statement.seen, seen.size <= checkpoint.size {
      let reader = store.reader
      guard try seen.root == checkpoint.root || reader.root(at: seen.size) == seen.root else {
        throw Failure(
          .answerNo,
          "its signer had seen another log of \(Wording.entries(seen.size)) under the name '\(store.origin)'",
          hint: "somebody showed them another one: ask which checkpoint they had before them")
      }
    } else if let seen = statement.seen {
      throw Failure(
        .answerNo, "its signer had seen \(Wording.entries(seen.size)), and this log has \(checkpoint.size)",
        hint: "this is an older copy, or entries were cut off: run 'custody verify'")
    }
    if case .engagement(let event) = statement.predicate, let digest = event.document {
      try check(document: digest, of: event.id)
    }
    if case .anchor(let anchor) = statement.predicate { try check(anchor, of: statement) }
    if case .framework(let adoption) = statement.predicate,
      BundledCatalogs.hasCarried(adoption.catalog, as: adoption.id) == false
    {
      throw Failure(
        .malformedInput, "'\(adoption.id)' is the id of a built-in catalog, and it adopts another under it",
        hint: "have it adopted under an id of its own")
    }
    for subject in statement.subjects {
      let kept = broughtSize(subject.digest)
      guard let size = try kept ?? store.contents.objectSize(subject.digest), size != subject.size else { continue }
      // What a power cut left under its name says nothing about the object.
      if kept == nil, try !OfferedObjects.isWhole(subject.digest, in: store.contents) { continue }
      throw Failure(
        .malformedInput,
        "the object '\(subject.name)' has \(Wording.bytes(size)), and the statement says \(subject.size)")
    }
  }

  /// A cosignature or token that does not hold is not anchored.
  private func check(_ anchor: Anchor, of statement: Statement) throws {
    guard let subject = statement.subjects.first,
      let object = try library.bytes(of: subject.digest, limit: TimestampToken.sizeLimit),
      anchor.size <= store.checkpoint.size
    else { throw Failure(.malformedInput, "the \(anchor.kind.rawValue) cannot be read, so that nobody can judge it") }
    if let earlier = try fold.ledger.uses(of: subject.digest).first(where: { !$0.isEvidence })?.entry {
      throw Failure(
        .malformedInput, "it is in the log already, as entry \(earlier)", hint: "nothing is to be done")
    }
    let verdict = AnchorCheck.verdict(
      anchor, object: object, origin: store.origin, root: try store.reader.root(at: anchor.size),
      membership: fold.state.membership)
    if case .invalid(let reason) = verdict {
      throw Failure(.malformedInput, "the \(anchor.kind.rawValue) does not hold: \(reason)")
    }
  }

  /// An agreement that cannot be read would leave every unit undecided.
  private func check(document digest: Digest, of id: String) throws {
    guard let document = try library.document(digest) else {
      throw Failure(
        .malformedInput, "its document \(digest.short) cannot be read as an agreement",
        hint: "'custody engagement check FILE' says what is wrong with it")
    }
    guard document.id == id, document.client == store.state.client else {
      throw Failure(
        .malformedInput,
        "its document is of the agreement '\(document.id)' with the client '\(document.client)', not of '\(id)' with "
          + "'\(store.state.client)'")
    }
    guard !document.bareNames.isEmpty else { return }
    let adoptions = try fold.state.adoptions.map { try ResolutionInput.Adoption($0, library: library) }
    guard document.spelledOut(BareNames(adoptions, before: Int.max)) != nil else {
      throw Failure(
        .malformedInput,
        "its document names controls without their framework, \(FileGathering.some(document.bareNames.map { "'\($0)'" })), "
          + "and not each is in exactly one that is adopted",
        hint: "write them in full, as in nist-800-171-r2/3.1.1; 'custody engagement check FILE' says which")
    }
  }
}
