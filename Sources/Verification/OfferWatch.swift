internal import Crypto
internal import Ownership
internal import Statements

/// Looks out for offers that others hold while the entries go by: which entry each became, and whether it could have
/// become one.
///
/// Whether a statement could have gone in is asked of the tree that its signer had seen, and, as long as the answer is
/// no, again after each entry that may change who is entitled to what: nobody is accused of having left out what never
/// could have gone in, and nobody is let off by a key that was revoked afterwards.
struct OfferWatch {
  /// An offer, and what is known of it so far.
  struct Watched {
    let offer: HeldOffer
    let id: Digest
    /// nil where the payload is none.
    let statement: Statement?
    /// What it became.
    var entry: (sequence: Int, time: Instant, counts: Bool)?
    /// Whether it could have gone in at some place.
    var wasAllowed = false
  }

  private(set) var watched: [Watched]
  /// The places of the offers of each statement.
  private var places: [Digest: [Int]] = [:]
  /// Those whose signers have seen more than has gone by, the largest tree first.
  private var later: [Int]
  /// Those that could not have gone in so far.
  private var refused: [Int] = []

  init(_ offers: [HeldOffer], library: ObjectLibrary) {
    watched = offers.map { offer in
      let statement = try? Statement(payload: offer.envelope.payload, lists: library.lists)
      return Watched(offer: offer, id: SHA256.hash(offer.envelope.payload), statement: statement)
    }
    for (place, one) in watched.enumerated() { places[one.id, default: []].append(place) }
    let sizes = watched.map { $0.statement?.seen?.size }
    later = watched.indices.filter { sizes[$0] != nil }
      .sorted { (sizes[$0] ?? 0, $0) > (sizes[$1] ?? 0, $1) }
  }

  /// Notes a statement of the log.
  mutating func note(_ statement: Digest, sequence: Int, time: Instant, counts: Bool) {
    guard let found = places[statement] else { return }
    for place in found where watched[place].entry.map({ counts && !$0.counts }) ?? true {
      watched[place].entry = (sequence, time, counts)
    }
  }

  /// Asks of each offer whose turn has come whether it could go in next.
  ///
  /// - Parameter last: The predicate of the entry that was folded last; nil where that one says nothing.
  mutating func look(_ fold: Fold<WalkLedger>, after last: Predicate?) throws {
    if !refused.isEmpty, last.map(OfferWatch.changesEntitlement) ?? false {
      for place in refused { try judge(place, fold) }
      refused.removeAll { watched[$0].wasAllowed || watched[$0].entry != nil }
    }
    while let place = later.last, (watched[place].statement?.seen?.size ?? 0) <= fold.state.size {
      later.removeLast()
      guard watched[place].entry == nil else { continue }
      try judge(place, fold)
      if !watched[place].wasAllowed { refused.append(place) }
    }
  }

  private mutating func judge(_ place: Int, _ fold: Fold<WalkLedger>) throws {
    guard let statement = watched[place].statement else { return }
    let refusal = try OfferWatch.refusal(
      of: statement, in: watched[place].offer.envelope, fold, at: fold.state.lastTime ?? statement.signedAt)
    watched[place].wasAllowed = refusal == nil
  }

  /// Why a statement could not go in next; nil where it could.
  static func refusal(
    of statement: Statement, in envelope: Envelope, _ fold: Fold<WalkLedger>, at time: Instant
  ) throws -> Refusal? {
    try fold.refusal(of: statement, in: envelope, at: max(time, statement.signedAt))
  }

  /// Whether an entry may change what somebody is entitled to say.
  private static func changesEntitlement(_ predicate: Predicate) -> Bool {
    switch predicate {
    case .genesis, .party, .member, .keyRevocation, .framework, .engagement, .acceptance, .redaction, .hold: true
    case .staffing, .evidence, .assessment, .measurement, .usage, .anchor, .unknown: false
    }
  }
}
