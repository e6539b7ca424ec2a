internal import Findings

extension Dispute {
  /// `entries 4 to 9, 3 statements of acme/bo: onsite had seen them by 2026-03-01 (entry 12)`
  package var sentence: String {
    let which =
      count == 1 ? "entry \(from), of \(member)" : "entries \(from) to \(through), \(count) statements of \(member)"
    let revoked = revokedBy.map { ", whose key entry \($0) revoked" } ?? ""
    return "\(which)\(revoked): \(voices)"
  }

  /// Who speaks, alone.
  package var voices: String {
    let what = count == 1 ? "it" : "them"
    guard !speakers.isEmpty else {
      return "nobody else speaks for \(what): it takes another word to know whose hand it was"
    }
    return Wording.list(
      speakers.map { speaker in
        let who =
          switch speaker.kind {
          case .party: speaker.name
          case .cosignature: "the witness '\(speaker.name)'"
          case .timestamp: "the authority '\(speaker.name)'"
          }
        // Anybody can make a token in any name, by any clock.
        if speaker.kind == .timestamp, speaker.isTrusted != true {
          return "a timestamp in the name of '\(speaker.name)' says \(speaker.time) (entry \(speaker.entry)), "
            + (speaker.isTrusted == false ? "which nobody whom you trust vouches for" : "which is not judged here")
        }
        return "\(who) had seen \(what) by \(speaker.time) (entry \(speaker.entry))"
      })
  }
}
