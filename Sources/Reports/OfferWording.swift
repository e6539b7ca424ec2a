internal import Crypto
internal import Rendering
internal import Statements
internal import Verification

/// What became of an offer that somebody holds, in one sentence and for machines.
enum OfferWording {
  /// `'sent/march.offer': evidence of onsite/jane, signed at …, is entry 12, recorded on 2026-03-01`
  static func sentence(_ offer: JudgedOffer) -> String {
    let place = offer.file.map { "'\($0)': " } ?? ""
    let signed = offer.signedAt.map { ", signed at \($0)," } ?? ""
    let what = place + (offer.type ?? "an offer") + (offer.signer.map { " of \($0)" } ?? "") + signed
    let now = offer.now.map { reason in
      if case .entry = offer.fate { "; since then \(reason)" } else { "; it could not go in now: \(reason)" }
    }
    switch offer.fate {
    case .entry(let entry, let time, let counts):
      return "\(what) is entry \(entry)" + (time.map { ", recorded on \($0.day)" } ?? "")
        + (counts ? "" : ", which does not count") + (now ?? "")
    case .withheld: return "\(what) is not in this log: append it, or ask why it was left out\(now ?? "")"
    case .refused(let reason): return "\(what) is not in this log, and never could have gone in: \(reason)"
    case .unknown(let reason): return "\(what) says nothing of this log: \(reason)"
    }
  }

  /// `{"file","statement","type","signer","keyid","signedAt","state","entry"?,"day"?,"counts"?,"reason"?,"now"?}`
  static func json(_ offer: JudgedOffer) -> JSONOutput {
    var members: [(String, JSONOutput)] = [
      ("file", .optional(offer.file)), ("statement", .string(offer.statement.hex)), ("type", .optional(offer.type)),
      ("signer", .optional(offer.signer)), ("keyid", .string(offer.keyID.hex)),
      ("signedAt", .optional(offer.signedAt.map { "\($0)" })),
    ]
    switch offer.fate {
    case .entry(let entry, let time, let counts):
      members += [
        ("state", "entry"), ("entry", .integer(entry)), ("day", .optional(time.map { "\($0.day)" })),
        ("counts", .bool(counts)),
      ]
    case .withheld: members.append(("state", "withheld"))
    case .refused(let reason): members += [("state", "refused"), ("reason", .string(reason))]
    case .unknown(let reason): members += [("state", "unknown"), ("reason", .string(reason))]
    }
    if let now = offer.now { members.append(("now", .string(now))) }
    return .object(members)
  }
}
