internal import Crypto
internal import Findings
internal import Index
internal import Ownership
internal import Statements
internal import TreeLog

/// Holds statements that are to travel against the rules of the store that they are signed beside, so that nobody mails a
/// word that can never count.
///
/// Only what no travelling changes is refused: that the signer may not say it, or that it cannot be read. What is too early
/// or too late today may be in time when the offer arrives.
struct OfferRehearsal {
  private var fold: Fold<IndexLedger>
  private let shelf: Shelf
  private var shelved = 0
  private let library: ObjectLibrary
  private let appender: Digest
  private let time: Instant

  /// - Returns: nil far from the store, or where nobody could append at all.
  init?(_ place: SigningPlace) {
    guard let store = place.store,
      let appender = store.state.membership.keys.first(where: { store.state.membership.mayAppend($0.keyID) })
    else { return nil }
    let contents = store.contents
    let shelf = Shelf()
    self.shelf = shelf
    library = ObjectLibrary(over: store.library) { digest, limit in
      try shelf.bytes(digest) ?? contents.smallObject(digest, limit: limit)
    }
    fold = Fold(state: store.state, ledger: store.index.ledger, library: library)
    self.appender = appender.keyID
    time = place.desk.clock.now()
  }

  /// Takes in the next statement.
  ///
  /// - Parameter objects: All that this statement and those before it bring.
  /// - Throws: `notEntitled` and `malformedInput`, where it would never count.
  mutating func take(_ envelope: Envelope, objects: [[UInt8]]) throws {
    for object in objects.dropFirst(shelved) { shelf.put(object) }
    shelved = objects.count
    let entry = Entry(by: appender, envelope: envelope, previous: .zero, sequence: fold.state.size, time: time)
    let parsed = ParsedEntry(entry.bytes, library: library)
    let outcome = try fold.applyIfItCounts(parsed.entry, parsed.statement)
    guard !outcome.hasEffect, let finding = outcome.findings.last(where: { $0.code != .clockDisorder }) else { return }
    let code: FailureCode
    switch finding.code {
    case .notEntitled: code = .notEntitled
    case .entryMalformed, .signatureInvalid: code = .malformedInput
    case _: return
    }
    let parts = finding.message.split(separator: " does not count: ", maxSplits: 1)
    throw Failure(
      code, parts.count == 2 ? "this would not count, whoever appends it: \(parts[1])" : finding.message,
      hint: "nothing was signed for '\(fold.state.store)'")
  }
}
